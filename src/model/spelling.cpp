#include "model/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace lacuna {

std::optional<char> plain_sign(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return static_cast<char>(c - 0xFF01 + 0x21);  // Wide forms.
  if ((c >= 0x2000 && c <= 0x200A) || c == 0xA0 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x2028 || c == 0x2029)
    return ' ';
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2043 || c == 0xFE58 || c == 0xFE63) return '-';
  if (c == 0x2044 || c == 0x2215 || c == 0x29F8) return '/';
  if (c == 0x2236 || c == 0xA789) return ':';
  if (c == 0x3001 || c == 0x201A) return ',';
  if (c == 0x2018 || c == 0x2019 || c == 0x2032) return '\'';
  if (c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB) return '"';
  if (c == 0x3010 || c == 0x3014) return '[';
  if (c == 0x3011 || c == 0x3015) return ']';
  const bool unseen = c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0x2060 ||
                      (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == 0xAE || c == 0xA9 || c == 0x2122;
  return unseen ? std::optional('\0') : std::nullopt;
}

std::string in_latin_letters(std::string_view text) {
  constexpr std::array<std::string_view, 32> latin{"A", "B",  "V",  "G",   "D", "E", "Zh", "Z", "I",  "J", "K",
                                                   "L", "M",  "N",  "O",   "P", "R", "S",  "T", "U",  "F", "Kh",
                                                   "C", "Ch", "Sh", "Shh", "",  "Y", "",   "E", "Yu", "Ya"};
  std::string result;
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      result += text.front();
      text.remove_prefix(1);
      continue;
    }
    const char32_t c = next_code_point(text);
    if (c >= 0x410 && c <= 0x42F)
      result += latin[c - 0x410];
    else if (c >= 0x430 && c <= 0x44F)
      result += lower(latin[c - 0x430]);
    else if (c == 0x401 || c == 0x451)
      result += c == 0x401 ? 'E' : 'e';
    else if (c == 0x406 || c == 0x456)
      result += c == 0x406 ? 'I' : 'i';
    else
      append_utf8(result, c);
  }
  return result;
}

