#include <catch2/catch.hpp>

#include "base/text.hpp"
#include "formats/json.hpp"
#include "lacuna/render.hpp"
#include "render/cells.hpp"

using namespace lacuna;

namespace {

using enum Column::Format;

/// A result of one table with one text column and the given cells.
Result cells(const std::vector<Value>& values, Column::Format format = text) {
  Result result;
  result.schema = "test-1";
  result.title = "Title";
  Table table{"rows", "", {{"a", "A", format}}, {}};
  for (const Value& v : values) table.rows.push_back(Value(Value::Object{{"a", v}}));
  result.tables.push_back(std::move(table));
  return result;
}

std::string csv(const Value& value) {
  const std::string whole = render_csv(cells({value}), {});
  CHECK(whole.starts_with("A\n"));
  CHECK(whole.back() == '\n');
  return whole.substr(2, whole.size() - 3);
}

std::string markdown(const Value& value) {
  const std::string whole = render_markdown(cells({value}), {});
  const std::string before = "# Title\n\n\n| A |\n| --- |\n| ";
  REQUIRE(whole.starts_with(before));
  REQUIRE(whole.ends_with(" |\n"));
  return whole.substr(before.size(), whole.size() - before.size() - 3);
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    result.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return result;
}

/// Columns of every format, with rows of every kind of value.
Result mixed() {
  Result result;
  result.schema = "test-1";
  result.title = "Überschrift";
  result.head = {{"map", "M"}, {"needs", 2}};
  result.summary = {"First line", "Second line"};
  Table table{"rows",
              "Caption",
              {{"name", "name", text},
               {"n", "n", number},
               {"s", "score", score},
               {"state", "state", state},
               {"g", "SG17", number, "SG17"},
               {"list", "list", text}},
              {}};
  const auto row = [](Value name, Value n, Value s, Value state_word, Value g, Value list) {
    Value v = Value::object();
    v.set("name", std::move(name)).set("n", std::move(n)).set("s", std::move(s)).set("state", std::move(state_word));
    v.set("g", Value(Value::Object{{"SG17", std::move(g)}})).set("list", std::move(list));
    return v;
  };
  table.rows = {row("Ä𝄞", 5, 0.5, "covered", 1, Value(Value::Array{Value("x"), Value(Value::Object{{"id", "y"}})})),
                row("plain", 1234, 0.125, "confirmed-gap", 22, Value(Value::Array{})),
                row(Value(), Value(), Value(), Value(), Value(), true)};
  result.tables.push_back(std::move(table));
  return result;
}

}  // namespace

TEST_CASE("cells: numbers, scores, states and lists as people read them") {
  CHECK(readable(Value("x"), text) == "x");
  CHECK(readable(Value(5), number) == "5");
  CHECK(readable(Value(0.125), score) == "0.12");
  CHECK(readable(Value(0.125), number) == "0.125");
  CHECK(readable(Value(true), text) == "yes");
  CHECK(readable(Value(false), text) == "no");
  CHECK(readable(Value(), text) == "");
  CHECK(readable(Value(Value::Array{Value("a"), Value(2), Value(Value::Object{{"id", "c"}})}), text) == "a, 2, c");
  CHECK(readable(Value("stale"), state) == "◌ stale");
  CHECK(readable(Value("published"), state) == "published");
  CHECK(plain(Value("stale"), state) == "stale");
}

TEST_CASE("cells: every state has a sign of its own, one column wide") {
  std::string all;
  for (std::size_t s = 0; s < words<CoverageState>().size(); ++s) {
    const std::string_view sign = sign_of(static_cast<CoverageState>(s));
    CHECK(length_of(sign) == 1);
    CHECK(all.find(sign) == std::string::npos);
    all += sign;
  }
  CHECK(all == "●◐◔◌→✕×?");
}

TEST_CASE("listings: every row of the table is there and draws an empty result") {
  CHECK(listings().size() == 5);
  Result empty;
  empty.schema = "empty-1";
  empty.title = "Nothing";
  for (const Listing& listing : listings()) {
    INFO(listing.name);
    CHECK_FALSE(listing.help.empty());
    CHECK_NOTHROW(listing.render(empty, {}));
    CHECK_NOTHROW(listing.render(cells({}), {}));
  }
}

// ---- CSV ----------------------------------------------------------------------------------------------------------------------

