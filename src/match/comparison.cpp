#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "base/sorted.hpp"
#include "base/text.hpp"
#include "lacuna/match.hpp"
#include "match/comparison_state.hpp"
#include "text/terms.hpp"
#include "text/titles.hpp"

namespace lacuna {

namespace {

constexpr double in_text = 0.5;   ///< A word of the proposal's title that only the document's text has.
constexpr double in_scope = 0.7;  ///< A word of the document's title that only the proposal's scope has.

}  // namespace

std::function<double(const std::string&)> rarity_in(const std::vector<std::string>& texts) {
  std::map<std::string, std::size_t> counts;
  Vocabulary vocabulary;
  std::vector<std::uint32_t> terms;
  for (const std::string& text : texts) {
    terms.clear();
    vocabulary.terms(text, terms);
    sort_unique(terms);
    for (const std::uint32_t t : terms) ++counts[vocabulary.stem(t)];
  }
  return [counts = std::move(counts), n = static_cast<double>(texts.size())](const std::string& stem) {
    const auto count = counts.find(stem);
    const double with = count == counts.end() ? 1 : static_cast<double>(count->second);
    return std::log(1 + (std::max(n, with) - with + 0.5) / (with + 0.5));
  };
}

std::function<std::size_t(const std::string&)> titles_with_part(const std::vector<std::string>& titles) {
  std::map<std::string, std::size_t> counts;
  for (const std::string& title : titles) {
    std::vector<std::string> parts = leading_parts(title);
    sort_unique(parts);
    for (std::string& part : parts) ++counts[std::move(part)];
  }
  return [counts = std::move(counts)](const std::string& part) {
    const auto count = counts.find(part);
    return count == counts.end() ? std::size_t{0} : count->second;
  };
}

namespace {

/// Where each leading part of a title ends, and what its words count: 1 where no other title has it, 1 / (1 + ln n) where n have.
std::vector<std::pair<std::size_t, double>> series_in(const std::string& title,
                                                      const std::function<std::size_t(const std::string&)>& titles) {
  std::vector<std::pair<std::size_t, double>> ends;
  const std::vector<std::string_view> parts = title_parts(title);
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const std::size_t sharing = std::max<std::size_t>(1, titles(title_part_key(parts[i])));
    const auto end = static_cast<std::size_t>(parts[i].data() - title.data()) + parts[i].size();
    ends.emplace_back(end, 1 / (1 + std::log(static_cast<double>(sharing))));
  }
  return ends;
}

/// Adds the words of one of the two texts of a writing.
template <class State>
void add(State& s, const std::string& text, bool title, Prepared& prepared, std::vector<std::uint32_t>& terms) {
  const auto series = title ? series_in(text, s.titles) : std::vector<std::pair<std::size_t, double>>();
  auto part = series.begin();
  for (const Token& t : s.vocabulary.tokens(text)) {
    terms.push_back(t.term);
    const auto begin = static_cast<std::uint32_t>(t.word.data() - text.data());
    while (part != series.end() && begin >= part->first) ++part;
    const double counts = part == series.end() ? 1.0 : part->second;
    if (t.term >= s.places.size()) s.places.resize(s.vocabulary.size(), 0);
    if (std::uint32_t& place = s.places[t.term]; place == 0) {
      prepared.words.push_back({t.term, counts, begin, static_cast<std::uint32_t>(t.word.size()), title});
      place = static_cast<std::uint32_t>(prepared.words.size());
    } else if (title) {
      prepared.words[place - 1].counts = std::max(prepared.words[place - 1].counts, counts);
    }
  }
}

/// Weighed share of the title of `of` that stands in `first`, or, for less, in `second`.
template <class State>
double share(State& s, const Prepared& of, const std::vector<std::uint32_t>& first, const std::vector<std::uint32_t>& second,
             double less) {
  double all = 0;
  double there = 0;
  for (const Prepared::Term& t : of.words) {
    if (!t.in_title) break;
    const double weight = t.counts * s.rarity_of(t.term);
    all += weight;
    there += weight * (std::ranges::binary_search(first, t.term) ? 1 : std::ranges::binary_search(second, t.term) ? less : 0);
  }
  return all > 0 ? there / all : 0;
}

std::string word_of(const Prepared& prepared, const Prepared::Term& t) {
  return (t.in_title ? prepared.writing.title : prepared.writing.text).substr(t.begin, t.length);
}

}  // namespace

Comparison::Comparison(std::function<double(const std::string&)> rarity, std::function<std::size_t(const std::string&)> titles,
                       const std::vector<ShortForm>& short_forms)
    : state_(std::make_unique<State>(std::move(rarity), std::move(titles), short_forms)) {}
Comparison::Comparison(Comparison&&) noexcept = default;
Comparison::~Comparison() = default;

Prepared Comparison::prepare(Writing writing) {
  State& s = *state_;
  Prepared prepared;
  prepared.writing = std::move(writing);
  add(s, prepared.writing.title, true, prepared, prepared.in_title);
  prepared.anywhere = prepared.in_title;
  s.forms.expand(prepared.in_title);
  std::vector<std::uint32_t> text;
  add(s, prepared.writing.text, false, prepared, text);
  s.forms.expand(text);
  prepared.anywhere.insert(prepared.anywhere.end(), text.begin(), text.end());
  prepared.anywhere.insert(prepared.anywhere.end(), prepared.in_title.begin(), prepared.in_title.end());
  sort_unique(prepared.in_title);
  sort_unique(prepared.anywhere);
  for (const Prepared::Term& t : prepared.words) s.places[t.term] = 0;
  return prepared;
}

Overlap Comparison::overlap(const Prepared& proposal, const Prepared& document) {
  State& s = *state_;
  Overlap overlap;
  overlap.found = share(s, proposal, document.in_title, document.anywhere, in_text);
  overlap.answered = share(s, document, proposal.in_title, proposal.anywhere, in_scope);
  const double sum = overlap.found + overlap.answered;
  overlap.degree = sum > 0 ? 2 * overlap.found * overlap.answered / sum : 0;
  for (const Prepared::Term& t : document.words) {
    if (!std::ranges::binary_search(proposal.anywhere, t.term)) continue;
    overlap.shared.push_back(
        {word_of(document, t), s.rarity_of(t.term), t.in_title && std::ranges::binary_search(proposal.in_title, t.term)});
  }
  for (const Prepared::Term& t : proposal.words) {
    if (!t.in_title) break;
    if (!std::ranges::binary_search(document.anywhere, t.term))
      overlap.missing.push_back({word_of(proposal, t), s.rarity_of(t.term), false});
  }
  std::ranges::stable_sort(overlap.missing, [](const SharedWord& a, const SharedWord& b) { return a.rarity > b.rarity; });
  std::ranges::stable_sort(overlap.shared, [](const SharedWord& a, const SharedWord& b) {
    return a.titles != b.titles ? a.titles : a.rarity > b.rarity;
  });
  return overlap;
}

}  // namespace lacuna
