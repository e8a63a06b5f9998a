#include "analysis/shared_words.hpp"

#include <fmt/format.h>

#include "analysis/explain.hpp"
#include "base/text.hpp"

namespace lacuna {

std::string words_text(const std::vector<SharedWord>& shared, std::size_t most) {
  std::vector<std::string> names;
  for (const SharedWord& w : shared) {
    if (names.size() == most) break;
    names.push_back(w.word);
  }
  return join(names, ", ");
}

Value shared_values(const std::vector<SharedWord>& shared, std::size_t most) {
  Value list = Value::array();
  for (const SharedWord& w : shared) {
    if (list.size() == most) break;
    Value word = Value::object();
    word.set("word", w.word).set("rarity", rounded(w.rarity)).set("titles", w.titles);
    list.push(std::move(word));
  }
  return list;
}

Nearness nearness_of(const Profile& profile, const Overlap& overlap) {
  if (overlap.degree >= profile.same_subject && overlap.found >= profile.same_title) return Nearness::same_subject;
  return overlap.degree >= profile.neighbouring ? Nearness::neighbouring : Nearness::similar_words;
}

Writing writing_of(const RecordRow& record) {
  return {record.title, record.keywords.empty() ? record.abstract : record.keywords + "\n" + record.abstract};
}

std::optional<NearDocument> beside(Comparison& comparison, const Prepared& writing, const RecordRow& record) {
  Overlap overlap = comparison.overlap(writing, comparison.prepare(writing_of(record)));
  if (overlap.degree <= 0) return std::nullopt;
  return NearDocument{record.facts.identifier.text,
                      record.title,
                      record.group,
                      record.address,
                      fmt::format("{}, {}", record.facts.catalogue, record.facts.entry),
                      record.state,
                      record.since ? record.since : record.facts.published,
                      std::move(overlap)};
}

}  // namespace lacuna
