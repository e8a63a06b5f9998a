#include "forecast/subject_fields.hpp"

#include <algorithm>
#include <cctype>
#include <functional>

namespace lacuna::forecast {
namespace {

/// Hands on the lines "KEY REST" of a table, without its comments.
void each_line(std::string_view table, const std::function<void(std::string_view, std::string_view)>& take) {
  while (!table.empty()) {
    const std::size_t end = std::min(table.find('\n'), table.size());
    const std::string_view line = table.substr(0, end);
    table.remove_prefix(std::min(end + 1, table.size()));
    const std::size_t blank = line.find(' ');
    if (!line.starts_with('#') && blank != std::string_view::npos) take(line.substr(0, blank), line.substr(blank + 1));
  }
}

}  // namespace

Fields::Fields() {
  std::map<std::string_view, std::string> names;
  each_line(field_names(),
            [&](std::string_view code, std::string_view name) { names[code] = std::string(code) + " " + std::string(name); });
  each_line(committee_fields(),
            [&](std::string_view code, std::string_view committee) { by_committee_[committee] = names[code]; });
}

std::string Fields::of(const CatalogueText& record, std::string_view base) const {
  switch (base.front()) {
    case 'S': return from_3gpp(base) ? std::string(field_3gpp) : "ETSI";
    case 'R': return "ITU-R";
    case 'T':
      return "ITU-T " +
             std::string(1, static_cast<char>(std::toupper(static_cast<unsigned char>(base.size() > 2 ? base[2] : ' '))));
    case 'O': return "OASIS";
    case 'F': return "IETF";
    default: break;
  }
  const std::string_view committee = record.group;
  const std::string_view above = committee.substr(0, committee.find("/SC "));
  for (const std::string_view name : {committee, above}) {
    if (const auto found = by_committee_.find(name); found != by_committee_.end()) return found->second;
  }
  return base.starts_with('E') ? "IEEE" : above.empty() ? record.catalogue : std::string(above);
}

}  // namespace lacuna::forecast
