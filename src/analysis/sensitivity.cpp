// Which ranks hang on which weight of the profile.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "analysis/gaps.hpp"
#include "analysis/sensitivity.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr double less = 0.8;
constexpr double more = 1.2;

/// What became of the ranking with one weight changed.
struct Variation {
  Knob knob;
  double value = 0;
  std::vector<RankedRow> ranking;
};

/// Severities and ranks of the same gaps with other weights: which gaps there are does not depend on them.
std::vector<RankedRow> gap_ranking(const Gaps& gaps, const Graph& graph, const Profile& profile) {
  struct Entry {
    double severity = 0;
    double rank = 0;
    const Gap* gap = nullptr;
  };
  std::vector<Entry> entries;
  for (const Gap& gap : gaps.list) {
    double severity = profile.gap[gap.kind] * gap.priority / 5.0;
    if (gap.by_state) {
      for (const Evidence& e : gap.inside->evidence) severity *= 1 - contribution(profile, e.degree, e.state, e.suspect);
    }
    entries.push_back({severity, rank_of(parts_of(gap, profile, severity), profile), &gap});
  }
  std::ranges::stable_sort(entries, {}, [](const Entry& e) { return order_key(*e.gap, e.rank, e.severity); });
  std::vector<RankedRow> ranking;
  for (const Entry& e : entries) {
    const std::string other = e.gap->other ? " and " + graph.node(*e.gap->other).id : "";
    ranking.push_back({fmt::format("{} {}{}", name_of(e.gap->kind), graph.node(e.gap->subject).id, other), e.rank});
  }
  return ranking;
}

/// How a varied ranking differs from the one as it is.
struct Effect {
  std::size_t moved = 0;           ///< Rows with another rank.
  std::vector<std::string> enter;  ///< Into the first few.
  std::vector<std::string> leave;
  std::string farthest;  ///< The farthest move into, out of or among them.
  bool first = true;     ///< The first place is the same.
};

Effect effect_of(const std::vector<RankedRow>& ranking, const std::map<std::string, std::size_t>& base, std::size_t top) {
  Effect effect;
  std::ptrdiff_t distance = 0;
  for (std::size_t i = 0; i < ranking.size(); ++i) {
    const std::string& name = ranking[i].name;
    const auto found = base.find(name);
    const std::size_t was = found == base.end() ? base.size() : found->second;
    if (was != i) ++effect.moved;
    if (i == 0) effect.first = was == 0 || base.empty();
    if (i < top && was >= top)
      effect.enter.push_back(fmt::format("{} ({} → {})", name, was == base.size() ? "new" : std::to_string(was + 1), i + 1));
    const std::ptrdiff_t d = static_cast<std::ptrdiff_t>(was) - static_cast<std::ptrdiff_t>(i);
    if (std::abs(d) > std::abs(distance) && (i < top || was < top)) {
      distance = d;
      effect.farthest = fmt::format("{}: {} → {}", name, was + 1, i + 1);
    }
  }
  for (const auto& [name, was] : base) {
    if (was >= top) continue;
    const auto now = std::ranges::find(ranking, name, &RankedRow::name);
    if (static_cast<std::size_t>(now - ranking.begin()) >= top) {
      effect.leave.push_back(
          fmt::format("{} ({} → {})", name, was + 1, now == ranking.end() ? "gone" : std::to_string(now - ranking.begin() + 1)));
    }
  }
  std::ranges::sort(effect.leave, natural_less);
  return effect;
}

Value row_of(const Variation& variation, const Effect& effect) {
  Value row = Value::object();
  row.set("weight", variation.knob.name)
      .set("value", rounded(variation.knob.value))
      .set("varied", rounded(variation.value))
      .set("moved", effect.moved);
  const auto list = [](const std::vector<std::string>& names) {
    Value values = Value::array();
    for (const std::string& n : names) values.push(n);
    return values;
  };
  row.set("first", effect.first).set("enter", list(effect.enter)).set("leave", list(effect.leave));
  row.set("farthest", effect.farthest.empty() ? Value() : Value(effect.farthest));
  return row;
}

}  // namespace

