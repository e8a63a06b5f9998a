// How people rewrite identifiers: rules that each give another spelling of the same document, or nothing where they do not apply.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "lacuna/identifier.hpp"

namespace lacuna::spelling {

using Written = std::optional<std::string>;

struct Rule {
  std::string_view name;
  Written (*rewrite)(const std::string& written, const Identifier& id);
};

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}
/// Nothing where the rule changes nothing.
inline Written changed(const std::string& before, std::string after) {
  return after == before ? Written() : Written(std::move(after));
}

inline bool is_iso(const Identifier& id) { return id.space == NumberSpace::iso || id.space == NumberSpace::iec; }

/// The blank between the name of a body and the first digit, where nothing else stands between.
inline std::size_t blank_before_number(const std::string& text) {
  const std::size_t digit = text.find_first_of("0123456789");
  return digit != std::string::npos && digit > 1 && text[digit - 1] == ' ' && is_letter(text[digit - 2]) ? digit - 1
                                                                                                         : std::string::npos;
}

/// The year of edition in "27001:2022", "802.11-2020".
inline std::size_t sign_of_year(const std::string& text, const Identifier& id) {
  if (!is_iso(id) && id.space != NumberSpace::ieee) return std::string::npos;
  if (id.edition.size() != 4) return std::string::npos;
  for (const char sign : {':', '-'}) {
    const std::size_t at = text.find(sign + id.edition);
    if (at != std::string::npos) return at;
  }
  return std::string::npos;
}

inline Written wide(const std::string& text, const Identifier&) {
  std::string result;
  for (const char c : text) {
    if (c == ' ') {
      result += "\u3000";
    } else if (c > ' ' && c <= '~') {
      const int code = 0xFF01 + (c - '!');
      result += static_cast<char>(0xE0 | (code >> 12));
      result += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
      result += static_cast<char>(0x80 | (code & 0x3F));
    } else {
      result += c;
    }
  }
  return changed(text, std::move(result));
}

inline Written upper_case(const std::string& text, const Identifier&) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return changed(text, std::move(result));
}

inline Written glued(const std::string& text, const Identifier& id, std::string_view glue) {
  if (id.space == NumberSpace::other || id.space == NumberSpace::oasis || id.space == NumberSpace::w3c ||
      id.space == NumberSpace::itu_r || id.type == "DIR")
    return {};
  const std::size_t blank = blank_before_number(text);
  if (blank == std::string::npos || blank + 2 >= text.size()) return {};
  // Of a group's own letters, none can tell where its number begins.
  if (id.type == "GS" || id.type == "GR" || text.find("JTC") != std::string::npos) return {};
  const std::size_t begin = text.find_last_of(" /", blank - 1) + 1;
  constexpr std::array<std::string_view, 25> bodies{"ISO", "IEC",  "CISPR", "IWA",   "IEEE", "Std", "RFC", "BCP", "STD",
                                                    "FYI", "EN",   "TS",    "TR",    "ES",   "EG",  "SR",  "ETS", "ETR",
                                                    "SP",  "FIPS", "IR",    "Guide", "PAS",  "DIS", "FDIS"};
  if (std::ranges::find(bodies, std::string_view(text).substr(begin, blank - begin)) == bodies.end()) return {};
  return replaced(text.substr(0, blank + 1), text.substr(0, blank + 1), text.substr(0, blank) + std::string(glue)) +
         text.substr(blank + 1);
}

inline Written headed(const std::string& text, const Identifier& id) {
  switch (id.space) {
    case NumberSpace::itu_t: return "Recommendation " + text;
    case NumberSpace::itu_r: return id.type.empty() ? Written("Rec. " + text) : Written();
    case NumberSpace::iso:
    case NumberSpace::iec: return "International Standard " + text;
    case NumberSpace::ietf: return "see " + text;
    case NumberSpace::gpp:
    case NumberSpace::etsi:
    case NumberSpace::nist: return "the " + text;
    default: return {};
  }
}

inline Written renamed(const std::string& text, const Identifier& id, std::string_view itu, std::string_view iso,
                       std::string_view iec) {
  if (id.space == NumberSpace::itu_t || id.space == NumberSpace::itu_r)
    return text.starts_with("ITU-") ? Written(std::string(itu) + text.substr(3)) : Written();
  if (!is_iso(id) || text.find("IEEE") != std::string::npos) return {};
  return changed(text, replaced(replaced(text, "ISO", iso), "IEC", iec));
}