namespace {

using Parts = std::vector<std::string_view>;

Parts parted(std::string_view text, std::string_view separators) {
  Parts parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool only_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

/// `text` begins with `prefix`, which is in lower case; ASCII letters in any case.
bool begins(std::string_view text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  for (std::size_t i = 0; i < prefix.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (c != prefix[i]) return false;
  }
  return true;
}
bool same(std::string_view text, std::string_view small) { return text.size() == small.size() && begins(text, small); }

// ---------------------------------------------------------------------------------------------------------------- signs

/// Signs as on a plain keyboard, single blanks, none around "/" and before ":"; brackets and quotes around the whole taken off.
std::string with_plain_signs(std::string_view written) {
  std::string text;
  text.reserve(written.size());
  const bool opened = written.find('[') != std::string_view::npos;
  const bool spaced = written.find("- ") != std::string_view::npos;  // A dash between words parts them.
  const auto put = [&](char c) {
    if (static_cast<unsigned char>(c) <= ' ') c = ' ';
    if (c == ']' && !opened) return;  // What was cut off with its bracket.
    if (c == '[') c = '(';
    if (c == ']') c = ')';
    if (c == ' ' && (text.empty() || text.back() == ' ' || text.back() == '/')) return;
    if ((c == '/' || c == ':' || c == ')' || (c == '-' && !spaced)) && !text.empty() && text.back() == ' ') text.pop_back();
    if (is_digit(c) && text.ends_with(": ")) text.pop_back();
    text += c;
  };
  for (std::size_t i = 0; i < written.size();) {
    if (static_cast<unsigned char>(written[i]) < 0x80) {
      put(written[i++]);
      continue;
    }
    std::string_view rest = written.substr(i);
    const char32_t c = next_code_point(rest);
    const std::size_t end = written.size() - rest.size();
    if (const auto sign = plain_sign(c); !sign) {
      text.append(written.substr(i, end - i));
    } else if (*sign != '\0') {
      put(*sign);
    }
    i = end;
  }
  const auto trim = [&] {
    while (!text.empty() && std::string_view(" .,;:").find(text.back()) != std::string_view::npos) text.pop_back();
    std::size_t begin = 0;
    while (begin < text.size() && std::string_view(" ,;:#").find(text[begin]) != std::string_view::npos) ++begin;
    if (begin > 0) text.erase(0, begin);
  };
  trim();
  const auto enclosed = [&] {
    int depth = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
      if (depth == 0) return false;
    }
    return text.back() == ')';
  };
  while (text.size() > 2 && (enclosed() || (text.front() == '"' && text.back() == '"') ||
                             (text.front() == '\'' && text.back() == '\'') || (text.front() == '<' && text.back() == '>'))) {
    text = text.substr(1, text.size() - 2);
    trim();
  }
  return text;
}

// ------------------------------------------------------------------------------------------------- addresses, DOI, URN

/// Without ".html" and the like.
std::string_view stem_of(std::string_view file) {
  for (const std::string_view ending : {".html", ".htm", ".txt", ".pdf", ".xml", ".docx", ".doc", ".zip", ".json"}) {
    if (file.size() > ending.size() && same(file.substr(file.size() - ending.size()), ending))
      return file.substr(0, file.size() - ending.size());
  }
  return file;
}

/// "201910" as "10/2019".
std::string month_and_year(std::string_view digits) { return fmt::format("{}/{}", digits.substr(4, 2), digits.substr(0, 4)); }

/// "T-REC-X.509-201910-I!Cor1", "R-REC-M.2083-0-201509-I", "R-REP-SM.2012".
std::string from_itu(const Parts& parts) {
  for (const std::string_view part : parts) {
    const bool t = begins(part, "t-rec-");
    const bool report = begins(part, "r-rep-");
    if (!t && !report && !begins(part, "r-rec-")) {
      if (part.size() > 2 && is_letter(part[0]) && part[1] == '.' && is_digit(part[2]))
        return "ITU-T " + upper(part.substr(0, 1)) + std::string(part.substr(1));
      continue;
    }
    const std::size_t mark = std::min(part.find('!'), part.size());
    const Parts words = parted(part.substr(6, mark - 6), "-");
    if (words.empty()) continue;
    std::string text(words[0]);
    std::string date;
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (only_digits(words[i]) && words[i].size() == 6 && date.empty())
        date = t ? fmt::format(" ({})", month_and_year(words[i])) : "";
      else if (only_digits(words[i]) && words[i].size() < 3)
        text += fmt::format("-{}", words[i]);
    }
    if (const std::size_t sup = lower(text).find(".sup"); sup != std::string::npos) {
      const std::size_t number = text.find_first_of("0123456789", sup);
      if (number != std::string::npos) text = fmt::format("{} Suppl. {}", text.substr(0, sup), text.substr(number));
    }
    text = (t ? "ITU-T " : report ? "ITU-R Report " : "ITU-R ") + text;
    const std::string_view after = mark < part.size() ? part.substr(mark + 1) : std::string_view();
    const std::string_view kind = after.substr(0, std::min(after.find_first_of("0123456789!"), after.size()));
    if (same(kind, "cor") || same(kind, "amd") || same(kind, "err")) {
      const std::size_t end = std::min(after.find('!'), after.size());
      text += fmt::format(" {}. {}", kind, after.substr(kind.size(), end - kind.size()));
    }
    return text + date;
  }
  return {};
}

std::string from_ietf(const Parts& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string_view part = stem_of(parts[i]);
    if (begins(part, "draft-")) {
      const bool version = i + 1 < parts.size() && parts[i + 1].size() == 2 && only_digits(parts[i + 1]);
      return std::string(part) + (version ? "-" + std::string(parts[i + 1]) : "");
    }
    for (const std::string_view series : {"rfc", "bcp", "std", "fyi"}) {
      if (begins(part, series) && only_digits(part.substr(3))) return fmt::format("{} {}", upper(series), part.substr(3));
    }
  }
  return {};
}

