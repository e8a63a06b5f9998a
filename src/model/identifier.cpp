#include "lacuna/identifier.hpp"
#include "base/identity.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <tuple>

#include "base/text.hpp"
#include "model/spelling.hpp"

namespace lacuna {
namespace {

using Words = std::vector<std::string>;

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

/// ASCII letters in any case.
bool same_letters(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return is_capital(c) ? static_cast<char>(c | 0x20) : c; };
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return small(x) == small(y); });
}
bool starts(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && same_letters(text.substr(0, prefix.size()), prefix);
}

/// The word of a list that is meant, as its body writes it; empty where there is none.
template <std::size_t N>
std::string_view known_as(std::string_view word, const std::array<std::string_view, N>& list) {
  const auto exact = std::ranges::find(list, word);
  if (exact != list.end()) return *exact;
  const auto found = std::ranges::find_if(list, [&](std::string_view w) { return same_letters(w, word); });
  return found == list.end() ? std::string_view() : *found;
}
template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& list) {
  return !known_as(word, list).empty();
}

/// "2019" as a year of publication; "1202" and "1930" in joint texts of IEC and IEEE are parts.
bool is_year(std::string_view text, std::string_view first = "1850") {
  return text.size() == 4 && all_digits(text) && text >= first && text <= "2199";
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
  if (!starts(text, prefix)) return false;
  text.erase(0, prefix.size());
  return true;
}

/// Of letters alone, from a place on.
std::string_view letters_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_letter(text[end])) ++end;
  return text.substr(at, end - at);
}
std::size_t skipped(std::string_view text, std::size_t at, std::string_view signs) {
  const std::size_t next = text.find_first_not_of(signs, at);
  return next == std::string_view::npos ? text.size() : next;
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
  constexpr std::array<std::pair<std::string_view, std::string_view>, 25> kinds{
      {{"amd", "amd"},  {"am", "amd"},     {"a", "amd"},       {"dam", "amd"},           {"ac", "cor"},
       {"fdam", "amd"}, {"pdam", "amd"},   {"damd", "amd"},    {"fdamd", "amd"},         {"amendment", "amd"},
       {"cor", "cor"},  {"c", "cor"},      {"dcor", "cor"},    {"technical cor", "cor"}, {"corrigendum", "cor"},
       {"corr", "cor"}, {"cor.", "cor"},   {"add", "add"},     {"dad", "add"},           {"addendum", "add"},
       {"err", "err"},  {"errata", "err"}, {"erratum", "err"}, {"ish", "ish"},           {"suppl", "suppl"}}};
  for (const auto& [name, kind] : kinds) {
    if (same_letters(name, word)) return kind;
  }
  return {};
}

// ---------------------------------------------------------------------------------------------------------------- ITU

/// "10/2019", "2019-10", "October 2019", "10.2019" as "2019-10", "2019" as "2019"; empty for what is no date.
std::string itu_date(std::string_view text) {
  if (is_year(text)) return std::string(text);
  const std::size_t part = text.find_first_of("/-. ");
  if (part == std::string_view::npos) return {};
  std::string_view month = text.substr(0, part);
  std::string_view year = text.substr(text.find_last_of("/-. ") + 1);
  if (is_year(month) && all_digits(year) && year.size() <= 2) std::swap(month, year);
  if (!is_year(year)) return {};
  if (all_digits(month) && month.size() <= 2) {
    if (month.size() == 2 ? month < "01" || month > "12" : month == "0") return {};
    return std::string(year) + (month.size() == 1 ? "-0" : "-") + std::string(month);
  }
  constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                    "jul", "aug", "sep", "oct", "nov", "dec"};
  for (std::size_t m = 0; m < months.size(); ++m) {
    if (starts(month, months[m])) return std::string(year) + (m < 9 ? "-0" : "-1") + static_cast<char>('0' + (m + 1) % 10);
  }
  return {};
}

/// "(10/2019)", ":2019", ", October 2019" at the end, as itu_date() gives it; taken off the text.
std::string take_itu_date(std::string& text) {
  if (text.empty() || (text.back() != ')' && !is_digit(text.back()))) return {};
  const auto take = [&](std::size_t from, std::string_view inside) {
    std::string date = itu_date(inside);
    if (date.empty()) return date;
    while (from > 0 && (text[from - 1] == ' ' || text[from - 1] == ',')) --from;
    text.erase(from);
    return date;
  };
  const std::string_view all(text);
  if (text.back() == ')') {
    const std::size_t open = text.rfind('(');
    return open == std::string::npos ? std::string() : take(open, all.substr(open + 1, text.size() - open - 2));
  }
  const std::size_t blank = text.rfind(' ');
  const std::size_t colon = text.rfind(':');
  if (colon != std::string::npos && (blank == std::string::npos || colon > blank)) return take(colon, all.substr(colon + 1));
  if (blank == std::string::npos || blank == 0) return {};
  if (std::string date = take(blank, all.substr(blank + 1)); !date.empty()) {
    const std::size_t word = text.rfind(' ');  // "October 2019".
    if (word == std::string::npos || date.size() > 4) return date;
    std::string with_month = take(word, std::string(text.substr(word + 1)) + " " + date);
    return with_month.empty() ? date : with_month;
  }
  return {};
}

/// "X Suppl. 1", "X.Suppl.1" and "X-series Supplement 1" written one way.
std::string itu_number_key(std::string_view number) {
  std::string key = lower(number);
  const std::size_t sup = key.find("sup");
  if (sup == std::string::npos || sup == 0) return key;
  std::string_view head = std::string_view(key).substr(0, sup);
  while (!head.empty() && (head.back() == ' ' || head.back() == '.' || head.back() == '-')) head.remove_suffix(1);
  if (head.ends_with("series")) head.remove_suffix(6);
  while (!head.empty() && (head.back() == ' ' || head.back() == '-')) head.remove_suffix(1);
  const std::size_t word = sup + letters_at(key, sup).size();
  const std::size_t after = skipped(key, word, ". -");
  return std::string(head) + " suppl " + key.substr(after);
}

