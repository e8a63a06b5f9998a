#include "workbench/sharing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "base/files.hpp"
#include "base/text.hpp"
#include "formats/json.hpp"
#include "share/postgresql.hpp"
#include "workbench/checked.hpp"
#include "workbench/device.hpp"

namespace lacuna {
namespace {

/// Entries of one device: hashes by number.
using Numbers = std::map<std::int64_t, std::string>;

/// The device of the change set that a map began with; empty where it is not shared.
std::string beginning_of(const std::vector<LogKey>& keys) {
  const auto found = std::ranges::find(keys, 0, &LogKey::clock);
  return found == keys.end() ? std::string() : found->device;
}

std::map<std::string, Numbers> by_device(const std::vector<LogKey>& keys) {
  std::map<std::string, Numbers> devices;
  for (const LogKey& key : keys) devices[key.device].emplace(key.number, key.hash);
  return devices;
}

std::string shares_file() {
  const std::string folder = configuration_folder();
  return folder.empty() ? std::string() : folder + "/shares.json";
}

Value read_shares() {
  const std::string file = shares_file();
  if (file.empty() || !holds_something(file)) return Value::object();
  std::vector<Diagnostic> diagnostics;
  const auto json = json::read(read_file(file), file, diagnostics);
  if (!json) throw error_of(diagnostics.front());
  Value shares = json::to_value(*json);
  return shares.if_object() == nullptr ? Value::object() : shares;
}

void keep_place(const std::string& beginning, const SharePlace& place) {
  const std::string file = shares_file();
  if (file.empty()) return;
  std::filesystem::create_directories(configuration_folder());
  const FileLock lock(file);
  Value shares = read_shares();
  Value kept = Value::object();
  kept.set("address", place.address).set("name", place.name);
  shares.set(beginning, std::move(kept));
  write_file(file, json::write(shares));
}

std::tuple<std::int64_t, const std::string&, std::int64_t> order_of(const LoggedChange& entry) {
  return {entry.clock, entry.device, entry.number};
}

std::vector<ChangeSet> sets_of(const std::vector<LoggedChange>& log) {
  std::vector<ChangeSet> sets;
  for (const LoggedChange& entry : log)
    sets.push_back(read_change_set(entry.content, "change " + to_string(ChangeId{entry.device, entry.number})));
  return sets;
}

/// What a carrier has that is not here, and what is here under a number that means something else there.
struct Coming {
  struct Change {
    LoggedChange entry;
    ChangeSet set;
  };
  std::vector<Change> changes;           ///< By clock, device and number.
  std::vector<ChangeId> renumbered;      ///< Ours, which get numbers of their own.
  std::vector<ChangeId> replaced;        ///< Others', which their makers give again under other numbers.
  std::map<std::string, Numbers> there;  ///< Of each device that was looked at.
};

/// The log tells all of the map; should it not, what it does not tell is a change like others.
void tell_all(const Map& map, std::vector<LoggedChange>& log, const Occasion& occasion) {
  ChangeSet set = change_set(replay(Map(), sets_of(log), may_stand).map, map,
                             Occasion{.by = occasion.by, .why = "what the log did not tell"});
  if (set.empty()) return;
  const std::int64_t clock = std::ranges::max_element(log, {}, order_of)->clock;
  set.clock = clock + 1;
  set.id = next_change_id(clock);
  log.push_back(entry_of(set));
}

class Exchange {
 public:
  Exchange(std::string path, Carrier& carrier, SharePlace place, Occasion occasion)
      : path_(std::move(path)), carrier_(&carrier), occasion_(std::move(occasion)) {
    done_.place = std::move(place);
  }

  SyncDone run() {
    exchange();
    const auto taken = [](const RefusedChange& refused) { return refused.why == RefusedChange::Why::number_taken; };
    // Now they are there to be seen, and ours get other numbers.
    if (std::ranges::any_of(done_.refused, taken)) exchange();
    show();
    return std::move(done_);
  }
  [[nodiscard]] const std::string& beginning() const { return beginning_; }

 private:
  void exchange() {
    std::vector<LogKey> keys;
    if (holds_something(path_)) keys = Store(path_).log_keys();
    beginning_ = beginning_of(keys);
    const Coming coming = look(by_device(keys));
    if (!coming.changes.empty() || !coming.renumbered.empty()) take(coming);
    give(coming);
  }

