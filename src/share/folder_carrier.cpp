// A folder that people share by whatever means: each change set a file of its own, which nobody changes, so that no service that
// keeps folders alike has two versions of one to choose from.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>

#include "base/files.hpp"
#include "base/percent.hpp"
#include "base/separated.hpp"
#include "base/text.hpp"
#include "lacuna/error.hpp"
#include "share/carriers.hpp"

namespace lacuna {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view harmless_in_names = "-_";
constexpr std::string_view ending = ".json";
constexpr std::size_t hash_size = 16;

struct File {
  std::int64_t number = 0;
  std::string hash;
  std::string name;
};

/// "3f2a9c01.000123.5b4a32109f8e7d6c.json": device, number, hash.
std::string file_name(const std::string& device, std::int64_t number, std::string_view hash) {
  return fmt::format("{}.{:06}.{}{}", percent_encoded(device, harmless_in_names), number, hash, ending);
}

class Folder : public Carrier {
 public:
  explicit Folder(std::string path) : path_(std::move(path)) {}

  std::vector<std::string> maps() override {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : entries_of(path_)) {
      if (!entry.is_directory()) continue;
      const std::string name = percent_decoded(entry.path().filename().string());
      if (!files_of(name).empty()) names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
  }

  std::vector<CarriedDevice> devices(const std::string& map) override {
    std::vector<CarriedDevice> list;
    for (const auto& [device, files] : files_of(map)) list.push_back({device, files.size(), files.back().number});
    return list;
  }

  std::vector<CarriedNumber> numbers(const std::string& map, const std::string& device) override {
    std::vector<CarriedNumber> list;
    const auto files = files_of(map);
    if (const auto found = files.find(device); found != files.end()) {
      for (const File& file : found->second) list.push_back({file.number, file.hash});
    }
    return list;
  }

  std::vector<CarriedContent> fetch(const std::string& map, const std::string& device, std::int64_t after) override {
    std::vector<CarriedContent> list;
    const auto files = files_of(map);
    const auto found = files.find(device);
    if (found == files.end()) return list;
    for (const File& file : found->second) {
      if (file.number <= after) continue;
      std::string content = read_file(folder_of(map) + "/" + file.name);
      if (fingerprint(content) == file.hash) list.push_back({file.number, std::move(content)});
    }
    return list;
  }

  std::vector<RefusedChange> add(const std::string& map, const std::vector<LoggedChange>& sets) override {
    std::error_code problem;
    fs::create_directories(folder_of(map), problem);
    if (problem) throw Error(ErrorCode::io, folder_of(map), "cannot be made: " + problem.message());
    std::vector<RefusedChange> refused;
    std::vector<std::pair<std::string, std::string_view>> missing;
    const auto files = files_of(map);
    for (const LoggedChange& set : sets) {
      std::string name = file_name(set.device, set.number, fingerprint(set.content));
      const auto of_device = files.find(set.device);
      const auto* there = of_device == files.end() ? nullptr : &of_device->second;
      const auto is_taken = [&](const File& file) { return file.number == set.number && file.name != name; };
      if (there != nullptr && std::ranges::any_of(*there, is_taken))
        refused.push_back({set.device, set.number, RefusedChange::Why::number_taken});
      else if (there == nullptr || std::ranges::find(*there, name, &File::name) == there->end() ||
               read_file(folder_of(map) + "/" + name) != set.content)  // A service may have left it half done.
        missing.emplace_back(std::move(name), set.content);
    }
    add_files(folder_of(map), missing);
    return refused;
  }

 private:
  static std::vector<fs::directory_entry> entries_of(const std::string& folder) {
    std::error_code problem;
    std::vector<fs::directory_entry> list;
    for (fs::directory_iterator entry(folder, problem); !problem && entry != fs::directory_iterator(); entry.increment(problem))
      list.push_back(*entry);
    if (problem) throw Error(ErrorCode::io, folder, "cannot be read: " + problem.message());
    return list;
  }

  std::string folder_of(const std::string& map) const { return path_ + "/" + percent_encoded(map, "-_ "); }

  /// By device, each by number and hash. Files of other names are nobody's business here.
  std::map<std::string, std::vector<File>> files_of(const std::string& map) const {
    std::map<std::string, std::vector<File>> files;
    if (!fs::exists(status_of(folder_of(map)))) return files;
    for (const fs::directory_entry& entry : entries_of(folder_of(map))) {
      std::string name = entry.path().filename().string();
      const std::vector<std::string> parts = parts_between(name, '.');
      if (parts.size() != 4 || parts[2].size() != hash_size) continue;
      const std::string device = percent_decoded(parts[0]);
      std::int64_t number = 0;
      std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), number);
      if (file_name(device, number, parts[2]) != name) continue;
      files[device].push_back({number, parts[2], std::move(name)});
    }
    for (auto& [device, list] : files) {
      std::ranges::sort(list, {}, [](const File& f) { return std::pair(f.number, std::string_view(f.hash)); });
    }
    return files;
  }

  std::string path_;
};

std::unique_ptr<Carrier> open_folder(const std::string& address, bool begin) {
  const fs::file_status status = status_of(address);
  if (fs::exists(status) && !fs::is_directory(status))
    throw Error(ErrorCode::usage, address,
                "is a file, and maps are shared in a folder, an SQLite file or a PostgreSQL database; see: lacuna share --help");
  if (!fs::exists(status)) {
    if (!begin) throw Error(ErrorCode::io, address, "is not there: is the drive connected?");
    std::error_code problem;
    fs::create_directories(address, problem);
    if (problem) throw Error(ErrorCode::io, address, "cannot be made: " + problem.message());
  }
  return std::make_unique<Folder>(address);
}

}  // namespace

extern const CarrierKind folder_carrier{"folder", [](const std::string& /*address*/) { return true; }, open_folder};

}  // namespace lacuna
