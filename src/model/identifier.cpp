#include "lacuna/identifier.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "base/text.hpp"

namespace lacuna {
namespace {

using Words = std::vector<std::string>;

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::ranges::find(list, word) != list.end();
}

/// "2019" as a year of publication; "1202" and "1930" in joint texts of IEC and IEEE are parts.
bool is_year(std::string_view text, std::string_view first = "1850") {
  return text.size() == 4 && all_digits(text) && text >= first && text <= "2199";
}

/// Blanks of any kind as single ones; trademark signs, stray brackets and the residue of a cut away.
std::string cleaned(std::string_view text) {
  std::string result;
  const bool opened = text.find('[') != std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\xC2\xA0")) {  // No-break space.
      result += ' ';
      ++i;
    } else if (rest.starts_with("\xE2\x84\xA2") || rest.starts_with("\xE2\x80\x8B")) {  // Trademark sign, zero-width space.
      i += 2;
    } else if (rest.starts_with("\xC2\xAE")) {  // Registered sign.
      ++i;
    } else if (rest.starts_with("\xE2\x80\x90") || rest.starts_with("\xE2\x80\x91") ||
               rest.starts_with("\xE2\x80\x93")) {  // Hyphens, dash.
      result += '-';
      i += 2;
    } else if (text[i] == ']' && !opened) {
      continue;
    } else {
      result += static_cast<unsigned char>(text[i]) < 0x20 ? ' ' : text[i];
    }
  }
  const bool spaced = result.find("- ") != std::string::npos;
  std::string single;
  for (const char c : result) {
    if (c == ' ' && (single.empty() || single.back() == ' ')) continue;
    if (c == '-' && !single.empty() && single.back() == ' ' && !spaced) single.pop_back();
    single += c;
  }
  while (!single.empty() && single.back() == ' ') single.pop_back();
  return single;
}

Words split(std::string_view text, std::string_view separators) {
  Words words;
  std::size_t start = 0;
  while (start <= text.size()) {
    const std::size_t end = std::min(text.find_first_of(separators, start), text.size());
    if (end > start) words.emplace_back(text.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

bool take_prefix(std::string& text, std::string_view prefix) {
  if (lower(std::string_view(text).substr(0, prefix.size())) != prefix) return false;
  text.erase(0, prefix.size());
  return true;
}

/// "AMD1" as "AMD" and "1".
std::pair<std::string, std::string> word_and_number(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && !is_digit(text[end])) ++end;
  std::string word(text.substr(0, end));
  while (!word.empty() && (word.back() == ' ' || word.back() == '.' || word.back() == '-')) word.pop_back();
  return {word, std::string(text.substr(end))};
}

/// The kind of a supplement as bodies abbreviate it; nothing for other words.
std::string_view supplement_kind(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 24> kinds{
      {{"amd", "amd"},           {"am", "amd"},          {"a", "amd"},        {"dam", "amd"},
       {"fdam", "amd"},          {"pdam", "amd"},        {"damd", "amd"},     {"fdamd", "amd"},
       {"amendment", "amd"},     {"cor", "cor"},         {"c", "cor"},        {"dcor", "cor"},
       {"technical cor", "cor"}, {"corrigendum", "cor"}, {"corr", "cor"},     {"cor.", "cor"},
       {"add", "add"},           {"dad", "add"},         {"addendum", "add"}, {"err", "err"},
       {"errata", "err"},        {"erratum", "err"},     {"ish", "ish"},      {"suppl", "suppl"}}};
  for (const auto& [name, kind] : kinds) {
    if (name == word) return kind;
  }
  return {};
}

// ---------------------------------------------------------------------------------------------------------------- ITU

/// "(10/2019)" at the end as "2019-10", "(2019)" as "2019"; taken off the text.
std::string take_itu_date(std::string& text) {
  const std::size_t open = text.rfind('(');
  if (open == std::string::npos || text.back() != ')') return {};
  const std::string inside = text.substr(open + 1, text.size() - open - 2);
  std::string date;
  if (inside.size() == 7 && inside[2] == '/' && all_digits(inside.substr(0, 2)) && is_year(inside.substr(3))) {
    date = inside.substr(3) + "-" + inside.substr(0, 2);
  } else if (is_year(inside)) {
    date = inside;
  } else {
    return {};
  }
  text.erase(open);
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return date;
}

/// "X Suppl. 1", "X.Suppl.1" and "X-series Supplement 1" written one way.
std::string itu_number_key(std::string_view number) {
  std::string key = lower(number);
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"-series supplement", " suppl"},
                                 {" series supplement", " suppl"},
                                 {"supplement", "suppl"},
                                 {".suppl", " suppl"},
                                 {"suppl.", "suppl "}}) {
    for (std::size_t at = key.find(from); at != std::string::npos; at = key.find(from)) key.replace(at, from.size(), to);
  }
  return join(split(key, " "), " ");
}

