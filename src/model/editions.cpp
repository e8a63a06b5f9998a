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

/// The day by which editions are put in order. IEEE's records carry the day on which they came into its library: the year in the identifier
/// is the edition's.
Day day_of(const EditionFacts& r) {
  const auto edition = Date::parse(r.identifier.edition.substr(0, std::min<std::size_t>(r.identifier.edition.size(), 7)));
  if (r.identifier.space == NumberSpace::ieee && edition) return edition->last_day();
  if (r.published) return r.published->first_day();
  if (r.begun) return r.begun->first_day();
  return edition ? edition->first_day() : Day::before_everything;
}

/// Later editions after earlier ones: by version where the body counts versions, else by date.
bool earlier(const EditionFacts& a, const EditionFacts& b) {
  const bool versions = a.identifier.space == NumberSpace::etsi || a.identifier.space == NumberSpace::oasis || a.identifier.space == NumberSpace::itu_r;
  if (versions && a.identifier.edition != b.identifier.edition) return natural_less(a.identifier.edition, b.identifier.edition);
  if (day_of(a) != day_of(b)) return day_of(a) < day_of(b);
  if (a.identifier.edition != b.identifier.edition) return natural_less(a.identifier.edition, b.identifier.edition);
  return natural_less(a.identifier.text, b.identifier.text);
}

/// Which supplement of which edition it is, whatever its stage and date: ":2022/amd1". Empty for base texts.
std::string supplement_key(const EditionFacts& r) {
  if (r.identifier.base()) return r.supplement ? r.identifier.text : "";
  std::string key = ":" + r.identifier.edition;
  for (const SupplementOf& s : r.identifier.supplements) key += "/" + s.kind + s.number;
  return key;
}

/// A supplement in its final shape.
bool is_final(const EditionFacts& r) {
  if (r.is_edition()) return true;
  return !r.identifier.base() && r.identifier.variant.empty() && r.identifier.stage.empty() && r.identifier.supplements.back().stage.empty();
}

std::string stage_text(const EditionFacts& r) { return r.stage.empty() ? "" : "stage " + r.stage; }

class Settlement {
 public:
  explicit Settlement(const std::vector<EditionFacts>& records) : records_(records), result_(records.size()) {}

