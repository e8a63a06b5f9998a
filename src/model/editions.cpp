// Which records describe one document, and what replaced what: rules over all records of one work.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "lacuna/catalogue.hpp"
#include "lacuna/model.hpp"

namespace lacuna {
namespace {

bool was_published(State state) { return state >= State::published; }

/// A base text in its ordinary shape: neither supplement, draft, redline nor consolidated version.
bool is_edition(const EditionFacts& r) { return r.identifier.base() && r.identifier.stage.empty() && r.identifier.variant.empty(); }

/// Of two records of one document: the newer reading, the body's own catalogue (the first name is as good as any other), the better
/// known date, the name without colon.
bool better(const EditionFacts& a, const EditionFacts& b) {
  const auto rank = [](const EditionFacts& r) {
    const bool own = (r.identifier.space == NumberSpace::iso && r.catalogue.find("iso") != std::string::npos) ||
                     (r.identifier.space == NumberSpace::iec && r.catalogue.find("iec") != std::string::npos);
    const bool ieee = r.catalogue.find("ieee") != std::string::npos;
    return std::tuple(own ? 0 : ieee ? 2 : 1, -r.generation, r.entry.find(':') != std::string::npos, r.state ? 0 : 1, r.published ? 0 : 1);
  };
  return std::pair(rank(a), std::tie(a.catalogue, a.entry)) < std::pair(rank(b), std::tie(b.catalogue, b.entry));
}

/// Later editions after earlier ones: by date of publication, then by the edition itself.
bool earlier(const EditionFacts& a, const EditionFacts& b) {
  const auto day = [](const EditionFacts& r) {
    if (r.published) return r.published->first_day();
    // "2019-10" and "2022" are dates; versions are not.
    const auto date = Date::parse(r.identifier.edition);
    return date ? date->first_day() : Day::before_everything;
  };
  if (day(a) != day(b)) return day(a) < day(b);
  if (a.identifier.edition != b.identifier.edition) return natural_less(a.identifier.edition, b.identifier.edition);
  return natural_less(a.identifier.text, b.identifier.text);
}

std::string stage_text(const EditionFacts& r) { return r.stage.empty() ? "" : "stage " + r.stage; }

class Settlement {
 public:
  explicit Settlement(const std::vector<EditionFacts>& records) : records_(records), result_(records.size()) {}

  std::vector<Settled> run() {
    merge_same_documents();
    merge_undated_twins();
    for (std::size_t i = 0; i < records_.size(); ++i) take_given_state(i);
    order_editions();
    retire_drafts();
    for (std::size_t i = 0; i < records_.size(); ++i) follow(i);
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool alive(std::size_t i) const { return !result_[i].same_as; }

  void merge_same_documents() {
    std::map<std::string, std::vector<std::size_t>> documents;
    for (std::size_t i = 0; i < records_.size(); ++i) documents[records_[i].identifier.document()].push_back(i);
    for (auto& [key, members] : documents) {
      if (members.size() < 2) continue;
      const std::size_t best = *std::ranges::min_element(members, [&](std::size_t a, std::size_t b) { return better(records_[a], records_[b]); });
      for (const std::size_t m : members) {
        if (m != best) merge(m, best, "the same identifier");
      }
    }
  }

  /// ISO keeps the text under publication (60.00, without a year) beside the published edition: one project, one text.
  void merge_undated_twins() {
    for (std::size_t i = 0; i < records_.size(); ++i) {
      const EditionFacts& twin = records_[i];
      if (!alive(i) || !is_edition(twin) || !twin.identifier.edition.empty() || twin.project.empty() || twin.state != State::approved) continue;
      for (std::size_t k = 0; k < records_.size(); ++k) {
        const EditionFacts& dated = records_[k];
        if (k == i || !alive(k) || !is_edition(dated) || dated.identifier.edition.empty() || dated.project != twin.project) continue;
        merge(i, k, "the same project before it had a year");
        break;
      }
    }
  }

  void merge(std::size_t from, std::size_t into, std::string_view why) {
    result_[from].same_as = into;
    result_[from].basis = fmt::format("{} as {}", why, records_[into].identifier.text);
    for (Settled& s : result_) {
      if (s.same_as == from) s.same_as = into;
    }
  }

  void take_given_state(std::size_t i) {
    const EditionFacts& r = records_[i];
    Settled& s = result_[i];
    if (!alive(i)) return;
    s.basis = stage_text(r);
    if (r.state) {
      s.state = *r.state;
    } else {
      // No status: what carries a date of publication was published.
      s.state = r.identifier.stage.empty() ? State::published : State::draft;
      s.basis = r.published ? fmt::format("no status; published {}", to_string(*r.published)) : "no status";
    }
    s.since = was_published(s.state) && s.state != State::published ? r.ended : r.published;
  }

  /// Editions of the base text in their order: each was replaced by the next one.
  void order_editions() {
    std::vector<std::size_t> editions;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (alive(i) && is_edition(records_[i]) && was_published(result_[i].state)) editions.push_back(i);
    }
    std::ranges::stable_sort(editions, [&](std::size_t a, std::size_t b) { return earlier(records_[a], records_[b]); });
    for (std::size_t k = 0; k + 1 < editions.size(); ++k) {
      const std::size_t i = editions[k];
      const std::size_t next = editions[k + 1];
      Settled& s = result_[i];
      s.replaced_by = next;
      // Where the catalogue says that an older edition is still in force, it is.
      if (s.state == State::published && records_[i].state) continue;
      s.state = State::superseded;
      if (!s.since || !records_[i].ended) s.since = records_[next].published;
      s.basis = fmt::format("{}{}replaced by {}", stage_text(records_[i]), records_[i].stage.empty() ? "" : "; ", records_[next].identifier.text);
    }
  }