void parse_itu_t(Identifier& id, std::string rest) {
  for (const std::string_view word : {"recommendation ", "recommandation ", "rec. ", "rec ", "recommendations "})
    take_prefix(rest, word);
  // "X509", "x.509", "X. 509".
  if (rest.size() > 1 && is_letter(rest[0])) {
    if (is_digit(rest[1]) || (rest.size() > 2 && rest[1] == ' ' && is_digit(rest[2]))) {
      rest.replace(1, is_digit(rest[1]) ? 0 : 1, ".");
    } else if (rest.size() > 3 && rest[1] == '.' && rest[2] == ' ' && is_digit(rest[3])) {
      rest.erase(2, 1);
    }
    if (!is_letter(rest[1])) rest[0] = is_capital(rest[0]) ? rest[0] : static_cast<char>(rest[0] - 'a' + 'A');
  }
  if (const std::size_t at = rest.rfind(" ed. "); at != std::string::npos && at > 0) {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789.", at + 5), rest.size());
    id.counted = rest.substr(at + 5, std::min(rest.find('.', at + 5), end) - at - 5);
    rest.erase(at, end - at);
  }
  std::string date = take_itu_date(rest);
  // "X.509 (2019) Amd. 1 (10/2024)", "X.509 Cor.1": base edition, then the supplement with its own date.
  for (std::size_t at = rest.find_first_of(" /+"); at != std::string::npos; at = rest.find_first_of(" /+", at + 1)) {
    const std::size_t begin = skipped(rest, at, " /+");
    const std::string_view word = letters_at(rest, begin);
    const std::string_view kind = word.size() < 3 ? std::string_view() : supplement_kind(word);
    if (kind.empty() || kind == "suppl") continue;
    const std::size_t number = skipped(rest, begin + word.size(), ". ");
    std::string base = rest.substr(0, at);
    if (base.size() > 10 && same_letters(std::string_view(base).substr(base.size() - 10), " technical"))
      base.erase(base.size() - 10);
    id.supplements.push_back({std::string(kind), rest.substr(number), "", date});
    date = take_itu_date(base);
    rest = base;
    break;
  }
  // "H.248.1 (V3)": the version is the edition's, which has its date.
  if (const std::size_t open = std::min(rest.rfind(" (V"), rest.rfind(" (v"));
      open != std::string::npos && rest.back() == ')' && !date.empty() &&
      all_digits(std::string_view(rest).substr(open + 3, rest.size() - open - 4))) {
    rest.erase(open);
  }
  // "Q.3941.1 v.1": a version without an edition's sign.
  if (const std::size_t at = rest.rfind(" V"); at != std::string::npos && all_digits(std::string_view(rest).substr(at + 2))) {
    date += (date.empty() ? "v" : " v") + rest.substr(at + 2);
    rest.erase(at);
  }
  if (const std::size_t sup = rest.find("Sup"); sup != std::string::npos && sup > 0) {
    const std::string_view word = letters_at(rest, sup);
    if (same_letters(word, "sup") || same_letters(word, "supp") || same_letters(word, "suppl") ||
        same_letters(word, "supplement"))
      id.type = "Suppl.";
  }
  id.number = rest;
  id.edition = date;
}

/// Reports, handbooks and the like are numbered beside Recommendations, with numbers that may be the same.
constexpr std::array<std::string_view, 5> itu_r_types{"Report", "Handbook", "Question", "Resolution", "Opinion"};

void parse_itu_r(Identifier& id, std::string rest) {
  for (const std::string_view word : {"recommendation ", "recommandation ", "rec. ", "rec "}) take_prefix(rest, word);
  for (const std::string_view type : itu_r_types) {
    if (rest.size() > type.size() && rest[type.size()] == ' ' && starts(rest, type))
      id.type = type, rest.erase(0, type.size() + 1);
  }
  // The revision tells the edition; a date beside it says the same.
  if (rest.find('-') != std::string::npos) take_itu_date(rest);
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

/// "CD Amd 1:2024", "AMD1:1991", "FDAM 2", "Technical Corrigendum 1 (2001)", "A11:2020", "Amd1-2000" at a place, which moves
/// behind it; `signed_off`: it follows a "/" or "+", so that any word is one. False where none is.
bool take_iso_supplement(std::string_view text, std::size_t& at, bool signed_off, Identifier& id) {
  SupplementOf supplement;
  std::size_t place = at;
  std::string_view word = letters_at(text, place);
  std::string_view kind;
  while (true) {
    const std::string_view stage = known_as(word, iso_stages);
    const std::size_t after = skipped(text, place + word.size(), " .");
    const std::string_view next = letters_at(text, after);
    const bool more = !next.empty() && (!supplement_kind(next).empty() || one_of(next, iso_stages));
    if (more && (!stage.empty() || same_letters(word, "technical"))) {
      if (!stage.empty()) supplement.stage = stage;
      place = after;
      word = next;
      continue;
    }
    kind = supplement_kind(word);
    if (!stage.empty() && supplement.stage.empty()) supplement.stage = stage;
    break;
  }
  if (signed_off && kind.empty()) {
    // Whatever IEEE and others put behind a slash: "/3:1994", "/D-IS-2024".
    const std::size_t stop = std::min(text.find_first_of("/+", at), text.size());
    std::string_view item = text.substr(at, stop - at);
    const std::size_t colon = std::min(item.find(':'), item.size());
    if (colon < item.size()) supplement.edition = item.substr(colon + 1);
    std::tie(supplement.kind, supplement.number) = word_and_number(item.substr(0, colon));
    supplement.kind = lower(supplement.kind);
    at = stop;
    id.supplements.push_back(std::move(supplement));
    return true;
  }
  const std::size_t behind = place + word.size();
  std::size_t number = skipped(text, behind, " .-");
  const bool has_number = number < text.size() && is_digit(text[number]);
  if (!has_number) number = behind;
  if (kind.empty() || (!signed_off && (word.size() < 2 || (!has_number && kind != "cor")))) return false;
  std::size_t end = number;
  while (has_number && end < text.size() && (is_digit(text[end]) || is_letter(text[end]) || text[end] == '.')) ++end;
  supplement.kind = kind;
  supplement.number = text.substr(number, end - number);
  // ":2024", "-2021" as IEEE writes it, "(2001)".
  if (end + 4 < text.size() &&
      (text[end] == ':' || ((text[end] == '-' || text[end] == ' ') && is_year(text.substr(end + 1, 4))))) {
    const std::size_t stop = std::min(text.find_first_not_of("0123456789-", end + 1), text.size());
    supplement.edition = text.substr(end + 1, stop - end - 1);
    end = stop;
  } else if (const std::size_t open = skipped(text, end, " ");
             open + 5 < text.size() && text[open] == '(' && is_year(text.substr(open + 1, 4)) && text[open + 5] == ')') {
    supplement.edition = text.substr(open + 1, 4);
    end = open + 6;
  }
  if (end == at) return false;
  at = end;
  id.supplements.push_back(std::move(supplement));
  return true;
}

/// What follows the number, as ISO and IEC write it and as people do: year, edition by its count, supplements, variant; signs of
/// language left aside.
void read_iso_tail(Identifier& id, std::string_view text, bool ieee) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t before = at;
    bool signed_off = false;
    for (; at < text.size() && std::string_view(" ,/+;").find(text[at]) != std::string_view::npos; ++at)
      signed_off = signed_off || text[at] == '/' || text[at] == '+';
    if (at >= text.size()) return;
    const char c = text[at];
    if (c == ':' || c == '-') {
      const std::size_t begin = skipped(text, at + 1, " ");
      const std::size_t end = std::min(text.find_first_not_of("0123456789-", begin), text.size());
      if (id.edition.empty() && is_year(text.substr(begin, 4))) id.edition = text.substr(begin, end - begin);
      at = std::max(end, at + 1);
      while (!id.edition.empty() && id.edition.back() == '-') id.edition.pop_back();
    } else if (c == '(') {
      const std::size_t close = std::min(text.find(')', at), text.size());
      const std::string_view inside = text.substr(at + 1, close - at - 1);
      if (id.edition.empty() && is_year(inside.substr(0, 4)) && (inside.size() == 4 || inside[4] == '-')) id.edition = inside;
      at = std::min(close + 1, text.size());
    } else if (is_digit(c) && signed_off) {
      take_iso_supplement(text, at, true, id);
    } else if (is_digit(c)) {
      const std::size_t end = std::min(text.find_first_not_of("0123456789-", at), text.size());
      const std::string_view digits = text.substr(at, end - at);
      if (id.edition.empty() && is_year(digits)) id.edition = digits;
      at = end;
    } else if (text.substr(at).starts_with("ed. ")) {
      const std::size_t end = std::min(text.find_first_not_of("0123456789.", at + 4), text.size());
      id.counted = text.substr(at + 4, std::min(text.find('.', at + 4), end) - at - 4);
      at = end;
    } else if (ieee && text.substr(at).starts_with("D-") && at + 2 < text.size() && is_digit(text[at + 2])) {
      // "/D-3.1-2025-02": the draft, as IEEE counts it.
      const std::size_t end = std::min(text.find_first_of(" /+,", at), text.size());
      id.stage = "D" + std::string(text.substr(at + 2, end - at - 2));
      at = end;
    } else if (is_letter(c) && take_iso_supplement(text, at, signed_off, id)) {
      continue;
    } else {
      const std::size_t end = std::min(text.find_first_of(" ,/+;(:", at), text.size());
      const std::string_view word = text.substr(at, end - at);
      constexpr std::array<std::string_view, 7> variants{"CSV", "CMV", "RLV", "EXV", "SER", "EXV-CMV", "EXV-RLV"};
      const bool capitals = std::ranges::all_of(word, [](char w) { return is_capital(w) || w == '-'; }) || one_of(word, variants);
      const bool last = end + 1 >= text.size();
      if ((capitals || same_letters(word, "redline")) && last)
        id.variant = lower(word);
      else if (capitals && id.supplements.empty())
        id.supplements.push_back({lower(word), "", "", ""});  // What follows belongs to the variant: "CMV/COR1:2021".
      else if (capitals)
        id.supplements.back().edition += " " + std::string(word);
      at = std::max(end, before + 1);
    }
  }
}

