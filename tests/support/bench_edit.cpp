// lacuna_bench_edit MAP: one edit, then the first fifty gaps again, against finding all gaps anew. Prints Markdown.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "analysis/gap_ledger.hpp"
#include "lacuna/store.hpp"
#include "support/dice.hpp"

namespace {

using namespace lacuna;

double milliseconds_of(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void row(std::string_view what, std::vector<double> times) {
  std::ranges::sort(times);
  fmt::print("| {} | {} | {:.3f} ms | {:.3f} ms | {:.3f} ms |\n", what, times.size(), times[times.size() / 2],
             times[times.size() * 99 / 100], times.back());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: lacuna_bench_edit MAP\n");
    return 2;
  }
  Graph graph = Store(argv[1]).graph(Store::Texts::skip);
  Params params;
  params.profile = &default_profile();
  params.as_of = Date{2026, 11, 23}.last_day();
  const Situation situation(graph, *params.profile, params.as_of);
  fmt::print("{} nodes, {} links\n\n| what | times | median | 99 % | most |\n| --- | --: | --: | --: | --: |\n", graph.size(),
             graph.edges().size());
  std::vector<double> anew;
  for (int i = 0; i < 5; ++i) anew.push_back(milliseconds_of([&] { static_cast<void>(find_gaps(situation, params)); }));
  row("all gaps anew", anew);
  GapLedger ledger(graph, situation, params);
  std::vector<LinkId> covers;
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    if (graph.edges()[i].relation == Relation::covers) covers.push_back(static_cast<LinkId>(i));
  }
  lacuna::test::Dice dice(1);
  std::size_t listed = 0;
  std::vector<double> judged;
  for (int i = 0; i < 1000; ++i) {
    const LinkId link = covers[dice.below(covers.size())];
    const auto degree = static_cast<Degree>(dice.below(3));
    const auto status = static_cast<Status>(dice.below(4));
    judged.push_back(milliseconds_of([&] {
      ledger.judge(link, degree, status);
      listed += ledger.first(50).size();
    }));
  }
  row("another verdict on a link, then the first 50 gaps", judged);
  std::vector<double> added;
  for (int i = 0; i < 200; ++i) {
    Edge edge = graph.edge(covers[dice.below(covers.size())]);
    edge.to = situation.needs()[dice.below(situation.needs().size())];
    added.push_back(milliseconds_of([&] {
      ledger.add(edge);
      listed += ledger.first(50).size();
    }));
  }
  row("a new link, then the first 50 gaps", added);
  return listed > 0 ? 0 : 1;
}
