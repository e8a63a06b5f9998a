// Reading inputs into maps. Every importer is one function over bytes and one row of the table.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/error.hpp"
#include "lacuna/model.hpp"
#include "lacuna/profile.hpp"

namespace lacuna {

/// What an importer made of its input. Records that could not be read are missing from `map` and told in `diagnostics`.
struct Imported {
  Map map;
  std::vector<Diagnostic> diagnostics;
  bool readable = true;  ///< False when a whole input could not be read: what is missing from the map says nothing then.
};

/// One named input.
struct Input {
  std::string file;  ///< For diagnostics.
  std::string_view bytes;
};

/// An input format. `lacuna build` and `lacuna validate` read `map`.
struct Importer {
  std::string_view name;
  std::string_view help;
  std::string_view extension;  ///< Of the files of a folder that belong to it, with the dot.
  Imported (*read)(std::span<const Input> inputs);
};

/// All importers, in the order in which help lists them.
std::span<const Importer> importers();
/// The importer of that name. Throws Error(usage) naming those there are.
const Importer& importer(std::string_view name);

/// Reads a file, or all files of a folder that carry the importer's extension, in natural order. Throws Error(io) when the
/// path cannot be read and Error(bad_input) when a folder holds no such file.
Imported import_path(const Importer& importer, const std::string& path);

/// The text form of a map: JSON objects with `map`, `nodes`, `links`, `searches`, each optional, spread over any number of files.
Imported import_map(std::span<const Input> inputs);

/// A profile from its file's bytes. Throws Error(bad_input) with the line and what is missing, unknown or out of range.
Profile read_profile(std::string_view bytes, const std::string& file);

}  // namespace lacuna
