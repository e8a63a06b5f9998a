#include "model/citations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <regex>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "model/spelling.hpp"

namespace lacuna {
namespace {

// ---- the text on one line
// ------------------------------------------------------------------------------------------------------

/// A text in plain blanks, hyphens and quotes, with the way back.
struct Flat {
  std::string text;
  std::vector<std::size_t> at;  ///< Where each byte stood; one more for the end.
};

bool is_word(char c) { return is_letter(c) || is_digit(c); }

/// A name that was broken behind its hyphen goes on in the next line: "draft-ietf-\ntls-esni", "800-\n53", "ISO/\nIEC".
bool goes_on(const std::string& before, char next) {
  if (before.ends_with('/')) return is_letter(next);
  if (!before.ends_with('-') || before.size() < 2 || !is_word(before[before.size() - 2])) return false;
  if (is_digit(next)) return is_digit(before[before.size() - 2]);
  const std::size_t start = before.find_last_of(" ([\"");
  return std::string_view(before).substr(start == std::string::npos ? 0 : start + 1).starts_with("draft-");
}

Flat flat_of(std::string_view text) {
  Flat flat;
  const auto put = [&](std::string_view bytes, std::size_t at) {
    for (const char c : bytes) {
      if (c == ' ' && (flat.text.empty() || flat.text.back() == ' ')) continue;
      flat.text += c;
      flat.at.push_back(at);
    }
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '\n' || c == '\r') {
      std::size_t next = i;
      while (next < text.size() && static_cast<unsigned char>(text[next]) <= ' ') ++next;
      if (next == text.size() || !goes_on(flat.text, text[next])) put(" ", i);
      i = next;
      continue;
    }
    std::string_view seen = text.substr(i, 1);
    std::string_view meant = c <= ' ' ? " " : c == '*' || c == '`' ? "" : seen;  // Marks of Markdown.
    char plain = '\0';
    if (c >= 0x80) {
      std::string_view rest = text.substr(i);
      const auto sign = plain_sign(next_code_point(rest));
      seen = meant = text.substr(i, text.size() - rest.size() - i);
      if (sign) plain = *sign, meant = std::string_view(&plain, plain == '\0' ? 0 : 1);
    }
    put(meant, i);
    i += seen.size();
  }
  flat.at.push_back(text.size());
  return flat;
}

// ---- reading
// -------------------------------------------------------------------------------------------------------------------

/// A pattern of ECMAScript that matches at a place. Compiled once.
class Pattern {
 public:
  explicit Pattern(const char* pattern) : regex_(pattern, std::regex::ECMAScript | std::regex::optimize) {}
  [[nodiscard]] const std::regex& regex() const { return regex_; }

 private:
  std::regex regex_;
};

/// No name of a document is longer; it bounds what a pattern costs.
constexpr std::size_t longest_name = 160;
constexpr int most_within = 50;

/// A place in the flat text that moves on with what is taken.
class Reader {
 public:
  Reader(const std::string& text, std::size_t at) : text_(text), at_(at) {}

  /// Groups of the match, the first being the whole; nothing, and the place stays, where it does not match.
  std::optional<std::vector<std::string>> take(const Pattern& pattern) {
    std::cmatch match;
    const char* begin = text_.data() + at_;
    const char* end = begin + std::min(longest_name, text_.size() - at_);
    if (!std::regex_search(begin, end, match, pattern.regex(), std::regex_constants::match_continuous)) return std::nullopt;
    std::vector<std::string> groups;
    for (const auto& group : match) groups.push_back(group.str());
    at_ += groups.front().size();
    return groups;
  }
  /// True when no word goes on here.
  [[nodiscard]] bool at_boundary() const { return at_ >= text_.size() || !is_word(text_[at_]); }
  [[nodiscard]] std::size_t at() const { return at_; }
  void back_to(std::size_t at) { at_ = at; }
  [[nodiscard]] std::string_view rest() const { return std::string_view(text_).substr(at_); }
  [[nodiscard]] std::string_view before(std::size_t begin, std::size_t most) const {
    const std::size_t from = begin > most ? begin - most : 0;
    return std::string_view(text_).substr(from, begin - from);
  }