void parse_itu_t(Identifier& id, std::string rest) {
  for (const std::string_view word : {"recommendation ", "rec. ", "rec "}) take_prefix(rest, word);
  std::string date = take_itu_date(rest);
  // "X.509 (2019) Amd. 1 (10/2024)": base edition, then the supplement with its own date.
  if (const std::size_t close = rest.rfind(") "); close != std::string::npos) {
    std::string base = rest.substr(0, close + 1);
    const auto [word, number] = word_and_number(rest.substr(close + 2));
    const std::string_view kind = supplement_kind(lower(word));
    const std::string base_edition = take_itu_date(base);
    if (!kind.empty() && !base_edition.empty()) {
      id.supplements.push_back({std::string(kind), number, "", date});
      date = base_edition;
      rest = base;
    }
  }
  // "H.248.1 (V3)": the version is the edition's, which has its date.
  if (const std::size_t open = rest.rfind(" (V"); open != std::string::npos && rest.back() == ')' && !date.empty() &&
                                                  all_digits(std::string_view(rest).substr(open + 3, rest.size() - open - 4))) {
    rest.erase(open);
  }
  // "Q.3941.1 v.1": a version without an edition's sign.
  if (const std::size_t at = rest.rfind(" v."); at != std::string::npos && all_digits(std::string_view(rest).substr(at + 3))) {
    date += (date.empty() ? "v" : " v") + rest.substr(at + 3);
    rest.erase(at);
  }
  if (rest.find("Suppl") != std::string::npos) id.type = "Suppl.";
  id.number = rest;
  id.edition = date;
}

/// Reports, handbooks and the like are numbered beside Recommendations, with numbers that may be the same.
constexpr std::array<std::string_view, 5> itu_r_types{"Report", "Handbook", "Question", "Resolution", "Opinion"};

void parse_itu_r(Identifier& id, std::string rest) {
  for (const std::string_view type : itu_r_types) {
    if (take_prefix(rest, lower(type) + " ")) id.type = type;
  }
  id.number = rest;
  const std::size_t dash = rest.rfind('-');
  // "M.2130-0": the number after the dash counts the revisions. Questions ("1-3/8:") keep theirs.
  if (dash != std::string::npos && dash > 0 && all_digits(rest.substr(dash + 1)) && rest.find('.') < dash &&
      rest.size() - dash <= 3) {
    id.number = rest.substr(0, dash);
    id.edition = rest.substr(dash + 1);
  }
}

// ------------------------------------------------------------------------------------------------------------ ISO, IEC

constexpr std::array<std::string_view, 39> iso_stages{
    "PWI",    "NP",      "NWIP", "AWI",   "WD",    "CD",     "CDV",  "FCD", "PDAM",  "DIS",  "FDIS",  "PRF",  "DP",
    "DTR",    "DTS",     "DPAS", "PDTR",  "FDTR",  "FDTS",   "PDTS", "DAM", "FDAM",  "PRAM", "DAmd",  "DISP", "FDISP",
    "DGuide", "FDGuide", "DTTA", "PDISP", "preCD", "FPDISP", "NWI",  "CC",  "FDAmd", "PPAS", "PDAmd", "DIWA", "DCOR"};
constexpr std::array<std::string_view, 23> iso_types{"TR",    "TS",    "PAS", "R",    "ISP", "TTA", "SRD", "DATA",
                                                     "Guide", "GUIDE", "IWA", "DIR",  "HBK", "WP",  "TEC", "STTR",
                                                     "TMOP",  "CA",    "ITA", "Conf", "QS",  "OD",  "WTTF"};

/// Types with numbers of their own: Guide 51 is not ISO 51.
bool own_numbers(std::string_view type) {
  constexpr std::array<std::string_view, 12> own{"Guide", "GUIDE", "IWA", "DIR",  "HBK", "WP",
                                                 "TEC",   "CA",    "ITA", "Conf", "QS",  "OD"};
  return one_of(type, own);
}

void read_iso_supplement(Identifier& id, std::string_view text) {
  std::string part(text);
  SupplementOf supplement;
  if (const std::size_t colon = part.find(':'); colon != std::string::npos) {
    supplement.edition = part.substr(colon + 1);
    part.erase(colon);
  }
  Words words = split(part, " ");
  while (words.size() > 1 && one_of(words.front(), iso_stages) && !supplement_kind(lower(words[1].substr(0, 3))).empty()) {
    supplement.stage = words.front();
    words.erase(words.begin());
  }
  const auto [word, number] = word_and_number(join(words, " "));
  const std::string name = lower(word);
  const std::string_view kind = supplement_kind(name);
  supplement.kind = kind.empty() ? name : std::string(kind);
  supplement.number = number;
  if (supplement.stage.empty() && one_of(word, iso_stages)) supplement.stage = word;
  // "-2021" as IEEE writes it.
  if (const std::size_t dash = supplement.number.find('-');
      dash != std::string::npos && is_year(supplement.number.substr(dash + 1))) {
    supplement.edition = supplement.number.substr(dash + 1);
    supplement.number.erase(dash);
  }
  id.supplements.push_back(std::move(supplement));
}

