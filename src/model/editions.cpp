// Which records describe one document, and what replaced what: rules over all records of one work.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "base/text.hpp"
#include "lacuna/catalogue.hpp"
#include "lacuna/model.hpp"

namespace lacuna {
namespace {

bool was_published(State state) { return state >= State::published; }

/// Of two records of one document: the newer reading, the body's own catalogue (the first name is as good as any other), the
/// better known date, the name without colon.
bool better(const EditionFacts& a, const EditionFacts& b) {
  const auto rank = [](const EditionFacts& r) {
    const std::string name = lower(r.catalogue);
    const bool own = (r.identifier.space == NumberSpace::iso && name.find("iso") != std::string::npos) ||
                     (r.identifier.space == NumberSpace::iec && name.find("iec") != std::string::npos);
    const bool ieee = name.find("ieee") != std::string::npos;
    return std::tuple(own    ? 0
                      : ieee ? 2
                             : 1,
                      -r.generation, r.entry.find(':') != std::string::npos, r.state ? 0 : 1, r.published ? 0 : 1);
  };
  return std::pair(rank(a), std::tie(a.catalogue, a.entry)) < std::pair(rank(b), std::tie(b.catalogue, b.entry));
}

/// The day by which editions are put in order. IEEE's records carry the day on which they came into its library: the year in the
/// identifier is the edition's.
Day day_of(const EditionFacts& r) {
  const auto edition = Date::parse(r.identifier.edition.substr(0, std::min<std::size_t>(r.identifier.edition.size(), 7)));
  if (r.identifier.space == NumberSpace::ieee && edition) return edition->last_day();
  // "D10.8-2006-12" is of December 2006.
  if (const std::size_t dash = r.identifier.stage.find('-');
      r.identifier.space == NumberSpace::ieee && dash != std::string::npos) {
    if (const auto own = Date::parse(r.identifier.stage.substr(dash + 1))) return own->first_day();
  }
  if (r.published) return r.published->first_day();
  if (r.begun) return r.begun->first_day();
  return edition ? edition->first_day() : Day::before_everything;
}

/// Later editions after earlier ones: by version where the body counts versions, else by date.
bool earlier(const EditionFacts& a, const EditionFacts& b) {
  if (counts_versions(a.identifier.space) && a.identifier.edition != b.identifier.edition)
    return natural_less(a.identifier.edition, b.identifier.edition);
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
  return !r.identifier.base() && r.identifier.variant.empty() && r.identifier.stage.empty() &&
         r.identifier.supplements.back().stage.empty();
}

std::string stage_text(const EditionFacts& r) { return r.stage.empty() ? "" : "stage " + r.stage; }

class Settlement {
 public:
  explicit Settlement(const std::vector<EditionFacts>& records) : records_(records), result_(records.size()) {
    for (const EditionFacts& r : records) projects_.push_back(r.project);
  }

