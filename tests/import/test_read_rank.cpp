#include <catch2/catch.hpp>

#include "import/rank_lines.hpp"
#include "lacuna/import.hpp"

using namespace lacuna;

namespace {

std::vector<std::string> rank_faults(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> list;
  for (const Diagnostic& d : diagnostics) list.push_back(to_string(d));
  return list;
}

}  // namespace

TEST_CASE("rank files: candidates with all members, unknown ones passed over") {
  std::vector<Diagnostic> diagnostics;
  const auto list = read_rank_candidates(
      "{\"id\": \"1\", \"text\": \"One\", \"context\": \"c\", \"parents\": [\"p\"], \"tags\": [], \"related\": null, \"group\": "
      "\"g\", \"colour\": 3}\n\n",
      "c.jsonl", diagnostics);
  CHECK(rank_faults(diagnostics).empty());
  REQUIRE(list.size() == 1);
  CHECK(list[0].text == "One");
  CHECK(list[0].parents == std::vector<std::string>{"p"});
  CHECK(list[0].group == "g");
}

TEST_CASE("rank files: links and queries; an exclusion may be one text") {
  std::vector<Diagnostic> diagnostics;
  const auto links = read_rank_links(
      "{\"id\":\"l\",\"text\":\"T\",\"source\":\"S\",\"targets\":[\"1\",\"2\"],\"refused\":[\"3\"]}", "l.jsonl", diagnostics);
  const auto queries = read_rank_queries(
      "{\"id\":\"q\",\"text\":\"T\",\"exclude_group\":\"g\",\"exclude_source\":[\"S\"],\"relevant\":[\"1\"]}\r\n", "q.jsonl",
      diagnostics);
  CHECK(rank_faults(diagnostics).empty());
  REQUIRE(links.size() == 1);
  CHECK(links[0].targets == std::vector<std::string>{"1", "2"});
  CHECK(links[0].refused == std::vector<std::string>{"3"});
  REQUIRE(queries.size() == 1);
  CHECK(queries[0].exclude_group == std::vector<std::string>{"g"});
  CHECK(queries[0].exclude_source == std::vector<std::string>{"S"});
}

TEST_CASE("rank files: every fault is told with its line, and other lines are read") {
  std::vector<Diagnostic> diagnostics;
  const auto list = read_rank_candidates(
      "{\"text\":\"no id\"}\n"
      "{\"id\":\"a\",\"text\":\"A\"}\n"
      "[1]\n"
      "{\"id\":\"b\",\"text\":7}\n"
      "{\"id\":\"c\",\"text\":\"\"}\n"
      "{\"id\":\"d\",\"text\":\"D\",\"tags\":[1]}\n"
      "{\"id\":\"a\",\"text\":\"again\"}\n"
      "{\"id\":\n",
      "c.jsonl", diagnostics);
  CHECK(list.size() == 1);
  const auto told = rank_faults(diagnostics);
  REQUIRE(told.size() == 7);
  CHECK(told[0] == "c.jsonl:1: error: needs \"id\"; give each line one");
  CHECK(told[1] == "c.jsonl:3: error: is a list; each line must be one object, in braces");
  CHECK(told[2] == "c.jsonl:4: error: \"text\" is a number; it must be a text");
  CHECK(told[3] == "c.jsonl:5: error: \"text\" is empty; give it a text");
  CHECK(told[4] == "c.jsonl:6: error: \"tags\" must be a list of texts");
  CHECK(told[5] == "c.jsonl:7: error: \"a\" is there already; give each candidate an id of its own");
  CHECK(told[6].starts_with("c.jsonl:8: error: "));
}