/// The head up to the number: publishers, stage and type in any order and with blanks or slashes between.
/// `ieee` reads the punctuation that IEEE uses for joint texts: "ISO/IEC/IEEE 80005.1-2012".
void parse_iso(Identifier& id, const std::string& text, bool ieee) {
  std::size_t at = 0;
  bool iso = false;
  bool cispr = false;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of(" /", at), text.size());
    const std::string word = text.substr(at, end - at);
    if ((!word.empty() && is_digit(word.front())) || (ieee && word.size() > 1 && word.front() == 'P' && is_digit(word[1]))) break;
    if (word == "JTC" || word == "TC" || word == "SC") break;  // A group, not a document.
    if (word == "ISO" || word == "IWA") iso = true;
    if (word == "CISPR") cispr = true;
    if (one_of(word, iso_stages)) {
      id.stage = word;
      if (word.size() > 2 && word.starts_with("D") && one_of(word.substr(1), iso_types)) id.type = word.substr(1);
    } else if (one_of(word, iso_types)) {
      id.type = word;
    }
    at = std::min(end + 1, text.size());
    while (at < text.size() && text[at] == ' ') ++at;
  }
  if (at >= text.size() || is_letter(text[at]) == (text[at] != 'P')) {
    id.number = text;
    return;
  }
  id.space = iso ? NumberSpace::iso : NumberSpace::iec;
  std::string rest = text.substr(at);
  const bool project = ieee && rest.front() == 'P';
  if (project) {
    rest.erase(0, 1);
    if (id.stage.empty()) id.stage = "P";
  }
  const std::size_t end = std::min(rest.find_first_of(id.type == "DIR" ? ":/+" : ": /+"), rest.size());
  id.number = rest.substr(0, end);
  rest.erase(0, end);
  if (rest.starts_with(":")) {
    const std::size_t stop = std::min(rest.find_first_of(" /+"), rest.size());
    id.edition = rest.substr(1, std::min(rest.find('('), stop) - 1);  // "27001:2022(E)".
    rest.erase(0, stop);
  } else if (ieee) {
    // "12207-2017", "12207-2024-09", "80005.1-2012", "60076.57-1202".
    for (std::size_t dash = id.number.find('-'); dash != std::string::npos; dash = id.number.find('-', dash + 1)) {
      if (!is_year(id.number.substr(dash + 1, 4), "1960") || (id.number.size() > dash + 5 && id.number[dash + 5] != '-'))
        continue;
      id.edition = id.number.substr(dash + 1);
      id.number.erase(dash);
      break;
    }
  }
  if (ieee && (project || id.stage.empty())) std::ranges::replace(id.number, '.', '-');
  // "CD 63465.2": the second committee draft.
  if (const std::size_t dot = id.number.find('.');
      dot != std::string::npos && !id.stage.empty() && all_digits(id.number.substr(dot + 1))) {
    id.stage += id.number.substr(dot);
    id.number.erase(dot);
  }
  if (cispr) id.number = "CISPR " + id.number;
  // What follows: supplements after "/" or "+", a variant after a blank at the end.
  if (const std::size_t blank = rest.rfind(' '); blank != std::string::npos) {
    const std::string last = rest.substr(blank + 1);
    if (!last.empty() && std::ranges::all_of(last, [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; })) {
      id.variant = lower(last);
      rest.erase(blank);
    }
  }
  for (const std::string& part : split(rest, "/+")) {
    if (part.find_first_not_of(' ') == std::string::npos) continue;
    const std::string item = part.substr(part.find_first_not_of(' '));
    // "/D-3.1-2025-02": the draft, as IEEE counts it.
    if (ieee && item.starts_with("D-") && item.size() > 2 && is_digit(item[2]))
      id.stage = "D" + item.substr(2);
    else
      read_iso_supplement(id, item);
  }
}

// ---------------------------------------------------------------------------------------------------------------- IEEE

