#include "analysis/references.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/explain.hpp"
#include "base/edit_distance.hpp"
#include "base/identity.hpp"
#include "base/text.hpp"
#include "model/values.hpp"
#include "text/stop_words.hpp"

namespace lacuna {
namespace {

/// A document of a work as it is on the day.
struct DocumentOnDay {
  Identifier identifier;
  std::string title;
  std::string group;
  std::string source;  ///< "relaton-iso as of 2025-06-02".
  std::optional<Date> source_date;
  std::optional<Date> published;
  std::optional<Date> since;
  std::string stage;
  std::string project;
  std::vector<std::string> successors;  ///< Documents of other works.
  std::string heir;                     ///< What a draft became, or which later draft replaced it.
  State state = State::published;
  bool heir_published = false;
  bool is_draft = false;
  bool supplement = false;
  bool exists = true;  ///< On the day.

  [[nodiscard]] bool is_edition() const { return !is_draft && !supplement && identifier.variant.empty(); }
  [[nodiscard]] bool in_force() const { return exists && state == State::published; }
  [[nodiscard]] bool ended() const { return exists && state > State::published; }
};

Day edition_day(const DocumentOnDay& k) {
  const auto edition = Date::parse(k.identifier.edition.substr(0, std::min<std::size_t>(k.identifier.edition.size(), 7)));
  if (k.identifier.space == NumberSpace::ieee && edition) return edition->last_day();
  if (k.published) return k.published->first_day();
  if (edition) return edition->first_day();
  return k.since ? k.since->first_day() : Day::before_everything;
}

bool earlier_edition(const DocumentOnDay& a, const DocumentOnDay& b) {
  if (counts_versions(a.identifier.space) && a.identifier.edition != b.identifier.edition)
    return natural_less(a.identifier.edition, b.identifier.edition);
  if (edition_day(a) != edition_day(b)) return edition_day(a) < edition_day(b);
  return natural_less(a.identifier.edition, b.identifier.edition);
}

bool same_supplement(const Identifier& asked, const Identifier& known) {
  if (asked.base() || known.base()) return false;
  const SupplementOf& a = asked.supplements.back();
  const SupplementOf& b = known.supplements.back();
  const auto kind = [](const std::string& word) { return word == "technical cor" ? std::string("cor") : word; };
  return kind(a.kind) == kind(b.kind) && a.number == b.number && asked.supplements.size() == known.supplements.size() &&
         (asked.edition.empty() || same_edition(asked, known));
}

/// "DIS" of "DIS.2"; "D3.0" of "D3.0-2023-01", which IEEE dates.
bool same_stage(const std::string& asked, const std::string& known) {
  return lower(asked.substr(0, asked.find('-'))) == lower(known.substr(0, known.find('-')));
}
std::string stage_kind(const std::string& stage) { return stage.substr(0, stage.find_first_of(".-")); }

/// Publishers and type in front of the number, as words: {"iec", "iso", "tr"}.
std::set<std::string> words_before_number(const Identifier& id) {
  std::set<std::string> words;
  std::string word;
  for (const char c : lower(id.text) + " ") {
    if (is_digit(c)) break;
    if (is_letter(c)) {
      word += c;
    } else {
      if (!word.empty()) words.insert(word);
      word.clear();
    }
  }
  return words;
}

std::vector<DocumentOnDay> documents_on(const WorkRecords& work, Day day) {
  std::vector<DocumentOnDay> list;
  for (std::size_t i = 0; i < work.records.size(); ++i) {
    const RecordRow& row = work.records[i];
    const Settled& settled = work.settled[i];
    if (settled.same_as) continue;
    const Identifier& id = row.facts.identifier;
    DocumentOnDay known;
    known.identifier = id;
    known.title = row.title;
    known.group = row.group;
    known.source = dated_source(row.facts.catalogue, row.facts.catalogue_date);
    known.source_date = row.facts.catalogue_date;
    known.published = row.facts.published;
    known.stage = row.facts.stage;
    known.project = row.facts.project;
    // Of two records of one document, either may say what replaced it.
    for (std::size_t k = 0; k < work.records.size(); ++k) {
      if (k != i && work.settled[k].same_as != i) continue;
      for (const RecordLink& link : work.records[k].links) {
        if (link.relation == Relation::supersedes && link.reversed && parse_identifier(link.identifier).work() != work.key &&
            std::ranges::find(known.successors, link.identifier) == known.successors.end())
          known.successors.push_back(link.identifier);
      }
    }
    if (known.successors.empty() && !row.facts.successor.empty()) known.successors.push_back(row.facts.successor);
    known.state = settled.state;
    known.since = settled.since;
    known.supplement = row.facts.supplement || !id.base();
    known.is_draft = !id.stage.empty() || (!id.base() && !id.supplements.back().stage.empty()) ||
                     (row.facts.state && *row.facts.state < State::published);
    if (settled.replaced_by) {
      known.heir = work.records[*settled.replaced_by].facts.identifier.text;
      known.heir_published = work.settled[*settled.replaced_by].state >= State::published &&
                             work.records[*settled.replaced_by].facts.identifier.stage.empty();
    }
    const auto later = [&](const std::optional<Date>& date) { return date && date->last_day() > day; };
    if (known.is_draft) {
      known.exists = !later(row.facts.begun);
      if (known.state > State::published && later(known.since)) {
        known.state = row.facts.state.value_or(State::draft);
        if (known.state > State::published) known.state = State::draft;
        known.heir.clear();
      }
    } else {
      known.exists = !later(known.published);
      if (known.state > State::published && later(known.since)) {
        known.state = State::published;
        known.since = known.published;
        known.successors.clear();
      }
    }
    list.push_back(std::move(known));
  }
  return list;
}

DocumentOnDay document_on(const Situation& situation, NodeId node) {
  const Graph& graph = situation.graph();
  const Node& n = graph.node(node);
  DocumentOnDay known;
  const std::vector<Citation> named = find_citations(n.id);
  known.identifier = !named.empty() && named.front().begin == 0 ? named.front().identifier : parse_identifier(n.id);
  known.identifier.text = n.id;
  known.title = n.title;
  known.group = developers(graph, node);
  known.source = "the map";
  const Milestone* now = situation.milestone(node);
  known.exists = now != nullptr;
  known.state = now != nullptr ? now->state : State::published;
  for (const NodeDate& date : n.dates) {
    if (date.what == "published") known.published = date.date;
    if (now != nullptr && parse<State>(date.what) == now->state) known.since = date.date;
  }
  known.is_draft = now != nullptr && now->state < State::published;
  known.supplement = !known.identifier.base();
  for (const NodeId later : situation.later_editions(node)) {
    const auto state = situation.state(later);
    if (!state || *state > State::published) continue;
    known.heir = graph.node(later).id;
    known.heir_published = *state == State::published;
    if (known.heir_published) break;
  }
  if (known.ended() && !known.heir.empty()) known.successors.push_back(known.heir);
  return known;
}

/// Numbers with nearly the same signs, told apart by the words beside the reference.
class NearNumbers {
 public:
  explicit NearNumbers(std::string_view context) {
    for (std::string& word : words_of(context)) words_.insert(std::move(word));
  }