/// Editions and amendments in words.
inline Written in_words(const std::string& text, const Identifier& id) {
  if (id.space == NumberSpace::etsi && !id.edition.empty() && id.base()) return changed(text, replaced(text, " V", " version "));
  if (id.space == NumberSpace::gpp && !id.edition.empty())
    return fmt::format("3GPP {} {} version {} Release {}", id.type, id.number, id.edition,
                       id.edition.substr(0, id.edition.find('.')));
  if (id.space == NumberSpace::nist && !id.edition.empty() && id.type == "SP" && id.edition.size() < 3)
    return fmt::format("NIST Special Publication {}, Revision {}", id.number, id.edition);
  if (const std::size_t ed = text.find(" ed. "); ed != std::string::npos && text.find('.', ed + 4) == std::string::npos) {
    const std::string n = text.substr(ed + 5);
    if (n.find_first_not_of("0123456789") != std::string::npos) return {};
    const std::string_view ending = n.ends_with("11") || n.ends_with("12") || n.ends_with("13") ? "th"
                                    : n.ends_with('1')                                          ? "st"
                                    : n.ends_with('2')                                          ? "nd"
                                    : n.ends_with('3')                                          ? "rd"
                                                                                                : "th";
    return fmt::format("{}, {}{} edition", text.substr(0, ed), n, ending);
  }
  return {};
}

inline Written amendment_in_words(const std::string& text, const Identifier& id) {
  if (!is_iso(id) || id.supplements.size() != 1 || !id.variant.empty()) return {};
  const SupplementOf& s = id.supplements.front();
  const std::size_t slash = text.rfind('/');
  if (slash == std::string::npos || !id.stage.empty() || !s.stage.empty() || s.edition.size() != 4 ||
      (s.kind != "amd" && s.kind != "cor") || s.number.empty())
    return {};
  return fmt::format("{}, {} {} ({})", text.substr(0, slash), s.kind == "amd" ? "Amendment" : "Technical Corrigendum", s.number,
                     s.edition);
}

inline Written address(const std::string& text, const Identifier& id) {
  switch (id.space) {
    case NumberSpace::ietf:
      if (id.type == "draft")
        return fmt::format("https://datatracker.ietf.org/doc/{}/", id.number) + (id.edition.empty() ? "" : id.edition + "/");
      return fmt::format("https://www.rfc-editor.org/info/{}{}", lower(id.type), id.number);
    case NumberSpace::itu_t:
      if (!id.base() || id.edition.size() != 7 || !id.type.empty() || id.number.find_first_of("/ ") != std::string::npos ||
          id.number.size() < 3 || id.number[1] != '.')
        return {};
      return fmt::format("https://www.itu.int/rec/T-REC-{}-{}{}-I/en", id.number, id.edition.substr(0, 4), id.edition.substr(5));
    case NumberSpace::itu_r:
      if (!id.type.empty() || id.edition.empty() || id.number.find('.') == std::string::npos ||
          id.number.find('-') != std::string::npos)
        return {};
      return fmt::format("http://www.itu.int/rec/R-REC-{}-{}-201509-I/en", id.number, id.edition);
    case NumberSpace::iso:
    case NumberSpace::iec: {
      if (!id.base() || !id.stage.empty() || !id.variant.empty() || id.edition.size() != 4 ||
          id.number.find(' ') != std::string::npos)
        return {};
      const std::size_t digit = text.find_first_of("0123456789");
      std::string body = lower(text.substr(0, text.find_last_of(" ", digit)));
      if (body.find(' ') != std::string::npos || (!id.type.empty() && body.find('/') != std::string::npos)) return {};
      std::ranges::replace(body, '/', '-');
      return fmt::format("urn:iso:std:{}:{}:{}", body, id.number, id.edition);
    }
    case NumberSpace::etsi: {
      std::string digits = replaced(id.number, " ", "");
      int a = 0;
      int b = 0;
      int c = 0;
      if (!id.base() || digits.size() != 6 || !is_digit(digits[0]) ||
          std::sscanf(id.edition.c_str(), "%d.%d.%d", &a, &b, &c) != 3)
        return {};
      const std::string type = lower(id.type);
      return fmt::format(
          "https://www.etsi.org/deliver/etsi_{0}/{1}00_{1}99/{2}/{3:02}.{4:02}.{5:02}_60/{0}_{2}v{3:02}{4:02}{5:02}p.pdf", type,
          digits.substr(0, 4), digits, a, b, c);
    }
    case NumberSpace::w3c:
      return text.starts_with("W3C ") && text.find('/') == std::string::npos
                 ? Written(fmt::format("https://www.w3.org/TR/{}/", text.substr(4)))
                 : Written();
    case NumberSpace::nist: {
      if (!id.base() || !id.stage.empty() || id.number.find(' ') != std::string::npos) return {};
      const std::string edition = id.edition.empty()       ? ""
                                  : id.type == "FIPS"      ? "-" + id.edition
                                  : id.edition.size() == 4 ? "e" + id.edition
                                                           : "r" + id.edition;
      return fmt::format("https://doi.org/10.6028/NIST.{}.{}{}", id.type, id.number, edition);
    }
    case NumberSpace::gpp: {
      int a = 0;
      int b = 0;
      int c = 0;
      if (id.number.size() != 6 || !is_digit(id.number.back()) || std::sscanf(id.edition.c_str(), "%d.%d.%d", &a, &b, &c) != 3 ||
          a > 35 || b > 35 || c > 35)
        return {};
      const auto sign = [](int n) { return static_cast<char>(n < 10 ? '0' + n : 'a' + n - 10); };
      return fmt::format("https://www.3gpp.org/ftp/Specs/archive/{}_series/{}/{}-{}{}{}.zip", id.number.substr(0, 2), id.number,
                         replaced(id.number, ".", ""), sign(a), sign(b), sign(c));
    }
    default: return {};
  }
}