void add_sensitivity(Result& result, const Profile& profile, std::span<const std::string_view> sections,
                     const std::vector<RankedRow>& ranking, std::size_t top, bool all,
                     const std::function<std::vector<RankedRow>(const Profile&)>& rank) {
  using enum Column::Format;
  std::vector<Variation> variations;
  for (const Knob& knob : knobs(profile)) {
    const std::string_view section = std::string_view(knob.name).substr(0, knob.name.find('.'));
    if (std::ranges::find(sections, section) == sections.end()) continue;
    for (const double factor : {less, more}) {
      const double wanted = std::min(knob.value * factor, knob.most);
      const double value = knob.whole ? std::max(1.0, std::round(wanted)) : wanted;
      if (value != knob.value) variations.push_back({knob, value, {}});
    }
  }
  on_all_cores(variations.size(), [&] {
    return [&](std::size_t i) { variations[i].ranking = rank(with_knob(profile, variations[i].knob.name, variations[i].value)); };
  });
  std::map<std::string, std::size_t> base;
  for (std::size_t i = 0; i < ranking.size(); ++i) base.emplace(ranking[i].name, i);
  top = std::min(top, ranking.size());
  Table table{"sensitivity",
              fmt::format("Each weight 20 % lower and higher, as far as it may go; against the first {}:", top),
              {{"weight", "weight", text},
               {"value", "value", number},
               {"varied", "varied", number},
               {"moved", "ranks changed", number},
               {"enter", fmt::format("enter the first {}", top), list},
               {"leave", fmt::format("leave the first {}", top), list},
               {"farthest", "farthest move", prose}},
              {}};
  std::vector<std::pair<const Variation*, Effect>> effects;
  for (const Variation& v : variations) {
    Effect effect = effect_of(v.ranking, base, top);
    if (effect.moved > 0 || all) effects.emplace_back(&v, std::move(effect));  // A table for people lists what has an effect.
  }
  const auto exchanged = [](const auto& e) { return e.second.enter.size() + e.second.leave.size(); };
  const auto other_list =
      static_cast<std::size_t>(std::ranges::count_if(effects, [&](const auto& e) { return exchanged(e) > 0; }));
  const auto other_first = std::ranges::count_if(effects, [](const auto& e) { return !e.second.first; });
  if (top > 0 && top < ranking.size() && rounded(ranking[top - 1].score) == rounded(ranking[top].score)) {
    const auto equal =
        std::ranges::count_if(ranking, [&](const RankedRow& r) { return rounded(r.score) == rounded(ranking[top].score); });
    result.summary.push_back(
        fmt::format("{} share the score {:.2f} of the {}th: which of them stand among the first {} no weight decides", equal,
                    ranking[top].score, top, top));
  }
  if (ranking.empty()) {
    result.summary.push_back("There is nothing to rank");
  } else {
    result.summary.push_back(
        fmt::format("{} of {} variations keep the same first {} (their order may change); {} change the first place; those "
                    "without any effect are left out of the table",
                    variations.size() - other_list, variations.size(), top, other_first));
  }
  std::ranges::stable_sort(effects, std::greater{}, exchanged);
  for (const auto& [variation, effect] : effects) table.rows.push_back(row_of(*variation, effect));
  result.tables.push_back(std::move(table));
}

Result query_gap_sensitivity(const Graph& graph, const Params& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const Gaps gaps = find_gaps(situation, params);
  Result result;
  result.schema = "sensitivity-1";
  result.title = "What the ranking of gaps hangs on";
  result.head = head_of(situation, params);
  result.summary = notes_of(situation, params);
  result.summary.push_back(
      fmt::format("{}; their states do not depend on any weight: they follow from degrees, states of deliverables and searches",
                  count_of(gaps.list.size(), "gap")));
  static constexpr std::string_view sections[] = {"degree",      "maturity",      "gap",          "order",
                                                  "demand_half", "exposure_half", "nearness_half"};
  add_sensitivity(result, *params.profile, sections, gap_ranking(gaps, graph, *params.profile),
                  params.limit == 0 ? 10 : params.limit, params.evidence,
                  [&](const Profile& profile) { return gap_ranking(gaps, graph, profile); });
  return result;
}

}  // namespace lacuna
