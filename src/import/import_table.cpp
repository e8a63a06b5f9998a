#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "formats/csv.hpp"
#include "formats/xlsx.hpp"
#include "import/map_workbook.hpp"
#include "import/table_columns.hpp"
#include "import/table_layout.hpp"
#include "lacuna/import.hpp"

namespace lacuna {
namespace {

/// What spreadsheets leave in a cell whose formula failed.
bool is_spreadsheet_error(std::string_view text) {
  static constexpr std::string_view errors[] = {"#N/A",      "#REF!",     "#VALUE!",       "#NAME?",   "#DIV/0!", "#NULL!",
                                                "#NUM!",     "#SPILL!",   "#CALC!",        "#FIELD!",  "#BUSY!",  "#DATA!",
                                                "#CONNECT!", "#BLOCKED!", "#GETTING_DATA", "#UNKNOWN!"};
  return std::ranges::find(errors, text) != std::end(errors) || text.starts_with("Err:5");
}

class TableReader {
 public:
  explicit TableReader(TableLayout layout) : asked_(std::move(layout)) {}

  Imported csv(std::span<const Input> inputs) {
    for (const Input& input : inputs) {
      const auto sheet = read_csv(input.bytes, input.file, diagnostics_);
      if (sheet && read_sheet(*sheet, input.file)) continue;
      if (sheet) say(Severity::error, input.file, sheet->rows.empty() ? 0 : sheet->rows.front().line, no_table(*sheet));
      readable_ = false;
    }
    return {std::move(map_), std::move(diagnostics_), readable_};
  }

  Imported xlsx(std::span<const Input> inputs) {
    for (const Input& input : inputs) {
      const auto sheets = read_xlsx(input.bytes, input.file, diagnostics_);
      readable_ = readable_ && sheets.has_value();
      if (!sheets) continue;
      std::size_t tables = 0;
      if (std::ranges::any_of(*sheets, [](const Sheet& s) { return s.name == workbook_state; })) {
        say(Severity::error, input.file, 0,
            "is the workbook of a map; --sync brings back what was changed in it, and lacuna export --format map moves a map");
        readable_ = false;
        continue;
      }
      for (const Sheet& sheet : *sheets) {
        const std::string place = place_of(input.file, sheet);
        if (read_sheet(sheet, place)) {
          ++tables;
          if (sheet.hidden) say(Severity::warning, place, 0, "the sheet is hidden in the workbook and was read like the others");
        } else if (!sheet.rows.empty() && sheet.name != template_notes) {
          say(Severity::warning, place, sheet.rows.front().line, no_table(sheet) + "; the sheet was left aside");
        }
      }
      if (tables > 0) continue;
      say(Severity::error, input.file, 0,
          "no sheet is a table of nodes or links; \"lacuna export --format xlsx-template\" makes one to fill in");
      readable_ = false;
    }
    return {std::move(map_), std::move(diagnostics_), readable_};
  }

 private:
  template <class Record>
  using Columns = std::vector<TableColumn<Record>>;

  /// What is done with a column of the table at hand.
  template <class Record>
  struct Use {
    const TableColumn<Record>* column = nullptr;
    std::string attribute;  ///< Where `column` is none; empty: left aside.
    bool nameless = false;
  };

  /// A column of ours that the layout finds in the table.
  template <class Record>
  struct Source {
    const TableColumn<Record>* column = nullptr;
    std::vector<std::size_t> cells;  ///< The first that is filled says it.
  };

  template <class Record>
  struct Header {
    std::vector<Use<Record>> uses;
    std::vector<Source<Record>> sources;
  };

  void say(Severity severity, const std::string& file, std::uint32_t line, std::string message) {
    diagnostics_.push_back({severity, file, line, std::move(message)});
  }
  void error(std::uint32_t line, std::string message) { say(Severity::error, map_.files.back(), line, std::move(message)); }
  void warning(std::uint32_t line, std::string message) { say(Severity::warning, map_.files.back(), line, std::move(message)); }
  void skip(std::uint32_t line, const Fault& fault) {
    error(line, fmt::format("{}; the row was skipped{}", fault.problem, fault.hint));
  }

