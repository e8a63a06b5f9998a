// Text that nobody expects, through every format of every command, and what the readers of others make of it.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <functional>
#include <map>

#include "cli/command.hpp"
#include "formats/json.hpp"
#include "support/process.hpp"

namespace fs = std::filesystem;
using namespace lacuna;
using namespace lacuna::test;

namespace {

/// Between two marks, wherever a text of the map may stand. Those of the first list stand in identifiers, too.
const std::vector<std::string> strange_ids{"plain",
                                           "\xEF\xBF\xBF",                                // U+FFFF, which is no character
                                           "\xEF\xBF\xBE",                                // U+FFFE
                                           "\xEF\xB7\x90",                                // U+FDD0
                                           "\xF0\x9F\xBF\xBE",                            // U+1FFFE
                                           "\xF4\x8F\xBF\xBF",                            // U+10FFFF, the last
                                           "zero\u200Bwidth",                             // a blank without width
                                           "\U0001F469\u200D\U0001F4BB",                  // two signs joined to one
                                           "byte\uFEFForder",                             //
                                           "soft\u00ADhyphen",                            //
                                           "e\u0301A\u0308",                              // marks apart from their letters
                                           "Z\u0351\u036B\u0343",                         // several marks on one letter
                                           "\u6C34\u5BB3\u5BFE\u7B56",                    // wide
                                           "\uFF21\uFF22",                                // wide forms of Latin letters
                                           "\uD55C\uAD6D\uC5B4",                          // Hangul
                                           "\u0627\u0644\u0639\u0631\u0628\u064A\u0629",  // from right to left
                                           "\u05E2\u05D1\u05E8\u05D9\u05EA",
                                           "\U0001F600\uFE0F",
                                           "<b>&amp;\"']]>",
                                           "|`*_[x](javascript:a)#",
                                           "\u0915\u094D\u0937\u093F",  // marks that stand before their letter
                                           "\U000E0020"};               // a tag, which nobody sees
const std::vector<std::string> strange_titles{"turned\u202Eround\u202C",
                                              "set\u2066apart\u2069",
                                              "left\u200Eto right",
                                              "next\u0085line",
                                              "line\u2028paragraph\u2029end",
                                              "deleted\x7F",
                                              "a bell\x07 and \x1B[1m",
                                              "tab\tand\nline\r\nend",
                                              "=1+1",
                                              "@SUM(1)"};

std::string marked(char letter, std::size_t i, const std::string& text) { return fmt::format("{}{:02}«{}»", letter, i, text); }

/// A map that says every text as title, identifier, text, rationale, name and note.
std::string strange_map() {
  Value nodes = Value::array();
  Value links = Value::array();
  const auto node = [&](const std::string& id, std::string_view kind, const std::string& title) {
    return Value(Value::object()).set("id", id).set("kind", kind).set("title", title);
  };
  const auto link = [&](const std::string& from, std::string_view relation, const std::string& to) {
    return Value(Value::object()).set("from", from).set("relation", relation).set("to", to);
  };
  nodes.push(node("W", "workshop", "A workshop"));
  Value needs = Value::array();
  for (std::size_t i = 0; i < strange_ids.size() + strange_titles.size(); ++i) {
    const bool in_ids = i < strange_ids.size();
    const std::string& text = in_ids ? strange_ids[i] : strange_titles[i - strange_ids.size()];
    const auto id = [&](char letter) { return marked(letter, i, in_ids ? text : ""); };
    const auto said = [&](char letter) { return marked(letter, i, text); };
    nodes.push(node(id('G'), "group", said('g')).set("text", said('a')));
    Value dates = Value::object();
    dates.set("published", "2018-01-01");
    nodes.push(node(id('D'), "deliverable", said('d')).set("text", said('b')).set("state", "published").set("dates", dates));
    Value attributes = Value::object();
    attributes.set("note", said('n'));
    nodes.push(node(id('R'), "requirement", said('r')).set("text", said('c')).set("attributes", attributes));
    nodes.push(node(id('N'), "requirement", said('m')));
    nodes.push(node(id('O'), "objective", said('o')));
    nodes.push(node(id('T'), "topic", said('t')));
    links.push(link(id('G'), "develops", id('D')));
    links.push(link(id('D'), "covers", id('R')).set("degree", "partial").set("rationale", said('w')).set("by", said('p')));
    links.push(link(id('R'), "maps-to", id('N')).set("set_relation", "intersects-with").set("rationale", said('v')));
    links.push(link(id('O'), "part-of", "W"));
    links.push(link(id('R'), "serves", id('O')));
    links.push(link(id('N'), "serves", id('O')));
    links.push(link(id('R'), "part-of", id('T')));
    needs.push(id('N'));
  }
  Value catalogue = Value::object();
  catalogue.set("name", "Catalogue");
  Value search = Value::object();
  search.set("id", "S1").set("by", "Somebody").set("on", "2020-01-01").set("catalogues", Value(Value::Array{catalogue}));
  search.set("needs", needs).set("note", marked('x', 1, strange_ids[1]));
  Value info = Value::object();
  info.set("title", "Strange texts " + marked('y', 1, strange_ids[1])).set("date", "2020-01-01");
  Value document = Value::object();
  document.set("map", info).set("nodes", nodes).set("links", links).set("searches", Value(Value::Array{search}));
  return json::write(document);
}

/// How each command that has formats is asked; a new one needs a row.
const std::map<std::string, std::vector<std::string>> questions{
    {"show", {"show \"$node\" --as-of $day"}},
    {"coverage", {"coverage --as-of $day --by need", "coverage --as-of $day"}},
    {"gaps", {"gaps --as-of $day"}},
    {"suggest", {"suggest --as-of $day --for \"$group\""}},
    {"structure", {"structure chains --as-of $day"}},
    {"compare", {"compare \"$group\" \"$other\" --as-of $day"}},
    {"check", {"check \"$title\" --as-of $day"}},
    {"diff", {"diff --from 2017-01-01 --to $day"}},
    {"log", {"log"}},
    {"blame", {"blame \"$node\""}},
    {"export", {"export --as-of $day"}},
    {"render",
     {"render --view relationship --as-of $day", "render --view coverage --as-of $day", "render --view gaps --as-of $day",
      "render --view around \"$node\" --as-of $day"}},
    {"report", {"report --for all --as-of $day"}},
    {"draft",
     {"draft justification --for \"$group\" --needs \"$needs\" --as-of $day",
      "draft liaison --for \"$group\" --to-group \"$other\" --as-of $day", "draft gap-analysis --for \"$group\" --as-of $day",
      "draft follow-up --for \"$group\" --from 2017-01-01 --as-of $day"}},
    // What is read from elsewhere, or says no text of a map.
    {"conflicts", {}},
    {"import", {}},
    {"validate", {}},
    {"profile", {}},
    {"search", {}},
    {"search-record", {}},
    {"tag", {}},
    {"backtest", {}},
    {"rank", {}},
    {"link", {}}};

/// The ending by which a reader knows a format that is not called like one.
std::string ending_of(const std::string& format) {
  static const std::map<std::string, std::string> endings{
      {"table", "txt"},      {"turtle", "ttl"},    {"mermaid", "mmd"}, {"sssom", "tsv"},          {"olir", "csv"},
      {"olir-xlsx", "xlsx"}, {"csl-json", "json"}, {"map", ""},        {"oscal-mapping", "json"}, {"needs-json", "json"}};
  const auto found = endings.find(format);
  return found == endings.end() ? format : found->second;
}

/// The names after --format, of a command and of its actions together.
void add_formats(const CommandLine& line, std::vector<std::string>& formats) {
  for (const Option& option : line.options()) {
    const auto* closed = std::get_if<OneOf>(&option.check());
    if (option.names().front() == "--format" && closed != nullptr && formats.empty()) formats = closed->names;
  }
  for (const CommandLine& inner : line.inner()) add_formats(inner, formats);
}

}  // namespace

