// Where several people share a map: a place that carries the change sets of all of them, and never changes one.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/store.hpp"
#include "store/read_model.hpp"

namespace lacuna {

/// What a carrier holds of one device.
struct CarriedDevice {
  std::string device;
  std::size_t count = 0;
  std::int64_t last = 0;  ///< The highest number.
};

/// A change set there. Numbers of one device ascend, and are unique but where a folder was filled by two devices of one name.
struct CarriedNumber {
  std::int64_t number = 0;
  std::string hash;  ///< fingerprint() of its content.
};

/// Its text form, data/schema/change-1.json.
struct CarriedContent {
  std::int64_t number = 0;
  std::string content;
};

/// A change set that a carrier did not take, and why.
struct RefusedChange {
  std::string device;
  std::int64_t number = 0;
  enum class Why : std::uint8_t {
    number_taken,  ///< Another stands under that number.
    reads_only,    ///< The role of whoever asks only reads.
    not_theirs     ///< The role may not sign with that name.
  } why = Why::number_taken;
};

/// All functions throw Error(io) where the place cannot be reached; of what was to be added, a beginning may be there
/// by then, and adding it again does no harm.
class Carrier {
 public:
  virtual ~Carrier() = default;
  /// Names of the maps that are shared there, in order.
  virtual std::vector<std::string> maps() = 0;
  /// In the order of their names; none where there is no map of that name.
  virtual std::vector<CarriedDevice> devices(const std::string& map) = 0;
  /// Ascending.
  virtual std::vector<CarriedNumber> numbers(const std::string& map, const std::string& device) = 0;
  /// Those above a number, ascending. What is not there as a whole yet is left out.
  virtual std::vector<CarriedContent> fetch(const std::string& map, const std::string& device, std::int64_t after) = 0;
  /// Adds change sets, those of a device with ascending numbers. One that is there already, word for word, is there once. Returns
  /// those that it refuses: another stands under that number, or the rights of whoever asks do not reach.
  virtual std::vector<RefusedChange> add(const std::string& map, const std::vector<LoggedChange>& sets) = 0;
  /// Where the place keeps tables of the map for other programs, and whoever asks may write them: brings them to the map as it is
  /// with so many change sets of each device, unless they stand there already. False where they stand at one that is not among
  /// these.
  virtual bool show(const std::string& /*map*/, const std::map<std::string, std::size_t>& /*changes*/,
                    const std::function<ReadModel()>& /*read*/) {
    return true;
  }
};

/// A row of the table of carriers.
struct CarrierKind {
  std::string_view name;
  bool (*is_meant)(const std::string& address);
  /// With `begin`, what is missing there for a first map is made, where that is no administrator's business.
  std::unique_ptr<Carrier> (*open)(const std::string& address, bool begin);
};
/// In the order in which an address is tried; the last takes all.
std::span<const CarrierKind> carrier_kinds();
const CarrierKind& carrier_kind(const std::string& address);

/// For a database administrator: SQL that makes the table for shared maps and the roles lacuna_reader and lacuna_editor.
std::string postgresql_setup();
/// Runs it. Throws Error(io).
void set_up_postgresql(const std::string& address);
/// Every statement that is sent to a PostgreSQL server, but for the setup; of those with several rows, that with two.
std::vector<std::string> postgresql_statements();

}  // namespace lacuna
