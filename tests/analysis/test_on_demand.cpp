// Rows that are made while they are written: the bytes of JSON are those of rows made before.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "formats/json.hpp"
#include "lacuna/analysis.hpp"
#include "lacuna/render.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

TEST_CASE("json: a document in pieces is the document, whatever the lists hold") {
  const std::string long_text(200, 'x');
  const Value values[] = {Value(),          Value("a"),
                          Value::object(),  Value(Value::Array{1, 2}),
                          Value(long_text), Value(Value::Object{{"a", long_text}, {"b", 1}})};
  const Value::Object heads[] = {{}, {{"schema", "s"}}, {{"a", std::string(100, 'x')}, {"b", Value(Value::Array{1, 2})}}};
  for (const Value::Object& members : heads) {
    for (const std::size_t first : {0, 1, 3, 36, 40, 41, 300}) {
      for (const std::size_t second : {0, 2, 60}) {
        for (const Value& value : values) {
          Value document(members);
          document.set("first", Value(Value::Array(first, value)));
          document.set("second", Value(Value::Array(second, value)));
          std::string text;
          const auto make = [&](std::size_t /*i*/) { return value; };
          const json::List lists[] = {{"first", first, make}, {"second", second, make}};
          json::write(members, lists, [&](std::string_view piece) { text += piece; });
          REQUIRE(text == json::write(document));
        }
      }
    }
  }
}

TEST_CASE("json: elements are made one by one, each once, and handed on while the next are to come") {
  std::size_t made = 0;
  std::size_t made_at_first_piece = 0;
  std::size_t pieces = 0;
  const json::List list{"rows", 10'000, [&](std::size_t i) {
                          CHECK(i == made++);
                          return Value(std::string(1000, 'x'));
                        }};
  json::write({}, {&list, 1}, [&](std::string_view piece) {
    if (pieces++ == 0) made_at_first_piece = made;
    CHECK(piece.size() < 100'000);
  });
  CHECK(made == 10'000);
  CHECK(made_at_first_piece < 100);
  CHECK(pieces > 100);
}

TEST_CASE("rows on demand: gaps, coverage and export give the same JSON as rows made before, on a hundred maps") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    shape.needs = 5 + seed % 60;
    const Graph graph = graph_of(random_map(shape));
    MatrixParams params;
    params.profile = &default_profile();
    params.as_of = Date{static_cast<std::int16_t>(2018 + seed % 8), 1, 1}.last_day();
    params.include_suggested = seed % 3 == 0;
    params.explain = seed % 5 == 0;
    params.by = seed % 2 == 0 ? Kind::requirement : Kind::topic;
    if (seed % 4 == 0) params.scope = graph.find("Group 0");
    if (seed % 7 == 0) params.limit = 45;
    INFO("seed " << seed);
    using Query = Result (*)(const Graph&, const MatrixParams&);
    for (const Query query : {Query([](const Graph&g, const MatrixParams&p) { return query_gaps(g, p); }), Query(query_coverage),
                              Query([](const Graph&g, const MatrixParams&p) { return query_export(g, p); })}) {
      params.on_demand = false;
      const Result before = query(graph, params);
      params.on_demand = true;
      const Result result = query(graph, params);
      REQUIRE(result.tables.front().rows.empty());
      REQUIRE(result.tables.front().size() == before.tables.front().size());
      REQUIRE(render_json(result, {}) == render_json(before, {}));
      // A copy stands by itself.
      const Result copy = result;
      REQUIRE(render_json(copy, {}) == render_json(before, {}));
    }
  }
}