  [[nodiscard]] double named(const std::string& title) const {
    std::size_t all = 0;
    std::size_t found = 0;
    for (const std::string& word : words_of(title)) {
      if (is_stop_word(word) || word.size() < 3) continue;
      ++all;
      if (words_.contains(word)) ++found;
    }
    return all < 2 ? 0 : static_cast<double>(found) / static_cast<double>(all);
  }

 private:
  std::set<std::string> words_;
};

/// Whether two neighbouring signs change places between the two.
bool is_swap(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i + 1 < a.size(); ++i) {
    if (a[i] != b[i]) return a[i] == b[i + 1] && a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
  }
  return false;
}

class ReferenceJudge {
  using enum ReferenceVerdict;

 public:
  ReferenceJudge(std::span<const Paragraph> paragraphs, const FoundCitations& found, const ReferenceFacts& facts,
                 const Situation& situation)
      : paragraphs_(paragraphs), found_(found), facts_(facts), situation_(situation), graph_(situation.graph()) {
    for (const NodeId d : graph_.of_kind(Kind::deliverable)) {
      DocumentOnDay known = document_on(situation, d);
      on_map_[known.identifier.work()].push_back(known);
      by_alias_[identity_of(graph_.node(d).id)].push_back(known);
      for (const std::string& alias : graph_.node(d).aliases) by_alias_[identity_of(alias)].push_back(known);
    }
    for (const auto& [paragraph, citation] : found) {
      if (!citation.identifier.base()) named_supplements_.push_back(citation.identifier);
    }
  }

  CheckedReferences run() {
    CheckedReferences result;
    std::map<std::string, std::size_t> by_key;
    for (const auto& [paragraph, citation] : found_) {
      const std::string key = fmt::format("{}|{}|{}|{}|{}|{}", citation.identifier.document(), citation.identifier.text,
                                          citation.adopter, citation.release, citation.published, citation.series);
      auto [at, fresh] = by_key.try_emplace(key, result.list.size());
      if (fresh) {
        auto reference = judge(citation, paragraphs_[paragraph]);
        if (!reference) at->second = none;
        if (reference) result.list.push_back(std::move(*reference));
      }
      if (at->second == none) {
        if (!citation.within) ++result.left_aside;
        continue;
      }
      result.list[at->second].places.push_back(
          {paragraph, citation.begin, citation.end, citation.written, where(paragraphs_[paragraph], citation.begin)});
      ++result.places;
    }
    std::ranges::stable_sort(result.list, {}, &CheckedReference::verdict);
    return result;
  }

 private:
  static constexpr auto none = static_cast<std::size_t>(-1);

  static std::string where(const Paragraph& p, std::size_t begin) {
    if (p.number > 0) return fmt::format("paragraph {}", p.number);
    const auto line = p.line + static_cast<std::size_t>(std::ranges::count(p.text.substr(0, begin), '\n'));
    return p.page > 0 ? fmt::format("page {}, line {}", p.page, line) : fmt::format("line {}", line);
  }

  /// Nothing for what has the shape of an identifier alone, and is known nowhere.
  std::optional<CheckedReference> judge(const Citation& citation, const Paragraph& paragraph) {
    CheckedReference r;
    r.identifier = citation.identifier;
    r.adopter = citation.adopter;
    r.series = citation.series;
    if (!citation.adopter.empty()) r.identifier.text = citation.written;
    const Identifier& id = citation.identifier;
    r.dated = !id.edition.empty() || !id.base() || !id.stage.empty() || !citation.published.empty() || !citation.release.empty();
    const std::vector<DocumentOnDay> documents = known_of(citation);
    for (const std::string& consulted : consulted_for(id)) r.consulted.push_back(consulted);
    if (documents.empty()) {
      if (!unknown(r, citation, paragraph)) return std::nullopt;
      return r;
    }
    if (citation.series)
      tell_series(r, documents);
    else if (!citation.adopter.empty())
      tell_adoption(r, documents);
    else if (!id.base())
      tell_supplement(r, documents);
    else if (!id.stage.empty())
      tell_draft(r, documents);
    else
      tell_text(r, documents, citation);
    return r;
  }

  /// Everything that is known of the work that is named.
  std::vector<DocumentOnDay> known_of(const Citation& citation) const {
    const Identifier& id = citation.identifier;
    std::vector<DocumentOnDay> list;
    std::set<std::string> seen;
    const auto add = [&](DocumentOnDay known) {
      if (seen.insert(identity_of(known.identifier.document())).second) list.push_back(std::move(known));
    };
    const std::string key = id.work();
    if (const auto works = facts_.works.find(key); works != facts_.works.end()) {
      for (const WorkRecords& work : works->second) {
        for (DocumentOnDay& known : documents_on(work, situation_.as_of())) {
          // Another body's number stands for the text where its title says so.
          if (id.space == NumberSpace::gpp && known.identifier.space == NumberSpace::etsi &&
              known.title.find(fmt::format("3GPP {} {} ", id.type, id.number)) == std::string::npos)
            continue;
          add(std::move(known));
        }
      }
    }
    if (const auto here = on_map_.find(key); here != on_map_.end()) {
      for (const DocumentOnDay& known : here->second) add(known);
    }
    if (list.empty()) {
      std::string name = identity_of(id.text);
      for (const std::string& alias : {name, name.starts_with("itu-t ") ? name.substr(6) : name}) {
        if (const auto here = by_alias_.find(alias); here != by_alias_.end()) {
          for (const DocumentOnDay& known : here->second) add(known);
        }
      }
    }
    return list;
  }

