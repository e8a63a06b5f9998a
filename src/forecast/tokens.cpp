#include "forecast/tokens.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace lacuna::forecast {
namespace {

/// Words of grammar, words of the trade that say what a document is rather than what it is about, and units of measure.
constexpr auto stop_words = std::to_array<std::string_view>({
    "3gpp",
    "about",
    "above",
    "according",
    "across",
    "additional",
    "after",
    "against",
    "all",
    "along",
    "also",
    "although",
    "amendment",
    "amendments",
    "american",
    "among",
    "an",
    "and",
    "any",
    "are",
    "as",
    "associated",
    "at",
    "based",
    "basis",
    "be",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "can",
    "cannot",
    "case",
    "cases",
    "ccitt",
    "chapter",
    "chapters",
    "cm",
    "common",
    "consideration",
    "considerations",
    "could",
    "current",
    "db",
    "de",
    "defined",
    "definition",
    "definitions",
    "des",
    "description",
    "descriptions",
    "detail",
    "details",
    "determining",
    "did",
    "do",
    "document",
    "documentation",
    "documents",
    "does",
    "done",
    "draft",
    "due",
    "during",
    "each",
    "edition",
    "either",
    "en",
    "et",
    "etc",
    "every",
    "example",
    "examples",
    "except",
    "existing",
    "families",
    "family",
    "few",
    "first",
    "following",
    "for",
    "from",
    "full",
    "general",
    "ghz",
    "guidance",
    "guide",
    "guideline",
    "guidelines",
    "guides",
    "had",
    "has",
    "have",
    "having",
    "how",
    "however",
    "hz",
    "iec",
    "ieee",
    "if",
    "ii",
    "iii",
    "in",
    "including",
    "international",
    "into",
    "introduction",
    "is",
    "iso",
    "it",
    "its",
    "itu",
    "iv",
    "khz",
    "kpa",
    "kv",
    "kw",
    "la",
    "le",
    "les",
    "limit",
    "limits",
    "list",
    "made",
    "main",
    "matter",
    "matters",
    "may",
    "mhz",
    "might",
    "mm",
    "modified",
    "more",
    "most",
    "mpa",
    "must",
    "mw",
    "neither",
    "new",
    "next",
    "nm",
    "no",
    "non",
    "nor",
    "not",
    "number",
    "numbers",
    "of",
    "off",
    "on",
    "one",
    "only",
    "onto",
    "or",
    "other",
    "others",
    "our",
    "out",
    "over",
    "overview",
    "own",
    "paper",
    "papers",
    "part",
    "particular",
    "parts",
    "per",
    "practice",
    "practices",
    "purpose",
    "purposes",
    "recommendation",
    "recommendations",
    "recommended",
    "reference",
    "references",
    "related",
    "release",
    "releases",
    "report",
    "reports",
    "required",
    "requirement",
    "requirements",
    "result",
    "results",
    "same",
    "second",
    "section",
    "sectional",
    "sections",
    "series",
    "set",
    "sets",
    "shall",
    "should",
    "similar",
    "since",
    "single",
    "so",
    "some",
    "special",
    "specific",
    "specification",
    "specifications",
    "stage",
    "stages",
    "standard",
    "standardized",
    "standards",
    "state",
    "states",
    "std",
    "such",
    "supplement",
    "supplements",
    "technical",
    "term",
    "terminology",
    "terms",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "therefore",
    "these",
    "they",
    "third",
    "this",
    "those",
    "three",
    "through",
    "to",
    "tr",
    "ts",
    "two",
    "type",
    "types",
    "under",
    "until",
    "up",
    "upon",
    "use",
    "used",
    "uses",
    "using",
    "v1",
    "v2",
    "various",
    "version",
    "versions",
    "versus",
    "via",
    "vocabulary",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whose",
    "will",
    "with",
    "within",
    "without",
    "would",
    "you",
    "your",
});

/// One spelling for words that bodies spell in two ways.
constexpr auto spellings = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"behaviour", "behavior"},
    {"centre", "center"},
    {"centres", "center"},
    {"colour", "color"},
    {"colours", "color"},
    {"fibre", "fiber"},
    {"fibres", "fiber"},
    {"labelling", "labeling"},
    {"licence", "license"},
    {"licences", "license"},
    {"metre", "meter"},
    {"metres", "meter"},
    {"modelling", "modeling"},
    {"organisation", "organization"},
    {"signalling", "signaling"},
});

