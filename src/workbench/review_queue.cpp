#include "workbench/review_queue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace lacuna {

std::span<const VerdictKey> verdict_keys() {
  static constexpr VerdictKey keys[] = {
      {'f', "covers in full", Verdict::Says::accept, Degree::full},
      {'p', "covers in part", Verdict::Says::accept, Degree::partial},
      {'=', "is equal to it", Verdict::Says::accept, {}, SetRelation::equal_to},
      {'>', "is a superset of it", Verdict::Says::accept, {}, SetRelation::superset_of},
      {'<', "is a subset of it", Verdict::Says::accept, {}, SetRelation::subset_of},
      {'~', "intersects with it", Verdict::Says::accept, {}, SetRelation::intersects_with},
      {'x', "reject", Verdict::Says::reject},
      {'d', "dispute", Verdict::Says::dispute},
  };
  return keys;
}

bool fits(const VerdictKey& key, Kind need) { return !key.set_relation || need == Kind::requirement || need == Kind::capability; }

Verdict verdict_of(const VerdictKey& key, const std::string& from, const std::string& to) {
  Verdict verdict;
  verdict.says = key.says;
  verdict.from = from;
  verdict.to = to;
  verdict.set_relation = key.set_relation;
  verdict.degree = key.set_relation ? degree_of(*key.set_relation) : key.degree;
  return verdict;
}

std::vector<SharedStretch> stretches_of(std::string_view text, const std::set<std::string>& shared) {
  std::vector<SharedStretch> stretches;
  const char* told = text.data();  // Up to here.
  const auto add = [&](const char* end, bool is_shared) {
    if (end != told) stretches.push_back({{told, static_cast<std::size_t>(end - told)}, is_shared});
    told = end;
  };
  const char* const end = text.data() + text.size();
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view word = next_word(rest);
    if (word.empty()) break;
    if (!shared.contains(lower(word))) continue;
    add(word.data(), false);
    add(word.data() + word.size(), true);
  }
  add(end, false);
  return stretches;
}

std::set<std::string> lower_words(const std::vector<SharedWord>& words) {
  std::set<std::string> list;
  for (const SharedWord& w : words) list.insert(lower(w.word));
  return list;
}

ReviewQueue::ReviewQueue(Workbench& bench)
    : graph_(bench.graph()),
      situation_(graph_, *bench.params().profile, bench.params().as_of),
      links_(review_queue(situation_, bench.params())),
      texts_(bench.store(), graph_) {}

void ReviewQueue::limit(std::size_t most) {
  if (most > 0 && links_.size() > most) links_.resize(most);
}

Writing ReviewQueue::writing_of(NodeId id) {
  if (!writings_) {
    writings_.emplace();
    for (const DeliverableText& d : texts_.for_links().on_map) (*writings_)[*d.node] = d.writing;
  }
  const auto text = writings_->find(id);
  return text != writings_->end() ? text->second : Writing{graph_.node(id).title, graph_.node(id).text};
}

SuggestedPair ReviewQueue::pair(std::size_t at) {
  SuggestedPair pair;
  pair.queued = links_[at];
  const Edge& edge = graph_.edge(pair.queued.link);
  pair.from = edge.from;
  pair.to = edge.to;
  pair.from_text = writing_of(edge.from);
  pair.to_text = writing_of(edge.to);
  Comparison& comparison = *texts_.for_links().comparison;
  const Prepared from = comparison.prepare(pair.from_text);
  const Prepared to = comparison.prepare(pair.to_text);
  pair.shared_from = comparison.overlap(to, from).shared;
  pair.shared_to = comparison.overlap(from, to).shared;
  const Milestone* now = situation_.milestone(edge.from);
  pair.from_about = fmt::format("{}{}", graph_.node(edge.from).id, now == nullptr ? "" : fmt::format(", {}", now->basis));
  pair.to_about = fmt::format("{}, {}, {}", graph_.node(edge.to).id, name_of(graph_.node(edge.to).kind),
                              name_of(situation_.state_of(edge.to)));
  pair.rationale = graph_.text(pair.queued.link).rationale;
  double best = 0;
  for (const LinkId l : graph_.in(edge.to, Relation::covers)) {
    const Edge& known = graph_.edge(l);
    if (known.status != Status::asserted || known.from == edge.from) continue;
    const double alike = comparison.overlap(from, comparison.prepare(writing_of(known.from))).degree;
    if (alike <= best) continue;
    best = alike;
    pair.nearest = known.from;
  }
  return pair;
}

}  // namespace lacuna
