#include "forecast/uptake_forecast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <functional>

#include "base/parallel.hpp"
#include "forecast/adamic_adar.hpp"
#include "forecast/candidates.hpp"

namespace lacuna::forecast {
namespace {

constexpr std::size_t best_pairs = 3;

constexpr int years_back = 5;
constexpr std::size_t most_similar = 100;

/// What a score rests on, in a sentence.
std::string why_of(const UptakeForecast::Score& score) {
  if (score.concepts.size() < 2) return "it names fewer than two concepts that the catalogues know";
  if (score.pairs.empty())
    return fmt::format("all pairs of its {} concepts stand together in some record already", score.concepts.size());
  const ConceptPair& best = score.pairs.front();
  std::string said = fmt::format("nobody has yet put \"{}\" and \"{}\" together", best.first, best.second);
  const bool told = best.looked > 0;
  if (told) said += fmt::format("; bodies did so with {} of the {} most similar pairs within five years", best.came, best.looked);
  for (std::size_t k = 1; k < std::min(best_pairs, score.pairs.size()); ++k) {
    const ConceptPair& pair = score.pairs[k];
    said += fmt::format("; nor \"{}\" and \"{}\"", pair.first, pair.second);
    if (told) said += fmt::format(" ({} of {})", pair.came, pair.looked);
  }
  return said;
}

/// Positions by value, ascending; equal ones in their order.
std::vector<std::uint64_t> ascending(const std::vector<float>& scores) {
  // Scores are not negative: as bits they stand in the same order.
  std::vector<std::uint64_t> order;
  order.reserve(scores.size());
  for (std::size_t pair = 0; pair < scores.size(); ++pair)
    order.push_back(std::uint64_t{std::bit_cast<std::uint32_t>(scores[pair])} << 32U | pair);
  std::ranges::sort(order);
  return order;
}

constexpr std::uint64_t of_pair = 0xffffffffU;

/// Of the pairs that were apart five years before a day, by rank from the lowest: whether they have come together since.
std::vector<bool> taken_up(const Corpus& corpus, Day day) {
  const Day before = years_after(day, -years_back);
  const Vocabulary vocabulary = forecast::concepts_of(corpus, count_of(before));
  const Split split = split_of(corpus, vocabulary, before, day);
  const Candidates candidates = candidates_of(split);
  std::vector<bool> came(candidates.pairs());
  each_taken_up(candidates, [&](std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t pair) { came[pair] = true; });
  std::vector<bool> by_rank;
  by_rank.reserve(came.size());
  for (const std::uint64_t entry : ascending(decayed_adamic_adar(candidates))) by_rank.push_back(came[entry & of_pair]);
  return by_rank;
}

std::string packed(const std::vector<bool>& bits) {
  std::string bytes((bits.size() + 7) / 8, '\0');
  for (std::size_t i = 0; i < bits.size(); ++i) {
    if (bits[i]) bytes[i / 8] = static_cast<char>(static_cast<unsigned char>(bytes[i / 8]) | 1U << (i % 8));
  }
  return bytes;
}

/// By pair: how many rank lower, twice, and equal ones once.
std::vector<std::uint32_t> doubled_ranks(const std::vector<float>& scores) {
  const std::vector<std::uint64_t> order = ascending(scores);
  std::vector<std::uint32_t> ranks(scores.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && order[end] >> 32U == order[first] >> 32U) ++end;
    for (std::size_t i = first; i < end; ++i) ranks[order[i] & of_pair] = static_cast<std::uint32_t>(first + end);
    first = end;
  }
  return ranks;
}

void put_number(std::string& bytes, std::size_t place, std::uint32_t number) {
  for (std::size_t i = 0; i < 4; ++i) bytes[4 * place + i] = static_cast<char>(number >> (8 * i) & 0xffU);
}

std::uint32_t number_at(std::string_view bytes, std::size_t place) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number |= std::uint32_t{static_cast<unsigned char>(bytes[4 * place + i])} << (8 * i);
  return number;
}

/// The stems of a name, numbered.
std::vector<Stem> numbered(std::string_view name, Stems& stems) {
  std::vector<Stem> list;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find(' '), name.size());
    list.push_back(stems.number(name.substr(0, end)));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return list;
}

}  // namespace

Day last_day_of(const std::vector<CatalogueText>& records, Day read_on) {
  std::optional<Day> last;
  for (const CatalogueText& record : records) {
    if (!record.published || record.published->last_day() > read_on) continue;
    if (!last || record.published->last_day() > *last) last = record.published->last_day();
  }
  return last.value_or(read_on);
}

