// Relaton YAML, one document a record. Two generations of its schema differ in names only: docid or docidentifier, link or
// source, docstatus or status, value or at.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/plain.hpp"
#include "formats/yaml.hpp"
#include "import/entries.hpp"
#include "import/stage_words.hpp"

namespace lacuna {
namespace {

/// A title or abstract in one language.
struct Localized {
  std::string language;
  std::string type;
  std::string text;
};

/// A record as it stands in the file, before anything is made of it.
struct Raw {
  std::string schema;
  std::vector<std::pair<std::string, std::string>> identifiers;  ///< Text and type.
  std::vector<Localized> titles;
  std::vector<Localized> abstracts;
  std::vector<std::pair<std::string, std::string>> dates;  ///< Type and value.
  std::string edition;
  std::string body;  ///< The publisher's abbreviation.
  std::vector<std::pair<std::string, std::string>> addresses;
  std::vector<std::string> keywords;
  std::string doctype;
  std::string stage;
  std::string substage;
  std::string standard_status;
  std::string standard_modified;
  std::string group;
  bool group_number_is_1 = false;
  std::string project;
  struct Related {
    std::string type;
    std::string description;
    std::string identifier;
    std::string edition;
    std::string date;
  };
  std::vector<Related> relations;
  std::size_t complements = 0;
};

using yaml::Reader;

/// The text of a value that is either a scalar or a mapping with `content`, `value` or the like, or a list of such: the first.
std::string first_text(Reader& reader, std::initializer_list<std::string_view> names = {"content"}) {
  std::string result;
  reader.items([&] {
    if (reader.is_text()) {
      if (result.empty()) result = reader.text();
      return;
    }
    reader.members([&](std::string_view name) {
      if (result.empty() && std::ranges::find(names, name) != names.end()) result = first_text(reader, names);
    });
  });
  return result;
}

void read_localized(Reader& reader, std::vector<Localized>& list) {
  reader.items([&] {
    Localized one;
    if (reader.is_text()) {
      one.text = reader.text();
    } else {
      reader.members([&](std::string_view name) {
        if (name == "content") one.text = first_text(reader);
        if (name == "language") one.language = first_text(reader);
        if (name == "type") one.type = reader.text();
      });
    }
    list.push_back(std::move(one));
  });
}

void read_identifiers(Reader& reader, std::vector<std::pair<std::string, std::string>>& list) {
  reader.items([&] {
    std::string id;
    std::string type;
    bool trademark = false;
    const std::uint32_t line = reader.line();
    if (reader.is_text()) id = reader.text();
    reader.members([&](std::string_view name) {
      if (name == "id" || name == "content") id = reader.text();
      if (name == "type") type = reader.text();
      if (name == "scope") trademark = reader.text() == "trademark";
    });
    if (id.size() > longest_identifier)
      throw yaml::Fault{line, fmt::format("an identifier is longer than {} bytes", longest_identifier)};
    if (!trademark && !id.empty()) list.emplace_back(std::move(id), std::move(type));
  });
}

void read_pairs(Reader& reader, std::initializer_list<std::string_view> value_names,
                std::vector<std::pair<std::string, std::string>>& list) {
  reader.items([&] {
    std::string type;
    std::string value;
    if (reader.is_text()) {
      list.emplace_back("", reader.text());
      return;
    }
    reader.members([&](std::string_view name) {
      if (name == "type") type = reader.text();
      if (std::ranges::find(value_names, name) != value_names.end()) value = reader.text();
    });
    list.emplace_back(std::move(type), std::move(value));
  });
}

using Dates = std::vector<std::pair<std::string, std::string>>;

/// Both generations of the schema, and spans by their beginning.
void read_dates(Reader& reader, Dates& list) { read_pairs(reader, {"value", "at", "on", "from"}, list); }

void read_status(Reader& reader, Raw& raw) {
  if (reader.is_text()) raw.stage = reader.text();
  reader.members([&](std::string_view name) {
    if (name == "stage") raw.stage = first_text(reader, {"value", "content"});
    if (name == "substage") raw.substage = first_text(reader, {"value", "content"});
  });
}

/// Bodies whose identifiers and committees say whose they are, and which edition.
bool known_by_name(std::string_view type) {
  constexpr std::array<std::string_view, 6> types{"ISO", "IEC", "ITU", "IEEE", "ETSI", "OASIS"};
  return std::ranges::find(types, type) != types.end();
}

/// The committee. ISO's `number` is that of the joint committee (1 for JTC 1) for every subcommittee: only `identifier` tells
/// which.
void read_group(Reader& reader, Raw& raw) {
  const auto take = [&](std::string text) {
    if (raw.group.empty()) raw.group = std::move(text);
  };
  reader.items([&] {
    if (reader.is_list()) return read_group(reader, raw);
    reader.members([&](std::string_view kind) {
      if (kind == "name") return take(std::string(reader.text()));
      reader.items([&] {
        if (reader.is_text()) return take(std::string(reader.text()));
        std::string name;
        std::string identifier;
        bool one = false;
        reader.members([&](std::string_view member) {
          if (member == "name") name = first_text(reader);
          if (member == "identifier" || (member == "abbreviation" && identifier.empty())) identifier = first_text(reader);
          if (member == "number") one = reader.text() == "1";
        });
        if (raw.group.empty()) raw.group_number_is_1 = one;
        take(identifier.empty() ? name : identifier);
      });
    });
  });
}

/// The publisher; many bodies name the committee as a subdivision of it or of the author.
void read_contributors(Reader& reader, Raw& raw) {
  reader.items([&] {
    std::string abbreviation;
    bool publisher = false;
    reader.members([&](std::string_view name) {
      if (name == "role") {
        reader.items([&] {
          if (reader.is_text()) publisher = publisher || reader.text() == "publisher";
          reader.members([&](std::string_view member) {
            if (member == "type") publisher = publisher || first_text(reader) == "publisher";
          });
        });
      }
      if (name != "organization") return;
      reader.members([&](std::string_view member) {
        if (member == "abbreviation") abbreviation = first_text(reader);
        if (member == "subdivision" && raw.group.empty()) raw.group = first_text(reader, {"name", "content"});
      });
    });
    if (publisher && raw.body.empty()) raw.body = std::move(abbreviation);
  });
}

/// "15", "1.0.0"; words ("Fifteenth edition") where there is no number.
std::string read_edition(Reader& reader) {
  std::string number;
  std::string words;
  if (reader.is_text()) return std::string(reader.text());
  reader.members([&](std::string_view name) {
    if (name == "number") number = first_text(reader);
    if (name == "content") words = first_text(reader);
  });
  return number.empty() ? words : number;
}

void read_relations(Reader& reader, Raw& raw) {
  reader.items([&] {
    Raw::Related related;
    bool wanted = true;
    reader.members([&](std::string_view name) {
      if (name == "type") {
        related.type = reader.text();
        // ITU lists every supplement of the series with every Recommendation in it, and every edition with every other one.
        if (related.type == "complementOf") ++raw.complements;
        wanted = related.type != "complementOf" && related.type != "hasEdition" && related.type != "partOf" &&
                 related.type != "hasPart";
      } else if (name == "description") {
        related.description = first_text(reader);
      } else if (name == "bibitem" && wanted) {
        reader.members([&](std::string_view member) {
          if (member == "edition") related.edition = read_edition(reader);
          if (member == "date") {
            Dates dates;
            read_dates(reader, dates);
            if (!dates.empty()) related.date = dates.front().second;
          }
          if ((member == "docid" || member == "docidentifier") && related.identifier.empty()) {
            std::vector<std::pair<std::string, std::string>> ids;
            read_identifiers(reader, ids);
            if (!ids.empty()) related.identifier = ids.front().first;
          }
        });
      }
    });
    if (wanted && !related.identifier.empty()) raw.relations.push_back(std::move(related));
  });
}

void read_ext(Reader& reader, std::string_view name, Raw& raw) {
  if (name == "doctype") raw.doctype = first_text(reader, {"content", "type"});
  if (name == "editorialgroup") read_group(reader, raw);
  if (name == "standard_status") raw.standard_status = reader.text();
  if (name == "standard_modified") raw.standard_modified = reader.text();
}

Raw read_raw(Reader& reader) {
  Raw raw;
  if (!reader.is_mapping()) reader.fail("must be a mapping with docid or docidentifier");
  reader.members([&](std::string_view name) {
    if (name == "schema-version" || name == "schema_version")
      raw.schema = reader.text();
    else if (name == "docid" || name == "docidentifier")
      read_identifiers(reader, raw.identifiers);
    else if (name == "title")
      read_localized(reader, raw.titles);
    else if (name == "abstract")
      read_localized(reader, raw.abstracts);
    else if (name == "date")
      read_dates(reader, raw.dates);
    else if (name == "revdate" && reader.is_text())
      raw.dates.emplace_back("revised", reader.text());
    else if (name == "edition")
      raw.edition = read_edition(reader);
    else if (name == "link" || name == "source")
      read_pairs(reader, {"content"}, raw.addresses);
    else if (name == "docstatus" || name == "status")
      read_status(reader, raw);
    else if (name == "contributor")
      read_contributors(reader, raw);
    else if (name == "relation")
      read_relations(reader, raw);
    else if (name == "keyword")
      reader.items([&] { raw.keywords.push_back(first_text(reader)); });
    else if (name == "ext")
      reader.members([&](std::string_view member) { read_ext(reader, member, raw); });
    else
      read_ext(reader, name, raw);  // The older generation has them at the top.
  });
  return raw;
}

// ------------------------------------------------------------------------------------------- from what stands there to a record

bool english(const Localized& l) { return l.language == "en" || l.language == "eng"; }

/// "V02/" is left over from a tool; true where it stood in the text.
bool drop_residue(std::string& text) {
  constexpr std::string_view residue = "V02/";
  if (text.find(residue) == std::string::npos) return false;
  std::string clean;
  std::size_t from = 0;
  for (std::size_t at = text.find(residue); at != std::string::npos; at = text.find(residue, from)) {
    clean.append(text, from, at - from);
    from = at + residue.size();
    if (from < text.size() && text[from] == ' ') ++from;
  }
  clean.append(text, from);
  while (clean.ends_with(" ")) clean.pop_back();
  text = std::move(clean);
  return true;
}

/// Letters of other scripts than Latin and Greek.
bool other_script(std::string_view text) {
  while (!text.empty()) {
    if (const char32_t c = next_code_point(text); c >= 0x400 && is_word_character(c) && (c < 0x1E00 || c > 0x218F)) return true;
  }
  return false;
}

void choose_title(const Raw& raw, Record& record) {
  const Localized* best = nullptr;
  const auto rank = [](const Localized& l) {
    return (english(l) ? 4 : l.language.empty() ? 2 : 0) + (l.type == "main" || l.type.empty() ? 1 : 0);
  };
  for (const Localized& l : raw.titles) {
    if (!l.text.empty() && (best == nullptr || rank(l) > rank(*best))) best = &l;
  }
  if (best == nullptr) return record.remark(Remark::no_title);
  bool marked = false;
  std::string title = best->text;
  if (best->type.starts_with("title-")) {
    // Parts without a whole: the whole is their sequence.
    title.clear();
    for (const Localized& l : raw.titles) {
      if (l.language == best->language && l.type.starts_with("title-")) title += (title.empty() ? "" : " - ") + l.text;
    }
  }
  record.title = plain_text(title, &marked);
  if (marked) record.remark(Remark::html);
  if (best->language.empty()) record.remark(Remark::no_language);
  if (!best->language.empty() && !english(*best)) record.remark(Remark::other_language);
  if (drop_residue(record.title)) record.remark(Remark::title_residue);
  // A title in another script is kept beside it: among the keywords, where a search finds it.
  for (const Localized& l : raw.titles) {
    if (l.language == best->language || l.text.empty() || !other_script(l.text)) continue;
    const std::string other = plain_text(l.text);
    if (record.keywords.find(other) == std::string::npos) record.keywords += (record.keywords.empty() ? "" : "; ") + other;
  }
}

void choose_abstract(const Raw& raw, Record& record) {
  const Localized* best = nullptr;
  for (const Localized& l : raw.abstracts) {
    if (l.text.find_first_not_of(" \t\r\n") == std::string::npos) continue;
    if (best == nullptr || (english(l) && !english(*best))) best = &l;
  }
  if (best != nullptr) {
    for (const Localized& l : raw.abstracts) {
      if (&l != best && l.language != best->language && l.text == best->text) record.remark(Remark::language_twin);
    }
    bool marked = false;
    record.abstract = plain_text(best->text, &marked);
    if (marked) record.remark(Remark::html);
    if (drop_residue(record.abstract)) record.remark(Remark::title_residue);
    if (record.abstract.size() < 12) {  // "SA#111", "Amendment 2", "Removed."
      record.abstract.clear();
      record.remark(Remark::junk_abstract);
    }
  }
  if (record.abstract.empty()) record.remark(Remark::no_abstract);
}

std::optional<Date> date_of(const Raw& raw, std::string_view type) {
  for (const auto& [t, value] : raw.dates) {
    if (t == type || (t.empty() && type == "published")) return Date::parse(value);
  }
  return std::nullopt;
}

void read_iso_state(const Raw& raw, Record& record) {
  const auto number = [](const std::string& text) {
    return text.size() == 2 && text.find_first_not_of("0123456789") == std::string::npos ? std::stoi(text) : -1;
  };
  const int stage = number(raw.stage);
  const int substage = std::max(number(raw.substage), 0);
  if (stage < 0) return record.remark(Remark::no_status);
  record.stage = raw.stage + "." + (raw.substage.empty() ? "00" : raw.substage);
  record.state = state_of_stage_code(stage, substage);
  if (stage == 95 || stage == 90 || substage == 98) record.remark(Remark::stage_code);
}

void read_iec_state(const Raw& raw, Record& record) {
  record.stage = raw.stage;
  record.state = raw.stage == "PUBLISHED" ? State::published : raw.stage == "WITHDRAWN" ? State::withdrawn : State::superseded;
  record.ended = *record.state == State::published ? std::nullopt : date_of(raw, "obsoleted");
  if (date_of(raw, "stable-until") || date_of(raw, "obsoleted")) record.remark(Remark::own_dates);
}

/// The stage in the words of any body, or as ISO's stage codes; the dates by what they are.
void read_stated(const Raw& raw, Record& record) {
  for (const std::string_view type : {"issued", "implemented", "adapted", "circulated", "created", "updated", "revised"}) {
    if (!record.published) record.published = date_of(raw, type);
  }
  record.stage = raw.stage;
  const Identifier& id = record.identifier;
  if (!record.published && (id.space == NumberSpace::other || id.space == NumberSpace::w3c)) {
    record.published = Date::parse(id.edition);
    if (record.published) record.remark(Remark::date_from_identifier);
  }
  if (raw.stage.size() == 2 && is_digit(raw.stage[0]) && is_digit(raw.stage[1])) return read_iso_state(raw, record);
  if (raw.stage.empty()) {
    record.remark(Remark::no_status);
  } else if (const auto meaning = meaning_of_stage(raw.stage)) {
    record.state = meaning->state;
  } else {
    record.remark(Remark::unknown_stage);
  }
  // Every RFC has been published; the steps of the standards track say how mature it is.
  const bool rfc = id.space == NumberSpace::ietf && id.type != "draft";
  if (rfc && record.state != State::withdrawn) record.state.reset();
  if (raw.stage == "Withdrawal") record.remark(Remark::withdrawal);
  if (!id.stage.empty() && record.state.value_or(State::published) == State::published) {
    if (record.state) record.remark(Remark::stage_from_identifier);
    record.state = State::draft;
  }
  // 3GPP calls every version published: which of a release is in force, its later versions tell.
  if (id.space == NumberSpace::gpp && record.state == State::published) record.state.reset();
  if (record.state > State::published) record.ended = date_of(raw, "obsoleted");
  if (record.state == State::draft) record.begun = record.published;
}

void read_ieee_state(const Raw& raw, Record& record) {
  record.stage = raw.stage.empty() ? raw.standard_status : raw.stage;
  if (raw.stage == "draft" || !record.identifier.stage.empty())
    record.state = State::draft;
  else if (raw.stage == "withdrawn")
    record.state = State::withdrawn;
  else if (raw.stage == "superseded" || raw.standard_status == "Superseded")
    record.state = State::superseded;
  else if (raw.stage == "approved" || raw.standard_status == "Active")
    record.state = State::published;
  else if (raw.standard_status == "Inactive" && raw.standard_modified != "Redline")
    record.state = State::withdrawn;
  if (raw.stage.empty()) record.remark(Remark::no_status);
  // Three dates: approved (issued), published, and put into the catalogue (created).
  record.begun = date_of(raw, "issued");
  if (!record.published) record.published = record.begun ? record.begun : date_of(raw, "created");
  const std::string year = record.identifier.edition.substr(0, 4);
  // "Published" is the day on which a text came into the institute's library, for old ones decades late.
  const auto away = [&](const std::optional<Date>& date) {
    return date && !year.empty() ? std::abs(date->year - std::stoi(year)) : 0;
  };
  if (away(record.published) > 0) record.remark(Remark::year_differs);
  if (away(record.published) > 2) record.published = record.begun && away(record.begun) <= 2 ? record.begun : Date::parse(year);
  // A draft bears its date: "D-2-2022-11".
  if (const std::size_t at = record.identifier.stage.find("-20"); at != std::string::npos) {
    if (const auto own = Date::parse(record.identifier.stage.substr(at + 1))) record.published = own;
  }
  if (raw.dates.size() > 2) record.remark(Remark::own_dates);
  if (record.begun && record.published && *record.begun > *record.published) record.begun.reset();
  if (record.state == State::draft && record.published) record.begun = record.published;
  for (const auto& [kind, value] : raw.dates) {
    if (const auto date = Date::parse(value); date && date->year < 1900)
      record.remark(Remark::impossible_date);  // The catalogue's nothing.
  }
  if (record.published && record.published->year < 1900) record.published.reset();
  if (record.begun && record.begun->year < 1900) record.begun.reset();
}

void read_oasis_state(const Raw& raw, Record& record) {
  const std::string& stage = record.identifier.stage;
  record.stage = stage.empty() ? "OS" : stage;
  record.published = date_of(raw, "issued");
  record.remark(Remark::stage_from_identifier);
  if (stage.empty())
    record.state = State::published;
  else if (stage.starts_with("CSD") || stage.starts_with("CSPRD") || stage.starts_with("WD") || stage.starts_with("PSD") ||
           stage.starts_with("CND") || stage.starts_with("CNPRD"))
    record.state = State::draft;
  else
    record.state = State::approved;
  if (*record.state != State::published) std::swap(record.begun, record.published);
}

/// "(2026-04)" at the end of an ETSI identifier.
void read_etsi_date(Record& record) {
  const std::string& text = record.identifier.text;
  const std::size_t open = text.rfind('(');
  if (record.published || open == std::string::npos || text.back() != ')') return;
  record.published = Date::parse(text.substr(open + 1, text.size() - open - 2));
  if (record.published) record.remark(Remark::date_from_identifier);
}

/// 3GPP's letters for its groups: "S3" is SA3, "R4" is RAN4, "SP" the plenary of SA.
std::string group_of_3gpp(const std::string& code) {
  constexpr std::array<std::pair<char, std::string_view>, 6> letters{
      {{'S', "SA"}, {'R', "RAN"}, {'C', "CT"}, {'N', "CN"}, {'T', "T"}, {'G', "GERAN"}}};
  if (code.size() != 2) return code;
  for (const auto& [letter, name] : letters) {
    if (code[0] == letter) return code[1] == 'P' ? std::string(name) : std::string(name) + code[1];
  }
  return code;
}

/// The body and its committee. What is known by other names than the body's own has them here; else the body stands before.
std::string group_name(const Raw& raw, NumberSpace space, std::string_view type) {
  std::string name = plain_text(raw.group);
  if (!known_by_name(type)) {
    std::string body = type.empty() ? raw.body : std::string(type);
    if (space == NumberSpace::gpp) name = group_of_3gpp(name);
    if (name.empty() || lower(name).starts_with("unknown")) return body;
    return body.empty() || name.starts_with(body) ? name : body + " " + name;
  }
  if (name.starts_with("ITU-T Study Group ")) return "ITU-T SG" + name.substr(18);
  if (name.empty()) return name;
  if (space == NumberSpace::etsi && !name.starts_with("ETSI")) return "ETSI " + name;
  if (space == NumberSpace::oasis && !name.starts_with("OASIS")) return "OASIS " + name;
  if (space == NumberSpace::ieee && name.find("IEEE") == std::string::npos) return "IEEE " + name;
  if (type == "IEC" && (name.starts_with("TC ") || name.starts_with("SC ") || name.starts_with("PC ") || name.starts_with("SyC")))
    return "IEC " + name;
  return name;
}

/// What a type of relation says; the two sides of one thing differ in their direction only.
struct RelationRule {
  std::string_view type;
  Relation relation;
  bool reversed;
};
constexpr std::array<RelationRule, 22> relation_rules{
    {{"obsoletes", Relation::supersedes, false},   {"obsoletedBy", Relation::supersedes, true},
     {"supersedes", Relation::supersedes, false},  {"supersededBy", Relation::supersedes, true},
     {"replaces", Relation::supersedes, false},    {"replacedBy", Relation::supersedes, true},
     {"successorOf", Relation::supersedes, false}, {"hasSuccessor", Relation::supersedes, true},
     {"merges", Relation::supersedes, false},      {"mergedInto", Relation::supersedes, true},
     {"hasDraft", Relation::supersedes, false},    {"draftOf", Relation::supersedes, true},
     {"updates", Relation::amends, false},         {"updatedBy", Relation::amends, true},
     {"adoptedFrom", Relation::adopts, false},     {"adoptedAs", Relation::adopts, true},
     {"translatedFrom", Relation::adopts, false},  {"hasTranslation", Relation::adopts, true},
     {"includes", Relation::references, false},    {"includedIn", Relation::references, true},
     {"derivedFrom", Relation::references, false}, {"derives", Relation::references, true}}};

/// The identifier with the edition that stands beside it: every edition of ECMA-262 is called so.
Identifier with_edition(Identifier id, std::string_view type, const std::string& edition) {
  if (known_by_name(type)) return id;
  const bool counted =
      !edition.empty() && is_digit(edition.front()) && edition.find_first_not_of("0123456789.") == std::string::npos;
  if (id.space != NumberSpace::other || !id.edition.empty() || !id.base() || !counted) return id;
  return parse_identifier(fmt::format("{} ed. {}", id.text, edition));
}

/// Whether the other text came later; nothing where neither says when.
std::optional<bool> is_later(const Raw::Related& r, const Identifier& other, const Record& record) {
  const Identifier& own = record.identifier;
  const auto year = [](const Identifier& id) {
    return id.space == NumberSpace::gpp || id.space == NumberSpace::nist ? std::nullopt : Date::parse(id.edition.substr(0, 4));
  };
  const auto when = Date::parse(r.date) ? Date::parse(r.date) : year(other);
  const auto mine = record.published ? record.published : year(own);
  if (when && mine && when->year != mine->year) return mine->year < when->year;
  if (other.work() == own.work() && !other.edition.empty() && !own.edition.empty() && other.edition != own.edition)
    return natural_less(own.edition, other.edition);
  if (when && mine && *when != *mine) return *mine < *when;
  return std::nullopt;
}

void read_links(const Raw& raw, Record& record) {
  for (const Raw::Related& r : raw.relations) {
    const auto rule = std::ranges::find(relation_rules, r.type, &RelationRule::type);
    if (rule == relation_rules.end()) continue;
    const Identifier other = with_edition(parse_identifier(r.identifier), raw.identifiers.front().second, r.edition);
    const bool same_work = other.work() == record.identifier.work();
    if (same_work && other.document() == record.identifier.document()) continue;
    RecordLink link{rule->relation, rule->reversed, other.text};
    const bool amends = r.description == "amends" || r.description == "corrects";
    const bool described = !r.description.empty() && r.description != "errata";
    if (rule->relation == Relation::amends && described) {
      if (!amends) link.relation = Relation::supersedes;
    } else if (rule->relation == Relation::amends) {
      const bool changes_other =
          !record.identifier.base() && other.base() && same_work && other.edition == record.identifier.edition;
      const bool changed_by_other = record.identifier.base() && !other.base() && same_work;
      const std::optional<bool> later = is_later(r, other, record);
      // ISO and others write "updates" for what is updated by the other: a text cannot change one that came after it.
      const bool turned = changes_other ? link.reversed : changed_by_other ? !link.reversed : later && *later != link.reversed;
      if (turned) {
        link.reversed = !link.reversed;
        record.remark(Remark::reversed);
      }
      // An edition of the same text, or a later document where an earlier one was said to change it, replaces.
      if (!changes_other && !changed_by_other && (same_work || turned)) link.relation = Relation::supersedes;
    }
    // A draft of this edition or of the next one: their order tells which.
    if (link.relation == Relation::supersedes && !other.stage.empty() && same_work) continue;
    // What is said to be replaced is, unless a stage says that it is in force all the same.
    const bool replaced = link.relation == Relation::supersedes && rule->relation == Relation::supersedes && link.reversed;
    if (replaced && other.stage.empty()) {
      const bool ieee = record.identifier.space == NumberSpace::ieee;
      if (ieee ? record.state == State::published && raw.standard_status != "Active"
               : !record.state && record.identifier.stage.empty())
        record.state = State::superseded;
    }
    record.links.push_back(std::move(link));
  }
  // A transposition of 3GPP's text says so: "… (3GPP TS 33.501 version 18.2.0 Release 18)".
  if (const std::size_t at = record.title.rfind("(3GPP T");
      at != std::string::npos && record.identifier.space == NumberSpace::etsi) {
    const Identifier taken = parse_identifier(record.title.substr(at + 1, record.title.find(')', at) - at - 1));
    if (taken.space == NumberSpace::gpp && !taken.edition.empty())
      record.links.push_back({Relation::adopts, false, fmt::format("3GPP {} {} V{}", taken.type, taken.number, taken.edition)});
  }
  // ITU gives the number of the text it has in common with ISO/IEC.
  if (record.identifier.space != NumberSpace::itu_t) return;
  for (std::size_t i = 1; i < raw.identifiers.size(); ++i) {
    if (raw.identifiers[i].second == "ISO")
      record.links.push_back({Relation::adopts, false, parse_identifier(raw.identifiers[i].first).text});
  }
}

/// The project, the same for its drafts and for the text before it had a year: "77608" of
/// www.iso.org/contents/data/standard/07/76/77608.detail.rss, else of www.iso.org/standard/77608.html. Pages without ".html" go
/// by the number of the standard instead.
std::string iso_project(const Raw& raw) {
  constexpr std::string_view folder = "/contents/data/standard/";
  for (const auto& [kind, address] : raw.addresses) {
    if (address.find(folder) == std::string::npos) continue;
    const std::string file = address.substr(address.rfind('/') + 1);
    return file.substr(0, file.find('.'));
  }
  constexpr std::string_view page = "iso.org/standard/";
  for (const auto& [kind, address] : raw.addresses) {
    const std::size_t at = address.find(page);
    if (at != std::string::npos && address.ends_with(".html"))
      return address.substr(at + page.size(), address.size() - at - page.size() - 5);
  }
  return {};
}

Record record_of(const Raw& raw) {
  Record record;
  const auto& [id, type] = raw.identifiers.front();
  record.identifier = with_edition(parse_identifier(id), type, raw.edition);
  // ITU-R numbers its Reports and Recommendations beside each other: SM.2012 is a Report, SM.2039 a Recommendation.
  if (record.identifier.space == NumberSpace::itu_r && record.identifier.type.empty() && raw.doctype == "technical-report")
    record.identifier = parse_identifier("ITU-R Report " + record.identifier.text.substr(6));
  if (record.identifier.text != id) record.remark(Remark::cleaned_identifier);
  if (record.identifier.space == NumberSpace::ieee && record.identifier.number.find_first_of("0123456789") == std::string::npos)
    record.remark(Remark::bare_identifier);
  choose_title(raw, record);
  choose_abstract(raw, record);
  for (const std::string& word : raw.keywords) {
    const std::string keyword = plain_text(word);
    if (!keyword.empty()) record.keywords += (record.keywords.empty() ? "" : "; ") + keyword;
  }
  for (const char c : lower(raw.doctype)) record.type += c == ' ' ? '-' : c;
  record.published = date_of(raw, "published");
  for (const auto& [t, value] : raw.dates) {
    if (!value.empty() && !Date::parse(value)) record.remark(Remark::impossible_date);
  }
  if (type == "ISO")
    read_iso_state(raw, record);
  else if (type == "IEC")
    read_iec_state(raw, record);
  else if (type == "IEEE")
    read_ieee_state(raw, record);
  else if (type == "OASIS")
    read_oasis_state(raw, record);
  else if (type == "ETSI")
    record.remark(Remark::no_status), read_etsi_date(record);
  else
    read_stated(raw, record);

  const bool before_publication = record.state && *record.state < State::published;
  if (type == "ISO" && !record.identifier.base() && record.published && record.published->month == 0) {
    // The year of the base text stands as the amendment's own.
    const std::string own = record.identifier.supplements.back().edition;
    record.published = own.empty() ? std::nullopt : Date::parse(own);
    record.remark(Remark::base_year);
  }
  if (type == "ISO" && before_publication && record.published) {
    record.published.reset();  // A draft is not published, whatever date the ballot expects.
    record.remark(Remark::ballot_date);
  }
  for (const auto& [kind, address] : raw.addresses) {
    if (record.address.empty() || kind == "src") record.address = address;
    if (kind == "src") break;
  }
  if (record.address.empty()) record.remark(Remark::no_link);
  if (type == "ISO") record.project = iso_project(raw);
  record.group = group_name(raw, record.identifier.space, type);
  if (raw.group_number_is_1 && record.group.find("/SC ") != std::string::npos) record.remark(Remark::committee_number);
  if (record.group.starts_with("ITU-T SG")) record.remark(Remark::study_group);
  if (raw.schema.starts_with("v1.5")) record.remark(Remark::older_schema);
  if (raw.complements > 0) record.remark(Remark::series_list);
  // IEEE's amendments may bear the number of the base text alone.
  const bool amends = std::ranges::any_of(
      raw.relations, [](const Raw::Related& r) { return r.description == "amends" || r.description == "corrects"; });
  const bool titled =
      record.title.find("mendment ") != std::string::npos || record.title.find("Corrigendum") != std::string::npos;
  const bool supplement = !record.identifier.base() && record.identifier.variant.empty();
  if (supplement || (type == "IEEE" && amends && titled)) record.remark(Remark::amendment);
  // 3GPP keeps several releases of a text in force.
  if (const std::size_t at = record.title.rfind("Release "); type == "ETSI" && at != std::string::npos) {
    record.project = record.title.substr(at, record.title.find_first_not_of("0123456789", at + 8) - at);
  }
  if (const Identifier& own = record.identifier; own.space == NumberSpace::gpp && own.text.find(':') != std::string::npos) {
    const std::size_t at = own.text.find(':') + 1;
    record.project = own.text.substr(at, own.text.find('/', at) - at);  // "REL-18".
    std::ranges::transform(record.project, record.project.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
  }
  if (before_publication) record.remark(Remark::draft);
  if (!record.identifier.variant.empty()) record.remark(Remark::variant);
  read_links(raw, record);
  // "v1.2.9" → 10209: the newer reading of a twin is believed.
  int part = 0;
  int parts = 0;
  for (const char c : raw.schema) {
    if (c >= '0' && c <= '9') part = std::min(part * 10 + (c - '0'), 99);
    if (c != '.') continue;
    if (++parts == 3) break;
    record.generation = record.generation * 100 + part;
    part = 0;
  }
  record.generation = record.generation * 100 + part;
  return record;
}

std::optional<Diagnostic> read_relaton(const Input& entry, std::uint32_t first_line, Record& record) {
  const auto fault = [&](std::uint32_t line, const std::string& message) {
    return Diagnostic{Severity::error, entry.file, line == 0 ? 0 : line + first_line - 1, message + "; the record was skipped"};
  };
  std::string_view bytes = entry.bytes;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  try {
    Reader reader(bytes);
    const Raw raw = read_raw(reader);
    if (raw.identifiers.empty()) return fault(1, "has no identifier (docid or docidentifier)");
    record = record_of(raw);
    if (record.identifier.text.empty()) return fault(1, "has an empty identifier");
    if (entry.file.ends_with(".yml")) record.remark(Remark::yml_ending);
  } catch (const yaml::Fault& f) {
    return fault(f.line, f.message);
  }
  return std::nullopt;
}

}  // namespace

extern const Importer relaton_importer{
    .name = "relaton",
    .help = "a Relaton catalogue: a folder, a .tar.zst, .tar.gz or .zip of YAML files, or a stream of YAML documents",
    .extension = ".yaml",
    .read_entry = read_relaton,
    .rules =
        "One document in two files or two catalogues (the same identifier in any spelling, also ISO's names with a hyphen and "
        "with a "
        "colon) is one: the newer schema "
        "version is believed, the body's own catalogue before others, and both entries are kept.\n"
        "A text under publication (60.00, without a year) is the dated edition of the same project.\n"
        "Documents with different numbers are never taken for one, even where their abstracts are the same.\n"
        "Words are words: \"AI\" may be Air Interface, and what a title means is for people to judge.\n"
        "Anchors, aliases and merge keys, nesting over 32 levels, texts over 4 MiB, records over 16 MiB, NUL and broken UTF-8 "
        "are "
        "refused, record by record; "
        "links and names that lead out of an archive too. An archive that unpacks to more than 1,000 times its size is not read "
        "on.",
};

}  // namespace lacuna
