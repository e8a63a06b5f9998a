#include <catch2/catch.hpp>

#include "lacuna/render.hpp"
#include "render/measure.hpp"
#include "render/terminal_table.hpp"
#include "render/terminal_text.hpp"

using namespace lacuna;

namespace {

using enum Column::Format;
using TableRows = std::vector<std::vector<std::string>>;

/// A table with a column of every format.
const std::vector<Column> sample_columns = {{"id", "need", text},
                                            {"title", "title", title},
                                            {"state", "state", state},
                                            spare({"n", "partly-covered", number}),
                                            spare({"z", "stale", number}, 2),
                                            {"who", "groups", list},
                                            {"why", "why", prose}};
const TableRows sample_rows = {
    {"RC01", "Error rates of an AI detector on agreed test data", "◐ partly-covered", "12", "0", "ITU-T SG17, ETSI TC SAI",
     "in part by ITU-T X.1753 (12/2025) (published); in part by ETSI TR 104 225"},
    {"T1", "Poisoning", "● covered", "3", "0", "IETF", "in full by RFC 9000"}};

std::vector<std::string> lines_of_table(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

TEST_CASE("terminal: a table with room stands as it is") {
  CHECK(terminal_table(sample_columns, sample_rows, 400) ==
        "need  title                                           state             partly-covered  stale  groups                   "
        "why\n"
        "RC01  Error rates of an AI detector on agreed test    ◐ partly-covered              12      0  ITU-T SG17, ETSI TC SAI  "
        "in part by ITU-T X.1753 (12/2025) (published); in part by ETSI TR 104 225\n"
        "      data\n"
        "T1    Poisoning                                       ● covered                      3      0  IETF                     "
        "in full by RFC 9000\n");
}

TEST_CASE("terminal: without room prose goes below its row, then headings and titles break") {
  CHECK(terminal_table(sample_columns, sample_rows, 100) ==
        "                                                             partly-\n"
        "need  title                                state             covered  stale  groups\n"
        "    why\n"
        "RC01  Error rates of an AI detector on     ◐ partly-covered       12      0  ITU-T SG17, ETSI TC SAI\n"
        "      agreed test data\n"
        "    in part by ITU-T X.1753 (12/2025) (published); in part by ETSI TR 104 225\n"
        "T1    Poisoning                            ● covered               3      0  IETF\n"
        "    in full by RFC 9000\n");
}

TEST_CASE("terminal: what holds nothing goes before what is spare, and both are told") {
  CHECK(terminal_table(sample_columns, sample_rows, 76) ==
        "need  title                        state             groups\n"
        "    why\n"
        "RC01  Error rates of an AI         ◐ partly-covered  ITU-T SG17, ETSI TC SAI\n"
        "      detector on agreed test\n"
        "      data\n"
        "    in part by ITU-T X.1753 (12/2025) (published); in part by ETSI TR 104\n"
        "    225\n"
        "T1    Poisoning                    ● covered         IETF\n"
        "    in full by RFC 9000\n"
        "0 in every row: stale.\n"
        "No room for: partly-covered (a wider terminal has, and --format csv, md or\n"
        "xlsx).\n");
}

TEST_CASE("terminal: no line is wider, whatever stands in the cells") {
  const TableRows wide = {
      {"ＲＣ０１", "人工智能系统的安全要求与能力以及其他许多事情还有更多的文字在这里", "● covered", "1", "2",
       "漢字, e\u0301e\u0301e\u0301, ÄÖÜ", "訓練データの完全性を守るための要求事項であり、長い文章が続く。ここも続く。"},
      {"a-very-long-identifier-that-does-not-break-anywhere-at-all(2025)", std::string(300, 'x'), "? unknown", "99999999", "", "",
       std::string(500, 'y')}};
  for (std::size_t width = 20; width < 240; ++width) {
    for (const std::string& line : lines_of_table(terminal_table(sample_columns, wide, width))) {
      INFO(width << ": " << line);
      CHECK(cells_of(line) <= width);
    }
  }
}

TEST_CASE("terminal: what was cut is told, with where it is whole") {
  const std::string cut = terminal_table({{"a", "a", text}, {"b", "b", prose}}, {{"x", std::string(900, 'y')}}, 60);
  CHECK(cut.ends_with("yyy…\nWhat ends in … is whole with --format csv, md or xlsx.\n"));
}

TEST_CASE("terminal: texts are cut and broken by the cells that they take") {
  CHECK(cut_to_cells("abcdef", 6) == "abcdef");
  CHECK(cut_to_cells("abcdef", 5) == "abcd…");
  CHECK(cut_to_cells("漢字漢字", 8) == "漢字漢字");
  CHECK(cut_to_cells("漢字漢字", 7) == "漢字漢…");
  CHECK(cut_to_cells("漢字漢字", 6) == "漢字…");
  CHECK(cut_to_cells("e\u0301e\u0301e\u0301", 3) == "e\u0301e\u0301e\u0301");
  CHECK(cut_to_cells("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
  CHECK(cut_to_cells("abc", 0).empty());
  CHECK(lines_of_cells("", 10) == std::vector<std::string>{""});
  CHECK(lines_of_cells("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(lines_of_cells("漢字漢字漢", 4) == std::vector<std::string>{"漢字", "漢字", "漢"});
  CHECK(lines_of_cells("partly-covered", 8) == std::vector<std::string>{"partly-", "covered"});
  CHECK(lines_of_cells("abcdefghij", 4) == std::vector<std::string>{"abcd", "efgh", "ij"});
}
