// Proposals, their figures and the queue of those that wait, as results.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "analysis/explain.hpp"
#include "analysis/gaps.hpp"
#include "analysis/linking/link_verdicts.hpp"
#include "analysis/linking/linking.hpp"
#include "analysis/shared_words.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::size_t told_words = 6;

Value signals_value(const Ranked& ranked) {
  Value value = Value::object();
  for (std::size_t i = 0; i < signals; ++i) {
    if (ranked.parts[i] != 0) value.set(words<Signal>()[i].name, rounded(ranked.parts[i]));
  }
  return value;
}

}  // namespace

std::vector<NodeId> needs_asked(const Situation& situation, const Params& params, std::optional<NodeId> behind) {
  return behind ? needs_behind(situation, *behind) : selected_needs(situation, params);
}

std::string rationale_of(const Graph& graph, const LinkProposal& p) {
  std::string text = fmt::format("probability {:.2f}", p.probability);
  if (!p.overlap.shared.empty()) {
    text += fmt::format("; shares {}", words_text(p.overlap.shared, told_words));
  } else {
    // What speaks for it, where no word does.
    const auto strongest = std::ranges::max_element(p.ranked.parts);
    const auto signal = static_cast<std::size_t>(strongest - p.ranked.parts.begin());
    text += *strongest > 0
                ? fmt::format("; shares no word; {}: {}", words<Signal>()[signal].name, words<Signal>()[signal].meaning)
                : std::string("; shares no word");
  }
  constexpr double told_likeness = 0.005;  // What is printed as 0.00 is no likeness.
  if (p.like && p.likeness >= told_likeness) {
    const std::string title = p.like_title.empty() ? "" : fmt::format(" (\"{}\")", shortened(p.like_title, 80));
    text += fmt::format("; like {}{}, which is linked to {} ({:.2f})", *p.like, title, graph.node(p.need).id, p.likeness);
  }
  return text;
}

std::string basis_of(const LinkModel& model) {
  const LinkFigures& f = model.figures();
  return fmt::format("{} accepted links of {}{}", f.links, count_of(f.deliverables, "deliverable"),
                     f.part.empty() ? "" : fmt::format(" ({})", f.part));
}

Result query_proposals(const Situation& situation, const Params& params, const std::string& basis,
                       std::span<const LinkProposal> proposals) {
  using enum Column::Format;
  const Graph& graph = situation.graph();
  Result result;
  result.schema = "link-suggest-1";
  result.title = "Suggested links";
  result.head = head_of(situation, params);
  result.head.emplace_back("basis", Value(std::string(basis)));
  result.summary.push_back(fmt::format("{} · probabilities rest on {}", moment_text(situation, params), basis));
  result.summary.push_back(count_of(proposals.size(), "proposal"));
  Table table{"proposals",
              "",
              {{"probability", "probability", score},
               {"need", "need", text},
               {"need_title", "title", title, {}, 40},
               spare({"state", "state", state}, 2),
               {"phrase", "", text},
               {"deliverable", "by", text, {}, 36},
               {"title", "title", title, {}, 56},
               spare({"deliverable_state", "state", text}),
               spare({"words", "shared words", list, {}, 44}),
               spare({"like", "like", text, {}, 30}, 3)},
              {}};
  for (const LinkProposal& p : proposals) {
    Value row = Value::object();
    row.set("probability", rounded(p.probability))
        .set("relation", name_of(p.relation))
        .set("phrase", phrase(p.relation, false))
        .set("need", graph.node(p.need).id)
        .set("need_kind", name_of(graph.node(p.need).kind))
        .set("need_title", graph.node(p.need).title);
    row.set("state", name_of(situation.state_of(p.need)))
        .set("deliverable", p.deliverable.id)
        .set("title", p.deliverable.writing.title)
        .set("on_map", p.deliverable.node.has_value() && !p.deliverable.guest);
    std::optional<State> state;
    std::string group;
    if (p.deliverable.node) {
      state = situation.state(*p.deliverable.node);
      group = developers(graph, *p.deliverable.node);
    }
    if (p.deliverable.record) {
      state = p.deliverable.record->state;
      if (group.empty()) group = p.deliverable.record->group;
      row.set("address", p.deliverable.record->address)
          .set("catalogue", p.deliverable.record->facts.catalogue)
          .set("entry", p.deliverable.record->facts.entry);
    }
    row.set("deliverable_state", state ? Value(name_of(*state)) : Value()).set("group", group);
    row.set("words", words_text(p.overlap.shared, told_words));
    row.set("shared", shared_values(p.overlap.shared))
        .set("found", rounded(p.overlap.found))
        .set("degree", rounded(p.overlap.degree));
    row.set("topical", rounded(p.topical))
        .set("subject", rounded(p.subject))
        .set("committee", p.committee)
        .set("ranked_probability", rounded(p.ranked.probability))
        .set("signals", signals_value(p.ranked));
    row.set("like", p.like ? Value(*p.like) : Value())
        .set("likeness", rounded(p.likeness))
        .set("rationale", rationale_of(graph, p));
    if (params.explain) {
      Reason reason{fmt::format("{} – {}: probability {:.2f}", graph.node(p.need).id, p.deliverable.id, p.probability)};
      Reason figures{
          p.relation != Relation::covers
              ? fmt::format("the ranker's, on {}", basis)
              : fmt::format("{}logistic regression on four figures, fitted on {}",
                            p.topical == 1 ? "" : fmt::format("{:.2f} that it is about the subject of the map × ", p.topical),
                            basis)};
      Reason ranked{fmt::format("the ranker's probability that it is this need among all: {:.2f}", p.ranked.probability)};
      for (std::size_t i = 0; i < signals; ++i) {
        if (p.ranked.parts[i] != 0)
          ranked.because.push_back(
              {fmt::format("{} {:+.2f}: {}", words<Signal>()[i].name, p.ranked.parts[i], words<Signal>()[i].meaning)});
      }
      figures.because.push_back(std::move(ranked));
      figures.because.push_back({fmt::format("cosine with the nearest text linked to the need: {:.2f}", p.likeness)});
      figures.because.push_back({fmt::format("share of the need's title that the deliverable has: {:.2f}", p.overlap.found)});
      figures.because.push_back({fmt::format("degree of the overlap of titles and texts: {:.2f}", p.overlap.degree)});
      if (p.topical != 1) {
        figures.because.push_back(
            {fmt::format("about the subject: titles of deliverables with accepted links have {:.2f} of its title, and {} of them "
                         "come from its committee",
                         p.subject, p.committee)});
      }
      reason.because.push_back(std::move(figures));
      for (const SharedWord& w : p.overlap.shared) {
        if (reason.because.size() > told_words) break;
        reason.because.push_back(
            {fmt::format("both have \"{}\" (rarity {:.1f}{})", w.word, w.rarity, w.titles ? ", in both titles" : "")});
      }
      if (p.like)
        reason.because.push_back(
            {fmt::format("nearest text linked to {}: {} (cosine {:.2f})", graph.node(p.need).id, *p.like, p.likeness)});
      row.set("explanation", reason_value(reason));
    }
    table.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(table));
  return result;
}