  std::vector<std::string> consulted_for(const Identifier& id) const {
    std::vector<std::string> list;
    if (const auto holders = facts_.holders.find(space_of(id)); holders != facts_.holders.end()) {
      for (const CatalogueInfo& c : holders->second) list.push_back(dated_source(c.name, c.date));
    }
    return list;
  }

  // ---- what is not known
  // -------------------------------------------------------------------------------------------------------

  bool unknown(CheckedReference& r, const Citation& citation, const Paragraph& paragraph) const {
    const Identifier& id = citation.identifier;
    const auto parts = facts_.parts.find(id.work());
    if (parts != facts_.parts.end() && !parts->second.empty()) {
      const std::vector<std::string>& list = parts->second;
      std::vector<std::string> first(list.begin(),
                                     list.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(list.size(), 5)));
      const std::string named = join(first, ", ") + (list.size() > 5 ? fmt::format(" and {} more", list.size() - 5) : "");
      r.verdict = citation.series ? in_force : has_parts;
      r.says =
          fmt::format("{} as parts: {}", list.size() == 1 ? "stands as one part" : fmt::format("has {}", list.size()), named);
      r.says = list.size() == 1 ? fmt::format("is published in parts; known is {}", named)
                                : fmt::format("is published in parts: {}", named);
      if (!citation.series) r.remedy = "Name the part that is meant, or write \"(all parts)\".";
      r.source = join(r.consulted, ", ");
      return true;
    }
    if (citation.within || !citation.sure) return false;
    if (r.consulted.empty()) {
      r.verdict = no_catalogue;
      r.says = fmt::format("not on the map, and no catalogue of {} is loaded", body_name(id));
      r.remedy = "Look there, or import its catalogue.";
      return true;
    }
    r.verdict = not_found;
    r.says = fmt::format("not in the catalogues, and not on the map: {}", join(r.consulted, ", "));
    r.source = join(r.consulted, ", ");
    find_near(r, citation, paragraph);
    std::vector<std::string> names;
    for (const NearReference& near : r.near)
      names.push_back(near.title.empty() ? near.identifier : fmt::format("{} ({})", near.identifier, near.title));
    r.remedy = names.empty() ? "Look at the number, or whether it is younger than the catalogue."
                             : fmt::format("Look at the number. Nearly so is written: {}.", join(names, "; "));
    return true;
  }

  static std::string body_name(const Identifier& id) {
    if (id.space == NumberSpace::other) return id.text.substr(0, id.text.find_first_of(" -"));
    return (id.space == NumberSpace::ietf ? "the " : "") + std::string(body_of(id.space));
  }

  void find_near(CheckedReference& r, const Citation& citation, const Paragraph& paragraph) const {
    const std::string key = citation.identifier.work();
    const NearNumbers context(std::string_view(paragraph.text).substr(citation.end, 300));
    std::vector<NearReference> all;
    const auto add = [&](const std::string& identifier, const std::string& title) {
      if (std::ranges::find(all, identifier, &NearReference::identifier) == all.end())
        all.push_back({identifier, title, context.named(title), is_swap(key, parse_identifier(identifier).work())});
    };
    if (const auto near = facts_.near.find(key); near != facts_.near.end()) {
      for (const auto& [identifier, title] : near->second) add(identifier, title);
    }
    for (const auto& [work, documents] : on_map_) {
      if (work.substr(0, work.find(' ')) == key.substr(0, key.find(' ')) && edit_distance(work, key, 1) <= 1)
        add(documents.front().identifier.text, documents.front().title);
    }
    std::ranges::stable_sort(all, [](const NearReference& a, const NearReference& b) {
      if (a.named != b.named) return a.named > b.named;
      return a.swapped > b.swapped;
    });
    // A number of five digits has some fifty neighbours: only what its title names is offered, or the same body's with two signs
    // that changed places.
    const std::set<std::string> lead = words_before_number(citation.identifier);
    std::erase_if(all, [&](const NearReference& n) {
      return n.named < 0.6 && !(n.swapped && words_before_number(parse_identifier(n.identifier)) == lead);
    });
    if (!all.empty() && all.front().named >= 0.6) std::erase_if(all, [](const NearReference& n) { return n.named < 0.6; });
    if (all.size() > 3) all.resize(3);
    r.near = std::move(all);
  }

  // ---- what is known
  // -----------------------------------------------------------------------------------------------------------

  static void take(CheckedReference& r, const DocumentOnDay& known) {
    r.title = known.title;
    r.body = known.group;
    r.state = known.exists ? std::optional(known.state) : std::nullopt;
    r.since = known.exists ? known.since : std::nullopt;
    r.stands_for = known.identifier.text;
    r.source = known.source;
  }

  static std::string since_text(const DocumentOnDay& known) { return known.since ? " since " + to_string(*known.since) : ""; }

  static const DocumentOnDay* best(const std::vector<DocumentOnDay>& documents, const auto& wanted) {
    const DocumentOnDay* found = nullptr;
    for (const DocumentOnDay& k : documents) {
      if (wanted(k) && (found == nullptr || earlier_edition(*found, k))) found = &k;
    }
    return found;
  }

  /// The newest edition in force; of a text that has releases, of the same one.
  static const DocumentOnDay* newest(const std::vector<DocumentOnDay>& documents, const std::string& release) {
    const auto wanted = [&](const DocumentOnDay& k) {
      return k.is_edition() && k.in_force() && (release.empty() || k.project.empty() || k.project == release);
    };
    // Some catalogues hold an entry for the work beside those for its editions.
    const DocumentOnDay* dated =
        best(documents, [&](const DocumentOnDay& k) { return wanted(k) && !k.identifier.edition.empty(); });
    return dated != nullptr ? dated : best(documents, wanted);
  }

  /// Amendments and corrigenda in force of an edition.
  static std::vector<const DocumentOnDay*> supplements_of(const std::vector<DocumentOnDay>& documents,
                                                          const DocumentOnDay& edition) {
    std::vector<const DocumentOnDay*> list;
    for (const DocumentOnDay& k : documents) {
      if (!k.supplement || k.is_draft || !k.in_force() || k.identifier.base() || !k.identifier.variant.empty()) continue;
      if (k.identifier.edition.empty() ? amends_by_date(documents, k, edition) : same_edition(k.identifier, edition.identifier))
        list.push_back(&k);
    }
    std::ranges::stable_sort(list, [](const DocumentOnDay* a, const DocumentOnDay* b) {
      return natural_less(a->identifier.text, b->identifier.text);
    });
    return list;
  }

