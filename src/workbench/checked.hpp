// Maps that are looked at before they are believed: what build, validate, import and every change share.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/import.hpp"
#include "workbench/history.hpp"

namespace lacuna {

/// An input or a change that does not hold, with everything that is wrong with it.
class FaultyInput : public Error {
 public:
  FaultyInput(std::string where, const std::string& message, std::vector<Diagnostic> faults)
      : Error(ErrorCode::bad_input, std::move(where), message), faults_(std::move(faults)) {}
  [[nodiscard]] const std::vector<Diagnostic>& faults() const { return faults_; }

 private:
  std::vector<Diagnostic> faults_;
};

/// Throws FaultyInput with all of them where an error is among the faults of an input; between `before` and `after` the message
/// counts them: "2 errors, 1 warning".
void refuse_faults(const std::string& where, std::string_view before, std::string_view after,
                   const std::vector<Diagnostic>& faults);

/// Adds what validate() and cycles() find to the importer's diagnostics, and with `rules` what rule_breaches() does, unless a
/// whole file could not be read, and sorts all by file and line.
void check(Imported& imported, bool rules = false);
/// True when check() finds no error in a map.
bool may_stand(const Map& map);
/// "2 errors, 1 warning"; "no faults" for none.
std::string faults_text(const std::vector<Diagnostic>& diagnostics);
/// "549 nodes, 1750 links, 2 searches".
std::string contents_text(const Map& map);
/// Changes the map as change_map() does, with a change set in its log: the one door for every command that changes a map; throws
/// FaultyInput where the result would not be valid, and the map stays as it was. Returns what was done, or would be.
ChangeSet change_checked(const std::string& path, const Occasion& occasion, const std::function<void(Map&)>& change);

}  // namespace lacuna