  std::vector<Settled> run() {
    merge_same_documents();
    merge_undated_twins();
    for (std::size_t i = 0; i < records_.size(); ++i) take_given_state(i);
    for (std::size_t i = 0; i < records_.size(); ++i) take_later_end(i);
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
      if (!alive(i) || !twin.is_edition() || !twin.identifier.edition.empty() || twin.project.empty() || twin.state != State::approved) continue;
      for (std::size_t k = 0; k < records_.size(); ++k) {
        const EditionFacts& dated = records_[k];
        if (k == i || !alive(k) || !dated.is_edition() || dated.identifier.edition.empty() || dated.project != twin.project) continue;
        merge(i, k, "the same project before it had a year");
        break;
      }
    }
  }

  /// A catalogue that is younger knows of an end that the believed record cannot know.
  void take_later_end(std::size_t i) {
    const EditionFacts& r = records_[i];
    for (std::size_t k = 0; k < records_.size(); ++k) {
      const EditionFacts& twin = records_[k];
      if (result_[k].same_as != i || !twin.state || *twin.state <= State::published || result_[i].state != State::published) continue;
      if (!twin.catalogue_date || !r.catalogue_date || !(*r.catalogue_date < *twin.catalogue_date)) continue;
      result_[i].state = *twin.state;
      result_[i].since = twin.ended;
      result_[i].basis = fmt::format("stage {} in {} of {}, which is later than {}", twin.stage, twin.catalogue, to_string(*twin.catalogue_date), r.catalogue);
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
    s.since = s.state > State::published ? r.ended : s.state == State::published ? r.published : r.begun;
    if (s.state == State::withdrawn && !r.successor.empty()) {
      s.state = State::superseded;
      s.basis += fmt::format("{}replaced by {}", s.basis.empty() ? "" : "; ", r.successor);
    }
  }

  /// Editions of the base text in their order: each was replaced by the next one. Releases of a 3GPP text stand beside each other.
  void order_editions() {
    std::vector<std::size_t> editions;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (alive(i) && records_[i].is_edition() && was_published(result_[i].state)) editions.push_back(i);
    }
    const auto release = [&](std::size_t i) { return records_[i].identifier.space == NumberSpace::etsi ? records_[i].project : std::string(); };
    std::ranges::stable_sort(editions, [&](std::size_t a, std::size_t b) { return earlier(records_[a], records_[b]); });
    std::ranges::stable_sort(editions, [&](std::size_t a, std::size_t b) { return release(a) < release(b); });
    for (std::size_t k = 0; k + 1 < editions.size(); ++k) {
      const std::size_t i = editions[k];
      const std::size_t next = editions[k + 1];
      if (release(i) != release(next)) continue;
      Settled& s = result_[i];
      s.replaced_by = next;
      if (s.state == State::published && records_[i].state && !overtaken(i, next)) continue;
      const bool told = s.state > State::published && s.since;
      s.state = State::superseded;
      if (!told) s.since = records_[next].published;
      if (s.basis.find("replaced by") == std::string::npos) s.basis += fmt::format("{}replaced by {}", s.basis.empty() ? "" : "; ", records_[next].identifier.text);
    }
  }

  /// Where the catalogue says that an older edition is still in force, it is: unless the next one came after the catalogue stood so, or the older
  /// one was to be revised (90.92), which it now is.
  bool overtaken(std::size_t i, std::size_t next) const {
    const EditionFacts& r = records_[i];
    if (r.stage == "90.92") return true;
    return r.catalogue_date && records_[next].published && records_[next].published->first_day() > r.catalogue_date->last_day();
  }

  /// A draft ends when its project is published, or a later draft of the same text follows.
  void retire_drafts() {
    std::vector<State> before;
    for (const Settled& s : result_) before.push_back(s.state);
    for (std::size_t i = 0; i < records_.size(); ++i) {
      const EditionFacts& draft = records_[i];
      if (!alive(i) || was_published(before[i])) continue;
      std::optional<std::size_t> heir;
      for (std::size_t k = 0; k < records_.size(); ++k) {
        const EditionFacts& other = records_[k];
        if (k == i || !alive(k) || !other.identifier.variant.empty() || supplement_key(draft) != supplement_key(other)) continue;
        if (!became(draft, before[i], other, before[k])) continue;
        // What was published, before later drafts; of several editions, the first one after an IEEE draft, the last one otherwise.
        const auto rank = [&](std::size_t r) { return std::pair(was_published(before[r]) ? State::published : before[r], records_[r].stage); };
        const bool first = draft.identifier.space == NumberSpace::ieee && was_published(before[k]);
        if (heir && draft.identifier.space == NumberSpace::oasis && records_[*heir].identifier.edition != other.identifier.edition) {
          if (natural_less(other.identifier.edition, records_[*heir].identifier.edition)) heir = k;
          continue;
        }
        if (!heir || rank(*heir) < rank(k) || (rank(*heir) == rank(k) && (first ? earlier(other, records_[*heir]) : earlier(records_[*heir], other)))) heir = k;
      }
      if (!heir) continue;
      Settled& s = result_[i];
      s.state = State::superseded;
      s.replaced_by = *heir;
      s.since = records_[*heir].published ? records_[*heir].published : records_[*heir].begun;
      s.basis = fmt::format("{}{}became {}", stage_text(draft), draft.stage.empty() ? "" : "; ", records_[*heir].identifier.text);
    }
  }

  bool became(const EditionFacts& draft, State draft_state, const EditionFacts& other, State other_state) const {
    const bool published = was_published(other_state) && is_final(other);
    if (was_published(other_state) && !published) return false;  // A draft that was cancelled.
    if (!draft.identifier.base() && published) return true;      // The same supplement of the same edition.
    if (!draft.project.empty() && other.project.empty()) return published && unknown_to_projects(other);
    if (!draft.project.empty()) {
      if (draft.project != other.project) return false;
      return published || other_state > draft_state || (other_state == draft_state && draft.stage < other.stage);
    }
    switch (draft.identifier.space) {
      case NumberSpace::oasis:
        // CS01 of version 2.0 became version 2.0, or CS02; the next version replaces both.
        if (draft.identifier.edition != other.identifier.edition) return other_state >= State::approved && natural_less(draft.identifier.edition, other.identifier.edition);
        return published || other_state > draft_state || (other_state == draft_state && natural_less(draft.identifier.stage, other.identifier.stage));
      case NumberSpace::ieee: return day_of(draft) != Day::before_everything && (published ? day_of(draft) <= day_of(other) : day_of(draft) < day_of(other));
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
    if (!alive(i) || r.identifier.variant.empty() || !r.identifier.base() || (r.state && r.identifier.variant != "redline")) return;
    for (std::size_t k = 0; k < records_.size(); ++k) {
      if (!alive(k) || !records_[k].is_edition() || records_[k].identifier.edition != r.identifier.edition) continue;
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
    return std::tuple(settled[i].same_as.has_value(), r.supplement || !r.identifier.base(), !r.identifier.variant.empty(), force);
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
