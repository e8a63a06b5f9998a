#include "workbench/update.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <set>
#include <unordered_map>

#include "analysis/explain.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "fetch/download.hpp"
#include "formats/archive.hpp"
#include "formats/json.hpp"
#include "lacuna/date.hpp"
#include "workbench/catalogue_file.hpp"
#include "workbench/checked.hpp"
#include "workbench/workbench.hpp"

namespace lacuna {
namespace {

/// Where what comes stands until it is imported: $XDG_CACHE_HOME/lacuna, else ~/.cache/lacuna, else a folder for a while.
std::string arrivals() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  std::filesystem::path folder = cache != nullptr && *cache == '/'  ? std::filesystem::path(cache)
                                 : home != nullptr && *home != '\0' ? std::filesystem::path(home) / ".cache"
                                                                    : std::filesystem::temp_directory_path();
  folder /= "lacuna";
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) throw Error(ErrorCode::io, folder.string(), "cannot be made: " + problem.message());
  return folder.string();
}

/// By the end of the address it is seen what kind of file that is.
std::string arrival_of(const UpdateSource& source) {
  const std::string_view address = std::string_view(source.address).substr(0, source.address.find_first_of("?#"));
  const std::string_view last = address.substr(address.rfind('/') + 1);
  const std::size_t dot = last.find('.');
  const std::string ending(dot == std::string_view::npos ? "" : last.substr(dot));
  return fmt::format("{}/{}{}", arrivals(), source.name, harmless(ending) == ending ? ending : "");
}

/// Gone at the end, whatever becomes of it.
struct Removed {
  const std::string& file;
  ~Removed() {
    std::error_code none;
    std::filesystem::remove(file, none);
  }
};

/// The day on which a server says that a file stood so; today where it does not.
Date day_of(const Validators& validators) {
  std::tm time{};
  const bool said = ::strptime(validators.modified.c_str(), "%a, %d %b %Y", &time) != nullptr;
  const auto date =
      said ? Date::parse(fmt::format("{:04}-{:02}-{:02}", time.tm_year + 1900, time.tm_mon + 1, time.tm_mday)) : std::nullopt;
  return date.value_or(*Date::parse(to_string(today())));
}

/// What is known of the last time, by source.
class Memory {
 public:
  explicit Memory(const std::string& map) : file_((catalogues_file().empty() ? map : catalogues_file()) + ".sources.json") {
    if (!holds_something(file_)) return;
    std::vector<Diagnostic> faults;
    if (const auto json = json::read(read_file(file_), file_, faults)) all_ = json::to_value(*json);
    if (all_.if_object() == nullptr) all_ = Value::object();  // It only saves work.
  }

  [[nodiscard]] Validators validators(const UpdateSource& source) const {
    if (text(source.name, "address") != source.address) return {};
    return {text(source.name, "etag"), text(source.name, "modified")};
  }
  [[nodiscard]] std::string day(const std::string& source) const { return text(source, "seen"); }
  [[nodiscard]] std::map<std::string, std::string> days() const {
    std::map<std::string, std::string> days;
    for (const auto& [source, kept] : *all_.if_object()) days.emplace(source, day(source));
    return days;
  }

  void keep(const UpdateSource& source, const Validators& validators) {
    Value one = Value::object();
    one.set("address", source.address)
        .set("etag", validators.etag)
        .set("modified", validators.modified)
        .set("seen", to_string(today()));
    all_.set(source.name, std::move(one));
    write_file(file_, json::write(all_));
  }

 private:
  [[nodiscard]] std::string text(const std::string& source, std::string_view member) const {
    const std::string* found = all_[source][member].if_text();
    return found == nullptr ? std::string() : *found;
  }
  std::string file_;
  Value all_ = Value::object();
};

/// Needs with their states, in the order of the map.
using NeedStates = std::vector<std::pair<std::string, CoverageState>>;
NeedStates states_of_needs(const std::string& map, const Profile& profile) {
  const Workbench bench(map, profile, {}, Store::Texts::skip);
  const Situation situation(bench.graph(), profile, today());
  NeedStates states;
  for (const NodeId need : situation.needs()) states.emplace_back(bench.graph().node(need).id, situation.state_of(need));
  return states;
}

/// "RC40: not-found → covered", of each need that was there before.
std::vector<std::string> turns(const NeedStates& before, const NeedStates& after) {
  const std::unordered_map<std::string, CoverageState> were(before.begin(), before.end());
  std::vector<std::string> lines;
  for (const auto& [need, state] : after) {
    const auto was = were.find(need);
    if (was != were.end() && was->second != state)
      lines.push_back(fmt::format("{}: {} → {}", need, name_of(was->second), name_of(state)));
  }
  return lines;
}

}  // namespace

std::map<std::string, std::string> last_seen(const std::string& map) { return Memory(map).days(); }

UpdateDone update_catalogues(const std::string& map, const Profile& profile, const std::vector<UpdateSource>& sources,
                             bool only_ask, IntakeWatcher& watcher,
                             const std::function<void(const std::string&, std::uint64_t, std::uint64_t)>& watch) {
  UpdateDone done;
  Memory memory(map);
  std::set<std::string> here;
  for (const CatalogueInfo& catalogue : Store(map, catalogues_file()).catalogues()) here.insert(catalogue.name);
  const NeedStates before = only_ask ? NeedStates() : states_of_needs(map, profile);
  for (const UpdateSource& source : sources) {
    SourceUpdate& one = done.sources.emplace_back();
    one.source = source.name;
    one.since = memory.day(source.name);
    const Remote remote{source.address, source.hosts, source.insecure, source.most_megabytes * 1'000'000};
    // What is not among the catalogues any more is taken again, whatever is remembered.
    const Validators last = here.contains(source.name) ? memory.validators(source) : Validators();
    try {
      if (only_ask) {
        one.state = ask_whether_changed(remote, last).changed ? SourceUpdate::State::newer : SourceUpdate::State::unchanged;
        continue;
      }
      const std::string file = arrival_of(source);
      const FileLock lock(file);
      const Downloaded downloaded =
          download(remote, last, file, [&](std::uint64_t there, std::uint64_t all) { watch(source.name, there, all); });
      if (downloaded.changed) {
        const Removed removed{file};
        // An archive tells its day by its files.
        const auto date = Archive::holds_many(file) ? std::nullopt : std::optional(day_of(downloaded.validators));
        one.intake =
            take_in(map, {.paths = {file}, .format = source.format, .name = source.name, .date = date, .whole = true}, watcher);
        one.state = SourceUpdate::State::imported;
        here.insert(source.name);
      }
      memory.keep(source, downloaded.changed ? downloaded.validators : last);
    } catch (const FaultyInput& error) {
      watcher.faults(error.faults());
      one.state = SourceUpdate::State::failed;
      one.fault = error.what();
    } catch (const Error& error) {
      one.state = SourceUpdate::State::failed;
      one.fault = error.what();
    }
  }
  if (!only_ask) done.needs = turns(before, states_of_needs(map, profile));
  return done;
}

}  // namespace lacuna
