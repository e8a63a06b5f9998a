// A map of two needs in a file of its own, for targets that read maps as SQLite files.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/files.hpp"
#include "fuzz/fuzz.hpp"
#include "lacuna/import.hpp"
#include "lacuna/store.hpp"

namespace lacuna::fuzz {

/// Removed when the process ends, unless libFuzzer ends it because of a finding.
class MapFile {
 public:
  MapFile() {
    std::error_code problem;
    std::filesystem::path folder = "/dev/shm";  // Thousands of files a minute: in memory where that can be.
    if (!std::filesystem::is_directory(folder, problem)) folder = std::filesystem::temp_directory_path();
    path_ = (folder / fmt::format("lacuna-fuzz-{}.db", ::getpid())).string();
    constexpr std::string_view text = R"({"map": {"title": "A map"}, "nodes": [
      {"id": "G", "kind": "group", "title": "A group"}, {"id": "T1", "kind": "threat", "title": "Poisoned data"},
      {"id": "R1", "kind": "requirement", "title": "Models are signed", "aliases": ["signed"], "attributes": {"a": [1, "b"]}},
      {"id": "D1", "kind": "deliverable", "title": "Signatures", "dates": {"published": "2024"}}],
      "links": [{"from": "G", "relation": "develops", "to": "D1"},
                {"from": "D1", "relation": "covers", "to": "R1", "degree": "partial", "rationale": "x"}],
      "searches": [{"id": "S1", "by": "A", "on": "2026-01-01", "catalogues": [{"name": "C", "records": 3}], "needs": ["T1"]}]})";
    const Input input{"map.json", text};
    Imported imported = importer("map").read({&input, 1});
    claim(count_errors(imported.diagnostics) == 0, "the map is valid");
    write_map(imported.map, path_);
    put_tag(path_, "kept", *Date::parse("2026-01-01"), "as it stood", false);
  }
  MapFile(const MapFile&) = delete;
  MapFile& operator=(const MapFile&) = delete;
  ~MapFile() {
    std::error_code ignored;
    for (const std::string ending : {"", "-journal", "-wal", "-shm"}) std::filesystem::remove(path_ + ending, ignored);
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string bytes() const { return read_file(path_); }
  void write(std::string_view bytes) const { std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes; }

  /// Everything that commands read of a map; whatever it is told must be well-formed.
  void read() const {
    const auto told = [](const auto& f) {
      try {
        f();
      } catch (const Error& error) {
        claim_told(error);
      }
    };
    told([&] {
      const Store store(path_);
      told([&] { (void)store.graph(Store::Texts::load); });
      told([&] { (void)store.map(); });
      told([&] { (void)store.catalogues(); });
      told([&] { (void)store.works("X.509"); });
      told([&] { store.check(); });
      told([&] {
        for (const Tag& tag : store.tags()) told([&] { (void)store.tagged_graph(tag.name); });
      });
    });
  }

 private:
  std::string path_;
};

}  // namespace lacuna::fuzz
