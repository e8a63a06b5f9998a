#include "workbench/catalogue_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/identity.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

std::string standing(const CatalogueInfo& catalogue) {
  return catalogue.date ? fmt::format("{} of {}", catalogue.name, to_string(*catalogue.date)) : catalogue.name;
}

}  // namespace

std::string catalogues_file() {
  if (const char* named = std::getenv("LACUNA_CATALOGUES"); named != nullptr) return named;
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0')
    return std::string(data) + "/lacuna/catalogues.db";
  const char* home = std::getenv("HOME");
  return home == nullptr || *home == '\0' ? std::string() : std::string(home) + "/.local/share/lacuna/catalogues.db";
}

std::vector<std::string> catalogue_differences(const Store& store) {
  std::vector<std::string> told;
  if (store.holds_catalogues()) return told;
  const std::vector<CatalogueInfo> here = store.catalogues();
  std::vector<std::string> missing;
  for (const CatalogueInfo& tied : store.tied_catalogues()) {
    const auto found =
        std::ranges::find(here, identity_of(tied.name), [](const CatalogueInfo& c) { return identity_of(c.name); });
    if (found == here.end()) {
      missing.push_back(standing(tied));
    } else if (found->date && tied.date && *found->date < *tied.date) {
      told.push_back(fmt::format("the map knows {}; here it is of {}, and answers from it are older: import the later one",
                                 standing(tied), to_string(*found->date)));
    } else if (found->date != tied.date || found->records != tied.records) {
      told.push_back(
          fmt::format("{} came after the map was brought up to {}: its states, dates and editions follow with: lacuna import",
                      standing(*found), tied.date ? fmt::format("that of {}", to_string(*tied.date)) : "another one"));
    }
  }
  if (!missing.empty())
    told.push_back(fmt::format("the map was made with {}, which {} not here: answers know less; see: lacuna import --help",
                               join(missing, ", "), missing.size() == 1 ? "is" : "are"));
  return told;
}

}  // namespace lacuna
