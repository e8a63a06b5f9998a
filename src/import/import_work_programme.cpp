// ITU-T's work programme: the list of work items as saved from its page, or as CSV.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "formats/csv.hpp"
#include "formats/plain.hpp"
#include "import/entries.hpp"
#include "import/table_columns.hpp"

namespace lacuna {
namespace {

constexpr std::uint64_t work_programme_reading = 1;  ///< To be raised when entries are understood in another way.

constexpr std::size_t largest_page = std::size_t{64} << 20;  ///< Bytes.

/// What a heading of the page, of its exports and of lists that people keep says.
struct ProgrammeColumn {
  std::string_view heading;  ///< As key_of() makes it.
  std::string_view says;
};
constexpr ProgrammeColumn programme_columns[] = {{"work-item", "item"},
                                                 {"work-item-name", "item"},
                                                 {"acronym", "item"},
                                                 {"question", "question"},
                                                 {"questions", "question"},
                                                 {"q", "question"},
                                                 {"equiv.-num.", "equal"},
                                                 {"equivalent", "equal"},
                                                 {"equivalent-number", "equal"},
                                                 {"status", "status"},
                                                 {"timing", "timing"},
                                                 {"target-date", "timing"},
                                                 {"approval-process", "how"},
                                                 {"approval", "how"},
                                                 {"process", "how"},
                                                 {"version", "version"},
                                                 {"subject-/-title", "title"},
                                                 {"subject/title", "title"},
                                                 {"title", "title"},
                                                 {"subject", "title"},
                                                 {"group", "group"},
                                                 {"study-group", "group"},
                                                 {"sg", "group"},
                                                 {"base-text", "base"},
                                                 {"base-texts", "base"},
                                                 {"base-text(s)", "base"},
                                                 {"summary", "summary"},
                                                 {"scope", "summary"},
                                                 {"type", "type"},
                                                 {"type-of-work-item", "type"}};

/// The tables of a page: rows of plain cells. Tables inside cells are tables of their own. Linear.
std::vector<Sheet> tables_of_html(std::string_view page) {
  struct Open {
    std::size_t sheet;
    Row row;
    std::string cell;
    bool in_cell = false;
  };
  std::vector<Sheet> sheets;
  std::vector<Open> open;
  std::uint32_t line = 1;
  const auto end_cell = [&] {
    if (!open.back().in_cell) return;
    open.back().row.cells.push_back(plain_text(open.back().cell));
    open.back().cell.clear();
    open.back().in_cell = false;
  };
  const auto end_row = [&] {
    end_cell();
    Row& row = open.back().row;
    while (!row.cells.empty() && row.cells.back().empty()) row.cells.pop_back();
    if (!row.cells.empty()) sheets[open.back().sheet].rows.push_back(std::move(row));
    row = {line, {}};
  };
  for (std::size_t i = 0; i < page.size();) {
    if (page[i] != '<') {
      if (page[i] == '\n') ++line;
      if (!open.empty() && open.back().in_cell) open.back().cell += page[i];
      ++i;
      continue;
    }
    const bool comment = page.substr(i).starts_with("<!--");
    const std::size_t end = std::min(comment ? page.find("-->", i) : page.find('>', i), page.size() - 1);
    const std::string_view tag = page.substr(i, end + 1 - i);
    std::size_t length = 1;
    while (length < tag.size() && (is_letter(tag[length]) || is_digit(tag[length]) || (length == 1 && tag[1] == '/'))) ++length;
    const std::string name = lower(tag.substr(1, length - 1));
    line += static_cast<std::uint32_t>(std::ranges::count(tag, '\n'));
    i = end + 1;
    if (name == "script" || name == "style") {
      const std::string closing = "</" + name;
      while (i < page.size() && lower(page.substr(i, closing.size())) != closing) {
        if (page[i] == '\n') ++line;
        ++i;
      }
      continue;
    }
    if (name == "table") {
      sheets.emplace_back();
      open.push_back({sheets.size() - 1, {line, {}}, "", false});
      continue;
    }
    if (open.empty()) continue;
    if (name == "/table") {
      end_row();
      open.pop_back();
    } else if (name == "tr" || name == "/tr") {
      end_row();
      open.back().row.line = line;
    } else if (name == "td" || name == "th") {
      end_cell();
      open.back().in_cell = true;
    } else if (name == "/td" || name == "/th") {
      end_cell();
    } else if (open.back().in_cell && !comment) {
      open.back().cell += name == "br" || name == "p" || name == "/p" ? std::string(" ") : std::string(tag);
    }
  }
  while (!open.empty()) {
    end_row();
    open.pop_back();
  }
  return sheets;
}

class WorkProgramme {
 public:
  WorkProgramme(std::string file, const CatalogueSink& sink) : file_(std::move(file)), sink_(sink) {}

