// lacuna_bench_coverage [LINKS…]: times the states of all needs of graphs with that many covers links (10^5, 10^6, 10^7), and the
// same question asked in SQL of the same rows; weighs the graph. Prints Markdown; fails only where the two disagree.
#include <fmt/format.h>
#include <malloc.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "lacuna/coverage.hpp"
#include "store/schema.hpp"
#include "store/sqlite.hpp"
#include "support/dice.hpp"

namespace {

using namespace lacuna;

constexpr Day day{20261123};
constexpr int runs = 5;

using Counts = std::array<std::size_t, 6>;  // By CoverageState.

struct Timed {
  double milliseconds = 0;
  Counts counts{};
};

template <class Question>
Timed timed(Question question) {
  Timed result;
  std::array<double, runs> times{};
  for (double& time : times) {
    const auto start = std::chrono::steady_clock::now();
    result.counts = question();
    time = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  }
  std::ranges::sort(times);
  result.milliseconds = times[runs / 2];
  return result;
}

/// Bytes of this process in memory (Linux).
std::size_t resident() {
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// One deliverable and one need for every twenty links. Of the deliverables, eight in ten are published, one is a draft, one
/// superseded.
GraphParts nodes_for(std::size_t links, test::Dice& dice) {
  const std::size_t half = std::max<std::size_t>(links / 20, 1);
  GraphParts parts;
  parts.nodes.resize(2 * half);
  parts.lives.resize(2 * half);
  for (std::size_t i = 0; i < 2 * half; ++i) {
    Node& node = parts.nodes[i];
    node.kind = i < half ? Kind::deliverable : Kind::requirement;
    node.id = fmt::format("{}{:08}", i < half ? 'D' : 'N', i % half);
    node.title = node.id;
    if (i >= half) continue;
    const std::size_t life = dice.below(10);
    parts.lives[i].push_back({Day{20200101}, life == 0 ? State::draft : State::published, true, ""});
    if (life == 1) parts.lives[i].push_back({Day{20240101}, State::superseded, true, ""});
  }
  return parts;
}

/// Degrees and status as in random_map(). The lesser of two dice gives some needs twice the mean of links and leaves others with
/// few or none, so that every state occurs.
std::vector<Edge> links_for(std::size_t links, std::size_t nodes, test::Dice& dice) {
  const std::size_t half = nodes / 2;
  std::vector<Edge> edges(links);
  for (Edge& edge : edges) {
    edge.from = static_cast<NodeId>(dice.below(half));
    edge.to = static_cast<NodeId>(half + std::min(dice.below(half), dice.below(half)));
    edge.relation = Relation::covers;
    const std::size_t degree = dice.below(100);
    edge.degree = degree < 30 ? Degree::full : degree < 90 ? Degree::partial : Degree::none;
    const std::size_t status = dice.below(100);
    edge.status = status < 80   ? Status::asserted
                  : status < 88 ? Status::suggested
                  : status < 94 ? Status::rejected
                                : Status::disputed;
  }
  std::ranges::sort(edges, {}, [](const Edge& e) { return std::pair(e.from, e.to); });
  return edges;
}

Counts count_states(const Situation& situation) {
  Counts counts{};
  for (const NodeId need : situation.needs()) ++counts[static_cast<std::size_t>(situation.state_of(need))];
  return counts;
}

/// The tables and indexes of a map, with the rows that the question needs.
void fill(Connection& db, const Graph& graph) {
  db.run("BEGIN;" + map_tables_sql());
  Statement node = db.prepare("INSERT INTO node (node, id, kind, title) VALUES (?,?,?,?)");
  Statement milestone = db.prepare("INSERT INTO milestone VALUES (?,?,?,?,'')");
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const Node& n = graph.nodes()[i];
    const auto key = static_cast<std::int64_t>(i + 1);
    node.bind(1, key).bind(2, n.id).bind(3, name_of(n.kind)).bind(4, n.title).run();
    const auto life = graph.life(static_cast<NodeId>(i));
    for (std::size_t step = 0; step < life.size(); ++step) {
      milestone.bind(1, key)
          .bind(2, static_cast<std::int64_t>(step))
          .bind(3, to_string(life[step].day))
          .bind(4, name_of(life[step].state))
          .run();
    }
  }
  Statement link =
      db.prepare("INSERT INTO link (\"from\", relation, \"to\", degree, rationale, by, status) VALUES (?,?,?,?,'because','A',?)");
  for (const Edge& e : graph.edges()) {
    link.bind(1, static_cast<std::int64_t>(index(e.from) + 1))
        .bind(2, name_of(e.relation))
        .bind(3, static_cast<std::int64_t>(index(e.to) + 1));
    link.bind(4, name_of(e.degree)).bind(5, name_of(e.status)).run();
  }
  db.run(map_indexes_sql());
  db.run(fmt::format("INSERT INTO setting VALUES ('as_of', '{}'); COMMIT;", to_string(day)));
}

/// What a Situation holds, made before the clock starts: the state of each deliverable on the day, as the least that it says of a
/// need.
void prepare(Connection& db) {
  db.run(
      "CREATE TEMP TABLE now (node INTEGER PRIMARY KEY, least INTEGER NOT NULL);"
      "INSERT INTO now SELECT node, CASE WHEN state IN ('superseded', 'withdrawn') THEN 3 WHEN state <> 'published' THEN 2 ELSE "
      "0 END"
      " FROM deliverable_state;");
}

/// `how` stands behind the table's name: what to read it by.
Counts count_states(const Connection& db, std::size_t needs, const std::string& how) {
  Statement rows = db.prepare(
      "SELECT best, count(*) FROM ("
      " SELECT l.\"to\", min(CASE WHEN s.least > 0 THEN s.least WHEN l.degree = 'partial' THEN 1 ELSE 0 END) AS best"
      " FROM link l " +
      how +
      " JOIN now s ON s.node = l.\"from\""
      " WHERE l.relation = 'covers' AND l.status = 'asserted' AND l.degree <> 'none' GROUP BY l.\"to\") GROUP BY best");
  Counts counts{};
  std::size_t linked = 0;
  while (rows.step()) {
    counts[static_cast<std::size_t>(rows.number(0))] = static_cast<std::size_t>(rows.number(1));
    linked += static_cast<std::size_t>(rows.number(1));
  }
  counts[static_cast<std::size_t>(CoverageState::unknown)] = needs - linked;
  return counts;
}

struct Weight {
  std::size_t links = 0;
  double arrays = 0;    ///< Bytes a link of the graph's arrays of links.
  double resident = 0;  ///< Bytes a link that memory grew by, beside nodes and lives.
  std::string states;
};

std::string told(const Counts& counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counts[i], name_of(static_cast<CoverageState>(i)));
  }
  return text;
}

