// The columns that tables of nodes and of links may have: what they are called, and how their cells are read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/model.hpp"

namespace lacuna {

/// Why a row cannot be taken: what is wrong, and what to do ("; write …"), or nothing.
struct Fault {
  std::string problem;
  std::string hint;
};

/// One cell that is not empty, while it is read.
struct Cell {
  std::string_view column;
  const std::string& text;
  std::vector<Fault>& faults;           ///< Of the row.
  std::string_view separators = ";\n";  ///< Between the members of a list.

  [[nodiscard]] std::string line() const;
  /// What stands between separators.
  [[nodiscard]] std::vector<std::string> list() const;
  // Each nothing after a fault.
  [[nodiscard]] std::optional<Date> date() const;
  [[nodiscard]] std::optional<int> whole(int low, int high) const;
  /// A word of a closed list, in any letter case, blanks and underscores taken for hyphens.
  template <class E>
  [[nodiscard]] std::optional<E> word() const;
};

/// What a row of a table of nodes says: the node, and its links where columns are named after relations. The end that is empty
/// is the node itself.
struct NodeRow {
  Node node;
  std::vector<Link> links;
};

template <class Record>
struct TableColumn {
  std::string name;               ///< As the template writes it.
  std::vector<std::string> also;  ///< Other names for it.
  bool required = false;
  std::vector<std::string> words;  ///< What it takes, where that is a closed list.
  std::string note;                ///< What it says; empty where the template does without the column.
  std::string example;
  void (*read)(const Cell& cell, Record& record) = nullptr;
  std::vector<std::string> keys = {};  ///< Of its name, then of the others.
};

const std::vector<TableColumn<NodeRow>>& node_columns();
const std::vector<TableColumn<Link>>& link_columns();

/// The name of the sheet of the template that explains the others.
constexpr std::string_view template_notes = "how to";

/// The text on one line, blanks of every kind as single ones.
std::string one_line(std::string_view text);

/// A name of a column or a word as it is compared: in lower case, with single hyphens for blanks, underscores and hyphens.
std::string key_of(std::string_view text);

}  // namespace lacuna