TEST_CASE("csv: cells are quoted as RFC 4180 wants it") {
  CHECK(csv("plain text") == "plain text");
  CHECK(csv("a,b") == "\"a,b\"");
  CHECK(csv("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(csv("two\nlines") == "\"two\nlines\"");
  CHECK(csv("cr\rhere") == "\"cr\rhere\"");
  CHECK(csv("") == "");
  CHECK(csv("Ä; 𝄞") == "Ä; 𝄞");
  CHECK(csv(Value()) == "");
}

TEST_CASE("csv: a text that a spreadsheet would take for a formula is made harmless, a number stays a number") {
  CHECK(csv("=1+1") == "'=1+1");
  CHECK(csv("+49 30") == "'+49 30");
  CHECK(csv("-5") == "'-5");
  CHECK(csv("@SUM(A1)") == "'@SUM(A1)");
  CHECK(csv("\tx") == "'\tx");
  CHECK(csv("\r=1") == "\"'\r=1\"");
  CHECK(csv("=HYPERLINK(\"http://x\",\"y\")") == "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
  CHECK(csv(Value(Value::Array{Value("=1"), Value("b")})) == "\"'=1, b\"");
  CHECK(csv(Value(-5)) == "-5");
  CHECK(csv(Value(-0.5)) == "-0.5");
  Result result = cells({});
  result.tables[0].columns[0].label = "=A";
  CHECK(render_csv(result, {}) == "'=A\n");
}

TEST_CASE("csv: a table for machines, without signs, title and summary") {
  CHECK(render_csv(mixed(), {}) ==
        "name,n,score,state,SG17,list\n"
        "Ä𝄞,5,0.50,covered,1,\"x, y\"\n"
        "plain,1234,0.12,confirmed-gap,22,\n"
        ",,,,,yes\n");
}

TEST_CASE("csv: several tables with an empty line between them") {
  Result result = cells({Value("x")});
  result.tables.push_back(result.tables[0]);
  CHECK(render_csv(result, {}) == "A\nx\n\nA\nx\n");
}

// ---- Markdown -----------------------------------------------------------------------------------------------------------------

TEST_CASE("markdown: what would be markup is shown as it is") {
  CHECK(markdown("a|b") == "a\\|b");
  CHECK(markdown("*bold* _it_ `code`") == "\\*bold\\* \\_it\\_ \\`code\\`");
  CHECK(markdown("[x](http://y)") == "\\[x\\](http://y)");
  CHECK(markdown("# no heading") == "\\# no heading");
  CHECK(markdown("a\\b") == "a\\\\b");
  CHECK(markdown("<script>&amp;") == "&lt;script&gt;&amp;amp;");
  CHECK(markdown("two\nlines\r\x1b[31m") == "two lines  \\[31m");
  CHECK(markdown("Ä 𝄞") == "Ä 𝄞");
}

TEST_CASE("markdown: struck-through text is shown as it is too") { CHECK(markdown("~~gone~~") == "\\~\\~gone\\~\\~"); }

TEST_CASE("markdown: title, summary, caption and a table with numbers to the right") {
  CHECK(render_markdown(mixed(), {}) ==
        "# Überschrift\n\n"
        "- First line\n"
        "- Second line\n"
        "\nCaption\n\n"
        "| name | n | score | state | SG17 | list |\n"
        "| --- | ---: | ---: | --- | ---: | --- |\n"
        "| Ä𝄞 | 5 | 0.50 | ● covered | 1 | x, y |\n"
        "| plain | 1234 | 0.12 | ✕ confirmed-gap | 22 |  |\n"
        "|  |  |  |  |  | yes |\n");
}

// ---- tables -------------------------------------------------------------------------------------------------------------------

TEST_CASE("table: columns are as wide as their widest cell, in characters, not bytes") {
  CHECK(render_table(mixed(), {}) ==
        "Überschrift\n"
        "First line\n"
        "Second line\n"
        "\n"
        "Caption\n"
        "name      n  score  state            SG17  list\n"
        "Ä𝄞        5   0.50  ● covered           1  x, y\n"
        "plain  1234   0.12  ✕ confirmed-gap    22\n"
        "                                           yes\n");
}

TEST_CASE("table: no line of a table is wider than the terminal") {
  for (const std::size_t width : {20U, 35U, 47U, 80U}) {
    const auto all = lines(render_table(mixed(), {width}));
    for (std::size_t i = 5; i < all.size(); ++i) {
      INFO(all[i]);
      CHECK(length_of(all[i]) <= width);
      CHECK(is_clean_utf8(all[i]));
    }
  }
}

TEST_CASE("table: a wide cell is shortened, the last column may be as long as it likes") {
  Result result = cells({Value(std::string(100, 'x'))});
  result.tables[0].columns.push_back({"a", "B", text});
  CHECK(lines(render_table(result, {}))[3] == std::string(45, 'x') + "…  " + std::string(100, 'x'));
}

TEST_CASE("table: control characters do not reach the terminal") {
  Result result = cells({Value("a\x1b[2Jb\nc\x7F")});
  result.title = "T\x1b]0;x\a";
  result.summary = {"s\x1b"};
  result.tables[0].caption = "c\r";
  const std::string text = render_table(result, {});
  for (const char c : text) CHECK((c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)));
  CHECK(text == "T ]0;x \ns \n\nc \nA\na [2Jb c\n");
}

TEST_CASE("table: control characters in the heading of a column do not reach the terminal") {
  Result result = cells({Value("x")});
  result.tables[0].columns[0].label = "A\x1b[2J";
  CHECK(render_table(result, {}).find('\x1b') == std::string::npos);
}

TEST_CASE("table: one without rows says so") { CHECK(render_table(cells({}), {}) == "Title\n\n(none)\n"); }

// ---- JSON ---------------------------------------------------------------------------------------------------------------------

TEST_CASE("json listing: schema, title, head, summary and all members of the rows, stable") {
  const std::string text = render_json(mixed(), {});
  CHECK(text == render_json(mixed(), {80}));
  std::vector<Diagnostic> diagnostics;
  const auto parsed = json::read(text, "f", diagnostics);
  REQUIRE(parsed);
  CHECK(parsed->names == std::vector<std::string>{"schema", "title", "map", "needs", "summary", "rows"});
  const Value value = json::to_value(*parsed);
  CHECK(value["schema"] == Value("lacuna:schema/test-1.json"));
  CHECK(value["title"] == Value("Überschrift"));
  CHECK(value["rows"].size() == 3);
  CHECK((*value["rows"].if_array())[0] == mixed().tables[0].rows[0]);
  CHECK((*value["rows"].if_array())[2]["s"].is_null());
}