void parse_ieee(Identifier& id, const std::string& text) {
  Words words = split(text, " ");
  if (words.size() > 1 && lower(words.back()) == "redline") {
    id.variant = "redline";
    words.pop_back();
  }
  bool joint = false;
  std::size_t at = 0;
  for (; at < words.size(); ++at) {
    const std::string& word = words[at];
    const bool publisher = std::ranges::all_of(word, [](char c) { return is_letter(c) || c == '/'; });
    if (!publisher) break;
    for (const std::string& p : split(word, "/")) joint = joint || p == "ISO" || p == "IEC";
  }
  if (joint) {
    // A joint text stands in the other body's space of numbers.
    id.number.clear();
    return parse_iso(id, join(words, " "), true);
  }
  if (at >= words.size()) {
    id.number = text;
    return;
  }
  std::string rest = join({words.begin() + static_cast<std::ptrdiff_t>(at), words.end()}, " ");
  if (rest.size() > 1 && rest.front() == 'P' &&
      (is_digit(rest[1]) || (rest.size() > 2 && is_letter(rest[1]) && is_digit(rest[2])))) {
    rest.erase(0, 1);
    id.stage = "P";
  }
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  std::string head = rest.substr(0, slash);
  for (const std::string& part : split(rest.substr(slash), "/")) {
    const auto [word, number] = word_and_number(part);
    const std::string_view kind = supplement_kind(lower(word));
    if (word == "D" || word == "D-") {
      id.stage = "D" + number;
    } else if (!kind.empty()) {
      const std::size_t dash = number.find('-');
      id.supplements.push_back(
          {std::string(kind), number.substr(0, dash), "", dash == std::string::npos ? "" : number.substr(dash + 1)});
    } else {
      id.supplements.push_back({lower(part), "", "", ""});
    }
  }
  if (const std::size_t dash = head.find('-'); dash != std::string::npos && is_year(head.substr(dash + 1, 4))) {
    id.edition = head.substr(dash + 1);
    head.erase(dash);
  }
  id.number = head;
}

// ---------------------------------------------------------------------------------------------------------------- ETSI

constexpr std::array<std::string_view, 17> etsi_types{"TS",    "TR",  "EN",  "ES",    "EG",  "GS",  "GR",     "SR", "ETS",
                                                      "I-ETS", "ETR", "GTS", "TCRTR", "NET", "TBR", "TCR-TR", "GTR"};

/// False where `text` (without "ETSI") is no ETSI number.
bool parse_etsi(Identifier& id, const std::string& text) {
  Words words = split(text, " ");
  if (words.size() < 2 || !one_of(words.front(), etsi_types)) return false;
  id.space = NumberSpace::etsi;
  id.type = words.front();
  std::size_t at = 1;
  Words number;
  for (; at < words.size(); ++at) {
    const std::string& word = words[at];
    if ((word.front() == 'V' || word.front() == 'v') && word.size() > 1 && is_digit(word[1])) break;
    if (word.starts_with("ed.") || word.starts_with("(")) break;
    number.push_back(word);
  }
  if (at < words.size() && !words[at].starts_with("("))
    id.edition = words[at].starts_with("ed.") ? words[at].substr(3) : words[at].substr(1);
  id.number = join(number, " ");
  if (const std::size_t slash = id.number.find('/'); slash != std::string::npos) {
    for (const std::string& part : split(id.number.substr(slash), "/")) {
      const auto [word, n] = word_and_number(part);
      const std::string_view kind = supplement_kind(lower(word));
      id.supplements.push_back({kind.empty() ? lower(word) : std::string(kind), n, "", id.edition});
    }
    id.number.erase(slash);
    id.edition.clear();
  }
  return true;
}

// ---------------------------------------------------------------------------------------------------------------- 3GPP

/// "TS 33.501", with ":REL-18/18.2.0" as its portal writes a version or " V18.2.0" as people do; false for anything else.
bool parse_3gpp(Identifier& id, const std::string& text) {
  const std::string small = lower(text);
  if (text.size() < 8 || !(small.starts_with("ts ") || small.starts_with("tr ")) || !is_digit(text[3]) || !is_digit(text[4]) ||
      text[5] != '.' || !is_digit(text[6]))
    return false;
  id.space = NumberSpace::gpp;
  id.type = small.starts_with("ts") ? "TS" : "TR";
  const std::size_t end = std::min(text.find_first_of(": /(", 3), text.size());
  id.number = text.substr(3, end - 3);
  // The version is what has two dots; releases follow from it.
  for (const std::string& word : split(std::string_view(small).substr(end), ":/ (),")) {
    const std::string version = word.substr(word.starts_with("v") ? 1 : 0);
    if (std::ranges::count(version, '.') == 2 && is_digit(version.front())) id.edition = version;
  }
  // TR 21.900: 0 is in preparation, 1 was presented for information, 2 for approval; from 3 on a text is under change control.
  if (!id.edition.empty() && id.edition[0] <= '2' && id.edition[1] == '.') id.stage = "draft";
  return true;
}

// ----------------------------------------------------------------------------------------------------------------- W3C

