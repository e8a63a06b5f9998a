#include <catch2/catch.hpp>

#include "render/measure.hpp"

using namespace lacuna;

TEST_CASE("measure: wide letters are wider, East Asian ones a whole font size, marks nothing") {
  CHECK(ems_of("iiii") < ems_of("nnnn"));
  CHECK(ems_of("nnnn") < ems_of("WWWW"));
  CHECK(ems_of("联邦") == 2);
  CHECK(ems_of("a\u0301") == ems_of("a"));
  CHECK(ems_of("") == 0);
}

TEST_CASE("measure: on a terminal East Asian characters take two cells, marks none") {
  CHECK(cells_of("plain") == 5);
  CHECK(cells_of("联邦 x") == 6);
  CHECK(cells_of("a\u0301b") == 2);
  CHECK(cells_of("✕ gap") == 5);
  CHECK(cells_of("") == 0);
}

TEST_CASE("measure: lines break at blanks, behind hyphens and between East Asian characters; a long word is cut") {
  const std::string words = "aaa bbb ccc";
  CHECK(line_starts(words, 4) == std::vector<std::size_t>{0, 8});
  CHECK(line_starts(words, 2) == std::vector<std::size_t>{0, 4, 8});
  CHECK(line_starts("aaa-bbb", 3) == std::vector<std::size_t>{0, 4});
  CHECK(line_starts("联邦学习", 2.5) == std::vector<std::size_t>{0, 6});
  CHECK(line_starts("nnnnnnnn", 1.2).size() == 4);
  CHECK(line_starts("", 5) == std::vector<std::size_t>{0});
  CHECK(line_starts("n", 0.01) == std::vector<std::size_t>{0});
  CHECK(line_starts(words, 2, 2) == std::vector<std::size_t>{0, 4});
}

TEST_CASE("measure: no line is wider than it may be, whatever the text") {
  for (const std::string text : {"one two-three four", "WWWWWWWW iiii WWWWW", "联邦 learning 学习 and more-of-it", "a  b   c"}) {
    for (const double width : {1.5, 3.0, 7.0}) {
      const auto starts = line_starts(text, width);
      for (std::size_t i = 0; i < starts.size(); ++i) {
        std::string line = text.substr(starts[i], i + 1 < starts.size() ? starts[i + 1] - starts[i] : std::string::npos);
        while (line.ends_with(' ')) line.pop_back();
        INFO(line);
        CHECK(ems_of(line) <= width + 0.001);
      }
    }
  }
}

TEST_CASE("measure: the script of a text") {
  CHECK((script_of("plain") == Script::latin));
  CHECK((script_of("تعلّم") == Script::right_to_left));
  CHECK((script_of("1. שלום") == Script::right_to_left));
  CHECK((script_of("x תוכן") == Script::latin));
  CHECK((script_of("联邦学习") == Script::chinese));
  CHECK((script_of("機械学習の") == Script::japanese));
  CHECK((script_of("연합 학습") == Script::korean));
  CHECK((script_of("") == Script::latin));
}