  /// IEEE names the work that a corrigendum amends: the edition is the last one before it.
  static bool amends_by_date(const std::vector<DocumentOnDay>& documents, const DocumentOnDay& supplement,
                             const DocumentOnDay& edition) {
    const std::string& year = supplement.identifier.supplements.back().edition;
    const DocumentOnDay* last = best(documents, [&](const DocumentOnDay& k) {
      return k.is_edition() && !k.identifier.edition.empty() && k.identifier.edition <= year;
    });
    return supplement.identifier.space == NumberSpace::ieee && last != nullptr &&
           last->identifier.edition == edition.identifier.edition;
  }

  /// "ISO/IEC 27001:2022 (with Amd 1:2024)".
  static std::string with_supplements(const std::vector<DocumentOnDay>& documents, const DocumentOnDay& edition) {
    std::vector<std::string> names;
    for (const DocumentOnDay* k : supplements_of(documents, edition)) names.push_back(short_name(*k));
    return edition.identifier.text + (names.empty() ? "" : fmt::format(" (with {})", join(names, ", ")));
  }

  /// "Amd 1:2024" of "ISO/IEC 27001:2022/Amd 1:2024".
  static std::string short_name(const DocumentOnDay& k) {
    const std::string& text = k.identifier.text;
    if (const std::size_t slash = text.rfind('/'); slash != std::string::npos && k.identifier.space != NumberSpace::itu_t)
      return text.substr(slash + 1);
    const std::size_t close = text.find(") ");
    return close == std::string::npos ? text : text.substr(close + 2);
  }

  /// What replaces a work that has no edition in force, as the records of its editions say, newest first.
  std::vector<std::string> successors_of(const std::vector<DocumentOnDay>& documents, const DocumentOnDay& last) const {
    if (!last.successors.empty()) return last.successors;
    for (const DocumentOnDay& k : documents) {
      if (k.is_edition() && !k.successors.empty()) return k.successors;
    }
    const auto others = facts_.superseding.find(last.identifier.work());
    return others == facts_.superseding.end() ? std::vector<std::string>() : others->second;
  }

  /// The text in force that stands in the place of a document of another work, followed over what has ended itself; nothing
  /// where that is not known.
  struct Successor {
    std::string through;  ///< Those in between.
    std::string text;     ///< With its amendments.
    std::string identifier;
  };
  Successor in_place_of(const std::string& identifier, int depth = 0) const {
    const std::string key = parse_identifier(identifier).work();
    std::vector<DocumentOnDay> documents;
    if (const auto works = facts_.works.find(key); works != facts_.works.end()) {
      for (const WorkRecords& work : works->second) {
        for (DocumentOnDay& k : documents_on(work, situation_.as_of())) documents.push_back(std::move(k));
      }
    }
    if (const auto here = on_map_.find(key); documents.empty() && here != on_map_.end()) documents = here->second;
    if (const DocumentOnDay* now = newest(documents, "")) return {{}, with_supplements(documents, *now), now->identifier.text};
    const DocumentOnDay* last = best(documents, [](const DocumentOnDay& k) { return k.is_edition() && k.ended(); });
    const std::vector<std::string> next = last == nullptr ? std::vector<std::string>() : successors_of(documents, *last);
    if (depth < 4 && !next.empty()) {
      Successor end = in_place_of(next.back(), depth + 1);
      end.through = fmt::format("{}{}{}", last->identifier.text, end.through.empty() ? "" : ", ", end.through);
      return end;
    }
    return {{}, last == nullptr ? identifier : std::string(), last == nullptr ? identifier : std::string()};
  }

  void tell_ended_work(CheckedReference& r, const std::vector<DocumentOnDay>& documents, const DocumentOnDay& last) const {
    take(r, last);
    const std::string ended = fmt::format("{}{}", name_of(last.state), since_text(last));
    const std::vector<std::string> next = successors_of(documents, last);
    if (next.empty()) {
      r.verdict = withdrawn;
      r.says = fmt::format("{}, and nothing is known to replace it", ended);
      r.remedy = "Leave it out, or say why a text that has ended is referred to.";
      return;
    }
    r.verdict = superseded;
    r.says = fmt::format("{}; replaced by {}", ended, join(next, " and "));
    std::vector<std::string> texts;
    std::vector<std::string> through;
    for (const std::string& one : next) {
      const Successor end = in_place_of(one);
      if (!end.through.empty()) through.push_back(end.through);
      if (end.identifier.empty() || std::ranges::find(texts, end.text) != texts.end()) continue;
      texts.push_back(end.text);
      if (r.newer.empty()) r.newer = end.identifier;
    }
    if (!through.empty())
      r.says += fmt::format(", of which {} {} ended too", join(through, ", "), through.size() == 1 ? "has" : "have");
    r.remedy = texts.empty()
                   ? "Nothing that replaced it is in force: leave it out, or say why a text that has ended is referred to."
                   : fmt::format("Refer to {}.", join(texts, " or "));
  }

  void tell_series(CheckedReference& r, const std::vector<DocumentOnDay>& documents) const {
    const DocumentOnDay* now = newest(documents, "");
    take(r, now != nullptr ? *now : documents.front());
    r.verdict = in_force;
    r.says = fmt::format("named as a series; of the number itself {} stands", r.stands_for);
    if (now == nullptr) {
      r.says = "named as a series";
      if (const DocumentOnDay* last = best(documents, [](const DocumentOnDay& k) { return k.is_edition() && k.ended(); })) {
        r.says = fmt::format("named as a series; the number itself, {}, has ended{}", last->identifier.text, since_text(*last));
      }
    }
  }

  void tell_adoption(CheckedReference& r, const std::vector<DocumentOnDay>& documents) const {
    r.verdict = national_adoption;
    const DocumentOnDay* now = newest(documents, "");
    const std::string text = citation_work_text(documents);
    take(r, now != nullptr ? *now : documents.front());
    r.state.reset();
    r.since.reset();
    r.says = now != nullptr ? fmt::format("the {} edition of {}, which stands at {}; its own date is not that of {}", r.adopter,
                                          text, with_supplements(documents, *now), text)
                            : fmt::format("the {} edition of {}, of which no edition is in force", r.adopter, text);
    r.remedy = now != nullptr ? fmt::format("Refer to {}, unless that edition is meant.", now->identifier.text)
                              : "Refer to a text that is in force, unless that edition is meant.";
    r.newer = now != nullptr ? now->identifier.text : "";
  }