/// "en_303645v020101p", "ts_10322102v010101p" with its part, "gs_NFV-SEC013v030101p".
std::string from_etsi(const Parts& parts) {
  if (parts.empty()) return {};
  std::string_view file = stem_of(parts.back());
  const std::size_t low = file.find('_');
  const std::size_t v = file.rfind('v');
  if (low == std::string_view::npos || v == std::string_view::npos || v < low || file.size() < v + 7 ||
      !only_digits(file.substr(v + 1, 6)))
    return {};
  const auto two = [&](std::size_t at) { return (file[at] - '0') * 10 + file[at + 1] - '0'; };
  std::string number(file.substr(low + 1, v - low - 1));
  if (only_digits(number) && number.size() > 6) {
    std::string parts_of_it;
    for (std::size_t at = 6; at + 1 < number.size(); at += 2)
      parts_of_it += fmt::format("-{}", (number[at] - '0') * 10 + number[at + 1] - '0');
    number = number.substr(0, 6) + parts_of_it;
  }
  if (only_digits(number.substr(0, 6)) && number.size() >= 6) {
    number.insert(3, " ");
  } else if (const std::size_t digit = number.find_first_of("0123456789"); digit != std::string::npos && digit > 0) {
    number.insert(digit, " ");
  }
  return fmt::format("ETSI {} {} V{}.{}.{}", upper(file.substr(0, low)), number, two(v + 1), two(v + 3), two(v + 5));
}

std::string from_w3c(const Parts& parts) {
  const auto tr = std::ranges::find_if(parts, [](std::string_view p) { return same(p, "tr"); });
  if (tr == parts.end() || tr + 1 == parts.end()) return {};
  const std::string_view next = *(tr + 1);
  if (next.size() == 4 && only_digits(next)) return tr + 2 == parts.end() ? std::string() : fmt::format("W3C {}", *(tr + 2));
  return fmt::format("W3C {}", next);
}

/// "NIST.SP.800-53r5.pdf", "pubs/sp/800/53/r5/upd1/final", "publications/detail/sp/800-53/rev-5/final".
std::string from_nist(const Parts& parts) {
  for (const std::string_view part : parts) {
    if (begins(part, "nist.")) return std::string(stem_of(part));
  }
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const std::string_view series = parts[i];
    if (!same(series, "sp") && !same(series, "fips") && !same(series, "ir") && !same(series, "nistir") && !same(series, "ai") &&
        !same(series, "cswp") && !same(series, "tn"))
      continue;
    if (!is_digit(parts[i + 1].front())) continue;
    std::string text = fmt::format("NIST {} {}", upper(begins(series, "nist") ? series.substr(4) : series), parts[i + 1]);
    std::size_t at = i + 2;
    if (text.find('-') == std::string::npos && at < parts.size() && is_digit(parts[at].front()))
      text += fmt::format("-{}", parts[at++]);
    for (; at < parts.size(); ++at) {
      std::string_view word = parts[at];
      if (begins(word, "rev-"))
        word.remove_prefix(4), text += fmt::format(" Rev. {}", word);
      else if (begins(word, "r") && only_digits(word.substr(1)))
        text += fmt::format(" Rev. {}", word.substr(1));
      else if (begins(word, "e2") && only_digits(word.substr(1)))
        text += word;
      else if (begins(word, "upd") || word.ends_with("pd"))
        text += fmt::format(" {}", word);
    }
    return text;
  }
  return {};
}