  static std::string no_table(const Sheet& sheet) {
    if (sheet.rows.empty()) return "empty; write a header row and rows below it";
    // The fullest of the first rows is the likeliest header.
    const auto first_rows = std::span(sheet.rows).first(std::min(sheet.rows.size(), rows_before_header));
    const Row& likely = *std::ranges::max_element(first_rows, {}, [](const Row& row) {
      return std::ranges::count_if(row.cells, [](const std::string& cell) { return !cell.empty(); });
    });
    std::vector<std::string> headings;
    for (const std::string& cell : likely.cells) {
      if (!cell.empty() && headings.size() < 12) headings.push_back(fmt::format("\"{}\"", shortened(one_line(cell), 30)));
    }
    return fmt::format(
        "no row is a header of ours; nodes need the columns \"id\", \"kind\" and \"title\", links \"from\", "
        "\"relation\" and \"to\"; row {} has {}: say which is which with --columns id=…,title=… and --kind, or "
        "from=…,to=… and --relation",
        likely.line, join(headings, ", "));
  }

  static std::vector<std::string> keys_of(const Row& header) {
    std::vector<std::string> keys;
    for (const std::string& cell : header.cells) keys.push_back(key_of(cell));
    return keys;
  }

  /// Whether the key stands for the column: for its own name (0), or for another one (1).
  template <class Record>
  static bool is_called(const TableColumn<Record>& column, std::string_view key, int rank) {
    const auto found = std::ranges::find(column.keys, key);
    return found != column.keys.end() && (found == column.keys.begin()) == (rank == 0);
  }

  /// The cells of a row that the headings of a column stand in, in their order.
  static std::vector<std::size_t> cells_of(const std::vector<std::string>& keys, const TableLayout::Column& column) {
    std::vector<std::size_t> cells;
    for (const std::string& heading : column.headings) {
      const auto at = std::ranges::find(keys, key_of(heading));
      if (at != keys.end()) cells.push_back(static_cast<std::size_t>(at - keys.begin()));
    }
    return cells;
  }

  /// The required columns that the header or the layout names.
  template <class Record>
  static std::vector<std::string> required_in(const std::vector<std::string>& keys, const Columns<Record>& columns,
                                              const TableLayout& layout) {
    std::vector<std::string> names;
    for (const TableColumn<Record>& column : columns) {
      if (!column.required) continue;
      const bool named = std::ranges::any_of(
          keys, [&](const std::string& key) { return is_called(column, key, 0) || is_called(column, key, 1); });
      const bool laid =
          std::ranges::any_of(layout.columns, [&](const auto& c) { return c.name == column.name && !cells_of(keys, c).empty(); });
      const bool constant = std::ranges::any_of(layout.constants, [&](const auto& c) { return c.first == column.name; });
      if (named || laid || constant) names.push_back(column.name);
    }
    return names;
  }

  enum class What : std::uint8_t { nothing, nodes, links };

  /// What a row of headings heads.
  static What headed_by(const Row& row, const TableLayout& layout) {
    const auto keys = keys_of(row);
    const auto of_links = required_in(keys, link_columns(), layout);
    const auto of_nodes = required_in(keys, node_columns(), layout);
    // One missing column is a slip that deserves a word. But "from" and "to" alone may head anything: meetings, changes.
    const bool links = of_links.size() > of_nodes.size() && std::ranges::count(of_links, "relation") > 0;
    const auto& found = links ? of_links : of_nodes;
    // What every row has is no sign of a header.
    const auto constants =
        std::ranges::count_if(layout.constants, [&](const auto& c) { return std::ranges::count(found, c.first) > 0; });
    if (found.size() < 2 + static_cast<std::size_t>(constants)) return What::nothing;
    return links ? What::links : What::nodes;
  }

  /// A layout that comes with the program and of which the row has every column.
  static const TableLayout* shipped_for(const Row& row) {
    const auto keys = keys_of(row);
    const auto found = std::ranges::find_if(shipped_layouts(), [&](const TableLayout& layout) {
      return std::ranges::all_of(layout.columns, [&](const auto& column) { return !cells_of(keys, column).empty(); });
    });
    return found == shipped_layouts().end() ? nullptr : &*found;
  }