  static std::string citation_work_text(const std::vector<DocumentOnDay>& documents) {
    const DocumentOnDay* any = best(documents, [](const DocumentOnDay& k) { return k.is_edition(); });
    const std::string& text = (any != nullptr ? *any : documents.front()).identifier.text;
    return text.substr(0, text.find_first_of(":("));
  }

  void tell_supplement(CheckedReference& r, const std::vector<DocumentOnDay>& documents) const {
    const Identifier& id = r.identifier;
    const DocumentOnDay* found =
        best(documents, [&](const DocumentOnDay& k) { return k.supplement && !k.is_draft && same_supplement(id, k.identifier); });
    const bool asks_draft = !id.supplements.back().stage.empty();
    const auto drafted = [&](const DocumentOnDay& k) {
      return k.supplement && k.is_draft && k.exists && same_supplement(id, k.identifier);
    };
    const DocumentOnDay* under_way = best(documents, [&](const DocumentOnDay& k) { return drafted(k) && !k.ended(); });
    if (under_way == nullptr) under_way = best(documents, drafted);
    const DocumentOnDay* now = newest(documents, "");
    if (found != nullptr && asks_draft && found->exists) {
      take(r, *found);
      r.verdict = published_since;
      r.newer = found->identifier.text;
      r.says = fmt::format("published as {}{}", found->identifier.text, since_text(*found));
      r.remedy = fmt::format("Refer to {}.", found->identifier.text);
      return;
    }
    if (found == nullptr && under_way != nullptr && under_way->ended()) {
      take(r, *under_way);
      r.verdict = ended_draft;
      r.says = fmt::format("a draft that ended{}", since_text(*under_way));
      r.remedy = "Leave it out.";
      return;
    }
    if (found == nullptr && under_way != nullptr) {
      take(r, *under_way);
      r.verdict = draft;
      r.says = fmt::format("still a draft{}", stage_text(*under_way));
      r.remedy = "Do not rely on it before it is published.";
      return;
    }
    if (found == nullptr) {
      take(r, now != nullptr ? *now : documents.front());
      r.verdict = edition_unknown;
      std::vector<std::string> names;
      if (now != nullptr) {
        for (const DocumentOnDay* k : supplements_of(documents, *now)) names.push_back(k->identifier.text);
      }
      r.says = fmt::format("no such amendment or corrigendum is known{}",
                           names.empty() ? "" : fmt::format("; to {} there are {}", now->identifier.text, join(names, ", ")));
      r.remedy = "Look at its number and year.";
      return;
    }
    take(r, *found);
    if (!found->exists) return tell_future(r, *found);
    const DocumentOnDay* edition =
        best(documents, [&](const DocumentOnDay& k) { return k.is_edition() && same_edition(id, k.identifier); });
    const bool old = edition != nullptr && edition->ended();
    if (!found->ended() && !old) {
      r.verdict = in_force;
      r.says = fmt::format("in force{}", since_text(*found));
      return;
    }
    if (now == nullptr) {
      tell_ended_work(r, documents, edition != nullptr ? *edition : *found);
      take(r, *found);
      return;
    }
    r.verdict = superseded;
    r.newer = now->identifier.text;
    r.says = old && edition != now
                 ? fmt::format("belongs to {}, which {} has replaced", edition->identifier.text, now->identifier.text)
                 : fmt::format("{}{}", name_of(found->state), since_text(*found));
    r.remedy = fmt::format("Refer to {}.", with_supplements(documents, *now));
  }

  static std::string stage_text(const DocumentOnDay& k) {
    std::string text;
    if (!k.stage.empty()) text += fmt::format(", stage {}", k.stage);
    return text + fmt::format(" ({})", k.source);
  }

  static void tell_future(CheckedReference& r, const DocumentOnDay& known) {
    r.verdict = not_yet_published;
    r.says = known.published ? fmt::format("published only on {}", to_string(*known.published)) : "not published on the day";
    r.remedy = "On that day it could not be referred to.";
  }

  void tell_draft(CheckedReference& r, const std::vector<DocumentOnDay>& documents) const {
    const Identifier& id = r.identifier;
    const DocumentOnDay* found = best(documents, [&](const DocumentOnDay& k) {
      return k.is_draft && !k.supplement && k.exists && same_stage(id.stage, k.identifier.stage) &&
             (id.edition.empty() || same_edition(id, k.identifier));
    });
    if (found == nullptr) {
      found = best(documents, [&](const DocumentOnDay& k) {
        return k.is_draft && !k.supplement && k.exists &&
               (id.stage == "P" || lower(stage_kind(k.identifier.stage)) == lower(stage_kind(id.stage))) &&
               (id.edition.empty() || k.identifier.edition.empty() || same_edition(id, k.identifier));
      });
    }
    if (found != nullptr) return tell_stage(r, documents, *found);
    tell_unknown_draft(r, documents);
  }

  /// A draft that is known, and what became of it.
  static void tell_stage(CheckedReference& r, const std::vector<DocumentOnDay>& documents, const DocumentOnDay& stage) {
    const DocumentOnDay* found = &stage;
    const DocumentOnDay* now = newest(documents, "");
    take(r, *found);
    // The map may know of a publication that came after the catalogue.
    const bool overtaken = now != nullptr && found->heir.empty() && found->source_date && now->source != found->source &&
                           now->published && now->published->first_day() > found->source_date->last_day();
    if ((!found->heir.empty() && found->heir_published) || overtaken) {
      r.verdict = published_since;
      const DocumentOnDay* as = best(documents, [&](const DocumentOnDay& k) { return k.identifier.text == found->heir; });
      if (as == nullptr || overtaken) as = now;
      if (found->identifier.space == NumberSpace::oasis && now != nullptr &&
          now->identifier.edition != found->identifier.edition) {
        // The next version is another text.
        r.verdict = superseded;
        r.newer = now->identifier.text;
        r.says = fmt::format("superseded{}; replaced by {}", since_text(*found), now->identifier.text);
        r.remedy = fmt::format("Refer to {}, or leave out the version.", now->identifier.text);
        return;
      }
      const bool replaced = as != nullptr && as->ended();
      r.newer = replaced && now != nullptr ? now->identifier.text : as != nullptr ? as->identifier.text : found->heir;
      r.says = fmt::format("published as {}{}", as != nullptr ? as->identifier.text : found->heir,
                           replaced && now != nullptr ? fmt::format(", which {} has replaced", now->identifier.text) : "");
      r.remedy = fmt::format("Refer to {}.",
                             now != nullptr && now->identifier.text == r.newer ? with_supplements(documents, *now) : r.newer);
    } else if (!found->heir.empty()) {
      r.verdict = replaced_draft;
      r.newer = found->heir;
      r.says = fmt::format("a draft that {} has replaced", found->heir);
      r.remedy = fmt::format("Refer to {}; it is a draft, too.", found->heir);
    } else if (found->ended()) {
      r.verdict = ended_draft;
      r.says = fmt::format("a draft that was given up{}", since_text(*found));
      r.remedy = "Leave it out.";
    } else {
      r.verdict = draft;
      r.says = fmt::format("still a draft{}", stage_text(*found));
      r.remedy = "Do not rely on it before it is published.";
    }
  }