/// The head up to the number: publishers, stage and type in any order, letter case and with blanks, slashes or hyphens between.
/// `ieee` reads the punctuation that IEEE uses for joint texts: "ISO/IEC/IEEE 80005.1-2012".
void parse_iso(Identifier& id, std::string_view text, bool ieee) {
  constexpr std::array<std::string_view, 6> bodies{"ISO", "IEC", "ISOIEC", "CISPR", "IWA", "IEEE"};
  std::size_t at = 0;
  bool iso = false;
  bool cispr = false;
  const auto is_project = [&](std::size_t place) {
    return ieee && place + 1 < text.size() && text[place] == 'P' && is_digit(text[place + 1]);
  };
  while (at < text.size()) {
    if (is_digit(text[at]) || is_project(at)) break;
    std::size_t end = std::min(text.find_first_of(" /_", at), text.size());
    std::string_view word = letters_at(text, at);
    if (word == "JTC" || word == "TC" || word == "SC") break;  // A group, not a document.
    if (!word.empty() && word.size() < end - at) {
      // "ISO27001", "ISO-27001", "ISO-IEC": a word that is known ends where its letters do.
      const bool known = one_of(word, bodies) || one_of(word, iso_types) || one_of(word, iso_stages);
      const std::size_t next = at + word.size();
      const bool counted = is_digit(text[next]) && next + 1 == end && one_of(word, iso_stages);
      if (counted)
        id.stage = std::string(known_as(word, iso_stages)) + "." + text[next];  // "CD2".
      else if (known && (is_digit(text[next]) || text[next] == '-'))
        end = next;
      else
        word = text.substr(at, end - at);
    }
    if (same_letters(word, "ISO") || same_letters(word, "ISOIEC") || same_letters(word, "IWA")) iso = true;
    if (same_letters(word, "CISPR")) cispr = true;
    if (const std::string_view stage = known_as(word, iso_stages); !stage.empty() && !id.stage.starts_with(stage)) {
      id.stage = stage;
      if (stage.size() > 2 && stage.starts_with("D") && one_of(stage.substr(1), iso_types)) id.type = stage.substr(1);
    } else if (const std::string_view type = known_as(word, iso_types); !type.empty()) {
      id.type = type;
    }
    at = skipped(text, end, " /_-.");
  }
  if (at >= text.size() || is_letter(text[at]) == (text[at] != 'P')) {
    id.number = text;
    return;
  }
  id.space = iso ? NumberSpace::iso : NumberSpace::iec;
  std::string_view rest = text.substr(at);
  const bool project = ieee && rest.front() == 'P';
  if (project) {
    rest.remove_prefix(1);
    if (id.stage.empty()) id.stage = "P";
  }
  std::size_t end = std::min(rest.find_first_of(id.type == "DIR" ? ":/+" : ": /+(,"), rest.size());
  id.number = rest.substr(0, end);
  if (end <= 3 && end + 3 < rest.size() && rest[end] == ' ' && all_digits(id.number) && all_digits(rest.substr(end + 1, 3)) &&
      (end + 4 == rest.size() || !is_digit(rest[end + 4]))) {
    const std::size_t stop = std::min(rest.find_first_of(": /+(,", end + 1), rest.size());  // "27 001".
    id.number += rest.substr(end + 1, stop - end - 1);
    end = stop;
  }
  rest.remove_prefix(end);
  if (ieee && !rest.starts_with(":")) {
    // "12207-2017", "12207-2024-09", "80005.1-2012", "60076.57-1202".
    for (std::size_t dash = id.number.find('-'); dash != std::string::npos; dash = id.number.find('-', dash + 1)) {
      if (!is_year(std::string_view(id.number).substr(dash + 1, 4), "1960") ||
          (id.number.size() > dash + 5 && id.number[dash + 5] != '-'))
        continue;
      id.edition = id.number.substr(dash + 1);
      id.number.erase(dash);
      break;
    }
  }
  if (project || (id.stage.empty() && (ieee || id.type.empty()))) std::ranges::replace(id.number, '.', '-');
  // "CD 63465.2": the second committee draft.
  if (const std::size_t dot = id.number.find('.');
      dot != std::string::npos && !id.stage.empty() && all_digits(std::string_view(id.number).substr(dot + 1))) {
    id.stage += id.number.substr(dot);
    id.number.erase(dot);
  }
  if (cispr) id.number.insert(0, "CISPR ");
  read_iso_tail(id, rest, ieee);
}

// ---------------------------------------------------------------------------------------------------------------- IEEE