  /// False, and nothing told, for what is neither a table of nodes nor of links.
  bool read_sheet(const Sheet& sheet, const std::string& place) {
    // Titles and notes may stand above the header.
    const std::size_t last = std::min(sheet.rows.size(), rows_before_header);
    layout_ = &asked_;
    What what = What::nothing;
    std::size_t header = 0;
    for (; header < last; ++header) {
      if (what = headed_by(sheet.rows[header], *layout_); what != What::nothing) break;
      const TableLayout* shipped = asked_.columns.empty() ? shipped_for(sheet.rows[header]) : nullptr;
      if (shipped == nullptr) continue;
      layout_ = shipped;
      what = headed_by(sheet.rows[header], *layout_);
      break;
    }
    if (what == What::nothing) return false;
    separators_ = ";\n" + layout_->split;
    map_.files.push_back(place);
    from_sheet_ = !sheet.name.empty();
    const std::span rows = std::span(sheet.rows).subspan(header);
    if (what == What::links) {
      read_rows<Link>(rows, link_columns());
    } else {
      read_rows<NodeRow>(rows, node_columns());
    }
    return true;
  }

  template <class Record>
  void read_rows(std::span<const Row> rows, const Columns<Record>& columns) {
    constexpr bool nodes = std::is_same_v<Record, NodeRow>;
    const auto header = header_of(rows.front(), columns, nodes);
    if (!header) {
      readable_ = false;
      return;
    }
    const std::vector<Use<Record>>& uses = header->uses;
    std::set<std::size_t> told;
    for (const Row& row : rows.subspan(1)) {
      Record record;
      Value::Object attributes;
      std::vector<Fault> faults;
      for (const auto& [name, text] : layout_->constants) {
        const auto column = std::ranges::find(columns, name, &TableColumn<Record>::name);
        if (column != columns.end()) column->read({column->name, text, faults, separators_}, record);
      }
      for (const Source<Record>& source : header->sources) {
        const auto filled =
            std::ranges::find_if(source.cells, [&](std::size_t c) { return c < row.cells.size() && !row.cells[c].empty(); });
        if (filled != source.cells.end())
          source.column->read({source.column->name, in_our_words(source.column->name, row.cells[*filled]), faults, separators_},
                              record);
        else if (source.column->required)
          faults.push_back({fmt::format("the row has no {}", source.column->name), ""});
      }
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        if (row.cells[c].empty()) continue;
        if (c >= uses.size() && !from_sheet_) {
          const std::string problem = fmt::format("{} fields, but the header has {}", row.cells.size(), uses.size());
          faults.push_back({problem, "; put fields that hold the separator in quotes"});
          break;
        }
        if (c >= uses.size() || uses[c].nameless) {
          const std::string letters = column_letters(c);
          if (told.insert(c).second)
            warning(row.line, fmt::format("the column {} has no name in the first row and was left aside", letters));
          continue;
        }
        const Use<Record>& use = uses[c];
        const std::string_view name =
            use.column != nullptr ? std::string_view(use.column->name) : std::string_view(use.attribute);
        if (name.empty()) continue;
        if (is_spreadsheet_error(row.cells[c])) {
          faults.push_back({fmt::format("\"{}\" holds {}, an error of the spreadsheet", shortened(name, 60), row.cells[c]),
                            "; mend the formula"});
        } else if (use.column != nullptr) {
          use.column->read({name, row.cells[c], faults, separators_}, record);
        } else {
          attributes.emplace_back(use.attribute, row.cells[c]);
        }
      }
      for (std::size_t c = 0; c < uses.size(); ++c) {
        const TableColumn<Record>* column = uses[c].column;
        const bool missing = column != nullptr && column->required && !is_constant(column->name) &&
                             (c >= row.cells.size() || row.cells[c].empty());
        if (missing) faults.push_back({fmt::format("the row has no {}", column->name), ""});
      }
      if constexpr (nodes) {
        record.node.attributes = std::move(attributes);
        add_node(std::move(record), row.line, faults);
      } else {
        add_link(std::move(record), row.line, faults);
      }
    }
  }

  /// A cell of theirs as the layout says that we would write it.
  [[nodiscard]] const std::string& in_our_words(std::string_view column, const std::string& text) const {
    const auto word = std::ranges::find_if(
        layout_->words, [&](const TableLayout::Word& w) { return w.column == column && w.theirs == key_of(text); });
    return word == layout_->words.end() ? text : word->ours;
  }

  /// True where the layout says it of every row.
  [[nodiscard]] bool is_constant(std::string_view column) const {
    return std::ranges::any_of(layout_->constants, [&](const auto& c) { return c.first == column; });
  }