/// "33_series/33.501/33501-i20.zip", whose version is in base 36, and "dynareport/33501.htm"; whether a specification or a report
/// is not said.
std::string from_3gpp(const Parts& parts) {
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const std::string_view file = stem_of(*part);
    const std::size_t dash = std::min(file.find('-'), file.size());
    std::string number(file.substr(0, dash));
    if (number.size() == 5 && only_digits(number)) number.insert(2, ".");
    if (number.size() < 6 || number[2] != '.' || !only_digits(number.substr(0, 2)) || !only_digits(number.substr(3))) continue;
    const std::string_view code = dash < file.size() ? file.substr(dash + 1) : std::string_view();
    const auto value = [](char c) { return is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10; };
    if (code.size() == 3 && std::ranges::all_of(code, [](char c) { return is_digit(c) || is_letter(c); }))
      return fmt::format("3GPP {} V{}.{}.{}", number, value(code[0]), value(code[1]), value(code[2]));
    return "3GPP " + number;
  }
  return {};
}

std::string from_ieee(const Parts& parts) {
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (!same(parts[i], "standard") && !same(parts[i], "ieee") && !same(parts[i], "project")) continue;
    std::string number(stem_of(parts[i + 1]));
    std::ranges::replace(number, '_', '.');
    if (number.find_first_of("0123456789") != std::string::npos) return "IEEE " + number;
  }
  return {};
}

/// "iso:std:iso-iec:27001:ed-3:v1:en", RFC 5141; IEC writes the date behind the number.
std::string from_iso_urn(const Parts& parts) {
  std::size_t at = 0;
  while (at < parts.size() && !same(parts[at], "std")) ++at;
  if (++at + 1 >= parts.size()) return {};
  std::string text = upper(parts[at++]);
  std::ranges::replace(text, '-', '/');
  if (is_letter(parts[at].front()) && at + 1 < parts.size()) text += fmt::format(" {}", upper(parts[at++]));
  text += fmt::format(" {}", parts[at++]);
  std::string edition;
  for (; at < parts.size(); ++at) {
    const std::string_view part = parts[at];
    if (part.size() > 1 && part[0] == '-' && is_digit(part[1]) && edition.empty()) {
      text += part;
    } else if (begins(part, "ed-")) {
      edition = fmt::format(" ed. {}", part.substr(3));
    } else if (part.size() >= 4 && only_digits(part.substr(0, 4)) && edition.empty()) {
      edition = fmt::format(":{}", part.substr(0, 4));
    } else if (same(part, "amd") || same(part, "cor") || same(part, "add")) {
      const bool year = at + 1 < parts.size() && only_digits(parts[at + 1]);
      const std::size_t v = at + (year ? 2 : 1);
      const std::string_view number = v < parts.size() && begins(parts[v], "v") ? parts[v].substr(1) : "1";
      edition += fmt::format("/{} {}{}{}", part, number, year ? ":" : "", year ? parts[at + 1] : "");
      break;
    }
  }
  return text + edition;
}

/// The identifier that an address, DOI or URN holds; nothing where it is none or holds none.
std::string from_address(std::string_view text) {
  if (text.find(' ') != std::string_view::npos || text.size() < 8) return {};
  bool address = false;
  for (const std::string_view scheme : {"https://", "http://", "ftp://"}) {
    if (begins(text, scheme)) text.remove_prefix(scheme.size()), address = true;
  }
  if (begins(text, "www.")) text.remove_prefix(4), address = true;
  if (begins(text, "urn:")) text.remove_prefix(4);
  if (begins(text, "dx.doi.org/")) text.remove_prefix(3);
  for (const std::string_view sign : {"doi.org/", "doi:", "doi "}) {
    if (begins(text, sign)) text.remove_prefix(sign.size());
  }
  if (begins(text, "10.6028/") || begins(text, "10.17487/")) {
    text.remove_prefix(text.find('/') + 1);
    return std::string(text);
  }
  if (begins(text, "iso:std:") || begins(text, "iec:std:")) return from_iso_urn(parted(text, ":"));
  if (begins(text, "ietf:")) {
    const Parts parts = parted(text.substr(5), ":");
    if (parts.size() < 2) return {};
    return same(parts[0], "id") ? std::string(parts[1]) : fmt::format("{} {}", upper(parts[0]), parts[1]);
  }
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {};
  const std::string host = lower(text.substr(0, slash));
  const Parts parts = parted(text.substr(slash + 1), "/?&=#");
  const auto at = [&](std::string_view name) {
    return host.ends_with(name) && (host.size() == name.size() || host[host.size() - name.size() - 1] == '.');
  };
  if (at("itu.int")) return from_itu(parts);
  if (at("ietf.org") || at("rfc-editor.org")) return from_ietf(parts);
  if (at("etsi.org")) return from_etsi(parts);
  if (at("w3.org")) return from_w3c(parts);
  if (at("nist.gov")) return from_nist(parts);
  if (at("3gpp.org")) return from_3gpp(parts);
  if (at("ieee.org")) return from_ieee(parts);
  if (at("oasis-open.org") && !parts.empty()) {
    const std::string_view file = stem_of(parts.back());
    return file.find("-v") == std::string_view::npos ? std::string() : fmt::format("OASIS {}", file);
  }
  if (at("iso.org")) {
    for (const std::string_view part : parts) {
      if (begins(part, "iso:std:")) return from_iso_urn(parted(part, ":"));
    }
  }
  if (at("ecma-international.org") || address) {
    for (const std::string_view part : parts) {
      if (begins(part, "ecma-") && part.size() > 5 && is_digit(part[5])) return upper(stem_of(part));
    }
  }
  return {};
}

