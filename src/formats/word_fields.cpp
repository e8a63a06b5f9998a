#include "formats/word_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

/// Stands in a code for a field inside of it, whose result nobody knows.
constexpr char nested = '\x1A';

bool is_word(std::string_view space) {
  return space == "http://schemas.openxmlformats.org/wordprocessingml/2006/main" ||
         space == "http://purl.oclc.org/ooxml/wordprocessingml/main";
}

/// Fields that only count, calculate, or repeat what the document or its properties say.
constexpr std::string_view harmless_fields[] = {
    "=",          "ADVANCE",  "AUTHOR",   "AUTONUM",    "AUTONUMLGL",   "AUTONUMOUT",   "BIBLIOGRAPHY",
    "CITATION",   "COMMENTS", "COMPARE",  "CREATEDATE", "DATE",         "DOCPROPERTY",  "DOCVARIABLE",
    "EDITTIME",   "EQ",       "FILENAME", "FILESIZE",   "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT",
    "GOTOBUTTON", "IF",       "INDEX",    "INFO",       "KEYWORDS",     "LASTSAVEDBY",  "LISTNUM",
    "NOTEREF",    "NUMCHARS", "NUMPAGES", "NUMWORDS",   "PAGE",         "PAGEREF",      "PRINTDATE",
    "QUOTE",      "REF",      "REVNUM",   "SAVEDATE",   "SECTION",      "SECTIONPAGES", "SEQ",
    "SET",        "SHAPE",    "STYLEREF", "SUBJECT",    "SYMBOL",       "TA",           "TC",
    "TEMPLATE",   "TIME",     "TITLE",    "TOA",        "TOC",          "USERADDRESS",  "USERINITIALS",
    "USERNAME",   "XE"};

constexpr std::string_view field_elements[] = {"fldChar", "fldSimple", "instrText", "delInstrText"};
constexpr std::string_view stretches[] = {"p",   "r",          "t",         "tbl",      "tr",        "tc",
                                          "sdt", "sdtContent", "hyperlink", "smartTag", "customXml", "dir",
                                          "bdo", "fldChar",    "fldSimple", "instrText"};
/// What a run holds in the place of a character.
constexpr std::string_view characters[] = {"br", "cr", "tab", "ptab", "sym", "noBreakHyphen", "softHyphen"};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The words of a code; what stands in quotation marks is one.
std::vector<std::string> arguments_of(std::string_view code) {
  std::vector<std::string> list;
  for (std::size_t at = 0; at < code.size();) {
    if (is_blank(code[at])) {
      ++at;
      continue;
    }
    const bool quoted = code[at] == '"';
    std::string word;
    for (at += quoted ? 1 : 0; at < code.size() && (quoted ? code[at] != '"' : !is_blank(code[at])); ++at) word += code[at];
    at += quoted ? 1 : 0;
    list.push_back(std::move(word));
  }
  return list;
}

/// The first address of a HYPERLINK that leads elsewhere; null where all are well.
const std::string* stray_address(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string switched = lower(arguments[i]);
    // A place, a hint, a window; how the result looks.
    if (switched == "\\l" || switched == "\\o" || switched == "\\t" || switched == "\\*")
      ++i;
    else if (switched != "\\m" && switched != "\\n" && switched != "\\h" && !leads_to_the_web(arguments[i]))
      return &arguments[i];
  }
  return nullptr;
}

}  // namespace

bool leads_to_the_web(std::string_view address) {
  static constexpr std::string_view beginnings[] = {"http://", "https://", "mailto:", "#"};
  const std::string small = lower(address.substr(0, 8));
  return std::ranges::any_of(beginnings, [&](std::string_view b) { return small.starts_with(b); }) &&
         address.find(nested) == std::string_view::npos;
}

void WordFields::begin(std::string_view name, const xml::Attributes& attributes) {
  const bool word = is_word(attributes.space());
  if (in_code_ || (!word && is_one_of(name, field_elements)) || name == "delInstrText") refuse_unusual();
  const bool room = !word || !is_one_of(name, stretches);
  levels_.push_back({room ? fields_.size() : outside(), room});
  if (!word) return;
  if (name == "fldChar") turn(attributes["fldCharType"]);
  if (name == "fldSimple") {
    check(std::string(attributes["instr"]));
    if (Field* field = open_code()) field->code += nested;
  }
  if (name == "instrText" && open_code() == nullptr) refuse_unusual();
  // Between a field's begin and its result, text counts as code.
  in_code_ = (name == "instrText" || name == "t") && open_code() != nullptr;
}

void WordFields::end(std::string_view name, std::string_view text) {
  if (in_code_) open_code()->code += text;
  in_code_ = false;
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.room && fields_.size() != level.outside) refuse_unusual();
  if (Field* field = open_code(); field != nullptr && (name == "p" || is_one_of(name, characters))) field->code += ' ';
  if (levels_.empty() && !fields_.empty()) refuse_unusual();
}

WordFields::Field* WordFields::open_code() {
  return fields_.size() > outside() && !fields_.back().told ? &fields_.back() : nullptr;
}

void WordFields::turn(std::string_view type) {
  if (type == "begin") {
    if (Field* field = open_code()) field->code += nested;
    fields_.emplace_back();
    return;
  }
  if (fields_.size() <= outside() || (type != "separate" && type != "end")) refuse_unusual();
  fields_.back().told = true;
  if (type == "separate") return;
  check(fields_.back().code);
  fields_.pop_back();
}

void WordFields::check(const std::string& code) const {
  std::string_view rest = code;
  while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
  if (rest.empty()) return;  // Does nothing.
  const bool formula = rest.starts_with('=');
  const std::string_view word = rest.substr(0, formula ? 1 : std::min(rest.find_first_of(" \t\r\n\\\""), rest.size()));
  rest.remove_prefix(word.size());
  std::string name(word);
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (name == "HYPERLINK") {
    const std::vector<std::string> arguments = arguments_of(rest);
    const std::string* address = stray_address(arguments);
    if (address == nullptr) return;
    throw Error(
        ErrorCode::bad_input, "",
        fmt::format("holds a link to \"{}\" (\"{}\"); only http, https and mailto are let through: change it, or remove it",
                    shortened(harmless(*address), 80), shortened(harmless(part_), 80)));
  }
  if (is_one_of(name, harmless_fields)) return;
  throw Error(ErrorCode::bad_input, "",
              fmt::format("holds the field \"{}\" (\"{}\"), which is not known to be harmless; turn it into text in Word "
                          "(Ctrl+Shift+F9), or remove it",
                          shortened(harmless(name), 40), shortened(harmless(part_), 80)));
}

void WordFields::refuse_unusual() const {
  throw Error(ErrorCode::bad_input, "",
              fmt::format("holds a field that is written in an unusual way (\"{}\"); accept all changes in Word and save it "
                          "anew, or remove the field",
                          shortened(harmless(part_), 80)));
}

}  // namespace lacuna
