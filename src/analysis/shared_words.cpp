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

Writing writing_of(const RecordRow& record) {
  return {record.title, record.keywords.empty() ? record.abstract : record.keywords + "\n" + record.abstract};
}

Held::Held(Comparison& comparison, const Profile& profile, const Writing& proposal)
    : comparison_(comparison),
      profile_(profile),
      prepared_(comparison.prepare(proposal)),
      subject_(comparison.subject(proposal)) {}

Closeness Held::closeness(const Overlap& overlap, const Writing& document) const {
  // Titles of one subject share this much at least, whatever series they name.
  if (overlap.degree < profile_.neighbouring / 2) return {};
  const bool text_tells = overlap.degree >= profile_.neighbouring;
  return comparison_.closeness(subject_, comparison_.subject(text_tells ? document : Writing{document.title, ""}), overlap,
                               {profile_.same_subject, profile_.same_title, profile_.neighbouring});
}

std::optional<NearDocument> Held::beside(const RecordRow& record) const {
  const Writing writing = writing_of(record);
  Overlap overlap = this->overlap(comparison_.prepare(writing));
  if (overlap.degree <= 0) return std::nullopt;
  Closeness closeness = this->closeness(overlap, writing);
  return NearDocument{record.facts.identifier.text,
                      record.title,
                      record.group,
                      record.address,
                      fmt::format("{}, {}", record.facts.catalogue, record.facts.entry),
                      record.state,
                      record.since ? record.since : record.facts.published,
                      std::move(overlap),
                      std::move(closeness)};
}

}  // namespace lacuna