/// "WD-xml-20081126", "xml", "webdriver-20180605": the status under which a text came out, its short name and day.
void parse_w3c(Identifier& id, std::string text) {
  constexpr std::array<std::string_view, 12> drafts{"WD", "LCWD", "FPWD",  "CR",  "CRD", "CRS",
                                                    "PR", "PER",  "DNOTE", "DRY", "CRY", "ED"};
  constexpr std::array<std::string_view, 7> finals{"REC", "NOTE", "STMT", "RY", "SPSD", "OBSL", "RSCND"};
  if (const std::size_t dash = text.find('-'); dash != std::string::npos) {
    const std::string status = text.substr(0, dash);
    if (one_of(status, drafts)) id.stage = status;
    if (one_of(status, drafts) || one_of(status, finals)) text.erase(0, dash + 1);
  }
  if (const std::size_t dash = text.rfind('-'); dash != std::string::npos && dash > 0 && all_digits(text.substr(dash + 1))) {
    std::string day = text.substr(dash + 1);
    if (day.size() == 6 && day.starts_with("9")) day.insert(0, "19");  // "960307".
    if (day.size() == 8 && is_year(day.substr(0, 4), "1990")) {
      id.edition = day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6);
      text.erase(dash);
    }
  }
  id.number = text;
}

// ---------------------------------------------------------------------------------------------------------------- NIST

/// "SP 800-53r5", "SP 800-53 Rev. 5 (Draft)", "FIPS PUB 140-3", "IR 8477 ipd"; false where no series of NIST begins it.
bool parse_nist(Identifier& id, std::string text, bool named) {
  constexpr std::array<std::string_view, 12> series{"SP", "FIPS", "IR",  "AI",     "CSWP",  "TN",
                                                    "HB", "GCR",  "VTS", "NCSTAR", "NSRDS", "OWMWP"};
  if (take_prefix(text, "ir")) text.insert(0, "IR");  // "NISTIR 8477".
  for (char& c : text) {
    if (c == '.' && text.find(' ') == std::string::npos) c = ' ';  // "SP.800-53r5"; once only.
  }
  Words words = split(text, " ");
  if (words.size() < 2 || !one_of(words.front(), series)) return false;
  const std::string type = words.front();
  words.erase(words.begin());
  if (words.size() > 1 && (lower(words.front()) == "pub" || words.front() == "PUB.")) words.erase(words.begin());
  std::string number = words.front();
  if (!is_digit(number.front()) || (!named && (type == "IR" || type == "AI" || type == "TN" || type == "HB"))) return false;
  id.space = NumberSpace::nist;
  id.type = type;
  words.erase(words.begin());
  const auto revision = [](std::string word) {
    word = lower(word);
    for (const std::string_view sign : {"revision", "rev.", "rev", "r"}) {
      if (take_prefix(word, sign)) return all_digits(word) ? word : std::string();
    }
    return std::string();
  };
  // "800-53r5", "800-53Ar4".
  if (const std::size_t r = number.rfind('r'); r != std::string::npos && r > 0 && all_digits(number.substr(r + 1))) {
    id.edition = number.substr(r + 1);
    number.erase(r);
  } else if (const std::size_t e = number.rfind('e'); e != std::string::npos && e > 0 && is_year(number.substr(e + 1))) {
    id.edition = number.substr(e + 1);  // "AI 100-2e2025".
    number.erase(e);
  } else if (type == "FIPS" && number.find('-') != std::string::npos) {
    // The number after the dash counts the revisions.
    id.edition = number.substr(number.rfind('-') + 1);
    number.erase(number.rfind('-'));
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string word = lower(words[i]);
    std::erase_if(word, [](char c) { return c == '(' || c == ')' || c == ','; });
    const bool sign = (word == "rev." || word == "rev" || word == "revision") && i + 1 < words.size() && all_digits(words[i + 1]);
    if (sign) {
      id.edition = words[++i];
    } else if (const std::string counted = revision(word); !counted.empty()) {
      id.edition = counted;
    } else if (word.ends_with("pd") || word == "draft") {  // "ipd", "2pd", "fpd": public drafts.
      id.stage = word;
    } else if (word.starts_with("upd")) {
      id.supplements.push_back({"upd", word.substr(3), "", id.edition});
    } else if (word.starts_with("v") && word.size() > 1) {
      number += " " + word;
    }
  }
  id.number = number;
  return true;
}

// --------------------------------------------------------------------------------------------------------------- OASIS

