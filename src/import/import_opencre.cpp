// OpenCRE: the table that lines standards up by common requirements.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "formats/csv.hpp"
#include "import/table_columns.hpp"
#include "lacuna/import.hpp"

namespace lacuna {
namespace {

class OpenCreReader {
 public:
  Imported run(std::span<const Input> inputs) {
    for (const Input& input : inputs) {
      map_.files.push_back(input.file);
      const auto sheet = read_csv(input.bytes, input.file, diagnostics_);
      if (!sheet || !read(*sheet)) readable_ = false;
    }
    Imported imported{std::move(map_), std::move(diagnostics_), readable_, {}};
    imported.onto.whole = std::move(whole_);
    return imported;
  }

 private:
  /// The columns of one standard.
  struct Standard {
    std::string name;
    std::optional<std::size_t> section, id, address;
  };

  void say(Severity severity, std::uint32_t line, std::string message) {
    diagnostics_.push_back({severity, map_.files.back(), line, std::move(message)});
  }

  bool read(const Sheet& sheet) {
    levels_.clear();
    standards_.clear();
    if (!sheet.rows.empty()) read_header(sheet.rows.front());
    if (levels_.empty() || standards_.empty()) {
      say(Severity::error, sheet.rows.empty() ? 0 : sheet.rows.front().line,
          "no table of OpenCRE; its columns are \"CRE 0\", \"CRE 1\" and so on, and for each standard \"NAME|name\", \"NAME|id\" "
          "and "
          "\"NAME|hyperlink\"");
      return false;
    }
    whole_.push_back({"OpenCRE", "cre_id", {"OpenCRE"}, std::nullopt});
    for (const Standard& standard : standards_) whole_.push_back({standard.name, "cre_section", {}, std::nullopt});
    path_.assign(levels_.size(), "");
    for (const Row& row : std::span(sheet.rows).subspan(1)) read_row(row);
    return true;
  }

  void read_header(const Row& header) {
    std::map<std::size_t, std::size_t> levels;
    for (std::size_t c = 0; c < header.cells.size(); ++c) {
      const std::string name = one_line(header.cells[c]);
      const std::string key = key_of(name);
      if (key.starts_with("cre-") && key.size() <= 6 && std::ranges::all_of(key.substr(4), is_digit)) {
        levels.emplace(std::stoul(key.substr(4)), c);
        continue;
      }
      const std::size_t bar = name.rfind('|');
      if (bar == std::string::npos || bar == 0) continue;
      const std::string standard = one_line(name.substr(0, bar));
      const std::string what = key_of(name.substr(bar + 1));
      auto found = std::ranges::find(standards_, standard, &Standard::name);
      if (found == standards_.end()) found = standards_.insert(standards_.end(), Standard{standard, {}, {}, {}});
      if (what == "name") found->section = c;
      if (what == "id") found->id = c;
      if (what == "hyperlink") found->address = c;
    }
    for (const auto& [level, column] : levels) levels_.push_back(column);
  }

  static std::string cell(const Row& row, std::optional<std::size_t> column) {
    return column && *column < row.cells.size() ? one_line(row.cells[*column]) : std::string();
  }

  void read_row(const Row& row) {
    std::string cre;
    for (std::size_t level = 0; level < levels_.size(); ++level) {
      const std::string text = cell(row, levels_[level]);
      if (text.empty()) continue;
      const std::size_t bar = text.find('|');
      if (bar == std::string::npos || bar == 0 || bar + 1 == text.size()) {
        say(Severity::error, row.line,
            fmt::format("\"{}\" is no CRE; write its number, a bar and its name: 123-456|Name; the row was skipped",
                        shortened(text, 60)));
        return;
      }
      cre = "CRE " + one_line(text.substr(0, bar));
      add_node(row, cre, one_line(text.substr(bar + 1)), "OpenCRE", "cre_id", text.substr(0, bar), "");
      // The nearest one to the left, in this row or above it, is what it is part of.
      for (std::size_t above = level; above > 0; --above) {
        if (path_[above - 1].empty()) continue;
        link(row, cre, Relation::part_of, path_[above - 1], "OpenCRE");
        break;
      }
      path_[level] = cre;
      std::fill(path_.begin() + static_cast<std::ptrdiff_t>(level) + 1, path_.end(), std::string());
    }
    for (const Standard& standard : standards_) {
      const std::string section = cell(row, standard.section);
      const std::string number = cell(row, standard.id);
      if (section.empty() && number.empty()) continue;
      if (cre.empty()) {
        say(Severity::error, row.line, fmt::format("the row names a section of {} and no CRE; skipped", standard.name));
        continue;
      }
      const std::string id = standard.name + " " + (number.empty() ? section : number);
      add_node(row, id, section.empty() ? number : section, standard.name, "cre_section", number.empty() ? section : number,
               cell(row, standard.address));
      link(row, id, Relation::maps_to, cre, "OpenCRE");
    }
  }

  void add_node(const Row& row, const std::string& id, std::string title, const std::string& source, std::string_view mark,
                const std::string& number, std::string address) {
    if (!nodes_.insert(identity_of(id)).second) return;
    Node node;
    node.id = id;
    node.kind = Kind::requirement;
    node.title = std::move(title);
    node.address = std::move(address);
    node.source = {source, "", std::nullopt};
    node.attributes.emplace_back(std::string(mark), one_line(number));
    node.where = {static_cast<std::uint32_t>(map_.files.size() - 1), row.line};
    map_.nodes.push_back(std::move(node));
  }

  void link(const Row& row, const std::string& from, Relation relation, const std::string& to, const std::string& source) {
    if (from == to || !links_.insert(fmt::format("{}\n{}\n{}", identity_of(from), name_of(relation), identity_of(to))).second)
      return;
    Link link;
    link.from = from;
    link.relation = relation;
    link.to = to;
    if (relation == Relation::maps_to) link.by = "OpenCRE";
    link.source = {source, "", std::nullopt};
    link.where = {static_cast<std::uint32_t>(map_.files.size() - 1), row.line};
    map_.links.push_back(std::move(link));
  }

  Map map_;
  std::vector<Diagnostic> diagnostics_;
  bool readable_ = true;
  std::vector<WholeSource> whole_;
  std::vector<std::size_t> levels_;  ///< The columns of CREs, from the most general one on.
  std::vector<Standard> standards_;
  std::vector<std::string> path_;  ///< The CRE last named at each level.
  std::unordered_set<std::string> nodes_;
  std::unordered_set<std::string> links_;
};

}  // namespace

extern const Importer opencre_importer{
    .name = "opencre",
    .help = "OpenCRE's CSV: sections of standards lined up by common requirements",
    .extension = ".csv",
    .read = [](std::span<const Input> inputs) { return OpenCreReader().run(inputs); },
    .first_heading = "CRE 0",
    .rules =
        "A common requirement is part of the nearest one to its left, in its row or above it; each section of a standard maps to "
        "the "
        "last one of its row. How much of it the section says, the table does not tell.\n"
        "The table holds all of its standards: what an earlier one said and this one does not is gone, and told.",
};

}  // namespace lacuna