void parse_ieee(Identifier& id, std::string_view text) {
  if (const std::size_t blank = text.rfind(' ');
      blank != std::string_view::npos && same_letters(text.substr(blank + 1), "redline")) {
    id.variant = "redline";
    text = text.substr(0, blank);
  }
  // Publishers and words before the number: letters and slashes alone.
  std::size_t at = 0;
  bool joint = false;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    std::string_view word = text.substr(at, end - at);
    const std::size_t letters =
        std::min(word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/."), word.size());
    // "IEEE802.11", "IEEE-802.11".
    const std::string_view name = word.substr(0, letters);
    const bool glued = letters < word.size() && letters > 2 &&
                       (same_letters(name, "std") || same_letters(name.substr(name.rfind('/') + 1), "ieee"));
    if (letters < word.size() && !glued) break;
    if (letters == word.size() && word.find('.') != std::string_view::npos && !word.ends_with('.')) break;
    for (const std::string& p : split(word.substr(0, letters), "/"))
      joint = joint || same_letters(p, "ISO") || same_letters(p, "IEC");
    at = skipped(text, glued ? at + letters : end, " -");
  }
  // A joint text stands in the other body's space of numbers.
  if (joint) return parse_iso(id, text, true);
  if (at >= text.size()) {
    id.number = text;
    return;
  }
  std::string_view rest = text.substr(at);
  if (rest.size() > 1 && (rest.front() == 'P' || rest.front() == 'p') &&
      (is_digit(rest[1]) || (rest.size() > 2 && is_letter(rest[1]) && is_digit(rest[2])))) {
    rest.remove_prefix(1);
    id.stage = "P";
  }
  std::size_t slash = std::min(rest.find('/'), rest.size());
  // "P7003 D1", "802.11 Cor 1-2022": a blank for the slash.
  if (const std::size_t blank = rest.substr(0, slash).find(' '); blank != std::string_view::npos && blank + 2 < rest.size()) {
    const std::string_view word = letters_at(rest, blank + 1);
    const std::size_t next = blank + 1 + word.size();
    if ((same_letters(word, "d") && next < rest.size() && is_digit(rest[next])) ||
        (word.size() > 1 && !supplement_kind(word).empty()))
      slash = blank;
  }
  std::string head(rest.substr(0, slash));
  for (const std::string& part : split(rest.substr(slash == rest.size() ? slash : slash + 1), "/")) {
    const auto [word, number] = word_and_number(part);
    const std::string_view kind = supplement_kind(word);
    if (same_letters(word, "D") || same_letters(word, "D-")) {
      id.stage = "D" + number;
    } else if (!kind.empty()) {
      const std::size_t dash = number.find_first_of("-:");
      id.supplements.push_back(
          {std::string(kind), number.substr(0, dash), "", dash == std::string::npos ? "" : number.substr(dash + 1)});
    } else {
      id.supplements.push_back({lower(part), "", "", ""});
    }
  }
  if (const std::size_t dash = head.find('-'); dash != std::string::npos && is_year(std::string_view(head).substr(dash + 1, 4))) {
    id.edition = head.substr(dash + 1);
    head.erase(dash);
  } else if (const std::size_t sign = head.find_first_of(":( ,");
             sign != std::string::npos && sign > 0 && is_year(std::string_view(head).substr(skipped(head, sign, ":( ,"), 4))) {
    id.edition = head.substr(skipped(head, sign, ":( ,"), 4);  // "802.11:2020", "802.11 (2020)".
    head.erase(sign);
  }
  id.number = head;
}

// ---------------------------------------------------------------------------------------------------------------- ETSI

constexpr std::array<std::string_view, 17> etsi_types{"TS",    "TR",  "EN",  "ES",    "EG",  "GS",  "GR",     "SR", "ETS",
                                                      "I-ETS", "ETR", "GTS", "TCRTR", "NET", "TBR", "TCR-TR", "GTR"};

/// Six digits, the first of them 1 to 3 (of reports from 0 on), as ETSI numbers its texts; those of others with the same types
/// are shorter.
bool has_etsi_number(std::string_view text, char lowest = '1') {
  std::size_t digits = 0;
  std::size_t at = 0;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == ' ' && digits == 3)); ++at) digits += is_digit(text[at]) ? 1 : 0;
  return digits == 6 && text[0] >= lowest && text[0] <= '3' && (at == text.size() || !is_letter(text[at])) &&
         (at == text.size() || text[at] != '.');
}

/// False where `text` (without "ETSI") is no ETSI number. Not `named`: nobody said that it is ETSI's.
bool parse_etsi(Identifier& id, std::string_view text, bool named) {
  std::size_t end = std::min(text.find(' '), text.size());
  std::string_view type = known_as(text.substr(0, end), etsi_types);
  if (type.empty()) {
    end = letters_at(text, 0).size();  // "EN303645", "TS-103-645".
    type = known_as(text.substr(0, end), etsi_types);
    if (type.empty() || end >= text.size() || !(is_digit(text[end]) || text[end] == '-')) return false;
  }
  std::string_view rest = text.substr(skipped(text, end, " -,"));
  if (rest.empty()) return false;
  const bool of_group = type == "GS" || type == "GR";
  const bool shared = type.size() == 2 && !of_group;
  if (!named && shared && !has_etsi_number(rest, type == "SR" ? '0' : '1')) return false;
  if (!named && of_group && (rest.find_first_of("0123456789") == std::string_view::npos || !is_capital(rest[0]))) return false;
  id.space = NumberSpace::etsi;
  id.type = type;
  while (!rest.empty()) {
    const std::size_t stop = std::min(rest.find_first_of(" ,"), rest.size());
    std::string_view word = rest.substr(0, stop);
    rest.remove_prefix(std::min(skipped(rest, stop, " ,"), rest.size()));
    if (word.starts_with("(") && word.size() > 2 && (word[1] == 'V' || word[1] == 'v'))
      word = word.substr(1, word.size() - (word.ends_with(")") ? 2 : 1));
    const bool version = (word[0] == 'V' || word[0] == 'v') && word.size() > 1 && is_digit(word[1]);
    if (version || starts(word, "ed.")) {
      if (same_letters(word, "ed.")) word = rest.substr(0, std::min(rest.find(' '), rest.size()));
      id.edition = word.substr(version ? 1 : starts(word, "ed.") ? 3 : 0);
      break;
    }
    if (word.starts_with("(")) break;
    if (!id.number.empty() && !of_group && is_letter(word[0])) continue;
    if (!id.number.empty()) id.number += ' ';
    id.number += word;
  }
  // "103-645" is no part of 103.
  if (const std::size_t dash = id.number.find('-'); dash == 3 && all_digits(std::string_view(id.number).substr(0, 3)) &&
                                                    id.number.size() >= 7 && all_digits(std::string_view(id.number).substr(4, 3)))
    id.number[dash] = ' ';
  if (const std::size_t slash = id.number.find('/'); slash != std::string::npos) {
    for (const std::string& part : split(id.number.substr(slash), "/")) {
      const auto [word, n] = word_and_number(part);
      const std::string_view kind = supplement_kind(word);
      id.supplements.push_back({kind.empty() ? lower(word) : std::string(kind), n, "", id.edition});
    }
    id.number.erase(slash);
    id.edition.clear();
  }
  return !id.number.empty();
}

// ---------------------------------------------------------------------------------------------------------------- 3GPP

/// "TS 33.501", with ":REL-18/18.2.0" as its portal writes a version or " V18.2.0" as people do; false for anything else.
/// `named`: after "3GPP", where the type may be unsaid and the dot missing.
bool parse_3gpp(Identifier& id, std::string_view text, bool named) {
  const bool ts = starts(text, "ts");
  const bool typed = ts || starts(text, "tr");
  if (!typed && !named) return false;
  std::size_t at = typed ? skipped(text, 2, " -") : 0;
  if (at + 5 > text.size() || !is_digit(text[at]) || !is_digit(text[at + 1])) return false;
  const bool dotted = text[at + 2] == '.' && is_digit(text[at + 3]);
  const bool plain = named && all_digits(text.substr(at, 5)) && (at + 5 == text.size() || !is_digit(text[at + 5]));
  if (!dotted && !plain) return false;
  id.space = NumberSpace::gpp;
  id.type = typed ? ts ? "TS" : "TR" : "";
  const std::size_t end = std::min(text.find_first_of(": /(,", at), text.size());
  id.number = text.substr(at, end - at);
  if (plain) id.number.insert(2, ".");
  // The version is what has two dots; releases follow from it.
  std::string_view release;
  for (std::size_t begin = skipped(text, end, ":/ (),"); begin < text.size();) {
    const std::size_t stop = std::min(text.find_first_of(":/ (),", begin), text.size());
    std::string_view word = text.substr(begin, stop - begin);
    begin = skipped(text, stop, ":/ (),");
    if (starts(word, "rel-")) release = word.substr(4);
    if (same_letters(word, "release") || same_letters(word, "rel"))
      release = letters_at(text, begin).empty()
                    ? text.substr(begin, std::min(text.find_first_of(" ,)", begin), text.size()) - begin)
                    : release;
    if (word.size() > 1 && (word[0] == 'v' || word[0] == 'V')) word.remove_prefix(word[1] == '.' ? 2 : 1);
    if (std::ranges::count(word, '.') == 2 && is_digit(word.front())) id.edition = word;
  }
  if (id.edition.empty() && all_digits(release)) id.edition = release;
  // TR 21.900: 0 is in preparation, 1 was presented for information, 2 for approval; from 3 on a text is under change control.
  if (id.edition.size() > 1 && id.edition[0] <= '2' && id.edition[1] == '.') id.stage = "draft";
  return true;
}