  std::vector<Settled> run() {
    merge_same_documents();
    merge_undated_twins();
    merge_works_as_such();
    for (std::size_t i = 0; i < records_.size(); ++i) take_given_state(i);
    for (std::size_t i = 0; i < records_.size(); ++i) take_later_end(i);
    order_editions();
    retire_drafts();
    for (std::size_t i = 0; i < records_.size(); ++i) follow(i);
    for (Settled& s : result_) {
      if (!s.basis.empty()) continue;
      if (s.state < State::published) s.basis = "named as a draft";
      if (s.state > State::published) s.basis = "its record names what replaced it";
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool alive(std::size_t i) const { return !result_[i].same_as; }

  void merge_same_documents() {
    std::map<std::string, std::vector<std::size_t>> documents;
    for (std::size_t i = 0; i < records_.size(); ++i) documents[records_[i].identifier.document()].push_back(i);
    for (auto& [key, members] : documents) {
      if (members.size() < 2) continue;
      const std::size_t best =
          *std::ranges::min_element(members, [&](std::size_t a, std::size_t b) { return better(records_[a], records_[b]); });
      for (const std::size_t m : members) {
        if (m != best) merge(m, best, "the same identifier");
      }
    }
  }

  /// ISO keeps the text under publication (60.00, without a year) beside the published one: one project, one text.
  void merge_undated_twins() {
    const auto own_edition = [](const Identifier& id) { return id.base() ? id.edition : id.supplements.back().edition; };
    for (std::size_t i = 0; i < records_.size(); ++i) {
      const EditionFacts& twin = records_[i];
      if (!alive(i) || !is_final(twin) || !own_edition(twin.identifier).empty() || twin.project.empty() ||
          twin.state != State::approved)
        continue;
      std::optional<std::size_t> dated;
      for (std::size_t k = 0; k < records_.size(); ++k) {
        const EditionFacts& other = records_[k];
        if (k == i || !alive(k) || !is_final(other) || own_edition(other.identifier).empty()) continue;
        if (projects_[k] != twin.project || other.identifier.base() != twin.identifier.base()) continue;
        if (!dated || earlier(records_[*dated], other)) dated = k;
      }
      if (dated) merge(i, *dated, "the same project before it had a year");
    }
  }

  /// A record without edition, date and state beside some that have them ("W3C xml", which lists its editions) is the work as
  /// such: what its newest edition is.
  void merge_works_as_such() {
    for (std::size_t i = 0; i < records_.size(); ++i) {
      const EditionFacts& r = records_[i];
      if (!alive(i) || !r.is_edition() || !r.identifier.edition.empty() || r.state || r.published || r.begun) continue;
      std::optional<std::size_t> newest;
      for (std::size_t k = 0; k < records_.size(); ++k) {
        const EditionFacts& other = records_[k];
        if (k == i || !alive(k) || !other.identifier.base() || other.supplement || other.identifier.edition.empty()) continue;
        const bool final = other.is_edition();
        const bool before = newest && records_[*newest].is_edition() == final && earlier(records_[*newest], other);
        if (!newest || before || (final && !records_[*newest].is_edition())) newest = k;
      }
      if (newest) merge(i, *newest, "the work without an edition, shown");
    }
  }

  /// A catalogue that is younger knows of an end that the believed record cannot know; and where the believed record gives no
  /// status, an end that another record of the document states holds.
  void take_later_end(std::size_t i) {
    const EditionFacts& r = records_[i];
    for (std::size_t k = 0; k < records_.size(); ++k) {
      const EditionFacts& twin = records_[k];
      if (result_[k].same_as != i || !twin.state || *twin.state <= State::published || result_[i].state != State::published)
        continue;
      const bool later = twin.catalogue_date && r.catalogue_date && *r.catalogue_date < *twin.catalogue_date;
      if (r.state && !later) continue;
      result_[i].state = *twin.state;
      result_[i].since = twin.ended;
      if (!later) {
        result_[i].basis = fmt::format("{} in {}, another record of the document", stage_text(twin), twin.entry);
        continue;
      }
      result_[i].basis = fmt::format("stage {} in {} of {}, which is later than {}", twin.stage, twin.catalogue,
                                     to_string(*twin.catalogue_date), r.catalogue);
    }
  }

  void merge(std::size_t from, std::size_t into, std::string_view why) {
    result_[from].same_as = into;
    result_[from].basis = fmt::format("{} as {}", why, records_[into].identifier.text);
    // Only ISO's catalogue tells projects; where IEC's record is believed, it has ISO's.
    if (projects_[into].empty() || (!projects_[from].empty() && projects_[from] < projects_[into]))
      projects_[into] = projects_[from];
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
      if (s.basis.empty()) s.basis = "no status";
      if (r.published) s.basis += fmt::format("; published {}", to_string(*r.published));
    }
    s.since = s.state > State::published ? r.ended : s.state == State::published ? r.published : r.begun ? r.begun : r.published;
    if (s.state == State::withdrawn && !r.successor.empty()) {
      s.state = State::superseded;
      s.basis += fmt::format("{}replaced by {}", s.basis.empty() ? "" : "; ", r.successor);
    }
  }

  /// Editions of the base text in their order: each was replaced by the next one. Releases of a 3GPP text stand beside each
  /// other.
  void order_editions() {
    std::vector<std::size_t> editions;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (alive(i) && records_[i].is_edition() && was_published(result_[i].state)) editions.push_back(i);
    }
    const auto release = [&](std::size_t i) {
      return has_releases(records_[i].identifier.space) ? records_[i].project : std::string();
    };
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
      if (!told) s.since = records_[next].published ? std::max(records_[next].published, records_[i].published) : std::nullopt;
      if (!records_[i].state) s.basis.clear();
      if (s.basis.find("replaced by") == std::string::npos)
        s.basis += fmt::format("{}replaced by {}", s.basis.empty() ? "" : "; ", records_[next].identifier.text);
    }
  }