UptakeTable uptake_table(const std::vector<CatalogueText>& records, Day day) {
  const Corpus corpus = read_corpus(records);
  auto came = meanwhile([&corpus, day] { return taken_up(corpus, day); });
  const Vocabulary vocabulary = forecast::concepts_of(corpus, count_of(day));
  const Split split = split_of(corpus, vocabulary, day, day);
  const Candidates candidates = candidates_of(split);
  const std::vector<std::uint32_t> ranks = doubled_ranks(decayed_adamic_adar(candidates));
  UptakeTable table;
  table.day = day;
  table.pairs = static_cast<std::uint32_t>(ranks.size());
  for (std::size_t a = 0; a < candidates.n; ++a) {
    table.concepts.push_back({split.concepts[a].name, split.concepts[a].alias, split.concepts[a].shown});
    std::string& row = table.ranks.emplace_back(4 * (candidates.n - a - 1), '\xff');  // All have met, unless …
    for (std::uint32_t pair = candidates.begin[a]; pair < candidates.begin[a + 1]; ++pair)
      put_number(row, candidates.second[pair] - a - 1, ranks[pair]);
  }
  const std::vector<bool> back = came.get();  // Reads the corpus to its end.
  table.pairs_before = static_cast<std::uint32_t>(back.size());
  table.taken_up = packed(back);
  return table;
}

UptakeForecast::UptakeForecast(UptakeTable table, UptakeRanks ranks) : table_(std::move(table)), ranks_(std::move(ranks)) {
  for (std::uint32_t c = 0; c < table_.concepts.size(); ++c) {
    phrases_.add(numbered(table_.concepts[c].name, stems_), c);
    if (const auto& alias = table_.concepts[c].alias; !alias.empty()) phrases_.add(numbered(alias, stems_), c);
  }
}

void UptakeForecast::look_back(ConceptPair& pair) const {
  const std::size_t all = table_.pairs_before;
  pair.looked = std::min(most_similar, all);
  const auto rank = static_cast<std::size_t>(pair.place * static_cast<double>(all));
  const std::size_t begin = std::min(rank - std::min(rank, pair.looked / 2), all - pair.looked);
  for (std::size_t i = begin; i < begin + pair.looked; ++i)
    pair.came += static_cast<unsigned char>(table_.taken_up[i / 8]) >> (i % 8) & 1U;
}

std::vector<std::uint32_t> UptakeForecast::concepts_of(const Writing& text) const {
  std::vector<Stem> words;
  read_text(text.title, stems_, words);
  read_text(subject_of(text.text), stems_, words);
  std::vector<std::uint32_t> found;
  phrases_.find(words, found);
  return found;
}

const std::string& UptakeForecast::ranks_of(std::uint32_t entry) {
  if (!ranks_) return table_.ranks[entry];
  const auto [known, fresh] = read_.try_emplace(entry);
  if (fresh) known->second = ranks_(entry);
  return known->second;
}

std::optional<double> UptakeForecast::place_of(std::uint32_t first, std::uint32_t second) {
  const std::uint32_t rank = number_at(ranks_of(first), second - first - 1);
  if (rank == UptakeTable::met) return std::nullopt;
  return static_cast<double>(rank) / 2 / static_cast<double>(table_.pairs);
}

UptakeForecast::Score UptakeForecast::score(const Writing& text) {
  Score result;
  const std::vector<std::uint32_t> found = concepts_of(text);
  const auto shown = [&](std::uint32_t c) { return table_.concepts[c].shown; };
  for (const std::uint32_t c : found) result.concepts.push_back(shown(c));
  for (std::size_t x = 0; x < found.size(); ++x) {
    for (std::size_t y = x + 1; y < found.size(); ++y) {
      if (const auto place = place_of(found[x], found[y]))
        result.pairs.push_back({shown(found[x]), shown(found[y]), *place});
      else
        ++result.met;
    }
  }
  std::ranges::stable_sort(result.pairs, std::greater(), &ConceptPair::place);
  const std::size_t best = std::min(best_pairs, result.pairs.size());
  for (std::size_t k = 0; k < best; ++k) {
    look_back(result.pairs[k]);
    result.score += result.pairs[k].place / static_cast<double>(best);
  }
  result.why = why_of(result);
  return result;
}

}  // namespace lacuna::forecast