  void tell_unknown_draft(CheckedReference& r, const std::vector<DocumentOnDay>& documents) const {
    const Identifier& id = r.identifier;
    const DocumentOnDay* now = newest(documents, "");
    // No such draft: the publication of that year, or what the work has.
    const DocumentOnDay* same = id.edition.empty() ? nullptr : best(documents, [&](const DocumentOnDay& k) {
      return k.is_edition() && k.exists && same_edition(id, k.identifier);
    });
    if (same != nullptr || (now != nullptr && id.space == NumberSpace::ietf)) {
      const DocumentOnDay& as = same != nullptr ? *same : *now;
      take(r, as);
      r.verdict = published_since;
      r.newer = now != nullptr ? now->identifier.text : as.identifier.text;
      r.says = fmt::format("published as {}", as.identifier.text);
      r.remedy = fmt::format("Refer to {}.", r.newer);
      return;
    }
    const DocumentOnDay* other =
        best(documents, [](const DocumentOnDay& k) { return k.is_draft && !k.supplement && k.exists && !k.ended(); });
    const DocumentOnDay& stands = now != nullptr ? *now : other != nullptr ? *other : documents.front();
    take(r, stands);
    r.verdict = edition_unknown;
    std::vector<std::string> names;
    if (now != nullptr) names.push_back(now->identifier.text);
    if (other != nullptr) names.push_back(fmt::format("the draft {}", other->identifier.text));
    r.says =
        fmt::format("no such draft is known ({}){}", stands.source, names.empty() ? "" : "; there is " + join(names, " and "));
    r.newer = now != nullptr ? now->identifier.text : "";
    r.remedy =
        now != nullptr ? fmt::format("Refer to {}, unless a later draft is meant.", now->identifier.text) : "Look at the stage.";
  }

  /// A published text, with or without its date.
  void tell_text(CheckedReference& r, const std::vector<DocumentOnDay>& documents, const Citation& citation) const {
    const Identifier& id = r.identifier;
    const std::string& version = id.edition;
    if (version.empty() && citation.published.empty() && citation.release.empty()) return tell_undated(r, documents);
    const DocumentOnDay* found = best(documents, [&](const DocumentOnDay& k) {
      if (!k.is_edition()) return false;
      if (!citation.release.empty() && version.empty()) return release_of(k) == citation.release && k.in_force();
      if (version.empty()) return k.published && to_string(*k.published).starts_with(citation.published);
      return same_edition(id, k.identifier);
    });
    if (found == nullptr) {
      // OASIS publishes under the version of its drafts: of one that never became a standard, the last draft stands.
      const DocumentOnDay* stage = best(documents, [&](const DocumentOnDay& k) {
        return k.is_draft && !k.supplement && k.exists && !version.empty() && k.identifier.edition == version;
      });
      if (stage != nullptr && id.space == NumberSpace::oasis) return tell_stage(r, documents, *stage);
      return tell_unknown_edition(r, documents, version.empty() ? citation.published : version);
    }
    take(r, *found);
    if (!found->exists) return tell_future(r, *found);
    const DocumentOnDay* now = newest(documents, has_releases(found->identifier.space) ? found->project : "");
    // Of a text that the map alone has in a later edition, the catalogue cannot know.
    const bool overtaken = now != nullptr && now != found && earlier_edition(*found, *now) && now->source != found->source &&
                           found->source_date && now->published && now->published->first_day() > found->source_date->last_day();
    if (found->ended() || overtaken) {
      if (now == nullptr) return tell_ended_work(r, documents, *found);
      if (now == found) now = nullptr;
      if (now == nullptr) return tell_ended_work(r, documents, *found);
      r.verdict = superseded;
      r.newer = now->identifier.text;
      r.says = fmt::format("superseded{}; replaced by {}", found->ended() ? since_text(*found) : "", now->identifier.text);
      r.remedy = fmt::format("Refer to {}, or leave out the {}.", with_supplements(documents, *now), dated_by(*now));
      return;
    }
    if (found->state < State::published) {
      r.verdict = draft;
      r.says = fmt::format("{}, not yet published{}", name_of(found->state), stage_text(*found));
      r.remedy = "Look again when it is published.";
      return;
    }
    tell_in_force(r, documents, *found, now);
  }

  void tell_in_force(CheckedReference& r, const std::vector<DocumentOnDay>& documents, const DocumentOnDay& found,
                     const DocumentOnDay* now) const {
    const bool newer = now != nullptr && now != &found && earlier_edition(found, *now);
    for (const DocumentOnDay* k : supplements_of(documents, found)) {
      const bool named = std::ranges::any_of(named_supplements_, [&](const Identifier& s) {
        return s.work() == k->identifier.work() && same_supplement(s, k->identifier);
      });
      if (!named) r.left_out.push_back(short_name(*k));
    }
    r.says = fmt::format("in force{}", since_text(found));
    if (newer) {
      r.verdict = newer_edition;
      r.newer = now->identifier.text;
      r.says += fmt::format(", beside the newer {}", now->identifier.text);
      r.remedy = fmt::format("Refer to {}, unless the older one is meant.", with_supplements(documents, *now));
      return;
    }
    if (!r.left_out.empty()) {
      r.verdict = amended;
      r.says += fmt::format(", with {}", join(r.left_out, ", "));
      r.remedy = fmt::format("Add {}, or leave out the {}.", join(r.left_out, ", "), dated_by(found));
    }
    tell_spelling(r, found);
  }