 private:
  const std::string& text_;
  std::size_t at_;
};

/// One document of a name that was read: the identifier in its body's spelling, and where it ends.
struct Named {
  std::string identifier;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string adopter = {};
  std::string release = {};
  std::string published = {};
  bool series = false;
  bool within = false;
  bool sure = true;
  bool plain = false;  ///< Of a body whose identifiers nobody takes apart.
};
using Names = std::vector<Named>;

std::string four_digits(const std::string& year) { return year.size() == 4 ? year : (year < "70" ? "20" : "19") + year; }

bool looks_like_year(std::string_view number) {
  return number.size() == 4 && std::ranges::all_of(number, is_digit) && number >= "1960" && number <= "2039";
}

/// What parts the members of a list, and whether it spans a range: ", ", " and ", " to ", "-".
struct Joint {
  bool range = false;
};
std::optional<Joint> take_joint(Reader& reader) {
  static const Pattern list(R"((?:,? ?(?:and|or|und|et|y|e|и|&) |, ?|; ?| ?/ ?| ?\| ?))");
  static const Pattern range(R"((?: (?:to|through|bis|à|a) | ?- ?| ?\.\.\.? ?))");
  if (reader.take(range)) return Joint{true};
  if (reader.take(list)) return Joint{false};
  return std::nullopt;
}

/// Ends of a range as numbers behind a common beginning: "X.1051" to "X.1055", "15408-1" to "15408-5". What lies between.
Names between(const Named& first, const Named& last, const std::function<std::string(const std::string&)>& with_number,
              const std::string& from, const std::string& to) {
  Names names;
  const auto number = [](const std::string& text) {
    return text.size() < 7 && !text.empty() && std::ranges::all_of(text, is_digit) ? std::stoi(text) : -1;
  };
  const int low = number(from);
  const int high = number(to);
  if (low < 0 || high <= low || high - low > most_within) return names;
  for (int n = low + 1; n < high; ++n) {
    Named named{with_number(std::to_string(n)), first.begin, last.end};
    named.within = true;
    named.sure = false;
    names.push_back(std::move(named));
  }
  return names;
}

bool take_series(Reader& reader) {
  static const Pattern all(
      R"((?: ?\((?:all parts|toutes les parties|todas las partes)\)|(?: |-)(?:series|family|multipart)(?![A-Za-z])))");
  return reader.take(all).has_value();
}

// ---- ITU
// -----------------------------------------------------------------------------------------------------------------------

/// "(10/2019)", "(2019)", "(2019-10)", ":2019" as the body writes it: " (10/2019)". Empty where no date follows.
std::string take_itu_date(Reader& reader) {
  static const Pattern month(R"(,? ?\((\d{1,2})/(\d{4}|\d{2})\)|, (\d{2})/(\d{4})(?!\d))");
  static const Pattern iso(R"( ?\((\d{4})-(\d{2})(?:-\d{2})?\))");
  static const Pattern year(R"(,? ?\(((?:19|20)\d{2})\)|: ?((?:19|20)\d{2})(?!\d)|-((?:19|20)\d{2})(?![\d.]))");
  static const Pattern named(
      R"(,? ?\((?:\d{1,2} )?(January|February|March|April|May|June|July|August|September|October|November|)"
      R"(December),? (\d{4})\))");
  if (const auto m = reader.take(month)) {
    const std::string& mm = (*m)[1].empty() ? (*m)[3] : (*m)[1];
    const std::string& yy = (*m)[2].empty() ? (*m)[4] : (*m)[2];
    return fmt::format(" ({:0>2}/{})", mm, four_digits(yy));
  }
  if (const auto m = reader.take(iso)) return fmt::format(" ({}/{})", (*m)[2], (*m)[1]);
  if (const auto m = reader.take(year))
    return fmt::format(" ({})", !(*m)[1].empty() ? (*m)[1] : !(*m)[2].empty() ? (*m)[2] : (*m)[3]);
  if (const auto m = reader.take(named)) {
    static constexpr std::array<std::string_view, 12> months{
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    const auto found = std::ranges::find(months, std::string_view((*m)[1]));
    return fmt::format(" ({:02}/{})", found - months.begin() + 1, (*m)[2]);
  }
  return {};
}

/// "Cor. 1 (10/2021)" behind a dated Recommendation; empty where none follows.
std::string take_itu_supplement(Reader& reader) {
  static const Pattern supplement(
      R"((?:,| and| with| including| incl\.| \+|, as amended by| as amended by)? ?(?:its )?(Amd|Amendment|Cor|Corr|)"
      R"(Corrigendum|Technical Cor|Technical Corrigendum|Err|Erratum)\.? ?(\d+))");
  const auto m = reader.take(supplement);
  if (!m) return {};
  const std::string& word = (*m)[1];
  const std::string kind = word.starts_with("A")   ? "Amd."
                           : word.starts_with("T") ? "Technical Cor."
                           : word.starts_with("C") ? "Cor."
                                                   : "Err.";
  return fmt::format(" {} {}{}", kind, (*m)[2], take_itu_date(reader));
}

/// A Recommendation with all that belongs to it, behind the words that say so.
bool read_itu_number(Reader& reader, bool headed, std::string_view body, Names& names) {
  static const Pattern number(
      R"(([A-Z]\.\d{1,4}(?:\.\d{1,4})*(?: ?bis| ?ter|[a-z]{1,2})?)(?:(?=v\d)|(?![A-Za-z0-9])))");  // "X.509v3".
  static const Pattern twin(R"(/([A-Z]\.\d{1,4}(?:\.\d{1,4})*)(?![A-Za-z0-9]))");
  static const Pattern r_number(R"(([A-Z]{1,3}\.\d{1,4}(?:-\d{1,2})?)(?![A-Za-z0-9]))");
  static const Pattern supplement(R"(([A-Z])(?:[- ]series(?: Recommendations?)?(?: -)? | |\.)(?:Supplement|Suppl?\.?|)"
                                  R"(Sup\.?) ?(\d{1,3}(?:\.\d+)?)(?![A-Za-z0-9]))");
  static const Pattern provisional(
      R"(((?:[A-Z]\.|TR\.|TP\.|[A-Z]ST[RP][.-]|[A-Z]SUP[.-])[A-Za-z0-9]*[a-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*))");
  Named named;
  named.begin = reader.at();
  if (body == "ITU-R") {
    const auto m = reader.take(r_number);
    if (!m) return false;
    named.identifier = "ITU-R " + (*m)[1];
  } else if (const auto s = reader.take(supplement)) {
    named.identifier = fmt::format("ITU-T {} Suppl. {}", (*s)[1], (*s)[2]);
  } else if (const auto m = reader.take(number)) {
    named.identifier = "ITU-T " + (*m)[1];
    if (const auto other = reader.take(twin)) named.identifier += "/" + (*other)[1];
    // A bare letter and number may be a clause, a table or a version.
    const std::string& text = (*m)[1];
    const std::size_t digits = std::min(text.find('.', 2), text.size()) - 2;
    const bool annex = text[0] <= 'D' || (text[0] != 'X' && text[0] != 'Y' && digits < 3) || digits < 2;
    named.sure = headed || (!annex && std::string_view("XYHGQ").find(text[0]) != std::string_view::npos && digits >= 3);
    if (!headed && annex && digits < 3) {
      const std::size_t place = reader.at();
      const bool dated = !take_itu_date(reader).empty();
      reader.back_to(place);
      if (!dated) return false;
    }
  } else if (const auto p = reader.take(provisional)) {
    if (!headed && (*p)[1].size() < 5) return false;
    named.identifier = (*p)[1][1] == '.' && headed ? "ITU-T " + (*p)[1] : (*p)[1];
    named.sure = headed && (*p)[1][1] == '.';
    named.end = reader.at();
    names.push_back(std::move(named));
    return true;
  } else {
    return false;
  }
  named.series = take_series(reader);
  const std::size_t place = reader.at();
  const std::string date = body == "ITU-R" ? std::string() : take_itu_date(reader);
  if (!date.empty() && named.series) reader.back_to(place);  // "X.1250 series (2009)" dates no edition.
  const std::string base = named.identifier;
  if (!named.series) named.identifier += date;
  if (!date.empty()) named.sure = true;
  named.end = reader.at();
  std::string supplements = date.empty() ? std::string() : take_itu_supplement(reader);
  const std::size_t slash = date.find('/');
  const std::string year = slash == std::string::npos ? date : " (" + date.substr(slash + 1);
  const std::string_view tail = reader.before(reader.at(), reader.at() - named.end);
  if (!supplements.empty() && tail.size() > 1 && tail[0] == ' ' && is_capital(tail[1])) {
    // "X.509 (2019) Cor. 1 (10/2021)" is the corrigendum alone.
    named.identifier = base + year + supplements;
    named.end = reader.at();
    names.push_back(named);
  } else {
    names.push_back(named);
    if (!supplements.empty()) {
      Named with{base + year + supplements, named.end, reader.at()};
      names.push_back(std::move(with));
    }
  }
  while (!supplements.empty()) {
    const std::size_t begin = reader.at();
    supplements = take_itu_supplement(reader);
    if (!supplements.empty()) names.push_back({fmt::format("{}{}{}", base, year, supplements), begin, reader.at()});
  }
  return true;
}

bool read_itu(Reader& reader, Names& names) {
  static const Pattern body(R"((ITU|UIT)-([TR])(?![A-Za-z])[ -]?|(CCITT) |(МСЭ)-(Т|T|Р) )");
  static const Pattern word(R"((?:Draft |draft |new |revised )*(?:Recommendations?|Recommandations?|Recomendaci(?:ó|o)n(?:es)?|)"
                            R"(Рекомендаци[яи]|Recs?\.?|RECOMMENDATION) )");
  static const Pattern of_series(
      R"(Supplement (\d{1,3}) to (?:the )?(?:ITU-T )?([A-Z])[- ]series(?: Recommendations)?(?![A-Za-z]))");
  static const Pattern draft(R"((?:Draft |draft |new |revised )+)");
  const std::size_t begin = reader.at();
  if (const auto s = reader.take(of_series)) {
    names.push_back({fmt::format("ITU-T {} Suppl. {}{}", (*s)[2], (*s)[1], take_itu_date(reader)), begin, reader.at()});
    return true;
  }
  bool headed = reader.take(word).has_value();
  const auto named = reader.take(body);
  std::string_view of = "ITU-T";
  if (named) {
    of = (*named)[2] == "R" || (*named)[5] == "Р" ? "ITU-R" : "ITU-T";
    headed = true;
    reader.take(draft);
    reader.take(word);
  }
  if (!headed) {
    // What these words count is no Recommendation.
    static const std::regex counted(
        R"((?:Annex|Table|Tables|Figure|Figures|Fig\.|[Cc]lauses?|[Ss]ections?|Appendix|Equation|Eq\.|Step|Version|)"
        R"(Listing|Example|Requirement|Control|Article) $)");
    const std::string before(reader.before(begin, 14));
    if (std::regex_search(before, counted)) return false;
  }
  Names found;
  if (!read_itu_number(reader, headed, of, found)) return false;
  found.front().begin = begin;
  // Others of the list; one with its own words before it is read by itself.
  while (true) {
    const std::size_t place = reader.at();
    const std::size_t known = found.size();
    const auto joint = take_joint(reader);
    const bool plain = reader.rest().size() > 2 && is_capital(reader.rest()[0]);
    if (!joint || !plain || !read_itu_number(reader, headed, of, found)) {
      reader.back_to(place);
      found.resize(known);
      break;
    }
    if (joint->range && of == "ITU-T") {
      const auto split = [](const std::string& id) {
        const std::size_t dot = id.rfind('.');
        return std::pair(id.substr(0, dot + 1), id.substr(dot + 1));
      };
      const auto [head, low] = split(found[known - 1].identifier);
      const auto [same, high] = split(found[known].identifier);
      if (head == same) {
        Names inner = between(
            found[known - 1], found[known], [&, start = head](const std::string& n) { return start + n; }, low, high);
        found.insert(found.end(), inner.begin(), inner.end());
      }
    }
  }
  names.insert(names.end(), found.begin(), found.end());
  return true;
}

// ---- ISO, IEC, and who adopts them
// ---------------------------------------------------------------------------------------------

/// "BS EN " before the name, and where it begins.
std::pair<std::string, std::size_t> adopter_before(const Reader& reader, std::size_t begin) {
  static const std::regex adopters(
      R"((?:^|[^A-Za-z0-9])((?:(?:BS|DIN|NF|UNE|UNI|SS|DS|NEN|SN|EN|prEN|FprEN|CEN|CEN/CLC|CLC|SIST|PN|CSN|EVS|LVS|)"
      R"(LST|SFS|NS|NBN|ABNT NBR|NBR|IS|SANS|GOST R|GOST|ГОСТ Р|ГОСТ|AS/NZS|AS|NZS|CAN/CSA|CSA|KS X|INCITS|ANSI|)"
      R"(I\.S\.|JIS X|JIS Q|GB/T|ÖNORM|OENORM)[ -/])+)$)");
  const std::string before(reader.before(begin, 40));
  std::smatch match;
  if (!std::regex_search(before, match, adopters)) return {{}, begin};
  std::string name = match[1].str();
  const std::size_t from = begin - name.size();
  while (!name.empty() && (name.back() == ' ' || name.back() == '-' || name.back() == '/')) name.pop_back();
  // "ANSI/IEEE" and "CEN ISO/TS" apart, these are the body's own editions.
  return {name, from};
}

/// ":2022", "(2022)", "-2022" as "2022"; with month, day and language sign left aside. "—" under preparation is no date.
std::string take_iso_year(Reader& reader) {
  static const Pattern year(
      R"((?:: ?|-)((?:19|20)\d{2})(?:-\d{2}){0,2}(?: ?\((?:[EFRDS](?:/[EFRS])*|en|fr)\))?(?!\d)|,? ?\(((?:19|)"
      R"(20)\d{2})(?:-\d{2}){0,2}\))");
  static const Pattern coming(R"(: ?-+\)?(?![A-Za-z0-9]))");
  reader.take(coming);
  const auto m = reader.take(year);
  return !m ? std::string() : (*m)[1].empty() ? (*m)[2] : (*m)[1];
}

/// "/Amd 1:2024", "+A1:2014", " Cor.1 (2015)" as ISO writes it; empty where none follows.
std::string take_iso_supplement(Reader& reader) {
  static const Pattern supplement(
      R"(([/+, ]| \+ ?|, | and |, and | with | including | / )(Technical Corrigendum|Technical Cor|Amendment|)"
      R"(AMENDMENT|Amd|AMD|FDAM|FDAMD|PDAM|DAM|DAMD|CD Amd|Corrigendum|Cor|COR|Corr|Addendum|Add|ADD|AC|A|C|)"
      R"(ISH)\.? ?(\d{1,2})(?!\d)(?:[:] ?((?:19|20)\d{2})| ?\(((?:19|20)\d{2})\))?)");
  const std::size_t place = reader.at();
  const auto m = reader.take(supplement);
  if (!m) return {};
  const std::string word = lower((*m)[2]);
  const bool shorthand = word == "a" || word == "ac" || word == "c";
  if (shorthand && (*m)[1].find('+') == std::string::npos && (*m)[1] != "/") {
    reader.back_to(place);
    return {};
  }
  const std::string kind = word == "pdam" || word == "dam" || word == "damd"                     ? "DAM"
                           : word.starts_with("fdam")                                            ? "FDAM"
                           : word == "cd amd"                                                    ? "CD Amd"
                           : word == "ish"                                                       ? "ISH"
                           : word.starts_with("add")                                             ? "Add"
                           : word.find("co") != std::string::npos || word == "c" || word == "ac" ? "Cor"
                                                                                                 : "Amd";
  const std::string& year = (*m)[4].empty() ? (*m)[5] : (*m)[4];
  return fmt::format("/{} {}{}{}", kind, (*m)[3], year.empty() ? "" : ":", year);
}

/// The year and what follows it, of a document whose head is told.
void read_iso_rest(Reader& reader, Named named, const std::string& adopter, Names& names) {
  named.adopter = adopter;
  named.series = take_series(reader);
  const std::string year = named.series ? std::string() : take_iso_year(reader);
  if (!named.series) named.series = take_series(reader);
  if (!year.empty()) named.sure = true;
  const std::string base = named.identifier;
  if (!year.empty() && adopter.empty()) named.identifier += ":" + year;
  named.end = reader.at();
  std::size_t begin = reader.at();
  std::string supplement = take_iso_supplement(reader);
  const std::string_view sign = std::string_view(reader.before(reader.at(), reader.at() - begin));
  const bool alone = sign.starts_with('/') || (sign.starts_with(' ') && sign.size() > 1 && is_capital(sign[1]));
  if (!adopter.empty() || supplement.empty()) {
    // What a national body amends is its own edition.
    if (!adopter.empty() && !supplement.empty()) named.end = reader.at();
    names.push_back(named);
  } else if (alone) {
    named.identifier += supplement;
    named.end = reader.at();
    names.push_back(named);
  } else {
    names.push_back(named);
    names.push_back({named.identifier + supplement, begin, reader.at()});
  }
  const std::string of = base + (year.empty() ? "" : ":" + year);
  while (!supplement.empty() && adopter.empty()) {
    begin = reader.at();
    supplement = take_iso_supplement(reader);
    if (!supplement.empty()) names.push_back({of + supplement, begin, reader.at()});
  }
}

/// "27001", "61000-4-2": the longest number, a year behind a hyphen left for the date.
std::optional<std::string> take_iso_number(Reader& reader) {
  static const Pattern number(R"((\d{1,6}(?:-(?:\d{1,4}[A-Z]{0,2}|[A-Z]|[0-9][A-Z]))*)(?![A-Za-z0-9]))");
  const std::size_t place = reader.at();
  const auto m = reader.take(number);
  if (!m) return std::nullopt;
  std::string text = (*m)[1];
  const std::size_t dash = text.rfind('-');
  if (dash != std::string::npos) {
    const std::string last = text.substr(dash + 1);
    const std::string first = text.substr(0, text.find('-'));
    const bool range = last.size() == 4 && first.size() == 4 && dash == 4 && last > first && !looks_like_year(last);
    if ((looks_like_year(last) && first != "10303") || range) {
      text.erase(dash);
      reader.back_to(place + dash);
    }
  }
  return text;
}

bool read_iso(Reader& reader, Names& names) {
  static const Pattern first(R"((ISO|IEC|CEI|CISPR|ИСО|МЭК|IEEE|ANSI)(?![A-Za-z]))");
  static const Pattern next(
      R"([/ -]?(?=[A-ZИМГfp])(ISO|IEC|CEI|CISPR|IEEE|ИСО|МЭК|SAE|ASTM|CIE|IDF|HL7|OECD|IIW|UNDP|NP|AWI|WD|CDV|CD|DIS|)"
      R"(FDIS|PRF|DTR|DTS|DPAS|PDTR|FDTS|FDTR|PWI|TR|TS|PAS|Guide|GUIDE|ISP|IWA|SRD|R|International Standard|Std|)"
      R"(standard)(?:\.\d)?(?![A-Za-z])\.?)");
  const std::size_t begin = reader.at();
  const auto head = reader.take(first);
  if (!head) return false;
  const auto latin = [](const std::string& word) -> std::string {
    return word == "CEI" || word == "МЭК" ? "IEC" : word == "ИСО" ? "ISO" : word;
  };
  std::vector<std::string> publishers{latin((*head)[1])};
  std::vector<std::string> kinds;
  while (const auto word = reader.take(next)) {
    const std::string name = latin((*word)[1]);
    static constexpr std::string_view bodies[] = {"ISO", "IEC", "CISPR", "IEEE", "SAE", "ASTM",
                                                  "CIE", "IDF", "HL7",   "OECD", "IIW", "UNDP"};
    if (std::ranges::find(bodies, name) != std::end(bodies)) {
      if (std::ranges::find(publishers, name) == publishers.end()) publishers.push_back(name);
    } else if (name != "International Standard" && name != "Std" && name != "standard") {
      kinds.push_back(name);
    }
  }
  const auto has = [&](std::string_view name) { return std::ranges::find(publishers, name) != publishers.end(); };
  if (!has("ISO") && !has("IEC") && !has("CISPR")) return false;  // IEEE's own.
  static const Pattern gap(R"([ -]?(?=[P0-9]))");
  if (!reader.take(gap)) return false;
  static const Pattern project(R"(P(?=\d))");
  const bool is_project = reader.take(project).has_value();
  std::string all = join(publishers, "/");
  // ISO writes the body that is first first.
  if (has("IEEE") && has("ISO") && has("IEC")) all = "ISO/IEC/IEEE";
  if (has("IEEE") && !has("ISO")) all = "IEC/IEEE";
  if (is_project) kinds.push_back("CD");
  const std::string lead = all + (kinds.empty() ? "" : (publishers.size() > 1 ? " " : "/") + join(kinds, " "));
  const auto number = take_iso_number(reader);
  if (!number) return false;
  const auto [adopter, from] = adopter_before(reader, begin);
  Named named{fmt::format("{} {}", lead, *number), from, reader.at()};
  named.sure = number->size() > 1 && !(looks_like_year(*number) && kinds.empty());
  static const Pattern part(R"(,? [Pp]arts? (\d{1,4})(?!\d))");
  if (number->find('-') == std::string::npos) {
    if (const auto p = reader.take(part)) named.identifier += "-" + (*p)[1];
  }
  Names found;
  std::string last = named.identifier.substr(lead.size() + 1);
  bool dated = false;
  read_iso_rest(reader, named, adopter, found);
  dated = parse_identifier(found.front().identifier).edition.size() == 4;
  while (adopter.empty()) {
    const std::size_t place = reader.at();
    static const Pattern another(R"((?:(TR|TS|DIS|FDIS|CD|DTS|DTR|PAS) )?(?=\d))");
    static const Pattern hyphen(R"(-(\d{1,4}[A-Z]?)(?![A-Za-z0-9-]))");
    static const Pattern edition(R"(((?:19|20)\d{2})(?![A-Za-z0-9:-]))");
    const auto joint = take_joint(reader);
    if (!joint) break;
    const std::size_t at = reader.at();
    std::string number_now;
    std::string with = lead;
    bool is_edition = false;
    if (const auto same = reader.take(hyphen)) {
      number_now = last.substr(0, last.find('-')) + "-" + (*same)[1];
    } else if (const auto year = dated ? reader.take(edition) : std::nullopt) {
      number_now = last + ":" + (*year)[1];
      is_edition = true;
    } else if (const auto kind = reader.take(another)) {
      const std::size_t digits = last.substr(0, last.find('-')).size();
      const auto n = take_iso_number(reader);
      const std::string base = n ? n->substr(0, n->find('-')) : std::string();
      const bool part_alone = joint->range && last.find('-') != std::string::npos && base.size() <= 2 && n && *n == base;
      if (part_alone) {
        number_now = last.substr(0, last.find('-')) + "-" + *n;
      } else if (n && base.size() >= 4 && (base.size() == digits || base.size() >= 5) && !looks_like_year(*n)) {
        number_now = *n;
        if (!(*kind)[1].empty()) with = all + (publishers.size() > 1 ? " " : "/") + (*kind)[1];
      }
    }
    if (number_now.empty()) {
      reader.back_to(place);
      break;
    }
    const std::size_t known = found.size();
    Named other{fmt::format("{} {}", with, number_now), at, reader.at()};
    if (is_edition)
      found.push_back(other);
    else
      read_iso_rest(reader, other, "", found);
    if (joint->range && !is_edition) {
      const auto cut = [](const std::string& n) {
        const std::size_t dash = n.rfind('-');
        return dash == std::string::npos ? std::pair(std::string(), n) : std::pair(n.substr(0, dash + 1), n.substr(dash + 1));
      };
      const auto [head_before, low] = cut(last);
      const auto [head_now, high] = cut(number_now);
      if (head_before == head_now) {
        Names inner = between(
            found[known - 1], found[known],
            [&, h = head_now](const std::string& n) { return fmt::format("{} {}{}", with, h, n); }, low, high);
        found.insert(found.end(), inner.begin(), inner.end());
      }
    }
    if (!is_edition) last = number_now;
  }
  names.insert(names.end(), found.begin(), found.end());
  return true;
}

// ---- IETF
// ----------------------------------------------------------------------------------------------------------------------

bool read_ietf(Reader& reader, Names& names) {
  static const Pattern series(R"((?:IETF )?(RFC|BCP|STD|FYI)(s?)(?: |-|)(?:0*)([1-9]\d{0,4})(?![A-Za-z0-9]))");
  static const Pattern more(R"(\[?(RFC ?)?(\d{3,5})(?![A-Za-z0-9:-]|\.\d))");
  static const Pattern draft(R"(draft-[a-z0-9]+(?:-[A-Za-z0-9+]+)+)");
  static const Pattern label(R"(I-D[.:] ?([a-z0-9]+(?:-[A-Za-z0-9]+)+))");
  const std::size_t begin = reader.at();
  if (const auto m = reader.take(series)) {
    const std::string& kind = (*m)[1];
    names.push_back({fmt::format("{} {}", kind, (*m)[3]), begin, reader.at()});
    names.back().sure = kind == "RFC" || kind == "BCP";
    if (kind != "RFC") return true;
    std::string last = (*m)[3];
    while (true) {
      const std::size_t place = reader.at();
      static const Pattern bracket(R"(\](?=[, ]))");
      const bool closed = reader.take(bracket).has_value();
      const auto joint = take_joint(reader);
      const std::size_t at = reader.at();
      const auto n = joint ? reader.take(more) : std::nullopt;
      // "RFC 2131, 128 bits": three digits only among their like.
      const bool small = n && (*n)[2].size() < 4 && last.size() > 3 && (*m)[2].empty() && (*n)[1].empty();
      if (!n || small || (closed && (*n)[0].front() != '[') || looks_like_year((*n)[2]) != looks_like_year(last)) {
        reader.back_to(place);
        break;
      }
      Named other{"RFC " + (*n)[2], at + ((*n)[0].front() == '[' ? 1 : 0), reader.at()};
      if (joint->range) {
        Names inner = between(
            names.back(), other, [](const std::string& k) { return "RFC " + k; }, last, (*n)[2]);
        names.push_back(other);
        names.insert(names.end(), inner.begin(), inner.end());
      } else {
        names.push_back(std::move(other));
      }
      last = (*n)[2];
    }
    return true;
  }
  if (const auto m = reader.take(draft)) {
    Named named{lower((*m)[0]), begin, reader.at()};
    if (named.identifier.ends_with("-latest")) named.identifier.erase(named.identifier.size() - 7);
    static const std::regex streams("draft-(?:ietf|irtf|iab)-.*");
    named.sure = std::regex_match(named.identifier, streams);
    names.push_back(std::move(named));
    return true;
  }
  if (const auto m = reader.take(label)) {
    names.push_back({"draft-" + lower((*m)[1]), begin, reader.at()});
    return true;
  }
  return false;
}

// ---- ETSI, 3GPP
// ----------------------------------------------------------------------------------------------------------------

bool read_etsi(Reader& reader, Names& names) {
  static const Pattern head(
      R"((ETSI )?(?:ETSI )?(EN|TS|TR|ES|EG|SR|ETS|I-ETS|ETR|GTS|TBR)[ -](\d{3}) ?(\d{3}(?:-\d{1,2})*)(?![A-Za-z0-9]|\.\d))");
  static const Pattern group(R"((ETSI )?(GS|GR) ([A-Z][A-Z0-9]{1,5}(?:-[A-Z]{2,5})?)[ -](\d{3}(?:-\d{1,2})?)(?![A-Za-z0-9]))");
  static const Pattern bare(R"(ETSI (\d{3} \d{3}(?:-\d{1,2})?)(?![A-Za-z0-9]))");
  static const Pattern version(R"(,? ?\(?[vV](?:ersion )?\.? ?(\d{1,2}\.\d{1,2}\.\d{1,2})\)?)");
  static const Pattern date(R"(,? ?\((\d{4})-(\d{2})\)|,? ?\((\d{2})[-/](\d{4})\))");
  static const Pattern more(R"((?:(EN|TS|TR|ES|EG|SR) )?(\d{3}) ?(\d{3}(?:-\d{1,2})*)(?![A-Za-z0-9]|\.\d))");
  static const Pattern part(R"(-(\d{1,2})(?![A-Za-z0-9-]))");
  const std::size_t begin = reader.at();
  std::string type;
  std::string number;
  bool sure = true;
  if (const auto m = reader.take(head)) {
    type = (*m)[2];
    number = (*m)[3] + " " + (*m)[4];
    // Six digits alone may be CEN's or somebody's: those of ETSI begin with 1 to 3.
    if ((*m)[1].empty() && ((*m)[3] < "100" || (*m)[3] > "399")) return false;
    sure = !(*m)[1].empty() || (*m)[0].find(number) != std::string::npos;
  } else if (const auto g = reader.take(group)) {
    type = (*g)[2];
    number = (*g)[3] + " " + (*g)[4];
    sure = !(*g)[1].empty();
  } else if (const auto b = reader.take(bare)) {
    names.push_back({(*b)[1], begin, reader.at()});
    return true;
  } else {
    return false;
  }
  Named named{fmt::format("ETSI {} {}", type, number), begin, reader.at()};
  named.sure = sure;
  const auto finish = [&](Named& n) {
    n.series = take_series(reader);
    if (const auto v = reader.take(version)) n.identifier += " V" + (*v)[1];
    if (const auto d = reader.take(date)) n.published = (*d)[1].empty() ? (*d)[4] + "-" + (*d)[3] : (*d)[1] + "-" + (*d)[2];
    n.end = reader.at();
  };
  finish(named);
  names.push_back(named);
  std::string base = number.substr(0, number.find('-'));
  while (true) {
    const std::size_t place = reader.at();
    const auto joint = take_joint(reader);
    const std::size_t at = reader.at();
    if (joint) {
      if (const auto p = number.find('-') != std::string::npos ? reader.take(part) : std::nullopt) {
        Named other{fmt::format("ETSI {} {}-{}", type, base, (*p)[1]), at, reader.at()};
        finish(other);
        if (joint->range) {
          const std::size_t dash = names.back().identifier.rfind('-');
          Names inner = between(
              names.back(), other, [&](const std::string& n) { return fmt::format("ETSI {} {}-{}", type, base, n); },
              names.back().identifier.substr(dash + 1), (*p)[1]);
          names.insert(names.end(), inner.begin(), inner.end());
        }
        names.push_back(std::move(other));
        continue;
      }
      if (const auto m = reader.take(more); m && (*m)[2] >= "100" && (*m)[2] <= "399") {
        if (!(*m)[1].empty()) type = (*m)[1];
        number = (*m)[2] + " " + (*m)[3];
        base = number.substr(0, number.find('-'));
        Named other{fmt::format("ETSI {} {}", type, number), at, reader.at()};
        finish(other);
        names.push_back(std::move(other));
        continue;
      }
    }
    reader.back_to(place);
    return true;
  }
}

bool read_3gpp(Reader& reader, Names& names) {
  static const Pattern head(R"((3GPP )?(?:3GPP )?(TS|TR)[ -](\d{2}\.\d{2,3}(?:-\d{1,2})?)(?![A-Za-z0-9]))");
  static const Pattern more(R"((?:(TS|TR) )?(\d{2}\.\d{3}(?:-\d{1,2})?)(?![A-Za-z0-9]))");
  static const Pattern version(R"(,? ?\(?[vV](?:ersion )?\.? ?(\d{1,2}\.\d{1,2}\.\d{1,2})\)?)");
  static const Pattern release(R"(,? ?\(?(?:Release|Rel)[- ](\d{1,2})\)?)");
  const std::size_t begin = reader.at();
  const auto m = reader.take(head);
  if (!m) return false;
  std::string type = (*m)[2];
  const auto add = [&](const std::string& number, std::size_t from) {
    Named named{fmt::format("3GPP {} {}", type, number), from, reader.at()};
    const auto v = reader.take(version);
    if (const auto r = reader.take(release)) named.release = (*r)[1];
    if (v)
      named.identifier += " V" + (*v)[1];
    else if (!named.release.empty())
      named.identifier += " Release " + named.release;
    named.end = reader.at();
    names.push_back(std::move(named));
  };
  add((*m)[3], begin);
  while (true) {
    const std::size_t place = reader.at();
    const auto joint = take_joint(reader);
    const std::size_t at = reader.at();
    const auto n = joint && !joint->range ? reader.take(more) : std::nullopt;
    if (!n) {
      reader.back_to(place);
      return true;
    }
    if (!(*n)[1].empty()) type = (*n)[1];
    add((*n)[2], at);
  }
}

// ---- IEEE
// ----------------------------------------------------------------------------------------------------------------------

bool read_ieee(Reader& reader, Names& names) {
  static const Pattern head(
      R"((?:ANSI/)?IEEE(?:/ANSI)?(?: (Std\.?|Standard|STD|Draft Std|Draft Standard))?(?: No\.?)? (?=[PCN0-9]))");
  static const Pattern number(R"((P?[CN]?\d{1,5}(?:\.\d{1,4}[A-Za-z]{0,2})*[A-Za-z]{0,3})(?![A-Za-z0-9]))");
  static const Pattern year(R"((?:-|: ?)((?:19|20)\d{2})(?!\d)| \(((?:19|20)\d{2})\))");
  static const Pattern draft(R"(/D-?(\d+(?:\.\d+)?))");
  static const Pattern supplement(R"(/(Cor|Amd|Conformance) ?(\d+)(?:-((?:19|20)\d{2}))?)");
  static const Pattern bare(R"(802\.\d{1,2}[A-Za-z]{0,3}(?![A-Za-z0-9]))");
  const std::size_t begin = reader.at();
  const auto m = reader.take(head);
  if (!m && !(reader.rest().starts_with("802."))) return false;
  bool sure = m.has_value();
  const std::size_t place = reader.at();
  if (!m && !reader.take(bare)) return false;
  reader.back_to(place);
  std::size_t at = begin;
  bool first = true;
  while (true) {
    const auto n = reader.take(number);
    const bool plain = n && (*n)[1].find('.') == std::string::npos && std::ranges::all_of((*n)[1], is_digit);
    const std::string after = n && reader.rest().size() > 4 ? std::string(reader.rest().substr(0, 5)) : std::string();
    const bool has_year = after.size() == 5 && after[0] == '-' && looks_like_year(after.substr(1));
    const bool standard = m && !(*m)[1].empty();
    const bool doubtful = n && plain && !standard && !has_year && ((*n)[1].size() < 3 || looks_like_year((*n)[1]));
    if (!n || doubtful || (!first && plain)) return !first;
    Named named{"IEEE " + std::string((*n)[1].starts_with('P') ? "" : "Std ") + (*n)[1], at, reader.at()};
    named.sure = sure;
    const bool project = (*n)[1].starts_with('P');
    if (const auto d = reader.take(draft)) named.identifier += "/D-" + (*d)[1];
    if (const auto y = reader.take(year)) {
      named.identifier += (project ? "" : "-" + ((*y)[1].empty() ? (*y)[2] : (*y)[1]));
      named.sure = true;
    }
    if (const auto s = reader.take(supplement))
      named.identifier += fmt::format("/{} {}{}{}", (*s)[1], (*s)[2], (*s)[3].empty() ? "" : "-", (*s)[3]);
    named.series = take_series(reader);
    named.end = reader.at();
    names.push_back(std::move(named));
    first = false;
    const std::size_t back = reader.at();
    const auto joint = take_joint(reader);
    at = reader.at();
    const std::string_view rest = reader.rest();
    const bool number_next = rest.size() > 1 && (rest[0] == 'P' || rest[0] == 'C' || is_digit(rest[0]));
    if (!joint || joint->range || !number_next) {
      reader.back_to(back);
      return true;
    }
    const std::size_t tried = reader.at();
    const auto next = reader.take(number);
    if (!next || (*next)[1].find('.') == std::string::npos) {
      reader.back_to(back);
      return true;
    }
    reader.back_to(tried);
  }
}

// ---- NIST, W3C, OASIS, and bodies that are known by their names alone
// ------------------------------------------------------------

bool read_nist(Reader& reader, Names& names) {
  static const Pattern publication(
      R"((?:NIST[ -])?(?:NIST[. ])?(?:SP|Special Publication)[. -]?\(?(?:NIST )?(?:SP\) )?((?:800|500|1800|1500|)"
      R"(1900)-\d{1,3}[A-Z]?(?:-\d+)?|1\d{3}(?!-))(?:[,:]? ?\(?(?:Rev(?:ision|\.)? ?|[rR])(\d+)\)?)?(?![A-Za-z0-9]))");
  static const Pattern report(R"((?:NIST ?IR|NIST Interagency Report|NIST Interagency or Internal Report|NIST Internal Report|)"
                              R"(NISTIR)[ -]?(\d{4}[A-Z]?)(?:,? ?(?:Rev(?:ision|\.)? ?|[rR])(\d+))?(?![A-Za-z0-9]))");
  static const Pattern fips(R"((?:NIST )?FIPS(?: PUB\.?| Publication)?[ -]?(\d{2,3}(?:-\d)?)(?![A-Za-z0-9]))");
  static const Pattern other(R"(NIST (AI|CSWP|TN|GCR|AMS|HB) (\d{1,4}(?:-\d{1,3})?)(?![0-9]))");
  static const Pattern dated(R"([ -]?[eE](20\d{2})(?!\d))");
  static const Pattern more(R"(((?:800|1800)-\d{1,3}[A-Z]?)(?:,? ?(?:Rev(?:ision|\.)? ?|[rR])(\d+))?(?![A-Za-z0-9]))");
  static const Pattern fips_more(R"((1\d{2}(?:-\d)?|2\d{2})(?![A-Za-z0-9]|\.\d))");
  const std::size_t begin = reader.at();
  const auto add = [&](std::string identifier, const std::string& revision, std::size_t from) {
    if (!revision.empty()) identifier += " Rev. " + revision;
    names.push_back({std::move(identifier), from, reader.at()});
  };
  const auto list = [&](const Pattern& pattern, std::string_view lead) {
    while (true) {
      const std::size_t place = reader.at();
      const auto joint = take_joint(reader);
      const std::size_t at = reader.at();
      const auto n = joint && !joint->range ? reader.take(pattern) : std::nullopt;
      if (!n) return reader.back_to(place);
      add(fmt::format("{}{}", lead, (*n)[1]), n->size() > 2 ? (*n)[2] : "", at);
    }
  };
  if (const auto m = reader.take(publication)) {
    add("NIST SP " + (*m)[1], (*m)[2], begin);
    names.back().sure = (*m)[0].starts_with("NIST") || (*m)[1].find('-') != std::string::npos;
    list(more, "NIST SP ");
    return true;
  }
  if (const auto m = reader.take(report)) {
    add("NIST IR " + (*m)[1], (*m)[2], begin);
    return true;
  }
  if (const auto m = reader.take(fips)) {
    add("NIST FIPS " + (*m)[1], "", begin);
    list(fips_more, "NIST FIPS ");
    return true;
  }
  if (const auto m = reader.take(other)) {
    add(fmt::format("NIST {} {}", (*m)[1], (*m)[2]), "", begin);
    if (const auto d = reader.take(dated)) names.back().identifier += "e" + (*d)[1];
    names.back().end = reader.at();
    return true;
  }
  return false;
}

bool read_w3c(Reader& reader, Names& names) {
  static const Pattern dated(
      R"((?:W3C )?(REC|PER|PR|CR|CRD|WD|FPWD|NOTE|DNOTE|STMT|RSCND)-([A-Za-z][A-Za-z0-9._-]*?)-((?:19|20)\d{6})(?!\d))");
  static const Pattern address(R"((?:www\.)?w3\.org/TR/([A-Za-z][A-Za-z0-9._-]*)/?)");
  const std::size_t begin = reader.at();
  if (const auto m = reader.take(dated)) {
    names.push_back({fmt::format("W3C {}-{}-{}", (*m)[1], (*m)[2], (*m)[3]), begin, reader.at()});
    return true;
  }
  if (const auto m = reader.take(address)) {
    names.push_back({"W3C " + (*m)[1], begin, reader.at()});
    names.back().sure = false;
    return true;
  }
  return false;
}

bool read_oasis(Reader& reader, Names& names) {
  static const Pattern spelled(
      R"(OASIS (?:Standard )?([A-Za-z][A-Za-z0-9]*(?:[ -](?!Version|version)[A-Z][A-Za-z0-9]*)?)(?:,? (?:Version|)"
      R"(version|v|V) ?|[- ]v)(\d+\.\d+(?:\.\d+)?)((?:-(?:os|OS|cs\d+|CS\d+|csd\d+|CSD\d+))?))");
  static const Pattern code(
      R"(([A-Za-z][A-Za-z0-9-]*)-v(\d+\.\d+(?:\.\d+)?)-((?:os|OS)|(?:cs|CS|csd|CSD|csprd|CSPRD)\d+)(?![A-Za-z0-9]))");
  const std::size_t begin = reader.at();
  if (const auto m = reader.take(spelled)) {
    std::string name = (*m)[1];
    std::ranges::replace(name, ' ', '-');
    std::string stage = (*m)[3];
    std::ranges::transform(stage, stage.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    names.push_back({fmt::format("OASIS {}-v{}{}", name, (*m)[2], stage), begin, reader.at()});
    return true;
  }
  if (const auto m = reader.take(code)) {
    std::string stage = (*m)[3];
    std::ranges::transform(stage, stage.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    names.push_back({fmt::format("OASIS {}-v{}-{}", (*m)[1], (*m)[2], stage), begin, reader.at()});
    names.back().sure = false;
    return true;
  }
  return false;
}

bool read_other(Reader& reader, Names& names) {
  static const Pattern ecma(R"(ECMA[- ](?:TR/)?(\d{1,3})(?![A-Za-z0-9]))");
  static const Pattern numbered(
      R"((ANSI|ASTM|SAE|BS|DIN|(?:pr|Fpr)?EN|CEN/TS|CEN/TR|CLC/TS|GB/T|GB|YD/T|JIS|KS|GOST|TTA|TTC|ATIS|GSMA|TIA|UL|)"
      R"(ISA|PKCS|OGC|JCGM|ANSSI|BSI TR)(?![ -](?:ISO|IEC|EN |IEEE|)"
      R"(ETS))([ -]#?(?:[A-Z]{1,3}[ .-]?)?\d[0-9A-Za-z.-]*(?::(?:19|20)\d{2})?))");
  const std::size_t begin = reader.at();
  if (const auto m = reader.take(ecma)) {
    names.push_back({"ECMA-" + (*m)[1], begin, reader.at()});
    names.back().plain = true;
    return true;
  }
  if (const auto m = reader.take(numbered)) {
    std::string number = (*m)[2];
    while (!number.empty() && !is_word(number.back())) {
      number.pop_back();
      reader.back_to(reader.at() - 1);
    }
    if (std::ranges::count_if(number, is_digit) < 2 && (*m)[1] != "PKCS") return false;
    names.push_back({(*m)[1] + number, begin, reader.at()});
    names.back().plain = true;
    return true;
  }
  return false;
}

/// Who reads what begins with which letters; the first that can, does.
struct Body {
  std::string_view letters;
  bool (*read)(Reader&, Names&);
};
constexpr Body bodies[] = {
    {"IRUCM\xD0"
     "SABDEFGHJKLNOPQTVXYZ",
     read_itu},
    {"ICM\xD0"
     "A",
     read_iso},
    {"RBSFId", read_ietf},
    {"ETSIG", read_etsi},
    {"3T", read_3gpp},
    {"IA8", read_ieee},
    {"NSF", read_nist},
    {"WRPCFNDSw", read_w3c},
    {"O", read_oasis},
    {"EASBDCGYJKTUIPOpF", read_other},
};

}  // namespace

std::vector<Citation> find_citations(std::string_view text) {
  const Flat flat = flat_of(text);
  std::vector<Citation> citations;
  const auto give = [&](const Names& names) {
    for (Named n : names) {
      // "and Cor. 2 (2015)" begins with its own word.
      static const std::regex joints(R"(^(?:[ ,+/]|and |with |including |as amended by |its )+)");
      const std::string whole = flat.text.substr(n.begin, n.end - n.begin);
      std::smatch lead;
      if (std::regex_search(whole, lead, joints)) n.begin += static_cast<std::size_t>(lead.length());
      Citation citation;
      citation.begin = flat.at[n.begin];
      citation.end = n.end < flat.text.size() ? flat.at[n.end - 1] + 1 : flat.at[n.end];
      citation.written = flat.text.substr(n.begin, n.end - n.begin);
      // A character of several bytes ends behind its last one.
      while (citation.end < text.size() && (static_cast<unsigned char>(text[citation.end]) & 0xC0U) == 0x80U) ++citation.end;
      if (n.plain) {
        citation.identifier.number = citation.identifier.text = n.identifier;
      } else {
        citation.identifier = parse_identifier(n.identifier);
      }
      citation.adopter = n.adopter;
      citation.release = n.release;
      citation.published = n.published;
      citation.series = n.series;
      citation.within = n.within;
      citation.sure = n.sure;
      citations.push_back(std::move(citation));
    }
  };
  for (std::size_t i = 0; i < flat.text.size();) {
    const char c = flat.text[i];
    const bool starts = (i == 0 || !is_word(flat.text[i - 1])) && (is_word(c) || static_cast<unsigned char>(c) >= 0x80);
    std::size_t end = i + 1;
    if (starts) {
      for (const Body& body : bodies) {
        if (body.letters.find(c) == std::string_view::npos) continue;
        Reader reader(flat.text, i);
        Names names;
        if (!body.read(reader, names) || names.empty()) continue;
        give(names);
        end = std::max(end, reader.at());
        break;
      }
    }
    i = end;
  }
  return citations;
}

}  // namespace lacuna
