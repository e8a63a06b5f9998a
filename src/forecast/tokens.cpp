#include "forecast/tokens.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "text/stemmer.hpp"
#include "text/stop_words.hpp"
#include "text/titles.hpp"

namespace lacuna::forecast {
namespace {

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
  if (is_stop_word(word)) return {};
  if (short_form) return std::string(as_it_stands);
  const auto known =
      std::ranges::lower_bound(spellings, std::string_view(word), {}, &std::pair<std::string_view, std::string_view>::first);
  if (known != spellings.end() && known->first == word) word = known->second;
  if (const std::size_t at = word.rfind("isation"); at != std::string::npos && at > 2) word[at + 1] = 'z';
  thread_local Stemmer stemmer;
  return std::string(stemmer.stem(word));
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
  Words& words = words_[shouted ? 1 : 0];
  auto known = words.find(word);
  if (known == words.end()) {
    const std::string stem = stem_of(word, shouted);
    known = words.emplace(word, Read{stem.empty() ? cut : number(stem), 0}).first;
  }
  ++known->second.times;
  return known->second.stem;
}

Stem Stems::number(std::string_view stem) {
  const auto known = numbers_.find(stem);
  if (known != numbers_.end()) return known->second;
  texts_.emplace_back(stem);
  return numbers_.emplace(stem, static_cast<Stem>(texts_.size() - 1)).first->second;
}

std::vector<Stem> Stems::take(const Stems& other) {
  std::vector<Stem> numbers(other.size());
  for (Stem s = 0; s < numbers.size(); ++s) numbers[s] = s < first_stem ? s : number(other.text(s));
  for (std::size_t shouted = 0; shouted < words_.size(); ++shouted) {
    for (const auto& [word, read] : other.words_[shouted])
      words_[shouted].try_emplace(word, Read{numbers[read.stem], 0}).first->second.times += read.times;
  }
  return numbers;
}

std::string Stems::word(Stem stem) const {
  if (shown_.empty()) {
    // The word in lower case, or the short form as it stands, that texts have most often; of equals the shorter, then the first.
    std::map<std::string, std::pair<Stem, std::uint32_t>, std::less<>> times;
    for (std::size_t shouted = 0; shouted < words_.size(); ++shouted) {
      for (const auto& [word, read] : words_[shouted]) {
        if (read.stem < first_stem) continue;
        auto& known = times[text(read.stem) == word ? word : lower(word)];
        known = {read.stem, known.second + read.times};
      }
    }
    shown_.resize(size());
    std::vector<std::uint32_t> most(size());
    for (const auto& [word, read] : times) {
      std::string& best = shown_[read.first];
      if (read.second < most[read.first] || (read.second == most[read.first] && word.size() >= best.size())) continue;
      most[read.first] = read.second;
      best = word;
    }
  }
  return stem < shown_.size() && !shown_[stem].empty() ? shown_[stem] : text(stem);
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
  for (std::string_view part : title_parts(title)) {
    while (!part.empty()) {
      const std::size_t end = std::min(part.find_first_of(",()"), part.size());
      if (end > 0) elements.push_back(part.substr(0, end));
      part.remove_prefix(std::min(end + 1, part.size()));
    }
  }
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

bool is_generic(std::string_view name) {
  static const std::set<std::string, std::less<>> names = [] {
    std::set<std::string, std::less<>> result;
    for (std::string_view label : generic) {
      std::string stems;
      for (std::string_view word = next_word(label); !word.empty(); word = next_word(label))
        stems += (stems.empty() ? "" : " ") + stem_of(word, false);
      result.insert(std::move(stems));
    }
    return result;
  }();
  return names.contains(name);
}

}  // namespace lacuna::forecast
