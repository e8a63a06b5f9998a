// A map opened for questions: which state of it answers, as of which day, for whom. What the command line and other front ends
// share.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "lacuna/store.hpp"
#include "workbench/catalogue_outlook.hpp"

namespace lacuna {

/// What is asked of a map beside the question itself, as people type it: names in any spelling, days as dates; empty means
/// unsaid.
struct Asked {
  std::string scope;
  std::string objective;
  std::string topic;
  std::string as_of;  ///< Else today.
  std::string known_by;
  std::string tag;
  bool include_suggested = false;
  bool explain = false;
  bool evidence = false;  ///< Rows are to carry what they rest on.
  std::size_t limit = 0;
  bool any_scope = false;  ///< The scope is a default: where the map does not have it, all groups are meant.
};

/// A day as typed: the last one that a month or a year may mean. Throws Error(usage) naming the option.
Day day_of(const std::string& text, const std::string& option);

/// The parameters of a query of that graph, all names looked up. Throws Error for names that are not on the map and dates that
/// are none. With a store, which must outlive them, explanations tell what its catalogues say of a deliverable.
Params params_of(const Asked& asked, const Graph& graph, const Profile& profile, const Store* store = nullptr);

/// The map as it is, as it was tagged, or as it had been told by a day.
Map map_of(const Store& store, const Asked& asked);

class Workbench {
 public:
  /// Opens a map. The profile must outlive it. Throws Error as Store, and as params_of().
  Workbench(const std::string& map, const Profile& profile, const Asked& asked);
  /// The same, with or without what links and nodes say in words, whatever the question needs.
  Workbench(const std::string& map, const Profile& profile, Asked asked, Store::Texts texts);
  Workbench(const Workbench&) = delete;
  Workbench& operator=(const Workbench&) = delete;

  /// The file of the map.
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const Store& store() const { return store_; }
  [[nodiscard]] const Graph& graph() const { return graph_; }
  /// For one query's own questions to be added.
  Params& params() { return params_; }
  /// The tag is spelled as the map does.
  [[nodiscard]] const Asked& asked() const { return asked_; }

  /// From now on ways forward of the scope are rated with what the catalogues add. Without a scope, and of a tagged map, which is
  /// told as it was, nothing happens.
  void use_outlook();
  /// A node of the map, or a work of the catalogues, with everything around it. Throws Error(not_found), or Error(ambiguous) for
  /// a number of several bodies.
  Result show(const std::string& name);

 private:
  std::string path_;
  Store store_;
  Asked asked_;
  Graph graph_;
  Params params_;
  std::optional<CatalogueOutlook> outlook_;
};

}  // namespace lacuna
