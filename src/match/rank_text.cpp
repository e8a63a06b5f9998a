#include "match/rank_text.hpp"

#include <algorithm>
#include <cmath>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "text/titles.hpp"

namespace lacuna {
namespace {

constexpr std::uint32_t no_number = 0xffffffffU;
constexpr double pair_worth = 0.5;
constexpr double concept_worth = 1.2;

double damped(double times) { return times >= 1 ? 1 + std::log(times) : times; }

/// Adds the features of one part to those of all.
void add_part(Features& part, double counts, Features& all) {
  gather(part);
  for (const Feature& f : part) all.push_back({f.id, static_cast<float>(counts * damped(f.weight))});
}

/// Targets of Markdown links within a page are no words.
std::string without_anchors(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find("](#", at);
    const std::size_t close = open == std::string_view::npos ? open : text.find(')', open);
    if (close == std::string_view::npos) return result.append(text.substr(at));
    result.append(text.substr(at, open + 1 - at));
    at = close + 1;
  }
  return result;
}

/// The parts of a title, "Safety of machinery - Noise", in lower case and without those that only number it ("part 3").
std::vector<std::string> segments_of(std::string_view title) {
  std::vector<std::string> list;
  for (const std::string_view part : title_parts(title)) {
    std::string segment = lower(part);
    const bool number = segment.starts_with("part ") && segment.find_first_not_of("0123456789", 5) == std::string::npos;
    if (!number) list.push_back(std::move(segment));
  }
  return list;
}

}  // namespace

void gather(Features& features) {
  std::ranges::stable_sort(features, {}, &Feature::id);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (kept > 0 && features[kept - 1].id == features[i].id) {
      features[kept - 1].weight += features[i].weight;
    } else {
      features[kept++] = features[i];
    }
  }
  features.resize(kept);
}

std::pair<std::string_view, std::string_view> title_and_rest(std::string_view text) {
  std::size_t end = text.size();
  std::size_t next = end;
  for (const std::string_view separator : {". ", ": ", " - "}) {
    const std::size_t at = text.find(separator, 3);
    if (at < end) {
      end = at;
      next = at + separator.size();
    }
  }
  if (end > 90 || end == text.size()) return {{}, text};
  const std::string_view title = text.substr(0, end);
  std::size_t words = 0;
  for (std::size_t i = 0; i < title.size(); ++i) words += title[i] != ' ' && (i == 0 || title[i - 1] == ' ');
  if (words > 10) return {{}, text};
  return {title, text.substr(next)};
}

RankText::RankText() : vocabulary_(Reading::requirements) {
  std::string_view table = security_concepts();
  while (!table.empty()) {
    const std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(table.size(), line.size() + 1));
    const std::size_t colon = line.find(':');
    if (line.starts_with('#') || colon == std::string_view::npos) continue;
    const std::uint32_t feature = fresh(concept_worth);
    std::string_view rest = line.substr(colon + 1);
    while (!rest.empty()) {
      const std::string_view phrase = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(rest.size(), phrase.size() + 1));
      std::vector<std::uint32_t> stems;
      vocabulary_.terms(phrase, stems);
      if (stems.empty()) continue;
      auto& list = phrases_[stems.front()];
      const bool there =
          std::ranges::any_of(list, [&](const Phrase& p) { return p.concept_feature == feature && p.stems == stems; });
      if (!there) list.push_back({std::move(stems), feature});
    }
  }
}

std::uint32_t RankText::fresh(double worth) {
  worths_.push_back(worth);
  return static_cast<std::uint32_t>(worths_.size() - 1);
}

std::uint32_t RankText::feature_of_stem(std::uint32_t stem) {
  if (by_stem_.size() <= stem) by_stem_.resize(stem + 1, no_number);
  if (by_stem_[stem] == no_number) by_stem_[stem] = fresh(1);
  return by_stem_[stem];
}

std::vector<std::uint32_t> RankText::stems(std::string_view text) {
  std::vector<std::uint32_t> result;
  vocabulary_.terms(text, result);
  return result;
}

template <class Meet>
void RankText::trace(const std::vector<std::uint32_t>& stems, const Meet& meet) {
  std::vector<std::uint32_t> concepts;
  for (std::size_t i = 0; i < stems.size(); ++i) {
    meet(feature_of_stem(stems[i]), 1.0F, i, 1);
    if (i + 1 < stems.size()) {
      const auto [entry, is_new] = by_pair_.try_emplace(std::uint64_t{stems[i]} << 32 | stems[i + 1], 0);
      if (is_new) entry->second = fresh(pair_worth);
      meet(entry->second, 1.0F, i, 2);
    }
    const auto list = phrases_.find(stems[i]);
    if (list == phrases_.end()) continue;
    const auto here = [&](const Phrase& p) {
      return p.stems.size() <= stems.size() - i &&
             std::equal(p.stems.begin(), p.stems.end(), stems.begin() + static_cast<std::ptrdiff_t>(i));
    };
    concepts.clear();
    for (const Phrase& p : list->second) {
      if (here(p) && std::ranges::find(concepts, p.concept_feature) == concepts.end()) concepts.push_back(p.concept_feature);
    }
    // A word of many concepts says less of each.
    const auto weight = static_cast<float>(1 / std::sqrt(static_cast<double>(concepts.size())));
    for (const std::uint32_t c : concepts) {
      std::size_t length = 0;
      for (const Phrase& p : list->second) length = p.concept_feature == c && here(p) ? std::max(length, p.stems.size()) : length;
      meet(c, weight, i, length);
    }
  }
}