// ---------------------------------------------------------------------------------------------------------------- words

/// Bodies by their names in other languages and their old ones.
void name_bodies_in_english(std::string& text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> names{{{"МСЭ-Т", "ITU-T"},
                                                                                 {"МСЭ-T", "ITU-T"},
                                                                                 {"МСЭ-Р", "ITU-R"},
                                                                                 {"МСЭ-R", "ITU-R"},
                                                                                 {"ИСО", "ISO"},
                                                                                 {"МЭК", "IEC"},
                                                                                 {"Рекомендация", "Recommendation"},
                                                                                 {"Рекомендации", "Recommendation"},
                                                                                 {"Дополнение", "Supplement"},
                                                                                 {"国际电联", "ITU"},
                                                                                 {"建议书", ""},
                                                                                 {"UIT-", "ITU-"},
                                                                                 {"UIT ", "ITU "},
                                                                                 {"CCITT", "ITU-T"},
                                                                                 {"CCIR", "ITU-R"},
                                                                                 {"CEI", "IEC"}}};
  bool itu = false;
  for (const auto& [from, to] : names) {
    const bool latin = static_cast<unsigned char>(from.front()) < 0x80;
    for (std::size_t at = 0; at + from.size() <= text.size(); ++at) {
      const bool here =
          latin ? begins(std::string_view(text).substr(at), lower(from)) : std::string_view(text).substr(at).starts_with(from);
      if (!here) continue;
      const std::size_t end = at + from.size();
      const bool whole = (at == 0 || !is_letter(text[at - 1])) &&
                         (from.back() == '-' || from.back() == ' ' || end == text.size() || !is_letter(text[end]));
      if (latin && !whole) continue;
      text.replace(at, from.size(), to);
      itu = itu || to.starts_with("ITU");
    }
  }
  if (!itu) return;
  // A series in Cyrillic letters that look like Latin ones: "МСЭ-Т Х.509".
  constexpr std::array<std::pair<std::string_view, char>, 12> looks{{{"А", 'A'},
                                                                     {"В", 'B'},
                                                                     {"Е", 'E'},
                                                                     {"К", 'K'},
                                                                     {"М", 'M'},
                                                                     {"Н", 'H'},
                                                                     {"О", 'O'},
                                                                     {"Р", 'P'},
                                                                     {"С", 'C'},
                                                                     {"Т", 'T'},
                                                                     {"У", 'Y'},
                                                                     {"Х", 'X'}}};
  for (const auto& [letter, same_look] : looks) {
    if (const std::size_t at = text.find(std::string(letter) + "."); at != std::string::npos)
      text.replace(at, letter.size(), 1, same_look);
  }
}

