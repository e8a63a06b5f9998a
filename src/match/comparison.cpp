#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>
#include <unordered_map>

#include "base/sorted.hpp"
#include "base/text.hpp"
#include "lacuna/match.hpp"
#include "match/short_forms.hpp"
#include "match/terms.hpp"

namespace lacuna {

template <> std::span<const Word> words<Nearness>() {
  static constexpr Word list[] = {
      {"same-subject", "the titles say nearly the same of the same thing"},
      {"neighbouring", "the titles share a good part of their subject"},
      {"similar-words", "some words are the same, the subject is not"},
  };
  return list;
}

template <> std::span<const Word> words<CheckVerdict>() {
  static constexpr Word list[] = {
      {"collides", "a document in force has the same subject"},
      {"coordinate", "a draft or work item has the same subject"},
      {"relate", "documents are neighbouring: name them under relations"},
      {"clear", "nothing near was found"},
  };
  return list;
}

namespace {

constexpr double series_part = 0.5;  ///< What the words of the first part of a title count, where it has several.
constexpr double in_text = 0.5;      ///< A word of the proposal's title that only the document's text has.
constexpr double in_scope = 0.7;     ///< A word of the document's title that only the proposal's scope has.

/// Where the first part of a title ends: at " - ", " — ", "; " or ": "; 0 where it has one part.
std::size_t first_part(std::string_view title) {
  std::size_t end = title.size();
  for (const std::string_view separator : {" - ", " -- ", " – ", " — ", "; ", ": "}) end = std::min(end, title.find(separator));
  return end < title.size() ? end : 0;
}

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

struct Comparison::State {
  using Terms = std::map<std::uint32_t, double>;  ///< With what each counts.

  double rarity_of(std::uint32_t term) {
    const auto [entry, fresh] = rarities.try_emplace(term, 0.0);
    if (fresh) entry->second = rarity(vocabulary.stem(term));
    return entry->second;
  }

  Terms title_terms(std::string_view title) {
    Terms terms;
    const std::size_t series = first_part(title);
    for (const Token& t : vocabulary.tokens(title)) {
      const bool in_series = static_cast<std::size_t>(t.word.data() - title.data()) < series;
      double& counts = terms[t.term];
      counts = std::max(counts, in_series ? series_part : 1.0);
    }
    return terms;
  }

  /// The terms of a text, with short forms for what they stand for and the other way round.
  std::set<std::uint32_t> all_terms(std::string_view text) {
    std::vector<std::uint32_t> list;
    vocabulary.terms(text, list);
    forms.expand(list);
    return {list.begin(), list.end()};
  }

  /// Weighed share of `terms` that stand in `first`, or, for less, in `second`.
  double share(const Terms& terms, const std::set<std::uint32_t>& first, const std::set<std::uint32_t>& second, double less) {
    double all = 0;
    double there = 0;
    for (const auto& [term, counts] : terms) {
      const double weight = counts * rarity_of(term);
      all += weight;
      there += weight * (first.contains(term) ? 1 : second.contains(term) ? less : 0);
    }
    return all > 0 ? there / all : 0;
  }

  Vocabulary vocabulary;
  std::function<double(const std::string&)> rarity;
  ShortForms forms;
  std::unordered_map<std::uint32_t, double> rarities;
  std::string proposed;
  Terms title;
  std::set<std::uint32_t> in_title;
  std::set<std::uint32_t> anywhere;

  State(std::function<double(const std::string&)> rarity_of_stem, const std::vector<ShortForm>& short_forms) : rarity(std::move(rarity_of_stem)), forms(short_forms, vocabulary) {}
};

Comparison::Comparison(std::function<double(const std::string&)> rarity, const std::vector<ShortForm>& short_forms) : state_(std::make_unique<State>(std::move(rarity), short_forms)) {}
Comparison::Comparison(Comparison&&) noexcept = default;
Comparison::~Comparison() = default;

void Comparison::propose(const Writing& proposal) {
  State& s = *state_;
  s.proposed = proposal.title;
  s.title = s.title_terms(proposal.title);
  s.in_title = s.all_terms(proposal.title);
  s.anywhere = s.all_terms(proposal.title + "\n" + proposal.text);
}

Overlap Comparison::with(const Writing& document) {
  State& s = *state_;
  Overlap overlap;
  const State::Terms title = s.title_terms(document.title);
  const auto in_title = s.all_terms(document.title);
  const auto in_document = s.all_terms(document.text);
  overlap.found = s.share(s.title, in_title, in_document, in_text);
  overlap.answered = s.share(title, s.in_title, s.anywhere, in_scope);
  const double sum = overlap.found + overlap.answered;
  overlap.degree = sum > 0 ? 2 * overlap.found * overlap.answered / sum : 0;
  std::set<std::uint32_t> told;
  for (const std::string_view text : {std::string_view(document.title), std::string_view(document.text)}) {
    for (const Token& t : s.vocabulary.tokens(text)) {
      if (!s.anywhere.contains(t.term) || !told.insert(t.term).second) continue;
      overlap.shared.push_back({std::string(t.word), s.rarity_of(t.term), s.in_title.contains(t.term) && in_title.contains(t.term)});
    }
  }
  told.clear();
  for (const Token& t : s.vocabulary.tokens(s.proposed)) {
    if (in_title.contains(t.term) || in_document.contains(t.term) || !told.insert(t.term).second) continue;
    overlap.missing.push_back({std::string(t.word), s.rarity_of(t.term), false});
  }
  std::ranges::stable_sort(overlap.missing, [](const SharedWord& a, const SharedWord& b) { return a.rarity > b.rarity; });
  std::ranges::stable_sort(overlap.shared, [](const SharedWord& a, const SharedWord& b) { return a.titles != b.titles ? a.titles : a.rarity > b.rarity; });
  return overlap;
}

}  // namespace lacuna