  static void tell_spelling(CheckedReference& r, const DocumentOnDay& found) {
    const NumberSpace s = r.identifier.space;
    if (s != NumberSpace::iso && s != NumberSpace::iec) return;
    if (found.identifier.space != NumberSpace::iso && found.identifier.space != NumberSpace::iec) return;
    if (words_before_number(r.identifier) == words_before_number(found.identifier)) return;
    const std::string whole = found.identifier.text;
    const std::string shown = r.dated ? whole : whole.substr(0, whole.find(':'));
    if (r.verdict == in_force) r.verdict = spelling;
    r.says += fmt::format("; its publisher writes {}", shown);
    r.remedy = r.remedy.empty() ? fmt::format("Write {}.", shown) : fmt::format("Write {}. {}", shown, r.remedy);
  }

  void tell_undated(CheckedReference& r, const std::vector<DocumentOnDay>& documents) const {
    const Identifier& id = r.identifier;
    if (const DocumentOnDay* now = newest(documents, "")) {
      take(r, *now);
      // A provisional name goes when the text gets its number.
      if (!names(id, *now)) {
        r.verdict = published_since;
        r.newer = now->identifier.text;
        r.says = fmt::format("published as {}{}", now->identifier.text, since_text(*now));
        r.remedy = fmt::format("Refer to {}.", now->identifier.text);
        return;
      }
      r.verdict = in_force;
      r.says = fmt::format("in force; its newest edition is {}", with_supplements(documents, *now));
      if (now->identifier.edition.empty()) r.says = fmt::format("in force{}", since_text(*now));
      return tell_spelling(r, *now);
    }
    const DocumentOnDay* under_way =
        best(documents, [](const DocumentOnDay& k) { return k.exists && !k.supplement && k.state < State::published; });
    const DocumentOnDay* last = best(documents, [](const DocumentOnDay& k) { return k.is_edition() && k.ended(); });
    if (under_way != nullptr && last == nullptr) {
      take(r, *under_way);
      r.verdict = draft;
      r.says = fmt::format("not published; there is {} ({}){}", under_way->identifier.text, name_of(under_way->state),
                           stage_text(*under_way));
      r.remedy = "Do not rely on it before it is published.";
      return;
    }
    if (last != nullptr) return tell_ended_work(r, documents, *last);
    const DocumentOnDay* gone = best(documents, [](const DocumentOnDay& k) { return k.is_draft && k.ended(); });
    if (gone != nullptr) {
      take(r, *gone);
      r.verdict = ended_draft;
      r.says = fmt::format("a draft that was given up{}", since_text(*gone));
      r.remedy = "Leave it out.";
      return;
    }
    take(r, documents.front());
    tell_future(r, documents.front());
  }

  /// Whether the identifier is one of the document's own work, or of a text that it is the same as.
  static bool names(const Identifier& id, const DocumentOnDay& known) {
    const std::string key = id.work();
    if (known.identifier.work() == key || id.space != NumberSpace::itu_t) return true;
    const std::string last = key.substr(key.find('.') + 1);
    return !last.empty() && is_digit(last.front());
  }

  static std::string release_of(const DocumentOnDay& k) { return k.identifier.edition.substr(0, k.identifier.edition.find('.')); }

  /// What tells editions of that body apart.
  static std::string_view dated_by(const DocumentOnDay& k) {
    return k.identifier.space == NumberSpace::etsi || k.identifier.space == NumberSpace::oasis ? "version" : "date";
  }

  void tell_unknown_edition(CheckedReference& r, const std::vector<DocumentOnDay>& documents, const std::string& edition) const {
    const std::string release = edition.substr(0, edition.find('.'));
    const bool releases = std::ranges::any_of(documents, [&](const DocumentOnDay& k) {
      return k.is_edition() && !k.project.empty() && has_releases(k.identifier.space);
    });
    const DocumentOnDay* same =
        releases
            ? best(documents, [&](const DocumentOnDay& k) { return k.is_edition() && k.in_force() && release_of(k) == release; })
            : nullptr;
    const DocumentOnDay* now = same != nullptr ? same : newest(documents, "");
    if (same != nullptr && natural_less(edition, same->identifier.edition)) {
      // Versions of one release follow each other.
      take(r, *same);
      r.verdict = superseded;
      r.newer = same->identifier.text;
      r.says = fmt::format("older than {}, the newest version of its release", same->identifier.text);
      r.remedy = fmt::format("Refer to {}, or leave out the version.", same->identifier.text);
      return;
    }
    const DocumentOnDay* last = now != nullptr ? now : best(documents, [](const DocumentOnDay& k) { return k.is_edition(); });
    take(r, last != nullptr ? *last : documents.front());
    std::vector<const DocumentOnDay*> editions;
    for (const DocumentOnDay& k : documents) {
      if (k.is_edition() && k.exists) editions.push_back(&k);
    }
    std::ranges::stable_sort(editions, [](const DocumentOnDay* a, const DocumentOnDay* b) { return earlier_edition(*b, *a); });
    std::vector<std::string> names;
    for (const DocumentOnDay* k : editions) {
      if (names.size() < 4) names.push_back(k->identifier.text);
    }
    if (editions.size() > 4) names.push_back(fmt::format("{} older", editions.size() - 4));
    r.verdict = edition_unknown;
    r.says = names.empty() ? fmt::format("no edition of it is published; there is {}", documents.front().identifier.text)
                           : fmt::format("no such edition is known ({}); known are {}", r.source, join(names, ", "));
    const auto year = Date::parse(edition.substr(0, std::min<std::size_t>(4, edition.size())));
    const bool younger = year && last != nullptr && last->source_date && year->year >= last->source_date->year;
    r.newer = now != nullptr ? now->identifier.text : "";
    r.remedy = now == nullptr ? "Look at the date."
                              : fmt::format("Look at the date{}; in force is {}.",
                                            younger ? ", which the catalogue may be too old to know" : "",
                                            with_supplements(documents, *now));
    if (now != nullptr) tell_spelling(r, *now);
  }