// ----------------------------------------------------------------------------------------------------------------- W3C

constexpr std::array<std::string_view, 12> w3c_drafts{"WD", "LCWD", "FPWD",  "CR",  "CRD", "CRS",
                                                      "PR", "PER",  "DNOTE", "DRY", "CRY", "ED"};
constexpr std::array<std::string_view, 7> w3c_finals{"REC", "NOTE", "STMT", "RY", "SPSD", "OBSL", "RSCND"};

/// "20081126", "960307", "2008-11-26" at the end of a name as "2008-11-26", and where it begins; empty where none is.
std::pair<std::string, std::size_t> w3c_day(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos || dash == 0 || !all_digits(text.substr(dash + 1))) return {};
  std::string day(text.substr(dash + 1));
  if (day.size() == 6 && day.starts_with("9")) day.insert(0, "19");
  if (day.size() != 8 || !is_year(std::string_view(day).substr(0, 4), "1990")) return {};
  return {day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6), dash};
}

/// "WD-xml-20081126", "xml", "webdriver-20180605": the status under which a text came out, its short name and day.
void parse_w3c(Identifier& id, std::string_view text) {
  if (const std::size_t dash = text.find_first_of("- "); dash != std::string_view::npos) {
    const std::string_view status = text.substr(0, dash);
    const std::string_view draft = known_as(status, w3c_drafts);
    id.stage = draft;
    if (!draft.empty() || one_of(status, w3c_finals)) text.remove_prefix(dash + 1);
  }
  if (auto [day, dash] = w3c_day(text); !day.empty()) {
    id.edition = std::move(day);
    text = text.substr(0, dash);
  }
  id.number = text;
}

/// "REC-xml-20081126" without its body's name.
bool looks_like_w3c(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || text.find(' ') != std::string_view::npos) return false;
  const std::string_view status = text.substr(0, dash);
  return (one_of(status, w3c_drafts) || one_of(status, w3c_finals)) && !w3c_day(text.substr(dash + 1)).first.empty();
}

// ---------------------------------------------------------------------------------------------------------------- NIST

/// "SP 800-53r5", "SP 800-53 Rev. 5 (Draft)", "FIPS PUB 140-3", "IR 8477 ipd"; false where no series of NIST begins it.
bool parse_nist(Identifier& id, std::string_view written, bool named) {
  constexpr std::array<std::string_view, 13> series{"SP",  "FIPS", "IR",     "AI",    "CSWP",  "TN", "HB",
                                                    "GCR", "VTS",  "NCSTAR", "NSRDS", "OWMWP", "AMS"};
  const std::string_view lead = letters_at(written, 0);
  std::string_view type = known_as(lead, series);
  std::string_view rest = written.substr(lead.size());
  if (starts(written, "special publication ")) type = "SP", rest = written.substr(20);
  if (starts(written, "interagency report ")) type = "IR", rest = written.substr(19);
  if (starts(written, "federal information processing standard ")) type = "FIPS", rest = written.substr(40);
  if (type.empty() || rest.empty()) return false;
  rest.remove_prefix(skipped(rest, 0, " .-"));
  for (const std::string_view word : {"publication", "pubs", "pub", "no"}) {
    if (starts(rest, word)) rest.remove_prefix(skipped(rest, word.size(), " .-"));
  }
  if (rest.empty() || !is_digit(rest.front()) || (!named && (type == "IR" || type == "AI" || type == "TN" || type == "HB")))
    return false;
  // Others number so too: what nobody calls NIST's has its shape.
  if (!named && type == "SP" && !rest.starts_with("800-") && !rest.starts_with("1800-") && !rest.starts_with("500-") &&
      !rest.starts_with("1500-") && !rest.starts_with("1270"))
    return false;
  if (!named && type != "SP" && type != "FIPS") return false;
  id.space = NumberSpace::nist;
  id.type = type;
  const std::size_t end = std::min(rest.find_first_of(" ,("), rest.size());
  std::string number = lower(rest.substr(0, end));
  const auto is_count = [&](std::size_t place) {
    return place != std::string::npos && place > 0 && all_digits(std::string_view(number).substr(place + 1));
  };
  // "800-53r5", "800-53Ar4".
  if (const std::size_t r = number.rfind('r'); is_count(r)) {
    id.edition = number.substr(r + 1);
    number.erase(r);
  } else if (const std::size_t e = number.rfind('e'); is_count(e) && is_year(std::string_view(number).substr(e + 1))) {
    id.edition = number.substr(e + 1);  // "AI 100-2e2025".
    number.erase(e);
  } else if (type == "FIPS" && number.find('-') != std::string::npos) {
    // The number after the dash counts the revisions.
    id.edition = number.substr(number.rfind('-') + 1);
    number.erase(number.rfind('-'));
  }
  const Words words = split(rest.substr(end), " ,()");
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = lower(words[i]);
    std::string_view count(word);
    for (const std::string_view sign : {"revision", "rev.", "rev", "r", "e"}) {
      if (count.starts_with(sign) && count.size() == word.size()) count.remove_prefix(sign.size());
    }
    const bool sign = count.empty() && i + 1 < words.size() && all_digits(words[i + 1]);
    if (sign) {
      id.edition = words[++i];
    } else if (count.size() < word.size() && all_digits(count)) {
      id.edition = count;
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

void parse_oasis(Identifier& id, std::string_view text) {
  constexpr std::array<std::string_view, 12> stages{"CS",  "CSD", "CSPRD", "COS",   "OS", "PS",
                                                    "PSD", "CN",  "CND",   "CNPRD", "WD", "PSPRD"};
  Words name;
  Words after;
  for (const std::string& word : split(text, "- ")) {
    const auto [letters, number] = word_and_number(word);
    const std::string kind = lower(letters);
    const bool numeric = !number.empty() && number.find_first_not_of("0123456789.") == std::string::npos;
    const std::string_view stage = known_as(letters, stages);
    if (!name.empty() && numeric && id.edition.empty() &&
        (kind == "v" || (kind.empty() && number.find('.') != std::string::npos))) {
      id.edition = number;
    } else if (!name.empty() && !stage.empty()) {
      id.stage = stage == "OS" ? "" : std::string(stage) + number;
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
    } else if (name.empty() && (kind == "standard" || kind == "specification") && number.empty()) {
      continue;  // "OASIS Standard CSAF v2.0".
    } else {
      name.push_back(word);
    }
  }
  name.insert(name.end(), after.begin(), after.end());
  id.number = join(name, "-");
}

// ---------------------------------------------------------------------------------------------------------------- IETF

bool parse_ietf(Identifier& id, std::string_view text) {
  constexpr std::array<std::string_view, 4> serial{"RFC", "BCP", "STD", "FYI"};
  if (const std::string_view series = known_as(text.substr(0, 3), serial); !series.empty()) {
    std::size_t at = skipped(text, 3, " -_#.:");
    if (starts(text.substr(at), "no.")) at = skipped(text, at + 3, " ");
    const std::size_t end = std::min(text.find_first_not_of("0123456789", at), text.size());
    std::string_view number = text.substr(at, end - at);
    // "RFC 8446bis" is what people call the text that will replace it.
    const bool bis = series == "RFC" && end < text.size() && same_letters(text.substr(skipped(text, end, " ")), "bis");
    if (number.empty() || number.size() > 6 || (end < text.size() && !bis)) return false;
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size() - 1));
    id.space = NumberSpace::ietf;
    id.type = series;
    id.number = std::string(number) + (bis ? "bis" : "");
    return true;
  }
  std::string name = lower(text);
  for (const std::string_view label : {"i-d.", "i-d ", "i-d:"}) {
    if (name.starts_with(label))
      name = "draft-" +
             name.substr(skipped(name, label.size(), " ") + (name.find("draft-") == skipped(name, label.size(), " ") ? 6 : 0));
  }
  if (!name.starts_with("draft-") || name.find(' ') != std::string::npos) return false;
  for (const std::string_view ending : {".txt", ".html", ".xml", ".pdf", "-latest"}) {
    if (name.ends_with(ending)) name.erase(name.size() - ending.size());
  }
  id.space = NumberSpace::ietf;
  id.type = "draft";
  id.stage = "draft";
  id.text = name;
  if (name.size() > 3 && name[name.size() - 3] == '-' && all_digits(std::string_view(name).substr(name.size() - 2))) {
    id.edition = name.substr(name.size() - 2);
    name.erase(name.size() - 3);
  }
  id.number = std::move(name);
  return true;
}

