// Records of catalogues as questions over all of them at once need them: plain values, nothing settled.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lacuna/catalogue.hpp"
#include "lacuna/date.hpp"
#include "lacuna/vocabulary.hpp"

namespace lacuna {

/// A record with its texts. Some 166,000 of them take 150 MB.
struct CatalogueText {
  std::string catalogue;       ///< Its name in the map: "relaton-iso".
  std::string identifier;      ///< As the record gives it: "ISO/IEC 27001:2022/Amd 1:2024".
  std::string work;            ///< The key of its work, `Identifier::work()`: "iso 27001".
  std::string type;            ///< "technical-report".
  std::string group;           ///< The committee that holds it; may be empty.
  std::string project;         ///< As in `Record`.
  std::optional<State> given;  ///< What its stage means, where the catalogue gives one.
  std::optional<Date> published;
  std::optional<Date> begun;
  std::string title;
  std::string abstract;                              ///< Plain text.
  std::string keywords;                              ///< Separated by "; ".
  std::uint64_t remarks = 0;                         ///< Bits by Remark.
  std::vector<std::pair<Relation, std::string>> to;  ///< What it supersedes or amends: keys of other works.
};

}  // namespace lacuna
