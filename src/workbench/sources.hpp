// Where catalogues can be had: a row a source.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

struct UpdateSource {
  std::string name;  ///< What its catalogue is called.
  std::string address;
  std::string format;  ///< An importer.
  std::string of;      ///< Whose documents it lists.
  std::string licence;
  std::string attribution;
  std::vector<std::string> hosts;  ///< To which it may lead on.
  bool insecure = false;
  std::uint64_t most_megabytes = 2000;
};

/// data/sources.json, as it stands in the program.
std::string_view shipped_sources();
/// Rows of the program and of the user (sources.json in configuration_folder()), of which one stands before a shipped one of that
/// name, in the order of their names. Throws Error(bad_input), naming file and row.
std::vector<UpdateSource> catalogue_sources();

}  // namespace lacuna
