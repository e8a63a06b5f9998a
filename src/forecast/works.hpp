// Records of catalogues as works: one document in all its editions, dated by its first publication.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/records.hpp"

namespace lacuna::forecast {

/// Days since 1970-01-01.
using DayCount = std::int32_t;
DayCount count_of(Day day);
Day day_of(DayCount count);

/// What a date may mean, first and last day.
struct Span {
  DayCount lo = 0;
  DayCount hi = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

enum class RecordKind : std::uint8_t {
  main,        ///< An edition.
  supplement,  ///< An amendment, a corrigendum, a consolidated version, a redline.
  draft,
};

/// What a record is, and when it came. Records without a date have none.
struct RecordFacts {
  std::string base;  ///< "I:27001", "T:x.509", "S:103 582": the document without publisher, type, edition and supplement. ISO,
                     ///< IEC and their joint numbers share a space.
  RecordKind kind = RecordKind::main;
  std::optional<Span> date;
  bool first = true;  ///< As far as its identifier and its links tell, a first edition.
};

/// A base id up to its first hyphen: "I:15590" of "I:15590-4".
std::string_view family_of(std::string_view base);

/// One record by itself. O(length of the identifier).
RecordFacts facts_of(const CatalogueText& record);

/// A document with the text of its first publication.
struct Work {
  std::string base;
  std::uint32_t record = 0;  ///< The edition whose text it has: of those of the first day, the one with the longest abstract.
  Span date;                 ///< Of its first publication.
  bool firsted = true;       ///< That was truly a first edition.
  std::vector<std::uint32_t> all;  ///< All its records, ascending.
};

/// All works that were ever published, by base id; records without a date found none. Linear, up to sorting.
std::vector<Work> works_of(std::span<const CatalogueText> records, std::span<const RecordFacts> facts);

/// An ETSI number of a text that 3GPP made: "S:121905" to "S:155999" take over its series 21 to 55.
bool from_3gpp(std::string_view base);

}  // namespace lacuna::forecast