  std::span<const Paragraph> paragraphs_;
  const FoundCitations& found_;
  const ReferenceFacts& facts_;
  const Situation& situation_;
  const Graph& graph_;
  std::map<std::string, std::vector<DocumentOnDay>> on_map_;    ///< By the key of the work.
  std::map<std::string, std::vector<DocumentOnDay>> by_alias_;  ///< In lower case.
  std::vector<Identifier> named_supplements_;
};

Value if_said(const std::string& text) { return text.empty() ? Value() : Value(text); }

}  // namespace

std::string space_of(const Identifier& identifier) {
  const std::string key = identifier.work();
  // A catalogue of BCPs holds no RFC.
  if (identifier.space == NumberSpace::ietf) return key.substr(0, key.find(' ', 5));
  if (identifier.space != NumberSpace::other) return key.substr(0, key.find(' '));
  return key.substr(0, key.find_first_of(" -/"));
}

std::string etsi_number(const Identifier& identifier) {
  const std::string& number = identifier.number;
  const std::size_t dot = number.find('.');
  if (identifier.space != NumberSpace::gpp || dot == std::string::npos) return {};
  // ETSI puts 1 before the series and fills the number up to three digits.
  const std::string inside = number.substr(dot + 1);
  const bool short_number = std::min(inside.find('-'), inside.size()) == 2;
  return fmt::format("ETSI {} 1{} {}{}", identifier.type, number.substr(0, dot), short_number ? "0" : "", inside);
}

FoundCitations find_in(std::span<const Paragraph> paragraphs) {
  FoundCitations found;
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    for (Citation& citation : find_citations(paragraphs[i].text)) found.emplace_back(i, std::move(citation));
  }
  return found;
}

CheckedReferences find_references(std::span<const Paragraph> paragraphs, const FoundCitations& found, const ReferenceFacts& facts,
                                  const Situation& situation) {
  return ReferenceJudge(paragraphs, found, facts, situation).run();
}

std::string comment_text(const CheckedReference& reference) {
  return fmt::format("{}: {}.{}{}", reference.identifier.text, reference.says, reference.remedy.empty() ? "" : " ",
                     reference.remedy);
}

Result answer_references(const CheckedReferences& references, const std::string& file, std::span<const CatalogueInfo> catalogues,
                         const Situation& situation, const Params& params) {
  using enum Column::Format;
  Result result;
  result.schema = "check-references-1";
  result.title = fmt::format("References: {}", file);
  result.head = head_without_needs(situation, params);
  result.head.emplace_back("file", Value(file));
  result.head.emplace_back("places", Value(references.places));
  result.head.emplace_back("left_aside", Value(references.left_aside));
  Value held = Value::array();
  std::vector<std::string> names;
  for (const CatalogueInfo& c : catalogues) {
    Value one = Value::object();
    one.set("name", c.name).set("records", c.records).set("date", c.date ? Value(to_string(*c.date)) : Value());
    held.push(std::move(one));
    names.push_back(dated_source(c.name, c.date));
  }
  result.head.emplace_back("catalogues", std::move(held));
  EnumArray<ReferenceVerdict, std::size_t> counts{};
  std::size_t dated = 0;
  std::size_t action = 0;
  for (const CheckedReference& r : references.list) {
    ++counts[r.verdict];
    if (r.dated) ++dated;
    if (calls_for_action(r.verdict)) ++action;
  }
  std::vector<std::string> parts;
  for (const ReferenceVerdict v : all_of<ReferenceVerdict>()) {
    if (counts[v] > 0) parts.push_back(fmt::format("{} {}", counts[v], name_of(v)));
  }
  result.summary.push_back(
      fmt::format("{}; held against {}{}", moment_text(situation, params), names.empty() ? "" : join(names, ", ") + " and ",
                  names.empty() ? "the deliverables of the map; no catalogue is loaded" : "the deliverables of the map"));
  result.summary.push_back(fmt::format("{} at {}, {} dated; {} for action{}{}", count_of(references.list.size(), "reference"),
                                       count_of(references.places, "place"), dated,
                                       action == 1 ? "1 calls" : fmt::format("{} call", action), parts.empty() ? "" : ": ",
                                       join(parts, ", ")));
  if (references.left_aside > 0)
    result.summary.push_back(fmt::format("{} that {} the shape of an identifier and {} known nowhere {} left aside",
                                         count_of(references.left_aside, "place"), references.left_aside == 1 ? "has" : "have",
                                         references.left_aside == 1 ? "is" : "are", references.left_aside == 1 ? "is" : "are"));
  Table table{"references",
              references.list.size() > rows_shown(references.list.size(), params)
                  ? caption_of("References", references.list.size(), params)
                  : std::string(),
              {{"reference", "reference", text, {}, 34},
               {"verdict", "verdict", text},
               {"where", "where", text, {}, 24},
               {"says", "is", text, {}, 60},
               {"remedy", "what to do", text, {}, 90}},
              {}};
  for (std::size_t i = 0; i < rows_shown(references.list.size(), params); ++i) {
    const CheckedReference& r = references.list[i];
    Value row = Value::object();
    row.set("reference", r.identifier.text).set("verdict", name_of(r.verdict)).set("action", calls_for_action(r.verdict));
    row.set("dated", r.dated).set("says", r.says).set("remedy", if_said(r.remedy));
    std::string where = r.places.front().where;
    if (r.places.size() > 1) where += fmt::format(" and {} more", r.places.size() - 1);
    row.set("where", where);
    row.set("stands_for", if_said(r.stands_for)).set("title", if_said(r.title)).set("committee", if_said(r.body));
    row.set("state", r.state ? Value(name_of(*r.state)) : Value()).set("since", r.since ? Value(to_string(*r.since)) : Value());
    row.set("newer", if_said(r.newer)).set("left_out", text_values(r.left_out));
    Value near = Value::array();
    for (const NearReference& n : r.near) {
      Value one = Value::object();
      one.set("identifier", n.identifier).set("title", if_said(n.title)).set("named_by_title", rounded(n.named));
      near.push(std::move(one));
    }
    row.set("near", std::move(near)).set("source", if_said(r.source)).set("consulted", text_values(r.consulted));
    Value places = Value::array();
    for (const ReferencePlace& p : r.places) {
      Value one = Value::object();
      one.set("where", p.where).set("written", p.written);
      places.push(std::move(one));
    }
    row.set("places", std::move(places));
    table.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(table));
  return result;
}

}  // namespace lacuna