  Coming look(std::map<std::string, Numbers> here) {
    Coming coming;
    const std::string own = here.empty() ? "" : this_device();
    for (const CarriedDevice& device : carrier_->devices(done_.place.name)) {
      const Numbers& ours = here[device.device];
      Numbers& there = coming.there[device.device];
      // Alike, but for what two devices of one name have numbered: that is seen where it was made.
      if (device.device != own && ours.size() == device.count && ours.rbegin()->first == device.last) {
        there = ours;
        continue;
      }
      std::vector<CarriedNumber> numbers = carrier_->numbers(done_.place.name, device.device);
      std::ranges::sort(numbers, {}, [](const CarriedNumber& n) { return std::pair(n.number, std::string_view(n.hash)); });
      for (const CarriedNumber& n : numbers) there.emplace(n.number, n.hash);
      for (const auto& [number, hash] : ours) {
        const auto found = there.find(number);
        if (found == there.end() || found->second == hash) continue;
        const bool carried =
            std::ranges::any_of(numbers, [&](const CarriedNumber& n) { return n.number == number && n.hash == hash; });
        (carried && device.device != own ? coming.replaced : coming.renumbered).push_back({device.device, number});
      }
      const auto missing = std::ranges::find_if(there, [&](const auto& entry) {
        const auto found = ours.find(entry.first);
        return found == ours.end() || found->second != entry.second;
      });
      if (missing != there.end()) fetch(device.device, missing->first - 1, ours, coming);
    }
    std::ranges::sort(coming.changes, {}, [](const Coming::Change& c) { return order_of(c.entry); });
    return coming;
  }

  void fetch(const std::string& device, std::int64_t after, const Numbers& ours, Coming& coming) {
    Numbers& there = coming.there[device];
    Numbers whole;
    for (CarriedContent& carried : carrier_->fetch(done_.place.name, device, after)) {
      const std::string hash = fingerprint(carried.content);
      const auto listed = there.find(carried.number);
      if (listed == there.end() || listed->second != hash) continue;
      whole.emplace(carried.number, hash);
      const auto known = ours.find(carried.number);
      if (known != ours.end() && known->second == hash) continue;
      const ChangeId id{device, carried.number};
      try {
        ChangeSet set = read_change_set(carried.content, "change " + to_string(id));
        if (set.id != id)
          throw Error(ErrorCode::bad_input, "change " + to_string(id), "says that it is change " + to_string(set.id));
        LoggedChange entry{device, carried.number, set.clock, set.made, set.by, set.why, std::move(carried.content)};
        coming.changes.push_back({std::move(entry), std::move(set)});
      } catch (const Error& error) {
        done_.told.push_back(fmt::format("{}; it was left out: a newer Lacuna may know it", error.what()));
      }
    }
    for (const auto& [number, hash] : there) {
      if (number > after && !whole.contains(number))
        done_.told.push_back(fmt::format("change {} is not there as a whole yet", to_string(ChangeId{device, number})));
    }
  }

  /// The beginning that all sets rest on: one, and that of the map that is here.
  void check_beginning(const Coming& coming) {
    for (const auto& [entry, set] : coming.changes) {
      if (!set.is_beginning()) continue;
      if (!beginning_.empty() && beginning_ != set.id.device)
        throw Error(
            ErrorCode::bad_input, done_.place.address,
            fmt::format("holds two maps called \"{}\", which were begun apart; nothing was changed; share one of them under "
                        "another --name",
                        done_.place.name));
      beginning_ = set.id.device;
    }
    if (beginning_.empty())
      throw Error(ErrorCode::not_found, done_.place.address,
                  fmt::format("does not hold the beginning of \"{}\" yet; try again when all of it has been synchronized",
                              done_.place.name));
  }