void parse_oasis(Identifier& id, const std::string& text) {
  constexpr std::array<std::string_view, 12> stages{"CS",  "CSD", "CSPRD", "COS",   "OS", "PS",
                                                    "PSD", "CN",  "CND",   "CNPRD", "WD", "PSPRD"};
  Words name;
  Words after;
  for (const std::string& word : split(text, "-")) {
    const auto [letters, number] = word_and_number(word);
    const std::string kind = lower(letters);
    const bool numeric = !number.empty() && number.find_first_not_of("0123456789.") == std::string::npos;
    if (!name.empty() && numeric && id.edition.empty() &&
        (kind == "v" || (kind.empty() && number.find('.') != std::string::npos))) {
      id.edition = number;
    } else if (!name.empty() && one_of(letters, stages)) {
      id.stage = letters == "OS" ? "" : word;
    } else if (!name.empty() && (kind == "part" || kind == "pt")) {
      after.push_back("part" + number);
    } else if (!name.empty() && kind == "plus") {
      id.variant = "plus";
    } else if (!name.empty() && kind == "errata") {
      // "plus-Errata01" is the whole text with the errata worked in.
      if (id.variant == "plus")
        id.variant += " errata " + number;
      else
        id.supplements.push_back({"err", number, "", ""});
    } else {
      name.push_back(word);
    }
  }
  name.insert(name.end(), after.begin(), after.end());
  id.number = join(name, "-");
}

// ---------------------------------------------------------------------------------------------------------------- IETF

bool parse_ietf(Identifier& id, const std::string& text) {
  const std::string small = lower(text);
  for (const std::string_view series : {"rfc", "bcp", "std", "fyi"}) {
    if (!small.starts_with(series)) continue;
    std::size_t at = series.size();
    while (at < small.size() && (small[at] == ' ' || small[at] == '-')) ++at;
    std::string number = small.substr(at);
    if (!all_digits(number) || number.size() > 6) return false;
    number.erase(0, std::min(number.find_first_not_of('0'), number.size() - 1));
    id.space = NumberSpace::ietf;
    id.type = series == "rfc" ? "RFC" : series == "bcp" ? "BCP" : series == "std" ? "STD" : "FYI";
    id.number = number;
    return true;
  }
  if (!small.starts_with("draft-") || small.find(' ') != std::string::npos) return false;
  id.space = NumberSpace::ietf;
  id.type = "draft";
  id.number = small;
  if (small.size() > 3 && small[small.size() - 3] == '-' && all_digits(small.substr(small.size() - 2))) {
    id.edition = small.substr(small.size() - 2);
    id.number.erase(small.size() - 3);
  }
  id.stage = "draft";
  return true;
}

/// "X.509", "Y Suppl. 55", "G.7041/Y.1303": a letter, then a dot and a digit, or a supplement of a series.
bool looks_like_itu_t(std::string_view text) {
  if (text.size() < 3 || text[0] < 'A' || text[0] > 'Z') return false;
  if (text[1] == '.' && is_digit(text[2])) return true;
  const std::string rest = lower(text.substr(1));
  return rest.starts_with(" suppl") || rest.starts_with(".suppl") || rest.starts_with("-series suppl") ||
         rest.starts_with(" series suppl");
}

std::string without(std::string_view text, std::string_view characters) {
  std::string result;
  for (const char c : text) {
    if (characters.find(c) == std::string_view::npos) result += c;
  }
  return result;
}

/// What bodies everywhere write at the end: a year, version, edition or revision. The rest is the number.
void parse_other(Identifier& id, std::string text) {
  const auto take = [&](std::size_t from, std::string edition) {
    id.edition = std::move(edition);
    text.erase(from);
    while (!text.empty() && (text.back() == ' ' || text.back() == ',')) text.pop_back();
  };
  const std::string small = lower(text);
  const auto counted = [](std::string_view word) {
    return !word.empty() && is_digit(word.front()) && word.find_first_not_of("0123456789.") == std::string_view::npos;
  };
  const std::size_t blank = small.rfind(' ');
  const std::string last = blank == std::string::npos ? "" : small.substr(blank + 1);
  const std::string head = blank == std::string::npos ? "" : small.substr(0, blank);
  const std::size_t before = head.rfind(' ');
  const std::string word = before == std::string::npos ? "" : head.substr(before + 1);
  const bool ordinal = last == "edition" && word.size() > 2 && is_digit(word.front()) &&
                       all_digits(word.substr(0, word.size() - 2));  // "15th edition".
  if (ordinal && before > 0) {
    take(before, word.substr(0, word.size() - 2));
  } else if (counted(last) && (word == "ed." || word == "ed" || word == "edition" || word == "version" || word == "rev." ||
                               word == "rev" || word == "revision")) {
    take(before, last);
  } else if (last.size() > 3 && last.starts_with("ed.") && counted(last.substr(3))) {
    take(blank, last.substr(3));
  } else if (last.size() > 1 && last.front() == 'v' && counted(last.substr(1))) {
    take(blank, last.substr(1));
  } else if (counted(last) && last.find('.') != std::string::npos && head.find_first_of("0123456789") != std::string::npos) {
    take(blank, last);  // "Technical Report #999 1.0".
  } else if (last.size() == 6 && last.front() == '(' && is_year(last.substr(1, 4))) {
    take(blank, last.substr(1, 4));
  } else if (const std::size_t colon = text.rfind(':');
             colon != std::string::npos && is_year(text.substr(colon + 1, 4)) && text.size() == colon + 5) {
    take(colon, text.substr(colon + 1));
  } else if (const std::size_t dash = text.rfind('-'); dash != std::string::npos && dash > 0 && is_digit(text[dash - 1]) &&
                                                       text.size() == dash + 5 && is_year(text.substr(dash + 1))) {
    take(dash, text.substr(dash + 1));  // "GOST R 34.12-2015".
  } else if (const std::size_t r = text.rfind('r');
             r != std::string::npos && r > 0 && is_digit(text[r - 1]) && all_digits(text.substr(r + 1))) {
    take(r, text.substr(r + 1));  // "12-168r6".
  }
  id.number = text;
}

}  // namespace