/// Words that say what kind of thing follows.
bool leads(std::string_view word) {
  while (!word.empty() && (word.back() == '.' || word.back() == ':' || word.back() == ',')) word.remove_suffix(1);
  constexpr std::array<std::string_view, 24> words{"recommendation",
                                                   "recommandation",
                                                   "recomendacion",
                                                   "recomendación",
                                                   "recommendations",
                                                   "rec",
                                                   "draft",
                                                   "new",
                                                   "revised",
                                                   "standard",
                                                   "international",
                                                   "norme",
                                                   "norma",
                                                   "internationale",
                                                   "internacional",
                                                   "publication",
                                                   "document",
                                                   "the",
                                                   "see",
                                                   "also",
                                                   "internet-draft",
                                                   "specification",
                                                   "normes",
                                                   "cf"};
  return std::ranges::any_of(words, [&](std::string_view w) { return same(word, w); });
}

/// Whether a body or a Recommendation's number begins here.
bool names_document(std::string_view text) {
  if (text.size() > 2 && is_capital(text[0]) && text[1] == '.' && (is_digit(text[2]) || is_letter(text[2]))) return true;
  constexpr std::array<std::string_view, 27> bodies{"itu",    "iso",  "iec",  "ieee", "etsi", "rfc",   "bcp",   "std",  "fyi",
                                                    "draft-", "3gpp", "w3c",  "nist", "fips", "oasis", "cispr", "ecma", "en ",
                                                    "ts ",    "tr ",  "din ", "bs ",  "nf ",  "gost",  "ansi",  "sp 8", "iwa"};
  return std::ranges::any_of(bodies, [&](std::string_view b) { return begins(text, b); });
}

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_letter(text[end]) || static_cast<unsigned char>(text[end]) >= 0x80)) ++end;
  return text.substr(at, end - at);
}

/// The number at a place, behind ".", "-", blanks and "no.": digits and dots, at most one of which is not followed by a digit.
std::pair<std::string_view, std::size_t> number_at(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '.' || text[at] == '-' || text[at] == '#')) ++at;
  std::size_t end = at;
  while (end < text.size() && (is_digit(text[end]) || (text[end] == '.' && end + 1 < text.size() && is_digit(text[end + 1]))))
    ++end;
  return {text.substr(at, end - at), end};
}

int counted_by(std::string_view word) {
  constexpr std::array<std::string_view, 20> ordinals{"first",     "second",      "third",      "fourth",     "fifth",
                                                      "sixth",     "seventh",     "eighth",     "ninth",      "tenth",
                                                      "eleventh",  "twelfth",     "thirteenth", "fourteenth", "fifteenth",
                                                      "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"};
  for (std::size_t i = 0; i < ordinals.size(); ++i) {
    if (same(word, ordinals[i])) return static_cast<int>(i) + 1;
  }
  return 0;
}

bool is_edition_word(std::string_view word) {
  return same(word, "ed") || same(word, "edn") || same(word, "edition") || same(word, "édition") || same(word, "ausgabe") ||
         same(word, "edición") || same(word, "edicion");
}