/// "X.509", "Y Suppl. 55", "G.7041/Y.1303", "X.sgAIoT": a letter, then a dot and a number or a working name, or a supplement of a
/// series.
bool looks_like_itu_t(std::string_view text) {
  if (text.size() < 3 || !is_letter(text[0])) return false;
  const bool capital = is_capital(text[0]);
  if (text[1] == '.' && is_digit(text[2])) return capital || (text.size() > 3 && is_digit(text[3]));
  if (text[1] == '.' && capital && text.size() > 4 && !is_capital(text[2]) && text.find(' ') == std::string_view::npos) {
    return std::ranges::all_of(text.substr(2),
                               [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; }) &&
           is_letter(text[2]);
  }
  std::size_t at = skipped(text, 1, " .-");
  if (at == 1) return false;
  if (starts(text.substr(at), "series")) at = skipped(text, at + 6, " -");
  const std::string_view word = letters_at(text, at);
  const bool supplement =
      same_letters(word, "suppl") || same_letters(word, "supplement") || same_letters(word, "supp") || same_letters(word, "sup");
  const std::size_t number = skipped(text, at + word.size(), ". -");
  return supplement && number < text.size() && is_digit(text[number]);
}

std::string without(std::string_view text, std::string_view characters) {
  std::string result;
  for (const char c : text) {
    if (characters.find(c) == std::string_view::npos) result += c;
  }
  return result;
}

/// What bodies everywhere write at the end: a year, version, edition or revision. The rest is the number.
void parse_other(Identifier& id, std::string_view text) {
  const auto take = [&](std::size_t from, std::string_view edition) {
    id.edition = edition;
    text = text.substr(0, from);
    while (!text.empty() && (text.back() == ' ' || text.back() == ',')) text.remove_suffix(1);
  };
  const auto counted = [](std::string_view word) {
    return !word.empty() && is_digit(word.front()) && word.find_first_not_of("0123456789.") == std::string_view::npos;
  };
  const auto word_before = [&](std::size_t end) {
    const std::size_t begin = end == std::string_view::npos || end == 0 ? std::string_view::npos : text.rfind(' ', end - 1);
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin + 1, end - begin - 1);
  };
  const std::size_t blank = text.rfind(' ');
  const std::string_view last = blank == std::string_view::npos ? std::string_view() : text.substr(blank + 1);
  const std::string_view word = word_before(blank);
  const std::size_t before = word.empty() ? 0 : blank - word.size() - 1;
  const bool sign = same_letters(word, "ed.") || same_letters(word, "ed") || same_letters(word, "edition") ||
                    same_letters(word, "rev.") || same_letters(word, "rev") || same_letters(word, "version") ||
                    same_letters(word, "revision");
  if (counted(last) && sign) {
    take(before, last);
  } else if (last.size() > 3 && starts(last, "ed.") && counted(last.substr(3))) {
    take(blank, last.substr(3));
  } else if (last.size() > 1 && (last.front() == 'v' || last.front() == 'V') && counted(last.substr(1))) {
    take(blank, last.substr(1));
  } else if (counted(last) && last.find('.') != std::string_view::npos &&
             text.substr(0, blank).find_first_of("0123456789") != std::string_view::npos) {
    take(blank, last);  // "Technical Report #999 1.0".
  } else if (last.size() == 6 && last.front() == '(' && is_year(last.substr(1, 4))) {
    take(blank, last.substr(1, 4));
  } else if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos && is_year(text.substr(colon + 1))) {
    take(colon, text.substr(colon + 1));
  } else if (const std::size_t dash = text.rfind('-');
             dash != std::string_view::npos && dash > 0 && is_digit(text[dash - 1]) && is_year(text.substr(dash + 1))) {
    take(dash, text.substr(dash + 1));  // "GOST R 34.12-2015".
  } else if (is_year(last) && blank > 0 && is_digit(text[blank - 1])) {
    take(blank, last);  // "GOST R 34.12 2015".
  } else if (const std::size_t r = text.find_last_of("rR");
             r != std::string_view::npos && r > 0 && is_digit(text[r - 1]) && all_digits(text.substr(r + 1))) {
    take(r, text.substr(r + 1));  // "12-168r6".
  }
  id.number = text;
}

// ----------------------------------------------------------------------------------------------------------- adoptions

/// Who makes texts of ISO, IEC and ETSI his own, as he writes himself.
bool adopts(std::string_view word) {
  constexpr std::array<std::string_view, 71> adopters{
      "EN",   "PREN",   "FPREN", "CEN", "CLC", "CENELEC", "BS",  "DIN",   "VDE",    "NF",   "UNE", "UNI",  "SS",   "DS",  "NEN",
      "SN",   "SIST",   "PN",    "CSN", "STN", "EVS",     "LVS", "LST",   "SFS",    "NS",   "NBN", "ABNT", "NBR",  "IS",  "SANS",
      "GOST", "R",      "AS",    "NZS", "CAN", "CSA",     "KS",  "X",     "INCITS", "ANSI", "JIS", "Q",    "GB",   "T",   "Z",
      "CNS",  "OENORM", "ONORM", "MSZ", "HRN", "SRPS",    "BDS", "ILNAS", "NTC",    "NMX",  "NCH", "UNIT", "IRAM", "NTP", "NM",
      "NA",   "ELOT",   "CYS",   "IST", "TS",  "TCVN",    "SNI", "MS",    "ST",     "RK",   "TIS"};
  return one_of(word, adopters);
}