  /// Where the catalogue says that an older edition is still in force, it is: unless the next one came after the catalogue stood
  /// so, or the older one was to be revised (90.92), which it now is.
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
        if (!became(i, before[i], k, before[k])) continue;
        if (!heir || nearer(k, *heir, before)) heir = k;
      }
      if (!heir) continue;
      Settled& s = result_[i];
      s.state = State::superseded;
      s.replaced_by = *heir;
      s.since = records_[*heir].published ? records_[*heir].published : records_[*heir].begun;
      s.basis = fmt::format("{}{}became {}", stage_text(draft), draft.stage.empty() ? "" : "; ", records_[*heir].identifier.text);
    }
  }

  /// Of two texts that a draft may have become: the next version rather than the one after; what was published rather than a
  /// draft; the first one.
  bool nearer(std::size_t a, std::size_t b, const std::vector<State>& before) const {
    const EditionFacts& x = records_[a];
    const EditionFacts& y = records_[b];
    if (x.identifier.space == NumberSpace::oasis && x.identifier.edition != y.identifier.edition)
      return natural_less(x.identifier.edition, y.identifier.edition);
    const bool published = was_published(before[a]);
    if (published != was_published(before[b])) return published;
    if (!published && before[a] != before[b]) return before[a] < before[b];
    if (!published && x.stage != y.stage) return x.stage < y.stage;
    return earlier(x, y);
  }

  bool became(std::size_t i, State draft_state, std::size_t k, State other_state) const {
    const EditionFacts& draft = records_[i];
    const EditionFacts& other = records_[k];
    const bool published = was_published(other_state) && is_final(other);
    if (was_published(other_state) && !published) return false;  // A draft that was cancelled.
    if (!draft.identifier.base() && published) return true;      // The same supplement of the same edition.
    if (!projects_[i].empty() && projects_[k].empty())
      return published && draft.catalogue != other.catalogue && unknown_to_projects(other);
    if (!projects_[i].empty()) {
      if (projects_[i] != projects_[k]) return false;
      return published || other_state > draft_state ||
             (other_state == draft_state &&
              std::pair(draft.stage, draft.identifier.stage) < std::pair(other.stage, other.identifier.stage));
    }
    switch (draft.identifier.space) {
      case NumberSpace::oasis:
        // CS01 of version 2.0 became version 2.0, or CS02; the next version replaces both.
        if (draft.identifier.edition != other.identifier.edition)
          return other_state >= State::approved && natural_less(draft.identifier.edition, other.identifier.edition);
        return published || other_state > draft_state ||
               (other_state == draft_state && natural_less(draft.identifier.stage, other.identifier.stage));
      case NumberSpace::ieee:
      case NumberSpace::w3c:
      case NumberSpace::other:
        return day_of(draft) != Day::before_everything &&
               (published ? day_of(draft) <= day_of(other) : day_of(draft) < day_of(other));
      case NumberSpace::nist:
        return published ? !natural_less(other.identifier.edition, draft.identifier.edition)
                         : natural_less(draft.identifier.stage, other.identifier.stage);
      case NumberSpace::ietf: return published || natural_less(draft.identifier.edition, other.identifier.edition);
      default: return false;
    }
  }

  /// An edition from a catalogue without project numbers that is newer than all with one: the snapshot with the drafts did not
  /// know it yet.
  bool unknown_to_projects(const EditionFacts& edition) const {
    if (!edition.published) return false;
    return std::ranges::none_of(records_, [&](const EditionFacts& r) {
      return !r.project.empty() && r.published && !(*r.published < *edition.published);
    });
  }

  /// Another shape of an edition is in the state of the edition, whatever the catalogue says of the shape.
  void follow(std::size_t i) {
    const EditionFacts& r = records_[i];
    if (!alive(i) || r.identifier.variant.empty() || !r.identifier.base()) return;
    for (std::size_t k = 0; k < records_.size(); ++k) {
      if (!alive(k) || !records_[k].is_edition() || records_[k].identifier.edition != r.identifier.edition ||
          records_[k].identifier.type != r.identifier.type)
        continue;
      result_[i].state = result_[k].state;
      result_[i].since = result_[k].since;
      result_[i].basis = fmt::format("as {}", records_[k].identifier.text);
      return;
    }
  }

  const std::vector<EditionFacts>& records_;
  std::vector<Settled> result_;
  std::vector<std::string> projects_;  ///< A record's own, or that of a record that was merged into it.
};

}  // namespace