  void take(const Coming& coming) {
    check_beginning(coming);
    change_map_with_log(path_, [&](Map& map, std::vector<LoggedChange>& log) {
      const std::vector<Contest> waiting = contests_of(map);
      std::erase_if(log, [&](const LoggedChange& entry) {
        return std::ranges::find(coming.replaced, ChangeId{entry.device, entry.number}) != coming.replaced.end();
      });
      if (!coming.renumbered.empty()) renumber(log, coming.renumbered);
      // Somebody else at this map may have taken some of it meanwhile.
      std::set<ChangeId> known;
      for (const LoggedChange& entry : log) known.insert({entry.device, entry.number});
      std::vector<LoggedChange> entries;
      std::vector<ChangeSet> sets;
      for (const auto& [entry, set] : coming.changes) {
        if (known.contains(set.id)) continue;
        entries.push_back(entry);
        sets.push_back(set);
      }
      const bool anew = !coming.renumbered.empty() || !coming.replaced.empty();
      if (sets.empty() && !anew) return;
      Replayed replayed = put_together(map, log, entries, sets, anew);
      map = std::move(replayed.map);
      done_.left_aside = std::move(replayed.left_aside);
      log.insert(log.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
      for (const Contest& contest : contests_of(map)) {
        const auto same = [&](const Contest& c) {
          return c.node == contest.node && c.member == contest.member && c.there == contest.there && c.by == contest.by;
        };
        if (std::ranges::none_of(waiting, same)) done_.contests.push_back(contest);
      }
      done_.taken.insert(done_.taken.end(), sets.begin(), sets.end());
    });
  }

  /// What comes, with what is here; `anew` where numbers of what is here have changed.
  Replayed put_together(const Map& map, std::vector<LoggedChange>& log, const std::vector<LoggedChange>& entries,
                        const std::vector<ChangeSet>& sets, bool anew) {
    // What comes after everything that is here goes onto the map as it is, where all of it fits.
    const auto last = std::ranges::max_element(log, {}, order_of);
    const auto first = std::ranges::min_element(entries, {}, order_of);
    if (!anew && last != log.end() && order_of(*last) < order_of(*first)) {
      Replayed onto = replay(map, sets, may_stand);
      if (onto.conflicts.empty() && onto.left_aside.empty()) return onto;
    }
    if (!anew && !log.empty()) tell_all(map, log, occasion_);
    std::vector<ChangeSet> all = sets_of(log);
    all.insert(all.end(), sets.begin(), sets.end());
    return replay(Map(), std::move(all), may_stand);
  }

  /// Another device has used numbers of this one: a copy of its configuration, or one that was restored.
  void renumber(std::vector<LoggedChange>& log, const std::vector<ChangeId>& which) {
    renew_device();
    const std::string fresh = new_device();
    std::map<ChangeId, ChangeId> names;
    for (LoggedChange& entry : log) {
      const ChangeId old{entry.device, entry.number};
      if (std::ranges::find(which, old) == which.end()) continue;
      names.emplace(old, ChangeId{fresh, static_cast<std::int64_t>(names.size()) + 1});
    }
    for (LoggedChange& entry : log) {
      const auto found = names.find({entry.device, entry.number});
      if (found == names.end()) continue;
      ChangeSet set = read_change_set(entry.content, "change " + to_string(found->first));
      set.id = found->second;
      if (set.undoes && names.contains(*set.undoes)) set.undoes = names.at(*set.undoes);
      entry = entry_of(set);
    }
    if (!names.empty())
      done_.told.push_back(
          fmt::format("{} of this copy had numbers that another device of the same name has used; they have others "
                      "now, and nothing is lost",
                      count_of(names.size(), "change")));
  }

  void give(const Coming& coming) {
    done_.refused.clear();
    const auto is_there = [&](const auto& entry) {
      const auto device = coming.there.find(entry.device);
      return device != coming.there.end() && device->second.contains(entry.number);
    };
    const Store store(path_);
    const std::vector<LogKey> keys = store.log_keys();
    counts_.clear();
    for (const LogKey& key : keys) ++counts_[key.device];
    if (std::ranges::all_of(keys, is_there)) return;
    std::vector<LoggedChange> missing = store.log();
    std::erase_if(missing, is_there);
    std::ranges::stable_sort(missing, {}, [](const LoggedChange& e) { return std::pair(std::string_view(e.device), e.number); });
    done_.refused = carrier_->add(done_.place.name, missing);
    done_.given += missing.size() - done_.refused.size();
  }

  /// What other programs read, where the place has it. No part of the exchange: where it cannot be done, the next sync does it.
  void show() {
    constexpr int most_times = 4;
    if (!done_.refused.empty()) return;  // Nobody else has what stands here.
    try {
      for (int times = 1; !carrier_->show(done_.place.name, counts_, [&] { return read_model(path_); }); ++times) {
        // Somebody was faster; what they gave comes along.
        if (times == most_times) return;
        exchange();
      }
    } catch (const Error& error) {
      done_.told.push_back(fmt::format("the tables for other programs were left as they are: {}", error.what()));
    }
  }

  std::string path_;
  Carrier* carrier_;
  Occasion occasion_;
  std::string beginning_;
  std::map<std::string, std::size_t> counts_;  ///< Of change sets that are here, by device.
  SyncDone done_;
};

/// Puts what the map was when its log began before everything else there.
std::string begin_sharing(const std::string& path, const Occasion& occasion) {
  ChangeSet beginning;
  change_map_with_log(path, [&](Map& map, std::vector<LoggedChange>& log) {
    const std::vector<ChangeSet> sets = sets_of(log);
    Map begun = map;
    for (auto set = sets.rbegin(); set != sets.rend(); ++set) apply(begun, inverse(*set));
    sort_canonically(begun);
    beginning = change_set(Map(), begun, Occasion{.by = occasion.by, .why = "the map as it was when its log began"});
    beginning.id = {new_device(), 1};
    log.push_back(entry_of(beginning));
    tell_all(map, log, occasion);
  });
  return beginning.id.device;
}

std::string chosen_name(const std::vector<std::string>& names, const std::string& asked, const std::string& address) {
  if (names.empty())
    throw Error(ErrorCode::not_found, address, "holds no map yet; whoever has one shares it with: lacuna -m MAP share ADDRESS");
  if (!asked.empty()) {
    if (std::ranges::find(names, asked) == names.end())
      throw Error(ErrorCode::not_found, address, fmt::format("holds no map called \"{}\", but {}", asked, listed(names)));
    return asked;
  }
  if (names.size() > 1)
    throw Error(ErrorCode::ambiguous, address, fmt::format("holds several maps; name one with --name: {}", listed(names)));
  return names.front();
}

}  // namespace

std::optional<SharePlace> share_place(const std::string& map) {
  const std::string beginning = beginning_of(Store(map).log_keys());
  if (beginning.empty()) return std::nullopt;
  const Value place = read_shares()[beginning];
  const std::string* address = place["address"].if_text();
  const std::string* name = place["name"].if_text();
  if (address == nullptr || name == nullptr) return std::nullopt;
  return SharePlace{*address, *name};
}

SyncDone sync_map(const std::string& map, const Occasion& occasion) {
  const auto place = share_place(map);
  if (!place)
    throw Error(ErrorCode::not_found, map, "is not shared yet, or not by you; name the place once with: lacuna share ADDRESS");
  const auto carrier = carrier_kind(place->address).open(place->address, false);
  return Exchange(map, *carrier, *place, occasion).run();
}

ShareDone share_map(const std::string& map, const std::string& address, const std::string& name, const Occasion& occasion) {
  ShareDone done;
  done.copied = !holds_something(map);
  const CarrierKind& kind = carrier_kind(address);
  const auto carrier = kind.open(address, !done.copied);
  SharePlace place{without_password(address), name};
  done.password_left_out = place.address != address;
  if (place.address == address && std::filesystem::exists(status_of(address)))
    place.address = std::filesystem::absolute(address).lexically_normal().string();
  const std::vector<std::string> names = carrier->maps();
  if (done.copied) {
    place.name = chosen_name(names, name, place.address);
  } else {
    std::string beginning = beginning_of(Store(map).log_keys());
    const auto holds_ours = [&](const std::string& n) {
      return std::ranges::any_of(carrier->devices(n), [&](const CarriedDevice& d) { return d.device == beginning; });
    };
    if (place.name.empty() && !beginning.empty()) {
      if (const auto found = std::ranges::find_if(names, holds_ours); found != names.end()) place.name = *found;
    }
    if (place.name.empty()) place.name = std::filesystem::path(map).stem().string();
    if (std::ranges::find(names, place.name) != names.end() && (beginning.empty() || !holds_ours(place.name)))
      throw Error(
          ErrorCode::usage, place.address,
          fmt::format("holds another map called \"{}\": share this one under another --name, or take that one up in a file that "
                      "is not there yet (-m NEW.db)",
                      place.name));
    done.begun = beginning.empty();
    if (done.begun) beginning = begin_sharing(map, occasion);
    keep_place(beginning, place);
  }
  Exchange exchange(map, *carrier, place, occasion);
  done.sync = exchange.run();
  if (done.copied) keep_place(exchange.beginning(), place);
  return done;
}

}  // namespace lacuna
