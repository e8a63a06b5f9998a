#include "workbench/device.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>

#include "base/files.hpp"
#include "formats/json.hpp"

namespace lacuna {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

/// What the file says; a device of its own where it says nothing that can be read.
ChangeId last_of(const std::string& file) {
  ChangeId id{new_device(), 0};
  if (!holds_something(file)) return id;
  std::vector<Diagnostic> diagnostics;
  const auto json = json::read(read_file(file, 4096), file, diagnostics);
  if (!json) return id;
  const Value value = json::to_value(*json);
  const std::string* device = value["device"].if_text();
  const std::int64_t* number = value["number"].if_integer();
  return device == nullptr || number == nullptr ? id : ChangeId{*device, *number};
}

/// The file of the device, and what becomes of what it says; nothing where it cannot be kept.
std::optional<ChangeId> change_device(const std::function<void(ChangeId&)>& change) {
  const std::string folder = configuration_folder();
  if (folder.empty()) return std::nullopt;
  try {
    std::filesystem::create_directories(folder);
    const std::string file = folder + "/device.json";
    const FileLock lock(file);
    ChangeId id = last_of(file);
    const ChangeId before = id;
    change(id);
    if (id == before && holds_something(file)) return id;
    Value kept = Value::object();
    kept.set("device", id.device).set("number", id.number);
    write_file(file, json::write(kept));
    return id;
  } catch (const Error&) {
  } catch (const std::filesystem::filesystem_error&) {
  }
  return std::nullopt;
}

}  // namespace

std::string new_device() {
  std::random_device random;
  return fmt::format("{:08x}", static_cast<std::uint32_t>(random()));
}

std::string configuration_folder() {
  if (const std::string folder = variable("XDG_CONFIG_HOME"); !folder.empty()) return folder + "/lacuna";
  const std::string home = variable("HOME");
  return home.empty() ? std::string() : home + "/.config/lacuna";
}

std::string this_device() {
  if (std::string device = variable("LACUNA_DEVICE"); !device.empty()) return device;
  const auto id = change_device([](ChangeId& /*id*/) {});
  return id ? id->device : std::string();
}

void renew_device() {
  if (variable("LACUNA_DEVICE").empty()) change_device([](ChangeId& id) { id = {new_device(), 0}; });
}

ChangeId next_change_id(std::int64_t clock) {
  if (const std::string device = variable("LACUNA_DEVICE"); !device.empty()) return {device, clock + 1};
  if (const auto id = change_device([](ChangeId& last) { ++last.number; })) return *id;
  return {new_device(), 1};
}

std::string user_name() {
  if (std::string name = variable("LACUNA_BY"); !name.empty()) return name;
  const passwd* user = getpwuid(geteuid());
  if (user == nullptr) return {};
  const std::string full =
      user->pw_gecos == nullptr ? "" : std::string(user->pw_gecos).substr(0, std::string(user->pw_gecos).find(','));
  return full.empty() ? std::string(user->pw_name) : full;
}

}  // namespace lacuna
