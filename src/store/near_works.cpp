// Works that speak of the same as a text.
#include <algorithm>
#include <cmath>
#include <map>

#include "match/short_forms.hpp"
#include "store/edit.hpp"
#include "store/rows.hpp"
#include "store/text_index.hpp"

namespace lacuna {
namespace {

constexpr double explained = 0.6;  ///< What a word counts that only stands behind a short form.
constexpr double in_text = 0.35;   ///< What a word of the text counts, where the title does not have it.
constexpr std::size_t most_terms = 40;

std::vector<ShortForm> read_short_forms(const Connection& db) {
  std::vector<ShortForm> forms;
  Statement rows = db.prepare(
      "SELECT short, long FROM acronym a WHERE records * 5 >= (SELECT sum(records) FROM acronym b WHERE b.short = a.short) ORDER "
      "BY short, long");
  while (rows.step()) forms.emplace_back(rows.text(0), rows.text(1));
  return forms;
}

}  // namespace

struct NearWorks::State {
  explicit State(const Connection& connection)
      : db(connection),
        index(connection),
        short_forms(read_short_forms(connection)),
        forms(short_forms, index.vocabulary()),
        face(select_rows(connection,
                         "JOIN work w ON w.work = r.work WHERE w.work = ? AND r.record = coalesce((SELECT f.same_as FROM record "
                         "f WHERE f.record = w.face), w.face)")),
        abstract(connection.prepare("SELECT t.abstract FROM record r JOIN record_text t USING (record) WHERE r.work = ? AND "
                                    "t.abstract IS NOT NULL ORDER BY length(t.abstract) DESC, r.record LIMIT 1")) {}

  std::vector<WeighedTerm> terms_of(const Writing& writing) {
    std::map<std::uint32_t, double> weights;
    std::vector<std::uint32_t> terms;
    index.vocabulary().terms(writing.title, terms);
    const std::size_t own = terms.size();
    forms.expand(terms);
    for (std::size_t i = 0; i < terms.size(); ++i) {
      double& weight = weights[terms[i]];
      weight = std::max(weight, i < own ? 1.0 : explained);
    }
    std::map<std::uint32_t, int> counts;
    for (const Token& t : index.vocabulary().tokens(writing.text)) ++counts[t.term];
    for (const auto& [term, count] : counts) {
      double& weight = weights[term];
      weight = std::max(weight, in_text * (1 + std::log(static_cast<double>(count))));
    }
    std::vector<WeighedTerm> list;
    for (const auto& [term, weight] : weights) list.push_back({term, weight});
    if (list.size() > most_terms) {
      const auto worth = [&](const WeighedTerm& t) { return t.weight * index.rarity(t.term); };
      std::ranges::stable_sort(list, [&](const WeighedTerm& a, const WeighedTerm& b) { return worth(a) > worth(b); });
      list.resize(most_terms);
    }
    return list;
  }

  const Connection& db;
  TextIndex index;
  std::vector<ShortForm> short_forms;
  ShortForms forms;
  Statement face;
  Statement abstract;
};

NearWorks::NearWorks(const Store& store) {
  const Connection& db = store.database_->catalogues();
  if (db.number("PRAGMA user_version") < 4) {
    throw Error(ErrorCode::bad_input, db.path(),
                "was made by an earlier version, without the index of texts that this needs; import one of its catalogues again");
  }
  state_ = std::make_unique<State>(db);
}
NearWorks::NearWorks(NearWorks&&) noexcept = default;
NearWorks::~NearWorks() = default;

std::vector<NearWork> NearWorks::nearest(const Writing& writing, std::size_t limit) {
  State& s = *state_;
  std::vector<NearWork> result;
  for (const TextIndex::Scored& scored : s.index.best(s.terms_of(writing), limit)) {
    s.face.bind(1, scored.work);
    if (s.face.step()) {
      NearWork near{row_of(s.face), scored.score};
      if (near.face.abstract.empty()) {
        s.abstract.bind(1, scored.work);
        if (s.abstract.step()) near.face.abstract = s.abstract.text(0);
        s.abstract.reset();
      }
      result.push_back(std::move(near));
    }
    s.face.reset();
  }
  return result;
}

double NearWorks::rarity(const std::string& stem) { return state_->index.rarity_of(stem); }
std::size_t NearWorks::titles_with(const std::string& part) { return state_->index.titles_with(part); }
const std::vector<ShortForm>& NearWorks::short_forms() const { return state_->short_forms; }

}  // namespace lacuna