/// Where the adopted text's own identifier begins in "DIN EN ISO/IEC 27001", "SS-EN 303 645"; 0 where nothing is adopted.
std::size_t adopted_at(std::string_view text) {
  constexpr std::array<std::string_view, 4> international{"ISO", "IEC", "CISPR", "ETSI"};
  std::size_t at = 0;
  std::size_t words = 0;
  while (at < text.size() && words < 8) {
    const std::string_view word = letters_at(text, at);
    if (words > 0 && one_of(word, international)) return at;
    // A European text that CEN or CENELEC numbers is none of ETSI's.
    if (words > 0 && (same_letters(word, "EN") || same_letters(word, "TS") || same_letters(word, "TR")) &&
        has_etsi_number(text.substr(skipped(text, at + word.size(), " "))))
      return at;
    std::size_t next = at + word.size();
    if (word.empty()) {
      // "CSN" has a hook on its C, and "I.S." dots.
      if (static_cast<unsigned char>(text[at]) < 0x80) return 0;
      while (next < text.size() && text[next] != ' ' && text[next] != '-' && text[next] != '/') ++next;
    } else if (!adopts(word) && !std::ranges::all_of(word, is_capital)) {
      return 0;
    }
    ++words;
    at = skipped(text, next, " /-._");
    if (at == next && at < text.size()) return 0;
  }
  return 0;
}

Identifier parse_once(std::string_view written);

/// The adopted text told, and number, year and amendments of the adopter, who has his own.
void parse_adoption(Identifier& id, std::string_view text, std::size_t at) {
  const Identifier own = parse_once(text.substr(at));
  const std::string_view number = std::string_view(own.number).substr(own.number.starts_with("CISPR ") ? 6 : 0);
  const std::size_t digits = text.find(number, at);
  if (own.space == NumberSpace::other || digits == std::string_view::npos) return parse_other(id, text);
  const std::size_t end = digits + number.size();
  id.number = text.substr(0, end);
  id.adopts = text.substr(at, end - at);
  if (own.space == NumberSpace::etsi && !starts(id.adopts, "etsi")) id.adopts.insert(0, "ETSI ");
  id.edition = own.edition;
  id.supplements = own.supplements;
}

// ------------------------------------------------------------------------------------------------------ whose it is

enum class Family : std::uint8_t { other, itu, iso, ieee, etsi, gpp, w3c, oasis, nist, ietf };

/// Whose rules explain what begins with these letters.
Family family_of(std::string_view letters) {
  constexpr std::array<std::pair<std::string_view, Family>, 24> families{
      {{"ISO", Family::iso},   {"IEC", Family::iso},     {"ITU", Family::itu},    {"ETSI", Family::etsi},
       {"IEEE", Family::ieee}, {"RFC", Family::ietf},    {"W", Family::w3c},      {"OASIS", Family::oasis},
       {"NIST", Family::nist}, {"NISTIR", Family::nist}, {"FIPS", Family::nist},  {"SP", Family::nist},
       {"CISPR", Family::iso}, {"IWA", Family::iso},     {"ISOIEC", Family::iso}, {"ANSI", Family::ieee},
       {"AIEE", Family::ieee}, {"IRE", Family::ieee},    {"IEEEE", Family::ieee}, {"EEE", Family::ieee},
       {"BCP", Family::ietf},  {"STD", Family::ietf},    {"FYI", Family::ietf},   {"IETF", Family::ietf}}};
  const auto found = std::ranges::find_if(families, [&](const auto& f) { return same_letters(f.first, letters); });
  return found == families.end() ? Family::other : found->second;
}

/// "ANSI C63.4" and "ANSI N42.3" are IEEE's; "ANSI/UL 2900-1" and "ANSI X9.62" are others'.
bool is_ansi_of_ieee(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && !is_digit(text[at])) {
    const std::string_view word = letters_at(text, at);
    const std::size_t next = at + word.size();
    if (same_letters(word, "IEEE") || same_letters(word, "USEMCSC")) return true;
    if ((same_letters(word, "C") || same_letters(word, "N") || same_letters(word, "PC") || same_letters(word, "PN") ||
         same_letters(word, "Y")) &&
        next < text.size() && is_digit(text[next]))
      return true;
    if (word.empty() || (!same_letters(word, "ANSI") && !same_letters(word, "STD"))) return false;
    at = skipped(text, next, " /.");
  }
  return false;
}

void parse_iso_family(Identifier& id, std::string_view text) {
  // Joint texts in IEEE's catalogue: "ISO/IEC/IEEE 12207-2017" and "IEC 61671-2012" have a hyphen before their years (no part
  // has the number of a year), "IEC P62582.1/D-4" has a P before its number.
  const std::size_t dash = text.rfind('-');
  const std::size_t project = text.find(" P");
  const bool ieee = text.find(':') == std::string_view::npos &&
                    ((dash != std::string_view::npos && is_year(text.substr(dash + 1, 4), "1960")) ||
                     (text.find("IEEE") != std::string_view::npos &&
                      (text.find('.') != std::string_view::npos || text.find("/D-") != std::string_view::npos)) ||
                     (project != std::string_view::npos && project + 2 < text.size() && is_digit(text[project + 2])));
  if (text.size() > 8 && starts(text.substr(text.size() - 8), " redline"))
    parse_ieee(id, text);
  else
    parse_iso(id, text, ieee);
}

/// False where the text is none of ITU's.
bool parse_itu(Identifier& id, std::string& text) {
  // "ITU-T", "ITU T", "ITUT" and "ITU X.509"; series of two letters and more are ITU-R's.
  std::size_t at = skipped(text, 3, "- ");
  char sector = '\0';
  if (at < text.size() && (text[at] == 'T' || text[at] == 'R' || text[at] == 't' || text[at] == 'r') &&
      (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '-' ||
       (at + 2 < text.size() && is_letter(text[at + 1])))) {
    sector = text[at] == 'T' || text[at] == 't' ? 'T' : 'R';
    at = skipped(text, at + 1, " -");
  } else if (looks_like_itu_t(std::string_view(text).substr(at))) {
    sector = 'T';
  } else if (const std::string_view series = letters_at(text, at);
             series.size() > 1 && series.size() < 4 && at + series.size() + 1 < text.size() && text[at + series.size()] == '.' &&
             is_digit(text[at + series.size() + 1])) {
    sector = 'R';
  }
  if (sector == '\0' || at >= text.size()) return false;
  const std::string rest = text.substr(at);
  id.space = sector == 'T' ? NumberSpace::itu_t : NumberSpace::itu_r;
  if (at != 6 || text[5] != ' ' || !text.starts_with("ITU-")) text = id.text = std::string("ITU-") + sector + " " + rest;
  if (sector == 'T')
    parse_itu_t(id, rest);
  else
    parse_itu_r(id, rest);
  return true;
}