Features RankText::read(const Parts& parts) {
  Features all;
  Features part;
  for (const auto& [text, counts] : parts) {
    if (text.empty()) continue;
    part.clear();
    stems_.clear();
    if (text.find("](#") == std::string_view::npos) {
      vocabulary_.terms(text, stems_);
    } else {
      vocabulary_.terms(without_anchors(text), stems_);
    }
    trace(stems_, [&](std::uint32_t feature, float weight, std::size_t, std::size_t) { part.push_back({feature, weight}); });
    add_part(part, counts, all);
  }
  gather(all);
  return all;
}

std::vector<std::pair<std::string_view, std::uint32_t>> RankText::spans(std::string_view text) {
  const std::vector<Token> tokens = vocabulary_.tokens(text);
  std::vector<std::uint32_t> stems;
  for (const Token& token : tokens) stems.push_back(token.term);
  std::vector<std::pair<std::string_view, std::uint32_t>> list;
  trace(stems, [&](std::uint32_t feature, float, std::size_t first, std::size_t length) {
    const std::string_view last = tokens[first + length - 1].word;
    const auto start = static_cast<std::size_t>(tokens[first].word.data() - text.data());
    list.emplace_back(text.substr(start, static_cast<std::size_t>(last.data() - text.data()) + last.size() - start), feature);
  });
  return list;
}

std::vector<Mark> RankText::marks(std::string_view title, std::string_view context) {
  constexpr float in_title = 3, in_context = 1, in_first_segment = 5, whole_segment = 3;
  enum Sort : std::uint64_t {
    stem = 0,
    pair = std::uint64_t{1} << 60,
    of_title = std::uint64_t{2} << 60,
    of_first = std::uint64_t{3} << 60,
    segment = std::uint64_t{4} << 60
  };
  std::vector<Mark> all;
  const auto words = stems(title);
  for (std::size_t i = 0; i < words.size(); ++i) {
    all.push_back({stem | words[i], in_title});
    if (i + 1 < words.size()) all.push_back({pair | std::uint64_t{words[i]} << 30 | words[i + 1], in_title});
  }
  for (const std::uint32_t word : stems(context)) all.push_back({stem | word, in_context});
  const std::vector<std::string> segments = segments_of(title);
  std::vector<Mark> once;
  for (const std::uint32_t word : words) once.push_back({of_title | word, in_title});
  for (std::size_t i = 0; i < std::min<std::size_t>(4, segments.size()); ++i)
    once.push_back({segment | hash_of(segments[i]) >> 4, whole_segment});
  if (!segments.empty()) {
    for (const std::uint32_t word : stems(segments.front())) once.push_back({of_first | word, in_first_segment});
  }
  const auto by_key = [](std::vector<Mark>& list) { std::ranges::stable_sort(list, {}, &Mark::key); };
  by_key(once);
  once.erase(std::unique(once.begin(), once.end(), [](const Mark& a, const Mark& b) { return a.key == b.key; }), once.end());
  all.insert(all.end(), once.begin(), once.end());
  by_key(all);
  std::vector<Mark> result;
  for (const Mark& mark : all) {
    if (!result.empty() && result.back().key == mark.key) {
      result.back().weight += mark.weight;
    } else {
      result.push_back(mark);
    }
  }
  return result;
}

Parts query_parts(std::string_view text, std::string_view title, std::string_view context, double context_counts) {
  const auto [leading, rest] = title_and_rest(text);
  Parts parts;
  if (!leading.empty()) parts.emplace_back(leading, 1.5);
  const auto words = std::ranges::count(rest, ' ') + 1;
  parts.emplace_back(rest, leading.empty() && words <= 10 ? 1.5 : 1.0);
  parts.emplace_back(title, 1.0);
  parts.emplace_back(context, context_counts);
  return parts;
}

Features RankCharacters::read(const Parts& parts, bool growing) {
  Features all;
  Features part;
  for (const auto& [text, counts] : parts) {
    part.clear();
    std::string_view rest = text;
    for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
      const std::string padded = ' ' + lower(word) + ' ';
      for (std::size_t n = 3; n <= 5; ++n) {
        for (std::size_t i = 0; i + n <= padded.size(); ++i) {
          std::uint64_t key = n;
          for (std::size_t j = i; j < i + n; ++j) key = key << 8 | static_cast<unsigned char>(padded[j]);
          const auto known = numbers_.find(key);
          if (known != numbers_.end()) {
            part.push_back({known->second, 1});
          } else if (growing) {
            const auto number = static_cast<std::uint32_t>(numbers_.size());
            numbers_.emplace(key, number);
            part.push_back({number, 1});
          }
        }
      }
    }
    add_part(part, counts, all);
  }
  gather(all);
  return all;
}

}  // namespace lacuna