  void read(std::string_view bytes) {
    std::vector<Sheet> sheets;
    std::string_view start = bytes.substr(std::min(bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n"), bytes.size()));
    if (start.starts_with('<')) {
      if (!is_clean_utf8(bytes)) throw Error(ErrorCode::bad_input, file_, "is no UTF-8; save the page as such");
      sheets = tables_of_html(bytes);
    } else {
      std::vector<Diagnostic> faults;
      auto sheet = read_csv(bytes, file_, faults);
      if (!sheet) throw lacuna::error_of(faults.front());
      sheets.push_back(std::move(*sheet));
    }
    std::size_t tables = 0;
    for (const Sheet& sheet : sheets) tables += read_sheet(sheet) ? 1 : 0;
    if (tables == 0)
      throw Error(
          ErrorCode::bad_input, file_,
          "has no table with the columns \"Work item\" and \"Subject / Title\"; save the tabular view of the work programme");
  }

 private:
  using Cells = std::map<std::string_view, std::string>;

  bool read_sheet(const Sheet& sheet) {
    constexpr std::size_t rows_before_header = 20;
    for (std::size_t h = 0; h < std::min(sheet.rows.size(), rows_before_header); ++h) {
      std::vector<std::string_view> says;
      for (const std::string& cell : sheet.rows[h].cells) {
        const std::string key = key_of(cell);
        const auto column = std::ranges::find(programme_columns, std::string_view(key), &ProgrammeColumn::heading);
        says.push_back(column == std::end(programme_columns) ? std::string_view() : column->says);
      }
      if (std::ranges::count(says, "item") != 1 || std::ranges::count(says, "title") == 0) continue;
      for (const Row& row : std::span(sheet.rows).subspan(h + 1)) {
        Cells cells;
        for (std::size_t c = 0; c < std::min(row.cells.size(), says.size()); ++c) {
          const std::string text = one_line(row.cells[c]);
          if (!says[c].empty() && !text.empty() && text != "-") cells.try_emplace(says[c], text);
        }
        if (!cells.empty()) read_item(row, cells);
      }
      return true;
    }
    return false;
  }

  void read_item(const Row& row, Cells& cells) {
    if (cells["item"].empty() || cells["title"].empty()) {
      // Lines between the groups of a page, and its page numbers.
      if (cells["item"].empty() && cells["title"].empty()) return;
      return sink_.skipped(
          {Severity::error, file_, row.line,
           fmt::format("the work item has no {}; the record was skipped", cells["item"].empty() ? "name" : "title")});
    }
    Record r;
    const std::string& item = cells["item"];
    const std::string& equal = cells["equal"];
    r.entry = item;
    std::string all;
    for (const auto& [name, text] : cells) all += fmt::format("{}={}\n", name, text);
    r.fingerprint = fingerprint_of(all, work_programme_reading);
    if (sink_.known(r.entry, r.fingerprint)) return sink_.unchanged(r.entry);
    const bool named = item.starts_with("ITU-T ");
    r.identifier = parse_identifier((named ? item : "ITU-T " + item) + (equal.empty() ? "" : " | " + equal));
    r.project = item;
    r.title = cells["title"];
    r.abstract = cells["summary"];
    if (r.abstract.empty()) r.remark(Remark::no_abstract);
    r.type = lower(cells["type"].empty() ? "work-item" : cells["type"]);
    std::ranges::replace(r.type, ' ', '-');
    r.stage = cells["status"];
    r.state = state_of(r.stage);
    r.group = group_of(cells);
    std::vector<std::string> notes;
    for (const auto& [name, label] : {std::pair("question", ""), std::pair("timing", "timing "), std::pair("how", ""),
                                      std::pair("version", ""), std::pair("base", "base text ")}) {
      if (!cells[name].empty()) notes.push_back(label + cells[name]);
    }
    r.keywords = join(notes, "; ");
    sink_.record(std::move(r));
  }

  static State state_of(const std::string& status) {
    const std::string small = lower(status);
    const auto says = [&](std::string_view word) { return small.find(word) != std::string::npos; };
    if (says("discontinued") || says("deleted") || says("withdrawn") || says("stopped")) return State::withdrawn;
    if (says("consented") || says("determined")) return State::draft;
    if (says("approved") || says("agreed") || says("published")) return State::approved;
    return State::draft;
  }

  /// "Q15/17" and "SG17" are of Study Group 17.
  static std::string group_of(Cells& cells) {
    const auto number = [](std::string_view text) {
      std::string digits;
      while (!text.empty() && !is_digit(text.front())) text.remove_prefix(1);
      while (!text.empty() && is_digit(text.front())) digits += text.front(), text.remove_prefix(1);
      return digits;
    };
    const std::string& question = cells["question"];
    const std::size_t slash = question.find('/');
    std::string group = slash == std::string::npos ? std::string() : number(std::string_view(question).substr(slash));
    if (group.empty()) group = number(cells["group"]);
    if (!group.empty()) return "ITU-T Study Group " + group;
    return cells["group"];
  }

  std::string file_;
  const CatalogueSink& sink_;
};

void read_work_programme(const std::string& file, const ByteSource& source, const CatalogueSink& sink) {
  std::string bytes;
  while (source(bytes)) {
    if (bytes.size() > largest_page) throw Error(ErrorCode::bad_input, file, "is too long for a page of work items");
  }
  WorkProgramme(file, sink).read(bytes);
}

}  // namespace

constexpr std::string_view programme_extensions[] = {".htm", ".csv"};

extern const Importer work_programme_importer{
    .name = "work-programme",
    .help = "ITU-T's work programme, its tabular view as saved from the page (HTML), or as CSV",
    .extension = ".html",
    .more_extensions = programme_extensions,
    .read_stream = read_work_programme,
    .first_heading = "Work item",
    .rules =
        "Columns are known by the headings of the page: Work item, Question, Equiv. Num., Status, Timing, Approval process, "
        "Version, "
        "Subject / Title; also Group, Base text, Summary. What is not discontinued, approved or agreed is a draft.\n"
        "The group is that of the Question (Q15/17: Study Group 17); Question, timing, process and base text are kept among the "
        "keywords; an equivalent number is that of the same text elsewhere.",
};

}  // namespace lacuna
