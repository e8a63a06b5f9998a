#include <catch2/catch.hpp>

#include <filesystem>

#include "base/files.hpp"
#include "import/samples.hpp"
#include "support/process.hpp"

using namespace lacuna;
using lacuna::test::Scratch;

namespace {

template <class Action>
std::string error_of(ErrorCode code, Action action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(static_cast<int>(error.code()) == static_cast<int>(code));
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("importers: every row has a name, help and samples of valid and invalid inputs") {
  REQUIRE_FALSE(importers().empty());
  for (const Importer& row : importers()) {
    INFO(row.name);
    CHECK_FALSE(row.help.empty());
    CHECK(row.extension.starts_with("."));
    CHECK(&importer(row.name) == &row);
    CHECK_FALSE(test::inputs_of(test::samples(row.name) / "valid").empty());
    CHECK_FALSE(test::inputs_of(test::samples(row.name) / "invalid").empty());
  }
}

TEST_CASE("importers: every invalid sample gives exactly the faults that stand beside it") {
  for (const Importer& row : importers()) {
    for (const auto& path : test::inputs_of(test::samples(row.name) / "invalid")) {
      DYNAMIC_SECTION(row.name << ": " << path.stem().string()) {
        const std::string wanted = read_file((path.parent_path() / path.stem()).string() + ".txt");
        REQUIRE_FALSE(wanted.empty());
        CHECK(test::faults(test::read_sample(row, path).diagnostics) == wanted);
      }
    }
  }
}

TEST_CASE("importers: every list of faults belongs to a sample") {
  for (const Importer& row : importers()) {
    for (const auto& entry : std::filesystem::directory_iterator(test::samples(row.name) / "invalid")) {
      if (entry.path().extension() != ".txt") continue;
      INFO(entry.path());
      const auto stem = entry.path().parent_path() / entry.path().stem();
      CHECK((std::filesystem::is_directory(stem) || std::filesystem::exists(stem.string() + std::string(row.extension))));
    }
  }
}

TEST_CASE("importers: valid samples have no fault") {
  for (const Importer& row : importers()) {
    for (const auto& path : test::inputs_of(test::samples(row.name) / "valid")) {
      DYNAMIC_SECTION(row.name << ": " << path.stem().string()) {
        CHECK(test::faults(test::read_sample(row, path).diagnostics) == "");
      }
    }
  }
}

TEST_CASE("importers: an unknown format names those there are") {
  CHECK(error_of(ErrorCode::usage, [] { importer("xml"); }) ==
        "unknown input format \"xml\"; one of map, stix, oscal, atlas, mappings-explorer, needs-json, csl-json, csv, tsv, "
        "xlsx, sssom, opencre, relaton, rfc-index, iso-open-data, datatracker, work-programme");
}

TEST_CASE("importers: a path that cannot be read, or a folder without inputs, is an error") {
  const Scratch scratch;
  const Importer& map = importer("map");
  CHECK(error_of(ErrorCode::io, [&] { import_path(map, scratch.path("none")); }) ==
        scratch.path("none") + ": there is no such file or folder");
  CHECK(error_of(ErrorCode::bad_input, [&] { import_path(map, scratch.path()); }) ==
        scratch.path() + ": holds no .json file; name the folder of " + std::string(map.help));
}

TEST_CASE("importers: a folder is read in the natural order of its files, others are left alone") {
  const Scratch scratch;
  const std::string ten = scratch.file("10.json", "{\"map\": {\"title\": \"second\"}}");
  const std::string two = scratch.file("2.json", "{\"map\": {\"title\": \"first\"}}");
  const std::string note = scratch.file("README.md", "not a map");
  const Imported imported = import_path(importer("map"), scratch.path());
  CHECK(imported.map.files == std::vector<std::string>{two, ten});
  REQUIRE(imported.diagnostics.size() == 1);
  CHECK(to_string(imported.diagnostics[0]) == ten + ":1: error: \"map\" stands in two files; keep one");
}

TEST_CASE("importers: the shipped map is read without a fault") {
  const Imported imported = import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security");
  std::string faults;
  for (const Diagnostic& d : imported.diagnostics) faults += to_string(d) + "\n";
  CHECK(faults == "");
}