TEST_CASE("strange texts: every format of every command is well-formed, and says them as they came or as it can") {
  const Scratch folder;
  const auto write = [&](const std::string& name, const std::string& bytes) { REQUIRE(!folder.file(name, bytes).empty()); };
  write("map/map.json", strange_map());
  Value table = Value::object();
  for (std::size_t i = 0; i < strange_ids.size(); ++i) table.set(std::to_string(i), strange_ids[i]);
  for (std::size_t i = 0; i < strange_titles.size(); ++i) table.set(std::to_string(strange_ids.size() + i), strange_titles[i]);
  write("table.json", json::write(table));

  Context context;
  CommandLine program("lacuna", "");
  declare_program(program, context);
  std::string script = "lacuna build map -o lacuna.db > /dev/null\nmkdir out\nday=2021-01-01\n";
  const auto name = [&](std::string_view variable, const std::string& value) {
    write(std::string(variable), value);
    script += fmt::format("{0}=$(cat {0})\n", variable);
  };
  name("node", marked('R', 6, strange_ids[6]));
  name("group", marked('G', 0, strange_ids[0]));
  name("other", marked('G', 10, strange_ids[10]));
  name("title", marked('r', 12, strange_ids[12]));
  name("needs", marked('N', 1, strange_ids[1]) + "," + marked('N', 12, strange_ids[12]));
  script += "lacuna set \"$node\" priority=2 > /dev/null\n";
  std::size_t written = 0;
  for (const CommandLine& command : program.inner()) {
    std::vector<std::string> formats;
    add_formats(command, formats);
    if (formats.empty()) continue;
    INFO(command.name());
    const auto asked = questions.find(command.name());
    REQUIRE(asked != questions.end());
    for (const std::string& question : asked->second) {
      for (const std::string& format : formats) {
        const std::string ending = ending_of(format);
        if (ending == "xlsx-template") continue;  // Takes no map.
        const std::string file = fmt::format("out/{:03}-{}{}{}", written, format, ending.empty() ? "" : ".", ending);
        // The workbook, the text form and the map itself say it whatever the day.
        std::string words = question;
        if (command.name() == "export" && (format == "map" || format == "xlsx" || format == "db")) words = "export";
        script += fmt::format("lacuna {} --format {} -o {} > /dev/null 2> err || {{ echo {}: $?; cat err; }}\n", words, format,
                              file, words.substr(0, words.find('"')));
        ++written;
      }
    }
  }
  CHECK(written > 100);
  script += "lacuna page --as-of $day -o out/page.html > /dev/null\n";
  script += "mapfile -d '' files < <(find out -type f -print0 | sort -z)\n";
  script += "/usr/bin/python3 \"$TESTS/support/read_back.py\" table.json \"${files[@]}\"\n";
  const Finished done = run_script(script, folder.path());
  CHECK(done.err == "");
  CHECK(done.out == "");
}
