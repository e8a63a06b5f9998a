// What a query answers, before it becomes a table, JSON or a picture. One computation feeds every output.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lacuna/value.hpp"
#include "lacuna/vocabulary.hpp"

namespace lacuna {

/// A column of a table. `key` names the member of each row that it shows; where that is an object, `member` names the member
/// of the object.
struct Column {
  std::string key;
  std::string label;
  /// On a terminal, titles and lists break over lines before texts do; prose is sentences, and goes below the row that it
  /// explains where there is no room. Where titles are shortened they lose their first parts, not the last.
  enum class Format : std::uint8_t { text, title, list, prose, number, score, state } format = Format::text;
  std::string member = {};
  std::size_t widest = 46;  ///< In a table for people, longer texts are shortened to that many characters.
  std::uint8_t spare = 0;   ///< On a terminal without room for all columns the highest go first, and those of 0 stay.
};

/// A column that a narrow terminal may leave out.
inline Column spare(Column column, std::uint8_t order = 1) {
  column.spare = order;
  return column;
}

/// Rows that are made one by one while they are written, so that heavy ones are never in memory together.
struct RowsOnDemand {
  std::size_t size = 0;
  std::function<Value(std::size_t)> make;  ///< The row of that number. May be asked again; what it rests on must still be there.
};

/// Rows are objects; they may hold more members (evidence, numbers) than the columns show: JSON gives them all.
struct Table {
  std::string name;     ///< Member name in JSON.
  std::string caption;  ///< One line above the table.
  std::vector<Column> columns;
  Value::Array rows;
  bool quiet = false;           ///< Where it has no rows, tables for people leave it out.
  RowsOnDemand on_demand = {};  ///< Stand behind `rows`: only for JSON, and only where Params::on_demand asked for them.

  [[nodiscard]] std::size_t size() const { return rows.size() + on_demand.size; }
};

/// How a box or a line of a picture is to look. Colours and patterns are the renderer's.
struct Look {
  enum class Role : std::uint8_t { plain, centre, group, need } role = Role::plain;
  std::optional<CoverageState> state;  ///< Fills the box with the colour and sign of the state.
};

struct Box {
  std::string id;                  ///< Names it in `Line` and in the DOT and SVG outputs.
  std::vector<std::string> lines;  ///< Text, never markup. The first line is strong.
  Look look;
  std::optional<EnumArray<CoverageState, std::size_t>> tally;  ///< Needs by CoverageState, drawn as a bar with numbers.
};

struct Line {
  std::string from;
  std::string to;
  double weight = 1;  ///< Line width follows it, relative to the heaviest line of the same kind in the picture.
  std::string label;
  enum class Kind : std::uint8_t { strong, faint, dashed } kind = Kind::strong;
  bool arrow = false;  ///< Show the direction.
};

/// A picture as columns of boxes with lines between them, or as a grid of cells. Where it is put on the page is the renderer's.
struct Picture {
  std::string title;
  std::vector<std::string> notes;  ///< As-of date, scope, denominator: stands under the title.
  struct Stack {
    std::string heading;
    std::vector<Box> boxes;
    double share = 0;  ///< Of the width, against the other columns; 0 where the layout is to choose for all.
  };
  std::vector<Stack> stacks;
  std::vector<Line> lines;
  struct Grid {
    std::vector<std::string> columns;
    std::vector<std::string> rows;
    std::vector<std::vector<Box>> cells;  ///< By row, then column.
    std::string corner;
    std::size_t bars = 0;  ///< How many of the last columns hold wide bars; a tally in another cell is a number over a small bar.
  };
  std::optional<Grid> grid;
  bool states_legend = true;        ///< Explain the colours of the coverage states.
  std::vector<std::string> legend;  ///< Further explanations.
};

struct Result {
  std::string schema;  ///< "gaps-1": becomes "lacuna:schema/gaps-1.json".
  std::string title;
  Value::Object head;                ///< Map, as-of date, scope, profile, denominators.
  std::vector<std::string> summary;  ///< The answer in sentences.
  std::vector<Table> tables;
  std::optional<Picture> picture;
};

}  // namespace lacuna