inline Written without_body(const std::string& text, const Identifier& id) {
  for (const std::string_view body : {"ITU-T ", "3GPP ", "NIST ", "ETSI ", "IETF "}) {
    if (!text.starts_with(body)) continue;
    const bool own = id.space == NumberSpace::itu_t  ? text.size() > 9 && text[7] == '.' && is_digit(text[8])
                     : id.space == NumberSpace::nist ? id.number.starts_with("800-") || id.type == "FIPS"
                     : id.space == NumberSpace::etsi
                         ? replaced(id.number, " ", "").find_first_not_of("0123456789-") == std::string::npos &&
                               is_digit(id.number[0]) && id.number.size() >= 6
                         : true;
    return own ? Written(text.substr(body.size())) : Written();
  }
  return {};
}

inline constexpr std::array<Rule, 24> rules{{
    {"lower case", [](const std::string& t, const Identifier&) { return changed(t, lower(t)); }},
    {"upper case", upper_case},
    {"no-break spaces", [](const std::string& t, const Identifier&) { return changed(t, replaced(t, " ", "\u00A0")); }},
    {"blanks twice and around",
     [](const std::string& t, const Identifier&) { return changed(t, "  " + replaced(t, " ", "  ") + " "); }},
    {"en dashes", [](const std::string& t, const Identifier&) { return changed(t, replaced(t, "-", "\u2013")); }},
    {"no-break hyphens", [](const std::string& t, const Identifier&) { return changed(t, replaced(t, "-", "\u2011")); }},
    {"minus signs", [](const std::string& t, const Identifier&) { return changed(t, replaced(t, "-", "\u2212")); }},
    {"wide signs", wide},
    {"square brackets",
     [](const std::string& t, const Identifier&) {
       return t.find_first_of("[]") == std::string::npos ? Written("[" + t + "]") : Written();
     }},
    {"quotes and a comma", [](const std::string& t, const Identifier&) { return Written("\u201C" + t + "\u201D,"); }},
    {"zero-width space and registered sign",
     [](const std::string& t, const Identifier&) {
       const std::size_t blank = t.find(' ');
       return blank == std::string::npos ? Written() : Written(t.substr(0, blank) + "\u200B" + t.substr(blank) + "\u00AE");
     }},
    {"no blank before the number", [](const std::string& t, const Identifier& id) { return glued(t, id, ""); }},
    {"a hyphen before the number", [](const std::string& t, const Identifier& id) { return glued(t, id, "-"); }},
    {"blanks around slashes and colons",
     [](const std::string& t, const Identifier&) { return changed(t, replaced(replaced(t, "/", " / "), ":", " : ")); }},
    {"year in brackets",
     [](const std::string& t, const Identifier& id) {
       const std::size_t at = sign_of_year(t, id);
       if (at == std::string::npos || (at + 5 < t.size() && t[at + 5] != '/' && t[at + 5] != '+')) return Written();
       return Written(fmt::format("{} ({}){}", t.substr(0, at), id.edition, t.substr(at + 5)));
     }},
    {"sign of language",
     [](const std::string& t, const Identifier& id) {
       return is_iso(id) && id.variant.empty() && !id.edition.empty() ? Written(t + "(E)") : Written();
     }},
    {"words in front", headed},
    {"French names", [](const std::string& t, const Identifier& id) { return renamed(t, id, "UIT", "ISO", "CEI"); }},
    {"Russian names",
     [](const std::string& t, const Identifier& id) {
       return renamed(t, id, "\u041C\u0421\u042D", "\u0418\u0421\u041E", "\u041C\u042D\u041A");
     }},
    {"edition in words", in_words},
    {"amendment in words", amendment_in_words},
    {"address, DOI or URN", address},
    {"no name of the body", without_body},
    {"adopted by DIN EN",
     [](const std::string& t, const Identifier& id) {
       const bool plain = is_iso(id) && id.base() && id.stage.empty() && id.variant.empty() && t.starts_with("I") &&
                          t.find("IEEE") == std::string::npos && id.type != "IWA" && id.type != "DIR";
       return plain ? Written("DIN EN " + t) : Written();
     }},
}};

/// Whether a spelling leads to the document that an identifier names; one of who adopts it to its work.
inline bool leads_back(const std::string& spelled, const Identifier& id) {
  const Identifier again = parse_identifier(spelled);
  if (again.document() == id.document()) return true;
  if (!again.adopts.empty()) return parse_identifier(again.adopts).work() == id.work();
  const std::vector<std::string> works = works_meant(spelled);
  return std::ranges::find(works, id.work()) != works.end() && same_edition(again, id) && again.supplements == id.supplements &&
         lower(again.stage) == lower(id.stage);
}

}  // namespace lacuna::spelling
