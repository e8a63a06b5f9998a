// What the server shows: pages over the commands, and forms that change the map. All state is the map's: nothing is kept here but
// what can be read again.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lacuna/model.hpp"
#include "lacuna/profile.hpp"
#include "render/html_listing.hpp"
#include "server/file_state.hpp"
#include "server/http.hpp"
#include "server/served_command.hpp"

namespace lacuna {

class Job;
class Syncing;

/// What the server has begun, by number. Of those that are over the last few can still be looked at.
class Jobs {
 public:
  Jobs();
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// As Job; returns its number.
  std::size_t start(const std::string& what, std::vector<std::string> arguments, std::string folder, const std::string& person);
  /// Throws Error(not_found).
  Job& at(std::size_t number);

 private:
  static constexpr std::size_t most = 16;
  std::size_t last_ = 0;
  std::map<std::size_t, std::unique_ptr<Job>> jobs_;
};

struct Served {
  std::string map;  ///< The file.
  const Profile* profile = nullptr;
  std::vector<ServedCommand> commands;
  bool read_only = false;
  Syncing* syncing = nullptr;  ///< Null where the map is not kept in step.
};

class Site {
 public:
  explicit Site(Served served);
  ~Site();
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  /// Every fault becomes a page that says it.
  Reply answer(const Request& request);

  /// A place of its own, beside those of the commands.
  struct Route {
    std::string_view path;
    std::string_view title;  ///< In the bar of the site; empty: not there.
    Reply (*get)(Site&, const Request&);
    Reply (*post)(Site&, const Request&) = nullptr;  ///< Changes the map.
  };
  static std::span<const Route> routes();
  /// Null where there is none.
  static const Route* route_at(std::string_view path);

  [[nodiscard]] const Served& served() const { return served_; }
  [[nodiscard]] Jobs& jobs() { return jobs_; }
  [[nodiscard]] const ServedCommand* command(std::string_view name) const;

  /// A page of the site around a body of HTML; `at` is the place in the bar that it belongs to.
  [[nodiscard]] Reply page(std::string_view title, std::string_view at, const std::string& body, unsigned status = 200);
  /// What the map says of itself, as it stands now. Throws Error.
  [[nodiscard]] const MapInfo& info();
  /// Where a name leads: nodes of the map, and documents of the catalogues.
  [[nodiscard]] std::string address_of(std::string_view name);
  /// The same for the names of one answer.
  [[nodiscard]] AddressOf addresses();
  /// What was answered to a question, as long as neither the map nor its catalogues have changed since; null where it was not.
  const std::string* kept(const std::string& question);
  void keep(const std::string& question, const std::string& answer);
  /// Rows of a command as HTML. Throws Error.
  std::string rows_of(std::string_view command, const NamedTexts& values);

 private:
  struct Names;
  const Names& names();

  Served served_;
  Jobs jobs_;
  std::unique_ptr<Names> names_;
  std::array<FileState, 2> kept_of_;
  std::unordered_map<std::string, std::string> kept_;
  std::size_t kept_bytes_ = 0;
};

/// The person at the browser: what the form says, else what it said before, else the user.
std::string person_of(const Request& request);
/// As a cookie of the reply.
void remember_person(Reply& reply, const std::string& person);

/// Text between tags and in attributes.
std::string html(std::string_view text);
/// The same of several lines.
std::string html_lines(std::string_view text);
/// `<input type="hidden">`.
std::string hidden(std::string_view name, std::string_view value);
/// What the form that led here has done: ?told=…
std::string told_before(const Request& request);
/// The address with what is to be told there.
std::string with_told(const std::string& address, std::string_view told);
/// `<option>` for each name.
std::string options(const std::vector<std::string>& names, std::string_view chosen);
/// The field "by" of a form that changes something.
std::string who_field(const Request& request);
/// The fields "by" and "why" of a form that changes something.
std::string who_fields(const Request& request, std::string_view why_label);

/// The person's last change that still stands, as something to take back; `back` is where that leads.
std::string undo_form(Site& site, const Request& request, const std::string& back);
/// Asks for suggestions, which then wait for review.
std::string propose_form(const Request& request);

Reply review_page(Site& site, const Request& request);
Reply review_post(Site& site, const Request& request);
Reply edit_page(Site& site, const Request& request);
Reply edit_post(Site& site, const Request& request);
Reply add_page(Site& site, const Request& request);
Reply add_post(Site& site, const Request& request);
Reply link_page(Site& site, const Request& request);
Reply link_post(Site& site, const Request& request);
Reply record_page(Site& site, const Request& request);
Reply record_post(Site& site, const Request& request);
Reply import_page(Site& site, const Request& request);
Reply import_post(Site& site, const Request& request);
Reply propose_post(Site& site, const Request& request);
Reply apply_post(Site& site, const Request& request);
Reply tag_post(Site& site, const Request& request);
Reply job_page(Site& site, const Request& request);
Reply job_post(Site& site, const Request& request);
Reply undo_post(Site& site, const Request& request);
Reply settle_page(Site& site, const Request& request);
Reply settle_post(Site& site, const Request& request);

}  // namespace lacuna