Weight bench(std::size_t links) {
  test::Dice dice(1);
  GraphParts parts = nodes_for(links, dice);
  ::malloc_trim(0);  // What earlier work left free must not hide what the graph takes.
  const std::size_t bare = resident();
  parts.edges = links_for(links, parts.nodes.size(), dice);
  const Graph graph(std::move(parts));
  const std::size_t grown = resident() - bare;
  std::size_t arrays = graph.edges().size_bytes();
  for (std::size_t i = 0; i < graph.size(); ++i) {
    // Each link stands in two lists, beside its relation; where it arrives, with what is asked most.
    const auto listed = graph.out(static_cast<NodeId>(i)).size() + graph.in(static_cast<NodeId>(i)).size();
    arrays += listed * (sizeof(LinkId) + sizeof(Relation)) + graph.in(static_cast<NodeId>(i)).size() * sizeof(Arrival);
  }

  const Profile profile;
  const Situation situation(graph, profile, day);
  const std::size_t needs = situation.needs().size();
  const Timed ours = timed([&] { return count_states(situation); });
  const auto row = [&](std::string_view question, const Timed& answer) {
    fmt::print("| {} | {} | {:.1f} ms | {:.1f} | {:.1f} |\n", links, question, answer.milliseconds,
               answer.milliseconds * 1e6 / static_cast<double>(links), answer.milliseconds / ours.milliseconds);
    std::fflush(stdout);
    if (answer.counts == ours.counts) return;
    fmt::print(stderr, "lacuna_bench_coverage: {} links, {}: {}; and not {}\n", links, question, told(answer.counts),
               told(ours.counts));
    std::exit(1);
  };
  row("`state_of` of every need", ours);

  const std::string file = std::filesystem::temp_directory_path() / fmt::format("lacuna-bench-{}.db", ::getpid());
  {
    Connection db(":memory:", Connection::Is::part);
    fill(db, graph);
    db.run("VACUUM INTO '" + file + "'");
    prepare(db);
    row("SQL in memory, as SQLite plans it", timed([&] { return count_states(db, needs, ""); }));
    row("SQL in memory, made to read the table through", timed([&] { return count_states(db, needs, "NOT INDEXED"); }));
    db.run("CREATE INDEX answer ON link (\"to\", relation, status, degree, \"from\")");
    row("SQL in memory, with an index that holds all it asks for", timed([&] { return count_states(db, needs, ""); }));
  }
  {
    Connection db(file, Connection::Is::part);
    std::filesystem::remove(file);           // Goes when the connection does.
    db.run("PRAGMA cache_size = -2097152");  // KiB: pages are read once.
    prepare(db);
    row("SQL in a file, as SQLite plans it", timed([&] { return count_states(db, needs, ""); }));
    row("SQL in a file, made to read the table through", timed([&] { return count_states(db, needs, "NOT INDEXED"); }));
  }
  const auto a_link = [&](std::size_t bytes) { return static_cast<double>(bytes) / static_cast<double>(links); };
  return {links, a_link(arrays), a_link(grown), told(ours.counts)};
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {100'000, 1'000'000, 10'000'000};
  fmt::print(
      "States of all needs, median of {} runs; SQLite {} over the same rows, with the states of deliverables made before.\n\n",
      runs, sqlite3_libversion());
  fmt::print("| links | question | time | ns a link | ÷ `state_of` |\n|--:|---|--:|--:|--:|\n");
  std::vector<Weight> weights;
  for (const std::size_t links : sizes) weights.push_back(bench(links));
  fmt::print(
      "\n| links | bytes a link: arrays of links | bytes a link: resident, beside nodes and lives | all counted "
      "|\n|--:|--:|--:|---|\n");
  for (const Weight& w : weights) fmt::print("| {} | {:.2f} | {:.2f} | {} |\n", w.links, w.arrays, w.resident, w.states);
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print("\nPeak resident, all sizes in one process, SQLite included: {} MiB.\n", usage.ru_maxrss / 1024);
  return 0;
}