constexpr auto generic = std::to_array<std::string_view>({
#include "forecast/generic_labels.inc"
});

enum class Sort : std::uint8_t { part, blank, hyphen, open, close, sign };

constexpr std::array<Sort, 128> ascii_sorts = [] {
  std::array<Sort, 128> sorts{};
  for (unsigned c = 0; c < 128; ++c) {
    const bool part = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    sorts[c] = part                                              ? Sort::part
               : c == ' ' || c == '\t' || c == '\n' || c == '\r' ? Sort::blank
               : c == '-'                                        ? Sort::hyphen
               : c == '('                                        ? Sort::open
               : c == ')'                                        ? Sort::close
                                                                 : Sort::sign;
  }
  return sorts;
}();

Sort sort_of(char32_t c) {
  if (c < 0x80) return ascii_sorts[c];
  if (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) return Sort::part;
  if (c == 0xA0 || (c >= 0x2000 && c <= 0x200B)) return Sort::blank;
  return c == 0x2010 || c == 0x2011 || c == 0xAD ? Sort::hyphen : Sort::sign;
}

/// Without the ending of the plural: "bodies", "boxes", "gases" as "body", "box", "gase".
void to_singular(std::string& word) {
  if (word.size() <= 3 || word.back() != 's' || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is")) return;
  if (word.ends_with("ies") && word.size() > 4) {
    word.replace(word.size() - 3, 3, "y");
  } else if (word.ends_with("xes") || word.ends_with("zes") || word.ends_with("ches") || word.ends_with("shes") ||
             word.ends_with("sses")) {
    word.resize(word.size() - 2);
  } else {
    word.pop_back();
  }
}

template <class Number>
void read_into(std::string_view text, const Number& number, std::vector<Stem>& into) {
  Tokenizer tokens(text);
  Token token;
  while (tokens.next(token)) {
    const Stem stem = token.word.empty() ? token.cut : number(token.word);
    if (stem != cut || (!into.empty() && into.back() != cut)) into.push_back(stem);
  }
  if (!into.empty() && into.back() != cut) into.push_back(cut);
}

}  // namespace

std::string stem_of(std::string_view as_it_stands, bool shouted) {
  std::string word(as_it_stands);
  if (word.size() < 2 || std::ranges::all_of(word, is_digit)) return {};
  const bool short_form = !shouted && word.size() <= 5 && std::ranges::all_of(word, is_capital);
  for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (std::ranges::binary_search(stop_words, std::string_view(word))) return {};
  if (short_form) return std::string(as_it_stands);
  const auto known =
      std::ranges::lower_bound(spellings, std::string_view(word), {}, &std::pair<std::string_view, std::string_view>::first);
  if (known != spellings.end() && known->first == word) return std::string(known->second);
  to_singular(word);
  if (const std::size_t at = word.rfind("isation"); at != std::string::npos && at + 7 == word.size() && at > 2)
    word[at + 1] = 'z';
  return word;
}

bool mostly_capitals(std::string_view text) {
  return 2 * std::ranges::count_if(text, is_capital) > std::ranges::count_if(text, is_letter);
}

bool Tokenizer::next(Token& token) {
  while (!rest_.empty()) {
    std::string_view after = rest_;
    const Sort sort = sort_of(next_code_point(after));
    if (sort != Sort::part) {
      const bool dash = sort == Sort::hyphen && after.starts_with(' ');  // " - " parts what a hyphen joins.
      rest_ = after;
      if (sort == Sort::blank || (sort == Sort::hyphen && !dash)) continue;
      token = {{}, sort == Sort::open ? opened : sort == Sort::close ? closed : cut};
      return true;
    }
    std::string_view end = after;
    while (!after.empty() && sort_of(next_code_point(after)) == Sort::part) end = after;
    token = {rest_.substr(0, rest_.size() - end.size()), cut};
    rest_ = end;
    return true;
  }
  return false;
}