namespace {

Identifier parse_once(std::string_view written) {
  Identifier id;
  std::string text = cleaned(written);
  for (const std::string_view word : {"recommendation ", "rec. "}) {
    if (take_prefix(text, word) && looks_like_itu_t(text)) text.insert(0, "ITU-T ");
  }
  if (const std::size_t bar = text.find('|'); bar != std::string::npos) {
    id.twin = cleaned(std::string_view(text).substr(bar + 1));
    text = cleaned(std::string_view(text).substr(0, bar));
  }
  id.text = text;
  const std::string small = lower(text);
  const std::string first = text.substr(0, text.find_first_of(" /"));
  if (small.starts_with("itu-t ")) {
    id.space = NumberSpace::itu_t;
    parse_itu_t(id, text.substr(6));
  } else if (const std::size_t at = small.find("itu-r "); at == 0 || (at != std::string::npos && at < 12)) {
    id.space = NumberSpace::itu_r;
    if (at > 0) id.text = text = text.substr(at, 6) + text.substr(0, at) + text.substr(at + 6);  // "Report ITU-R SM.2012".
    parse_itu_r(id, text.substr(6));
  } else if (small.starts_with("oasis ")) {
    id.space = NumberSpace::oasis;
    parse_oasis(id, text.substr(6));
  } else if (small.starts_with("etsi ")) {
    if (!parse_etsi(id, text.substr(5))) id.number = text;
  } else if (const std::string bare = small.starts_with("3gpp ") ? text.substr(5) : text; parse_3gpp(id, bare)) {
    id.text = "3GPP " + bare;
  } else if (small.starts_with("w3c ")) {
    id.space = NumberSpace::w3c;
    parse_w3c(id, text.substr(4));
  } else if (const bool named = small.starts_with("nist");
             parse_nist(id, text.substr(named ? text.size() > 4 && (text[4] == ' ' || text[4] == '.') ? 5 : 4 : 0), named)) {
    if (!named) id.text = "NIST " + text;
  } else if (parse_ietf(id, small.starts_with("ietf ") ? text.substr(5) : text)) {
    if (id.type != "draft") id.text = id.type + " " + id.number;
  } else if (first == "ISO" || first == "IEC" || first == "CISPR" || first == "IWA" || text.find(" IWA ") != std::string::npos) {
    // Joint texts in IEEE's catalogue: "ISO/IEC/IEEE 12207-2017" and "IEC 61671-2012" have a hyphen before their years (no part
    // has the number of a year), "IEC P62582.1/D-4" has a P before its number.
    const std::size_t dash = text.rfind('-');
    const std::size_t project = text.find(" P");
    const bool ieee = text.find(':') == std::string::npos &&
                      ((dash != std::string::npos && is_year(text.substr(dash + 1, 4), "1960")) ||
                       (text.find("IEEE") != std::string::npos &&
                        (text.find('.') != std::string::npos || text.find("/D-") != std::string::npos)) ||
                       (project != std::string::npos && project + 2 < text.size() && is_digit(text[project + 2])));
    if (small.ends_with(" redline"))
      parse_ieee(id, text);
    else
      parse_iso(id, text, ieee);
  } else if (first == "IEEE" || first == "ANSI" || first == "AIEE" || first == "IRE" || first == "IEEEE" || first == "EEE") {
    id.space = NumberSpace::ieee;
    parse_ieee(id, text);
  } else if (looks_like_itu_t(text)) {
    id.space = NumberSpace::itu_t;
    parse_itu_t(id, text);
    id.text = "ITU-T " + text;
  } else if (parse_etsi(id, text)) {
    id.text = "ETSI " + text;
  } else {
    parse_other(id, text);
  }
  return id;
}

}  // namespace