std::vector<Settled> settle(const std::vector<EditionFacts>& records) { return Settlement(records).run(); }

std::size_t face_of(const std::vector<EditionFacts>& records, const std::vector<Settled>& settled) {
  const auto rank = [&](std::size_t i) {
    const EditionFacts& r = records[i];
    const State state = settled[i].state;
    const int force = state == State::published    ? 0
                      : state == State::approved   ? 1
                      : state < State::approved    ? 2
                      : r.identifier.stage.empty() ? 3
                                                   : 4;
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

std::optional<std::size_t> record_meant(const WorkRecords& work, const Identifier& asked) {
  // Who adopts a text dates it himself.
  if (!asked.adopts.empty() && asked.work() != work.key) return std::nullopt;
  if (asked.edition.empty() && asked.counted.empty() && asked.stage.empty() && asked.base()) return std::nullopt;
  const std::string document = asked.document();
  std::vector<std::size_t> editions;
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < work.records.size(); ++i) {
    const EditionFacts& facts = work.records[i].facts;
    if (facts.identifier.document() == document && (!found || work.settled[*found].same_as)) found = i;
    if (facts.is_edition() && !work.settled[i].same_as && was_published(work.settled[i].state)) editions.push_back(i);
  }
  if (found) return found;
  std::ranges::stable_sort(editions,
                           [&](std::size_t a, std::size_t b) { return earlier(work.records[a].facts, work.records[b].facts); });
  if (asked.base() && asked.stage.empty()) {
    if (asked.edition.empty()) {
      const std::size_t n = asked.counted.size() < 4 ? static_cast<std::size_t>(std::stoi(asked.counted)) : 0;
      return n > 0 && n <= editions.size() ? std::optional(editions[n - 1]) : std::nullopt;
    }
    for (const std::size_t i : editions) {
      if (same_edition(asked, work.records[i].facts.identifier)) found = i;
    }
    return found;
  }
  const auto stage_of = [](const Identifier& id) { return lower(id.base() ? id.stage : id.supplements.back().stage); };
  for (std::size_t i = 0; i < work.records.size(); ++i) {
    const Identifier& id = work.records[i].facts.identifier;
    if (work.settled[i].same_as || id.supplements.size() != asked.supplements.size() || stage_of(id) != stage_of(asked)) continue;
    if (!asked.base() && (id.supplements.back().kind != asked.supplements.back().kind ||
                          id.supplements.back().number != asked.supplements.back().number))
      continue;
    if (!asked.edition.empty() && !same_edition(asked, id)) continue;
    if (!found || earlier(work.records[*found].facts, work.records[i].facts)) found = i;
  }
  return found;
}

}  // namespace lacuna