Stem Stems::read(std::string_view word, bool shouted) {
  Numbers& words = words_[shouted ? 1 : 0];
  if (const auto known = words.find(word); known != words.end()) return known->second;
  const std::string stem = stem_of(word, shouted);
  const Stem number = stem.empty() ? cut : this->number(stem);
  words.emplace(word, number);
  return number;
}

Stem Stems::number(std::string_view stem) {
  const auto known = numbers_.find(stem);
  if (known != numbers_.end()) return known->second;
  texts_.emplace_back(stem);
  return numbers_.emplace(stem, static_cast<Stem>(texts_.size() - 1)).first->second;
}

Stem Stems::find(std::string_view stem) const {
  const auto known = numbers_.find(stem);
  return known == numbers_.end() ? cut : known->second;
}

void read_text(std::string_view text, Stems& stems, std::vector<Stem>& into) {
  const bool shouted = mostly_capitals(text);
  read_into(
      text, [&](std::string_view word) { return stems.read(word, shouted); }, into);
}

void read_text(std::string_view text, const Stems& stems, std::vector<Stem>& into) {
  const bool shouted = mostly_capitals(text);
  read_into(
      text, [&](std::string_view word) { return stems.find(stem_of(word, shouted)); }, into);
}

std::vector<Stem> read_label(std::string_view text, bool shouted, const Stems& stems) {
  std::vector<Stem> label;
  Tokenizer tokens(text);
  Token token;
  while (tokens.next(token)) {
    const Stem stem = token.word.empty() ? cut : stems.find(stem_of(token.word, shouted));
    if (stem < first_stem) return {};
    label.push_back(stem);
  }
  return label;
}

std::vector<std::string_view> title_elements(std::string_view title) {
  std::vector<std::string_view> elements;
  std::size_t begin = 0;
  const auto end_at = [&](std::size_t end) {
    if (end > begin) elements.push_back(title.substr(begin, end - begin));
  };
  for (std::size_t i = 0; i < title.size(); ++i) {
    const std::string_view rest = title.substr(i);
    std::size_t size = 0;
    if (std::string_view(";:,()").find(title[i]) != std::string_view::npos) size = 1;
    for (const std::string_view dash : {" - ", " – ", " — "}) {
      if (rest.starts_with(dash)) size = dash.size();
    }
    if (size == 0) continue;
    end_at(i);
    begin = i + size;
    i += size - 1;
  }
  end_at(title.size());
  return elements;
}

std::vector<std::string_view> keywords_of(std::string_view keywords) {
  std::vector<std::string_view> list;
  while (!keywords.empty()) {
    const std::size_t end = std::min(keywords.find(';'), keywords.size());
    if (end > 0) list.push_back(keywords.substr(0, end));
    keywords.remove_prefix(std::min(end + 1, keywords.size()));
  }
  return list;
}

std::string_view subject_of(std::string_view abstract) {
  constexpr std::array<std::string_view, 7> french{"la", "le", "les", "des", "du", "et", "une"};
  constexpr std::array<std::string_view, 6> english{"the", "of", "and", "for", "is", "to"};
  std::size_t ours = 0;
  std::size_t theirs = 0;
  for (std::size_t at = abstract.find(' '); at != std::string_view::npos;) {
    const std::size_t end = abstract.find(' ', at + 1);
    if (end == std::string_view::npos) break;
    const std::string_view word = abstract.substr(at + 1, end - at - 1);
    if (word.size() == 2 || word.size() == 3) {
      if (std::ranges::find(english, word) != english.end())
        ++ours;
      else if (std::ranges::find(french, word) != french.end())
        ++theirs;
    }
    at = end;
  }
  if (theirs >= 2 && theirs > ours) return {};
  for (const std::string_view end : {"cancels and replaces", "significant technical changes"})
    abstract = abstract.substr(0, abstract.find(end));
  return abstract;
}

bool is_generic(std::string_view label) { return std::ranges::find(generic, label) != generic.end(); }

}  // namespace lacuna::forecast
