#include "evaluation/inner_split.hpp"

namespace lacuna::evaluation {
namespace {

constexpr std::uint32_t least_works_of_concept = 10;

}  // namespace

Split inner_split(const Split& split, std::int32_t from, std::int32_t to) {
  Split inner;
  inner.from = from;
  inner.to = to;
  inner.fields = split.fields;
  std::vector<std::uint32_t> works(split.concepts.size());
  for (const Split::Work& work : split.before) {
    for (const std::uint32_t c : work.concepts) works[c] += work.day <= from ? 1 : 0;
  }
  std::vector<std::uint32_t> place(split.concepts.size(), Split::no_one);
  for (std::size_t c = 0; c < works.size(); ++c) {
    if (works[c] < least_works_of_concept) continue;
    place[c] = static_cast<std::uint32_t>(inner.concepts.size());
    inner.concepts.push_back(split.concepts[c]);
    inner.concepts.back().works = works[c];
  }
  const std::vector<bool> idle = without_firsts(split);
  for (const Split::Work& work : split.before) {
    if (work.day > to || (work.day > from && idle[work.field])) continue;
    Split::Work entry;
    entry.day = work.day;
    entry.field = work.field;
    entry.family = work.family;
    for (const std::uint32_t c : work.concepts) {
      if (place[c] != Split::no_one) entry.concepts.push_back(place[c]);
    }
    if (!entry.concepts.empty()) (work.day <= from ? inner.before : inner.after).push_back(std::move(entry));
  }
  return inner;
}

}  // namespace lacuna::evaluation
