// The subject fields of works, from the committees that made them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "forecast/works.hpp"

namespace lacuna::forecast {

/// Texts of 3GPP, which ETSI takes over in all their editions.
constexpr std::string_view field_3gpp = "3GPP";

/// data/fields/ics.txt: "35 information technology", a line each.
std::string_view field_names();
/// data/fields/committees.txt: "35 ISO/IEC JTC 1", a line each.
std::string_view committee_fields();

/// Tells fields. ISO, IEC and IEEE: the ICS field of the committee, "35 information technology"; of committees that the table
/// does not name, the committee without its subcommittee, else the body. ITU-T: the series; ITU-R, IETF and OASIS: the body;
/// ETSI: whether 3GPP made it.
class Fields {
 public:
  Fields();
  [[nodiscard]] std::string of(const CatalogueText& record, std::string_view base) const;

 private:
  std::map<std::string_view, std::string, std::less<>> by_committee_;
};

}  // namespace lacuna::forecast