  /// A draft ends when its project is published, or a later draft of the same text follows.
  void retire_drafts() {
    std::vector<State> before;
    for (const Settled& s : result_) before.push_back(s.state);
    for (std::size_t i = 0; i < records_.size(); ++i) {
      const EditionFacts& draft = records_[i];
      if (!alive(i) || !draft.identifier.base() || was_published(before[i])) continue;
      std::optional<std::size_t> heir;
      for (std::size_t k = 0; k < records_.size(); ++k) {
        const EditionFacts& other = records_[k];
        if (k == i || !alive(k) || !other.identifier.base() || !other.identifier.variant.empty()) continue;
        if (!became(draft, before[i], other, before[k])) continue;
        const auto rank = [&](std::size_t r) { return std::pair(was_published(before[r]) ? State::published : before[r], records_[r].stage); };
        if (!heir || rank(*heir) < rank(k) || (rank(*heir) == rank(k) && earlier(records_[*heir], other))) heir = k;
      }
      if (!heir) continue;
      Settled& s = result_[i];
      s.state = State::superseded;
      s.replaced_by = *heir;
      s.since = records_[*heir].published;
      s.basis = fmt::format("{}{}became {}", stage_text(draft), draft.stage.empty() ? "" : "; ", records_[*heir].identifier.text);
    }
  }

  bool became(const EditionFacts& draft, State draft_state, const EditionFacts& other, State other_state) const {
    const bool published = was_published(other_state) && is_edition(other);
    if (was_published(other_state) && !published) return false;  // A draft that was cancelled.
    if (!draft.project.empty() && other.project.empty()) return published && unknown_to_projects(other);
    if (!draft.project.empty()) {
      if (draft.project != other.project) return false;
      return published || other_state > draft_state || (other_state == draft_state && draft.stage < other.stage);
    }
    switch (draft.identifier.space) {
      case NumberSpace::oasis:
        // CS01 of version 2.0 became version 2.0, or CS02.
        if (draft.identifier.edition != other.identifier.edition) return false;
        return published || other_state > draft_state || (other_state == draft_state && natural_less(draft.identifier.stage, other.identifier.stage));
      case NumberSpace::ieee:
        if (!draft.published || !other.published) return false;
        return published ? *draft.published <= *other.published : *draft.published < *other.published;
      case NumberSpace::ietf: return published || natural_less(draft.identifier.edition, other.identifier.edition);
      default: return false;
    }
  }

  /// An edition from a catalogue without project numbers that is newer than all with one: the snapshot with the drafts did not know it yet.
  bool unknown_to_projects(const EditionFacts& edition) const {
    if (!edition.published) return false;
    return std::ranges::none_of(records_, [&](const EditionFacts& r) { return !r.project.empty() && r.published && !(*r.published < *edition.published); });
  }

  /// Another shape of an edition is in the state of the edition.
  void follow(std::size_t i) {
    const EditionFacts& r = records_[i];
    if (!alive(i) || r.identifier.variant.empty() || !r.identifier.base() || r.state) return;
    for (std::size_t k = 0; k < records_.size(); ++k) {
      if (!alive(k) || !is_edition(records_[k]) || records_[k].identifier.edition != r.identifier.edition) continue;
      result_[i].state = result_[k].state;
      result_[i].since = result_[k].since;
      result_[i].basis = fmt::format("as {}", records_[k].identifier.text);
      return;
    }
  }

  const std::vector<EditionFacts>& records_;
  std::vector<Settled> result_;
};

}  // namespace

std::vector<Settled> settle(const std::vector<EditionFacts>& records) { return Settlement(records).run(); }

std::size_t face_of(const std::vector<EditionFacts>& records, const std::vector<Settled>& settled) {
  const auto rank = [&](std::size_t i) {
    const EditionFacts& r = records[i];
    const State state = settled[i].state;
    const int force = state == State::published ? 0 : state == State::approved ? 1 : state < State::approved ? 2 : 3;
    return std::tuple(settled[i].same_as.has_value(), !r.identifier.base(), !r.identifier.variant.empty(), force);
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < records.size(); ++i) {
    const auto a = rank(i);
    const auto b = rank(best);
    if (a < b || (a == b && earlier(records[best], records[i]))) best = i;
  }
  return best;
}

}  // namespace lacuna