Result query_link_figures(const Situation& situation, const Params& params, const LinkModel& model) {
  using enum Column::Format;
  const LinkFigures& f = model.figures();
  Result result;
  result.schema = "link-evaluate-1";
  result.title = "How good proposals are on this map";
  result.head = head_of(situation, params);
  Value figures = Value::object();
  figures.set("links", f.links)
      .set("deliverables", f.deliverables)
      .set("others", f.others)
      .set("pairs", f.pairs)
      .set("hit1", rounded(f.hit1))
      .set("hit5", rounded(f.hit5))
      .set("hit20", rounded(f.hit20));
  figures.set("map", rounded(f.mean_precision))
      .set("calibration_error", rounded(f.error))
      .set("calibration_error_first", rounded(f.error_first));
  result.head.emplace_back("figures", std::move(figures));
  result.summary.push_back(fmt::format("{} · {} accepted links of {}; {} deliverables without one",
                                       moment_text(situation, params), f.links, count_of(f.deliverables, "deliverable"),
                                       f.others));
  if (!f.part.empty()) result.summary.push_back(fmt::format("The model was {}", f.part));
  result.summary.push_back(
      "Each deliverable is judged by a model that has not seen its work; whatever nobody has accepted counts as wrong.");
  result.summary.push_back(
      fmt::format("A right need is first for {:.0f} %, among the first five for {:.0f} %, among the first twenty for {:.0f} % of "
                  "the linked deliverables; mean average precision {:.2f}",
                  f.hit1 * 100, f.hit5 * 100, f.hit20 * 100, f.mean_precision));
  result.summary.push_back(
      fmt::format("Expected calibration error: {:.3f} over {} pairs, {:.3f} over the likeliest need of each deliverable", f.error,
                  f.pairs, f.error_first));
  Table table{"thresholds",
              "At a probability of at least",
              {{"probability", "probability", score},
               {"pairs", "pairs", number},
               {"right", "right", number},
               {"precision", "precision", score},
               {"recall", "recall", score}},
              {}};
  for (const Threshold& t : f.thresholds) {
    Value row = Value::object();
    row.set("probability", t.probability).set("pairs", t.pairs).set("right", t.right);
    row.set("precision", t.pairs == 0 ? Value() : Value(rounded(static_cast<double>(t.right) / static_cast<double>(t.pairs))));
    row.set("recall", t.links == 0 ? Value() : Value(rounded(static_cast<double>(t.right) / static_cast<double>(t.links))));
    table.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(table));
  return result;
}

namespace {

/// "probability 0.41; …".
double probability_in(const std::string& rationale) {
  constexpr std::string_view word = "probability ";
  double value = 0.5;
  if (rationale.starts_with(word)) std::from_chars(rationale.data() + word.size(), rationale.data() + rationale.size(), value);
  return value;
}

}  // namespace

std::vector<QueuedLink> review_queue(const Situation& situation, const Params& params) {
  const Graph& graph = situation.graph();
  std::map<NodeId, double> severity;
  for (const Gap& gap : find_gaps(situation, params).list) {
    double& gravest = severity[gap.subject];
    if (gap.by_state) gravest = std::max(gravest, gap.severity);
  }
  std::vector<QueuedLink> queue;
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    const LinkId link = static_cast<LinkId>(i);
    const Edge& e = graph.edge(link);
    if (e.status != Status::suggested ||
        (e.relation != Relation::covers && !(is_need(graph.node(e.from).kind) && is_need(graph.node(e.to).kind))))
      continue;
    const double p = probability_in(graph.text(link).rationale);
    const auto gravest = severity.find(e.to);
    queue.push_back({link, p, (gravest == severity.end() ? 0 : gravest->second) * p, 4 * p * (1 - p)});
  }
  std::ranges::stable_sort(
      queue, [](const QueuedLink& a, const QueuedLink& b) { return a.closes + a.teaches / 4 > b.closes + b.teaches / 4; });
  return queue;
}

}  // namespace lacuna
