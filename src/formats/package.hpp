// Documents of Word and PowerPoint as packages of parts: Open Packaging Conventions, ECMA-376 part 2.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// Where a part, or the package as a whole, points.
struct Relationship {
  std::string id;
  std::string type;  ///< A URI; its last segment says what it is: ".../styles".
  std::string
      target;  ///< The whole name of a part, maybe with "#fragment" behind; of an external one, the address as it stands there.
  bool external = false;
};

/// Orders names of parts: letter case does not tell them apart (ASCII).
struct PartNameLess {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};

/// A package in memory. Names of parts have no slash in front ("word/document.xml"). The list of content types and the parts that
/// hold relationships are not among the parts: they are told by the other members.
struct Package {
  std::map<std::string, std::string, PartNameLess> parts;      ///< Bytes by name.
  std::map<std::string, std::string> defaults;                 ///< Content type by ending, in lower case.
  std::map<std::string, std::string, PartNameLess> overrides;  ///< Content type by name, where it is not its ending's.
  std::map<std::string, std::vector<Relationship>, PartNameLess> relationships;  ///< By the part that points; "" is the package.
};

/// The package with all its parts; a part without a content type is none and is left out. `what` is named in errors: the file.
/// Throws Error(bad_input) for what is no whole ZIP archive, encrypted, or too large (`most_unpacked`); for names that stand
/// twice or lead outside; for XML that is broken, not in UTF-8 or declares a document type; for relationships to parts that are
/// not there; and for macros. What could run or fetch something else is told by refuse_guests(). O(unpacked bytes).
Package read_package(std::string_view bytes, const std::string& what);

/// Throws Error(bad_input), naming the part, when the package, as it is now, could run something, or reach anything but http,
/// https and mailto addresses where a person follows a link: embedded objects, ActiveX, whatever else is taken from outside,
/// fields of Word, actions of PowerPoint. What is not known to be harmless is refused. Asked after prune(), so that a chart on a
/// slide that is not kept harms nobody. O(bytes).
void refuse_guests(const Package& package, const std::string& what);

/// A ZIP archive: content types first, then the package's relationships and its main part, then the others by name. The same
/// package gives the same bytes: every date is 1980-01-01. Relationships and content types of parts that are not there are left
/// out.
std::string write_package(const Package& package);

/// Of a part; empty where none is given.
std::string content_type_of(const Package& package, std::string_view part);

/// Adds the part, or replaces it; its relationships stay.
void put_part(Package& package, const std::string& name, const std::string& content_type, std::string bytes);

/// Removes the part, its content type and its relationships, not those that lead to it.
void remove_part(Package& package, const std::string& name);

/// A new relationship, and its id: "rId" and a number that is free. `source` is a part's name, or "" for the package; `target` a
/// part's whole name or, when external, an address, in which what no URI may hold is written as %XX.
std::string add_relationship(Package& package, const std::string& source, std::string_view type, std::string_view target,
                             bool external = false);

/// The address with every character that RFC 3986 does not know as %XX: Word calls a document with others damaged.
std::string as_uri(std::string_view address);

/// The first relationship of `source` whose type ends with "/" and `kind` ("styles"), in the transitional and the strict
/// spelling; null where there is none. Valid until the relationships change.
const Relationship* find_relationship(const Package& package, std::string_view source, std::string_view kind);

/// Removes every part that no chain of relationships from the package reaches.
void prune(Package& package);

/// The type of a relationship of office documents: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" and
/// `kind`.
std::string office_relationship(std::string_view kind);

}  // namespace lacuna
