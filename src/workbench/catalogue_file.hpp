// The file that holds the catalogues of all maps of a user, and how far a map agrees with it.
#pragma once

#include <string>
#include <vector>

#include "lacuna/store.hpp"

namespace lacuna {

/// $LACUNA_CATALOGUES, else lacuna/catalogues.db in $XDG_DATA_HOME, else in ~/.local/share. It need not be there. Empty where
/// that variable is set and empty, or no home is known: catalogues stand in the map then.
std::string catalogues_file();

/// Where the catalogues that answer are not those to which the deliverables of the map were tied: a sentence for each that is
/// missing, older or newer. Empty for a map that was tied to none, or holds its own.
std::vector<std::string> catalogue_differences(const Store& store);

}  // namespace lacuna