  /// What to do with each column; nothing, after diagnostics, when the header cannot be used.
  template <class Record>
  std::optional<Header<Record>> header_of(const Row& header, const Columns<Record>& columns, bool nodes) {
    const std::size_t errors = count_errors(diagnostics_);
    Header<Record> result;
    std::vector<Use<Record>>& uses = result.uses;
    uses.resize(header.cells.size());
    std::vector<const std::string*> taken(columns.size(), nullptr);
    // A column's own name goes before another one for it: a table may have both "title" and "name".
    auto keys = keys_of(header);
    std::set<std::size_t> laid;
    for (const TableLayout::Column& wanted : layout_->columns) {
      const auto column = std::ranges::find(columns, wanted.name, &TableColumn<Record>::name);
      std::vector<std::size_t> cells = cells_of(keys, wanted);
      if (column == columns.end()) {
        error(header.line, fmt::format("--columns: a table of {} has no \"{}\"; leave it out, or give it the columns of {}",
                                       nodes ? "nodes" : "links", wanted.name, nodes ? "links: from, to" : "nodes: id, title"));
      } else if (cells.empty()) {
        std::vector<std::string_view> headings(header.cells.begin(), header.cells.end());
        std::string hint = did_you_mean(wanted.headings.front(), headings);
        if (hint.empty()) hint = fmt::format("; it has {}", join(header.cells, ", "));
        error(header.line, fmt::format("--columns: the table has no column \"{}\"{}", wanted.headings.front(), hint));
      } else {
        laid.insert(cells.begin(), cells.end());
        taken[static_cast<std::size_t>(column - columns.begin())] = &header.cells[cells.front()];
        result.sources.push_back({&*column, std::move(cells)});
      }
    }
    // What the layout reads is read once, and its own name for a column of ours stands for nothing else.
    for (std::size_t c = 0; c < keys.size(); ++c) {
      const bool given = std::ranges::any_of(
          result.sources, [&](const auto& s) { return is_called(*s.column, keys[c], 0) || is_called(*s.column, keys[c], 1); });
      if (given && !laid.contains(c) && !keys[c].empty())
        warning(header.line, fmt::format("\"{}\" was left aside: --columns names another column for it",
                                         shortened(one_line(header.cells[c]), 60)));
      if (given || laid.contains(c)) keys[c].clear(), laid.insert(c);
    }
    for (const int rank : {0, 1}) {
      for (std::size_t c = 0; c < uses.size(); ++c) {
        const auto column = std::ranges::find_if(columns, [&](const auto& known) { return is_called(known, keys[c], rank); });
        if (column == columns.end() || uses[c].column != nullptr) continue;
        const std::string*& first = taken[static_cast<std::size_t>(column - columns.begin())];
        if (first == nullptr) {
          uses[c].column = &*column;
          first = &header.cells[c];
        } else if (rank == 0) {
          error(header.line, fmt::format("two columns are \"{}\"; keep one", column->name));
        }
      }
    }
    std::vector<std::string_view> names;
    for (const TableColumn<Record>& column : columns) names.push_back(column.name);
    std::set<std::string> attributes;
    for (std::size_t c = 0; c < uses.size(); ++c) {
      if (uses[c].column != nullptr || laid.contains(c)) continue;
      const std::string name = one_line(header.cells[c]);
      uses[c].nameless = name.empty();
      if (name.empty() || std::ranges::any_of(columns, [&](const auto& known) { return is_called(known, keys[c], 0); })) continue;
      // Three letters are near to too much.
      const std::string hint = name.size() > 3 ? did_you_mean(name, names) : std::string();
      if (nodes && keys[c] == name_of(Relation::covers)) {
        error(header.line,
              "the column \"covers\" cannot say the degree; make a table of links with from, relation, to and degree");
      } else if (!nodes) {
        warning(header.line, fmt::format("\"{}\" is no column of links and was left aside{}", shortened(name, 60), hint));
      } else if (!attributes.insert(name).second) {
        error(header.line, fmt::format("two columns are \"{}\"; keep one", shortened(name, 60)));
      } else {
        uses[c].attribute = name;
        if (!hint.empty())
          warning(header.line, fmt::format("\"{}\" is no column of nodes and became an attribute{}", shortened(name, 60), hint));
      }
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i].required || taken[i] != nullptr || is_constant(columns[i].name)) continue;
      const std::string words =
          columns[i].words.empty() ? "" : fmt::format(" with one of {} in each row", join(columns[i].words, ", "));
      error(header.line,
            fmt::format("a table of {} needs a column \"{}\"; add it{}{}", nodes ? "nodes" : "links", columns[i].name, words,
                        columns[i].words.empty() ? ", or say with --columns which one it is"
                                                 : fmt::format(", or say it of all rows with --{}", columns[i].name)));
    }
    if (count_errors(diagnostics_) > errors) return std::nullopt;
    return result;
  }

  [[nodiscard]] Where here(std::uint32_t line) const { return {static_cast<std::uint32_t>(map_.files.size() - 1), line}; }

  void add_node(NodeRow row, std::uint32_t line, std::vector<Fault>& faults) {
    Node& node = row.node;
    node.where = here(line);
    if (!node.id.empty()) {
      const auto [first, fresh] = ids_.emplace(identity_of(node.id), node.where);
      if (!fresh) {
        const std::string place = fmt::format("{}:{}", map_.files[first->second.file], first->second.line);
        faults.push_back({fmt::format("the id \"{}\" is used twice, first at {}", shortened(node.id, 80), place),
                          "; give one of them another id"});
      } else if (!faults.empty()) {
        map_.broken.push_back(node.id);
      }
    }
    for (const Fault& fault : faults) skip(line, fault);
    if (!faults.empty()) return;
    for (Link& link : row.links) {
      (link.from.empty() ? link.from : link.to) = node.id;
      link.where = node.where;
      map_.links.push_back(std::move(link));
    }
    map_.nodes.push_back(std::move(node));
  }

  void add_link(Link link, std::uint32_t line, const std::vector<Fault>& faults) {
    for (const Fault& fault : faults) skip(line, fault);
    if (!faults.empty()) return;
    link.where = here(line);
    if (layout_->split.empty()) return map_.links.push_back(std::move(link));
    // Several ids in a cell are as many links.
    std::vector<Fault> none;
    for (std::string& from : Cell{"from", link.from, none, separators_}.list()) {
      for (std::string& to : Cell{"to", link.to, none, separators_}.list()) {
        Link one = link;
        one.from = from;
        one.to = std::move(to);
        map_.links.push_back(std::move(one));
      }
    }
  }

  static constexpr std::size_t rows_before_header = 20;

  TableLayout asked_;
  const TableLayout* layout_ = nullptr;  ///< Of the sheet at hand: what was asked, or one that comes with the program.
  std::string separators_;
  Map map_;
  std::vector<Diagnostic> diagnostics_;
  std::unordered_map<std::string, Where> ids_;
  bool from_sheet_ = false;
  bool readable_ = true;
};

}  // namespace