/// Editions, versions, revisions and parts that are spelled out, as signs; behind the first digit or the name of a body.
void shorten_words(std::string& text) {
  const std::size_t digit = text.find_first_of("0123456789");
  if (digit == std::string::npos) return;
  for (std::size_t at = text.find_first_of(" ,(", std::min(digit, text.find(' '))); at != std::string::npos && at < text.size();
       at = text.find_first_of(" ,(", at + 1)) {
    std::size_t begin = at;
    const bool bracket = text[at] == '(' || (at + 1 < text.size() && text[at] == ' ' && text[at + 1] == '(');
    while (begin < text.size() && (text[begin] == ' ' || text[begin] == ',' || text[begin] == '(')) ++begin;
    if (begin >= text.size()) break;
    std::string sign;
    std::size_t end = begin;
    if (is_digit(text[begin])) {  // "15th edition".
      const auto [number, after] = number_at(text, begin);
      const std::string_view suffix = word_at(text, after);
      if ((same(suffix, "st") || same(suffix, "nd") || same(suffix, "rd") || same(suffix, "th")) && number.size() < 4 &&
          after + 2 < text.size() && (text[after + 2] == ' ' || text[after + 2] == '-')) {
        const std::string_view word = word_at(text, after + 3);
        if (is_edition_word(word)) sign = fmt::format(" ed. {}", number), end = after + 3 + word.size();
      }
    } else {
      const std::string_view word = word_at(text, begin);
      const std::size_t after = begin + word.size();
      if (word.empty() || word.size() > 11 ||
          std::string_view("eEvVrRpPfFsStTaAnN\xC3").find(word.front()) == std::string_view::npos)
        continue;
      const auto [number, stop] = number_at(text, after);
      if (is_edition_word(word) && !number.empty()) {
        if (same(word, "ed") && text.starts_with("ETSI ")) continue;  // Its own spelling: "ed.1".
        if (same(word, "ed") && text.compare(begin, 4, "ed. ") == 0 && text[at] == ' ' && begin == at + 1) continue;
        sign = fmt::format(" ed. {}", number), end = stop;
      } else if (digit < at && (same(word, "version") || same(word, "ver") || same(word, "v")) && !number.empty() &&
                 stop > after + (same(word, "v") ? number.size() : 0)) {
        sign = fmt::format(" V{}", number), end = stop;
      } else if ((same(word, "rev") || same(word, "revision") || same(word, "révision")) && only_digits(number)) {
        sign = fmt::format(" Rev. {}", number), end = stop;
      } else if ((same(word, "part") || same(word, "parts") || same(word, "partie") || same(word, "parte") ||
                  same(word, "teil") || same(word, "pt")) &&
                 !number.empty() && is_digit(text[at > 0 ? at - 1 : 0])) {
        sign = fmt::format("-{}", number), end = stop;
      } else if (const int n = counted_by(word); n > 0 && after < text.size() && text[after] == ' ') {
        const std::string_view next = word_at(text, after + 1);
        if (is_edition_word(next)) sign = fmt::format(" ed. {}", n), end = after + 1 + next.size();
      }
    }
    if (sign.empty()) continue;
    if (bracket && end < text.size() && text[end] == ')') ++end;
    text.replace(at, end - at, sign);
    at += sign.size() - 1;
  }
}

/// "Supplement 37 to X-series Recommendations (04/2022)" as "ITU-T X Suppl. 37 (04/2022)"; "Amendment 1 to ISO/IEC 27001:2022" as
/// "ISO/IEC 27001:2022/Amd 1".
void turn_round(std::string& text) {
  const std::string_view word = word_at(text, 0);
  const bool series = begins(word, "suppl") || same(word, "sup") || same(word, "supl");
  std::string_view kind;
  if (same(word, "amendment") || same(word, "amendement") || same(word, "amd")) kind = "Amd";
  if (same(word, "corrigendum") || same(word, "cor")) kind = "Cor";
  if (!series && kind.empty()) return;
  const auto [number, end] = number_at(text, word.size());
  if (number.empty()) return;
  std::string_view rest = std::string_view(text).substr(end);
  bool joined = false;
  for (const std::string_view joint : {" to ", " of ", " a ", " à ", " aux ", " к ", " the ", " de "}) {
    if (begins(rest, joint)) rest.remove_prefix(joint.size() - 1), joined = true;
  }
  if (!joined) return;
  rest.remove_prefix(1);
  if (kind.empty()) {
    for (const std::string_view lead :
         {"itu-t ", "recommendations ", "recommandations ", "recommendation ", "serie ", "série ", "series "}) {
      if (begins(rest, lead)) rest.remove_prefix(lead.size());
    }
    if (rest.size() > 1 && is_letter(rest[0]) && !is_letter(rest[1]) &&
        (rest[1] != '.' || rest.size() < 3 || !is_digit(rest[2]))) {
      const std::size_t date = rest.find('(');
      text = fmt::format("ITU-T {} Suppl. {}{}{}", upper(rest.substr(0, 1)), number, date == std::string_view::npos ? "" : " ",
                         date == std::string_view::npos ? "" : rest.substr(date));
    } else if (rest.size() > 2) {
      text = fmt::format("ITU-T {} Suppl. {}", rest, number);  // "Supplement 3 to E.164".
    }
    return;
  }
  while (leads(rest.substr(0, std::min(rest.find(' '), rest.size()))) && rest.find(' ') != std::string_view::npos)
    rest.remove_prefix(rest.find(' ') + 1);
  const bool itu = begins(rest, "itu") || (rest.size() > 2 && rest[1] == '.');
  text = itu ? fmt::format("{} {}. {}", rest, kind, number) : fmt::format("{}/{} {}", rest, kind, number);
}

}  // namespace