Identifier parse_once(std::string_view written) {
  Identifier id;
  std::string text = body_spelling(written);
  if (const std::size_t bar = text.find('|'); bar != std::string::npos) {
    id.twin = body_spelling(std::string_view(text).substr(bar + 1));
    text = body_spelling(std::string_view(text).substr(0, bar));
  }
  // "Report ITU-R SM.2012".
  if (const std::size_t at = text.find("ITU-R "); at != std::string::npos && at > 0 && at < 12)
    text = text.substr(at, 6) + text.substr(0, at) + text.substr(at + 6);
  id.text = text;
  const bool gpp = starts(text, "3gpp");
  const std::string_view letters = letters_at(text, 0);
  switch (gpp ? Family::gpp : family_of(letters)) {
    case Family::iso: parse_iso_family(id, text); return id;
    case Family::itu:
      if (parse_itu(id, text)) return id;
      break;
    case Family::gpp: {
      const std::string bare = text.substr(skipped(text, 4, " -_"));
      if (parse_3gpp(id, bare, true)) {
        if (!starts(text, "3gpp ")) id.text = "3GPP " + bare;
        return id;
      }
      break;
    }
    case Family::etsi: {
      const std::string_view rest = std::string_view(text).substr(skipped(text, 4, " -_"));
      if (parse_etsi(id, rest, true)) return id;
      id = Identifier();
      id.text = text;
      if (!rest.empty() && is_digit(rest.front())) return parse_other(id, rest), id;
      break;
    }
    case Family::ieee:
      if (same_letters(letters, "ANSI") && !is_ansi_of_ieee(text)) break;
      id.space = NumberSpace::ieee;
      parse_ieee(id, text);
      return id;
    case Family::w3c:
      if (text.size() < 5 || !starts(text, "w3c ")) break;
      id.space = NumberSpace::w3c;
      parse_w3c(id, std::string_view(text).substr(4));
      return id;
    case Family::oasis:
      if (text.size() < 7) break;
      id.space = NumberSpace::oasis;
      parse_oasis(id, std::string_view(text).substr(6));
      return id;
    case Family::nist: {
      const bool named = starts(letters, "nist");
      if (parse_nist(id, std::string_view(text).substr(named ? letters.size() > 4 ? 4 : skipped(text, 4, " .-") : 0), named)) {
        if (!named) id.text = "NIST " + text;
        return id;
      }
      break;
    }
    case Family::ietf:
    case Family::other: break;
  }
  if (parse_ietf(id, starts(text, "ietf ") ? std::string_view(text).substr(5) : std::string_view(text))) {
    if (id.type != "draft") id.text = id.type + " " + id.number;
  } else if (looks_like_itu_t(text)) {
    id.space = NumberSpace::itu_t;
    if (!is_capital(text[0])) text[0] = static_cast<char>(text[0] - 'a' + 'A');
    parse_itu_t(id, text);
    id.text = "ITU-T " + text;
  } else if (parse_3gpp(id, text, false)) {
    id.text = "3GPP " + text;
  } else if (parse_etsi(id, text, false)) {
    id.text = "ETSI " + text;
  } else if (looks_like_w3c(text)) {
    id.space = NumberSpace::w3c;
    id.text = "W3C " + text;
    parse_w3c(id, text);
  } else if (text.size() > 3 && (text[0] == 'P' || text[0] == 'p') && all_digits(std::string_view(text).substr(1, 3)) &&
             text.find(' ') == std::string::npos) {
    id.space = NumberSpace::ieee;
    id.text = "IEEE " + text;
    parse_ieee(id, text);
  } else if (text.find(" IWA ") != std::string::npos) {
    parse_iso(id, text, false);
  } else if (const std::size_t at = adopted_at(text); at > 0) {
    parse_adoption(id, text, at);
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
  for (int round = 0; round < 8 && (round > 0 || id.text != written); ++round) {
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
  std::string key = identity_of(body_of(space));
  switch (space) {
    case NumberSpace::itu_t: return key + " " + itu_number_key(number);
    case NumberSpace::iso:
    case NumberSpace::iec:
      if (own_numbers(type)) key += " " + identity_of(type);
      return key + " " + identity_of(number);
    case NumberSpace::ietf: return key + " " + identity_of(type) + " " + number;
    // Blanks inside numbers are for the eye: EN 303 645 is EN 303645.
    case NumberSpace::etsi: return key + " " + identity_of(type) + " " + without(identity_of(number), " ");
    case NumberSpace::itu_r: return key + (type.empty() ? " " : " " + identity_of(type) + " ") + identity_of(number);
    case NumberSpace::nist:
    case NumberSpace::gpp: return key + " " + identity_of(type) + " " + identity_of(number);
    case NumberSpace::other: return in_latin_letters(identity_of(number));
    default: return key + " " + identity_of(number);
  }
}

std::string Identifier::document() const {
  std::string key = work();
  if ((space == NumberSpace::iso || space == NumberSpace::iec) && !type.empty() && !own_numbers(type))
    key += " " + identity_of(type);
  if (!edition.empty()) key += ":" + edition;
  if (edition.empty() && !counted.empty()) key += " ed. " + counted;
  if (!stage.empty()) key += " " + identity_of(stage);
  for (const SupplementOf& s : supplements) {
    key += "/" + s.kind + identity_of(s.number);
    if (!s.edition.empty()) key += ":" + identity_of(s.edition);
    if (!s.stage.empty()) key += " " + identity_of(s.stage);
  }
  if (!variant.empty()) key += " " + variant;
  return key;
}

bool same_edition(const Identifier& asked, const Identifier& known) {
  if (asked.edition == known.edition) return true;
  if (asked.edition.empty() || known.edition.empty()) return false;
  // A release stands for its versions.
  if (has_releases(known.space) && asked.edition.find('.') == std::string::npos)
    return known.edition.starts_with(asked.edition + ".");
  if (counts_versions(known.space)) return false;
  const std::size_t length = std::min(asked.edition.size(), known.edition.size());
  return length >= 4 && asked.edition.compare(0, length, known.edition, 0, length) == 0;
}

std::vector<std::string> works_meant(std::string_view text) {
  const Identifier id = parse_identifier(text);
  std::vector<std::string> works{id.work()};
  if (!id.adopts.empty()) works.push_back(parse_identifier(id.adopts).work());
  if (id.space == NumberSpace::iec) works.push_back("iso" + works.front().substr(3));
  if (id.space == NumberSpace::gpp && id.type.empty()) {
    works.front() = "3gpp ts " + id.number;
    works.push_back("3gpp tr " + id.number);
  }
  if (id.space != NumberSpace::other) return works;
  const std::string small = lower(id.number);
  // "ECMA 262", "ECMA262" and "ECMA-262"; "IHO S-44" where its catalogue says "S-44".
  const std::size_t letters = letters_at(small, 0).size();
  const std::size_t number_begin = skipped(small, letters, " -_#");
  if (letters > 1 && number_begin < small.size() && is_digit(small[number_begin])) {
    for (const char sign : {'-', ' '}) {
      std::string key = small.substr(0, letters) + sign + small.substr(number_begin);
      if (std::ranges::find(works, key) == works.end()) works.push_back(std::move(key));
    }
  } else if (letters > 1 && letters < small.size() && small[letters] == ' ' && is_letter(small[number_begin]) &&
             small.find_first_of("0123456789") != std::string::npos) {
    works.push_back(small.substr(number_begin));
  }
  // A number alone, as people say it: "27001", "802.11", "303 645", "27001:2022".
  std::string number = small.substr(0, small.find(':'));
  if (number.empty() || !is_digit(number.front())) {
    if (id.adopts.empty()) works.push_back("oasis " + lower(parse_identifier("OASIS " + id.text).number));
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
