// All records of all catalogues, for questions that need every one.
#include <unordered_map>

#include "lacuna/records.hpp"
#include "store/rows.hpp"

namespace lacuna {

std::vector<CatalogueText> read_texts(const Connection& db) {
  std::vector<CatalogueText> texts;
  if (!knows_catalogues(db)) return texts;
  texts.reserve(static_cast<std::size_t>(db.number("SELECT count(*) FROM record")));
  std::unordered_map<std::int64_t, std::size_t> places;
  // In the order of the keys: those of the texts follow each other in the file.
  Statement rows = db.prepare(
      "SELECT r.record, c.name, r.identifier, w.key, r.type, g.name, r.project, r.given, r.published, r.begun, t.title, "
      "t.abstract, t.keywords, r.remarks "
      "FROM record r JOIN record_text t USING (record) JOIN catalogue c USING (catalogue) JOIN work w USING (work) LEFT JOIN "
      "committee g USING (committee) ORDER BY r.record");
  while (rows.step()) {
    CatalogueText& text = texts.emplace_back();
    places.emplace(rows.number(0), texts.size() - 1);
    text.catalogue = rows.text(1);
    text.identifier = rows.text(2);
    text.work = rows.text(3);
    text.type = rows.text(4);
    text.group = rows.text(5);
    text.project = rows.text(6);
    text.given = word_of<State>(rows.text(7));
    text.published = date_of(rows.text(8));
    text.begun = date_of(rows.text(9));
    text.title = rows.text(10);
    text.abstract = rows.text(11);
    text.keywords = rows.text(12);
    text.remarks = static_cast<std::uint64_t>(rows.number(13));
  }
  Statement links = db.prepare(
      "SELECT l.record, l.relation, w.key FROM record_link l JOIN work w USING (work) WHERE l.reversed = 0 AND l.relation IN "
      "('amends', 'supersedes') ORDER BY l.record, l.place");
  while (links.step()) {
    const auto place = places.find(links.number(0));
    const auto relation = word_of<Relation>(links.text(1));
    if (place != places.end() && relation) texts[place->second].to.emplace_back(*relation, links.text(2));
  }
  return texts;
}

std::vector<CatalogueText> Store::texts() const { return read_texts(database_->catalogues()); }

}  // namespace lacuna