/// Tables as people keep them in a spreadsheet, one a file: of nodes (columns id, kind, title, and others) or of links (from,
/// relation, to, and others). Columns may stand in any order; table_template() shows which there are. Unknown columns of
/// nodes become attributes. A row with a fault is told and left out. The map has no title.
extern const Importer csv_importer{
    .name = "csv",
    .help = "tables of nodes or links with a header row, as spreadsheets save them",
    .extension = ".csv",
    .read = [](std::span<const Input> inputs) { return TableReader(TableLayout()).csv(inputs); },
    .read_table = [](std::span<const Input> inputs, const TableLayout& layout) { return TableReader(layout).csv(inputs); },
};

extern const Importer tsv_importer{
    .name = "tsv",
    .help = "the same with tabs between the columns",
    .extension = ".tsv",
    .read = csv_importer.read,
    .read_table = csv_importer.read_table,
};

/// The same tables as sheets of workbooks; files of the map are called FILE:SHEET, and lines are rows.
extern const Importer xlsx_importer{
    .name = "xlsx",
    .help = "workbooks with such tables; lacuna export --format xlsx-template makes an empty one",
    .extension = ".xlsx",
    .read = [](std::span<const Input> inputs) { return TableReader(TableLayout()).xlsx(inputs); },
    .read_table = [](std::span<const Input> inputs, const TableLayout& layout) { return TableReader(layout).xlsx(inputs); },
};

}  // namespace lacuna