std::string_view body_of(NumberSpace space) {
  constexpr std::array<std::string_view, 12> bodies{"ITU-T", "ITU-R", "ISO",  "IEC", "IEEE", "IETF",
                                                    "ETSI",  "OASIS", "3GPP", "W3C", "NIST", ""};
  return bodies[static_cast<std::size_t>(space)];
}

Identifier parse_identifier(std::string_view written) {
  Identifier id;
  if (written.size() > longest_identifier) {
    id.text = id.number = written;
    return id;
  }
  id = parse_once(written);
  // What is cleaned or completed may let another rule apply ("Rec. Rec. X.509"): the written form must mean the same.
  for (int round = 0; round < 8; ++round) {
    Identifier again = parse_once(id.text);
    const bool settled = again.text == id.text;
    if (again.twin.empty()) again.twin = std::move(id.twin);
    id = std::move(again);
    if (settled) break;
  }
  return id;
}

bool Identifier::is_numbered() const {
  if (space == NumberSpace::other || number.empty() || text.size() > 60) return false;
  bool digit = false;
  for (std::size_t i = 0; i <= number.size(); ++i) {
    const char c = i < number.size() ? number[i] : ' ';
    digit = digit || is_digit(c);
    if (c != ' ') continue;
    if (!digit) return false;
    digit = false;
  }
  return true;
}

std::string Identifier::work() const {
  std::string key = lower(body_of(space));
  switch (space) {
    case NumberSpace::itu_t: return key + " " + itu_number_key(number);
    case NumberSpace::iso:
    case NumberSpace::iec:
      if (own_numbers(type)) key += " " + lower(type);
      return key + " " + lower(number);
    case NumberSpace::ietf: return key + " " + lower(type) + " " + number;
    // Blanks inside numbers are for the eye: EN 303 645 is EN 303645.
    case NumberSpace::etsi: return key + " " + lower(type) + " " + without(lower(number), " ");
    case NumberSpace::itu_r: return key + (type.empty() ? " " : " " + lower(type) + " ") + lower(number);
    case NumberSpace::nist:
    case NumberSpace::gpp: return key + " " + lower(type) + " " + lower(number);
    case NumberSpace::other: return lower(number);
    default: return key + " " + lower(number);
  }
}

std::string Identifier::document() const {
  std::string key = work();
  if ((space == NumberSpace::iso || space == NumberSpace::iec) && !type.empty() && !own_numbers(type)) key += " " + lower(type);
  if (!edition.empty()) key += ":" + edition;
  if (!stage.empty()) key += " " + lower(stage);
  for (const SupplementOf& s : supplements) {
    key += "/" + s.kind + s.number;
    if (!s.edition.empty()) key += ":" + s.edition;
    if (!s.stage.empty()) key += " " + lower(s.stage);
  }
  if (!variant.empty()) key += " " + variant;
  return key;
}

std::vector<std::string> works_meant(std::string_view text) {
  Identifier id = parse_identifier(text);
  if (id.space == NumberSpace::other) {
    std::string loud(text);
    std::ranges::transform(loud, loud.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (Identifier again = parse_identifier(loud); again.space != NumberSpace::other) id = std::move(again);
  }
  std::vector<std::string> works{id.work()};
  if (id.space == NumberSpace::iec) works.push_back("iso" + works.front().substr(3));
  // Said without its kind, a number of ITU-R may be a Report's.
  if (id.space == NumberSpace::itu_r && id.type.empty()) works.push_back("itu-r report" + works.front().substr(5));
  if (id.space != NumberSpace::other) return works;
  const std::string small = lower(id.number);
  if (small.size() > 2 && is_letter(small[0]) && small[1] == '.' && is_digit(small[2]))
    works.push_back("itu-t " + small);  // "x.509"
  // A number alone, as people say it: "27001", "802.11", "303 645", "27001:2022".
  std::string number = small.substr(0, small.find(':'));
  if (number.empty() || !is_digit(number.front())) {
    if (number.size() > 1 && number.front() == 'p' && is_digit(number[1])) works.push_back("ieee " + number.substr(1));
    works.push_back("oasis " + lower(parse_identifier("OASIS " + std::string(id.number)).number));
    return works;
  }
  for (const std::string_view space : {"iso ", "iec ", "ieee ", "ietf rfc "}) works.push_back(std::string(space) + number);
  if (number.size() > 5 && number[2] == '.' && is_digit(number[1])) {
    works.push_back("3gpp ts " + number);
    works.push_back("3gpp tr " + number);
  }
  if (number.starts_with("800-") || number.starts_with("1800-")) works.push_back("nist sp " + number);
  for (const std::string_view type : {"en", "ts", "tr", "es", "eg"})
    works.push_back("etsi " + std::string(type) + " " + without(number, " "));
  return works;
}

}  // namespace lacuna