std::string body_spelling(std::string_view written) {
  std::string text = with_plain_signs(written);
  if (text.find(':') != std::string::npos || text.find('/') != std::string::npos) {
    if (std::string held = from_address(text); !held.empty()) text = std::move(held);
  }
  const bool foreign = std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (foreign || text.find("UIT") != std::string::npos || text.find("CC") != std::string::npos ||
      text.find("CEI") != std::string::npos || text.find("uit") != std::string::npos || text.find("cc") != std::string::npos ||
      text.find("cei") != std::string::npos) {
    name_bodies_in_english(text);
  }
  std::size_t begin = 0;
  for (std::size_t blank = text.find(' ');
       blank != std::string::npos && leads(std::string_view(text).substr(begin, blank - begin)); blank = text.find(' ', begin))
    begin = blank + 1;
  if (begin > 0 && names_document(std::string_view(text).substr(begin))) text.erase(0, begin);
  // The name of a file.
  if (text.find(' ') == std::string::npos && text.find('_') != std::string::npos && names_document(text))
    std::ranges::replace(text, '_', ' ');
  turn_round(text);
  shorten_words(text);
  return text;
}

std::string address_key(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '/' || text.back() == '.' || text.back() == '>'))
    text.remove_suffix(1);
  while (!text.empty() && (text.front() == ' ' || text.front() == '<')) text.remove_prefix(1);
  if (text.find(' ') != std::string_view::npos) return {};
  bool address = false;
  for (const std::string_view scheme : {"https://", "http://", "ftp://", "www."}) {
    if (begins(text, scheme)) text.remove_prefix(scheme.size()), address = true;
  }
  for (const std::string_view sign : {"dx.doi.org/", "doi.org/", "doi:"}) {
    if (begins(text, sign)) text.remove_prefix(sign.size());
  }
  if (begins(text, "10.1109/ieeestd.")) return fmt::format("ieeexplore.ieee.org/document/{}", text.substr(text.rfind('.') + 1));
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view host = text.substr(0, slash);
  if (!address && (host.find('.') == std::string_view::npos || !only_digits(host.substr(0, 2)) || !begins(host, "10."))) {
    // Without a scheme, only what has the shape of a host is one.
    const std::string_view top = host.substr(host.rfind('.') + 1);
    if (host.find('.') == std::string_view::npos || top.size() < 2 || !std::ranges::all_of(top, is_letter)) return {};
  }
  std::string key = lower(host);
  const std::size_t mark = text.find_first_of("?#");
  const std::string_view query = mark == std::string_view::npos ? std::string_view() : text.substr(mark);
  for (const std::string_view part : parted(text.substr(slash, mark == std::string_view::npos ? mark : mark - slash), "/")) {
    if (same(part, "en") || same(part, "fr") || same(part, "es") || same(part, "ru") || same(part, "home")) continue;
    key += "/" + lower(stem_of(part));
  }
  return query.find('=') == std::string_view::npos ? key : key + lower(query);
}

std::string tight_key(std::string_view key) {
  std::string tight;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    if (is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80)
      tight += is_capital(c) ? static_cast<char>(c | 0x20) : c;
    else if (!tight.empty() && is_digit(tight.back()) && i + 1 < key.size() && is_digit(key[i + 1]))
      tight += c == '.' ? '.' : '-';
  }
  return tight;
}

}  // namespace lacuna
