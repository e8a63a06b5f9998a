#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "render/papers.hpp"

namespace lacuna {
namespace {

/// True where ":word:" would become a picture.
bool opens_emoji(std::string_view rest) {
  const std::size_t end = rest.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-", 1);
  return end != std::string_view::npos && end > 1 && rest[end] == ':';
}

/// Text that stays text wherever it stands in a line but at its beginning.
std::string inline_text(std::string_view text) {
  const std::string safe = harmless(text);
  std::string out;
  for (std::size_t i = 0; i < safe.size(); ++i) {
    const char c = safe[i];
    switch (c) {
      case '<': out += "&lt;"; continue;
      case '>': out += "&gt;"; continue;
      case '&': out += "&amp;"; continue;
      default: break;
    }
    if (std::string_view("\\`*_[]|~#$^").find(c) != std::string_view::npos ||
        (c == ':' && opens_emoji(std::string_view(safe).substr(i))))
      out += '\\';
    out += c;
  }
  return out;
}

/// What would be a list or a rule at the beginning of a line is none. Blanks there would make code.
std::string block_text(std::string text) {
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')'))
    text.insert(digits, "\\");
  else if (!text.empty() && std::string_view("+-=").find(text[0]) != std::string_view::npos)
    text.insert(0, "\\");
  return text;
}

/// Marks around the text without its outer blanks, inside of which they would stay marks.
std::string marked(std::string_view text, std::string_view mark) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return std::string(text);
  const std::size_t last = text.find_last_not_of(' ') + 1;
  return fmt::format("{}{}{}{}{}", text.substr(0, first), mark, text.substr(first, last - first), mark, text.substr(last));
}

std::string link_to(const std::string& text, std::string_view address) {
  std::string out = fmt::format("[{}](", text);
  for (const char c : address) out += c == '(' ? "%28" : c == ')' ? "%29" : c == '|' ? "%7C" : std::string(1, c);
  return out + ")";
}

std::string cites_of(const std::vector<std::size_t>& cites, std::size_t references) {
  std::string out;
  for (const std::size_t n : cites) {
    const std::string number = n > 0 && n <= references ? fmt::format("[{}](#reference-{})", n, n) : fmt::format("{}", n);
    out += (out.empty() ? "\\[" : ", ") + number;
  }
  return out.empty() ? out : out + "\\]";
}

class MarkdownWriter {
 public:
  explicit MarkdownWriter(const Paper& paper) : paper_(paper) {}

  std::string write() {
    out_ = fmt::format("# {}\n", inline_text(paper_.title));
    if (!paper_.about.empty()) block(inline_text(paper_.about));
    int depth = 0;  // Of the item before; 0 where there is none.
    for (const Passage& passage : paper_.passages) {
      if (passage.kind != Passage::Kind::item) depth = 0;
      switch (passage.kind) {
        case Passage::Kind::heading:
          block(std::string(static_cast<std::size_t>(std::clamp(passage.level, 1, 3)) + 1, '#') + " " + prose(passage.text));
          break;
        case Passage::Kind::paragraph: block(block_text(prose(passage.text))); break;
        case Passage::Kind::item: {
          if (depth == 0) out_ += '\n';
          depth = std::clamp(passage.level, 1, std::min(depth + 1, 3));
          out_ +=
              fmt::format("{}- {}\n", std::string(2 * static_cast<std::size_t>(depth - 1), ' '), block_text(prose(passage.text)));
          break;
        }
        case Passage::Kind::table: table(passage.table); break;
      }
    }
    references();
    return std::move(out_);
  }

 private:
  void block(const std::string& text) {
    if (!text.empty()) out_ += fmt::format("\n{}\n", text);
  }

  [[nodiscard]] std::string prose(const Prose& prose) const {
    std::string out;
    bool after_strong = false;
    for (const Run& run : prose) {
      std::string text = inline_text(run.kind == Run::Kind::blank ? text_of_blank(run.text) : run.text);
      if (const auto address = followable(run.address)) text = link_to(text, *address);
      const bool strong = run.kind == Run::Kind::strong || run.kind == Run::Kind::blank;
      if (strong) text = marked(text, "**");
      if (run.kind == Run::Kind::emphasis) text = marked(text, "*");
      // Marks that meet would be four of them, which mean nothing: the two stretches become one.
      if (strong && after_strong && text.starts_with("**")) out.erase(out.size() - 2), text.erase(0, 2);
      out += text;
      after_strong = strong && run.cites.empty() && out.ends_with("**");
      if (run.cites.empty()) continue;
      if (!out.empty() && !out.ends_with(' ')) out += ' ';
      out += cites_of(run.cites, paper_.references.size());
    }
    return out;
  }

  /// The paragraphs of a cell on one line. pandoc drops the breaks; the blanks around them part the words.
  [[nodiscard]] std::string line_of(const PaperTable::Cell& cell) const {
    std::string out;
    for (const Prose& paragraph : cell.paragraphs) out += (out.empty() ? "" : " <br> ") + prose(paragraph);
    return out;
  }

  void table(const PaperTable& table) {
    if (!table.caption.empty()) block(marked(inline_text(table.caption), "**"));
    const bool form = table.columns.empty();
    const bool long_form =
        form && std::ranges::any_of(table.rows, [](const PaperTable::Row& row) {
          return std::ranges::any_of(row.cells, [](const PaperTable::Cell& cell) { return cell.paragraphs.size() > 1; });
        });
    if (long_form) {
      for (const PaperTable::Row& row : table.rows) definition(row);
      return;
    }
    const std::size_t columns = columns_of(table);
    out_ += '\n';
    for (std::size_t c = 0; c < columns; ++c)
      out_ += fmt::format("| {} ", c < table.columns.size() ? inline_text(table.columns[c]) : "");
    out_ += "|\n";
    for (std::size_t c = 0; c < columns; ++c) out_ += "| --- ";
    out_ += "|\n";
    for (const PaperTable::Row& row : table.rows) {
      for (std::size_t c = 0; c < columns; ++c) {
        std::string text = c < row.cells.size() ? line_of(row.cells[c]) : "";
        if (form && c == 0 && text.find('*') == std::string::npos) text = marked(text, "**");
        out_ += fmt::format("| {} ", text);
      }
      out_ += "|\n";
    }
  }

  /// A row of a form whose answers need more than a line: the label, and the answer beside or below it.
  void definition(const PaperTable::Row& row) {
    if (row.cells.empty()) return;
    const std::string line = line_of(row.cells[0]);
    const std::string label = line.find('*') == std::string::npos ? marked(line + ":", "**") : line + ":";
    const bool is_short = row.cells.size() == 2 && row.cells[1].paragraphs.size() <= 1;
    if (is_short) return block(label + " " + line_of(row.cells[1]));
    block(label);
    for (std::size_t c = 1; c < row.cells.size(); ++c) {
      for (const Prose& paragraph : row.cells[c].paragraphs) block(block_text(prose(paragraph)));
    }
  }

  void references() {
    if (paper_.references.empty()) return;
    out_ += "\n## References\n\n";
    for (std::size_t i = 0; i < paper_.references.size(); ++i) {
      const ReferenceText text = text_of(paper_.references[i]);
      std::string line = inline_text(text.identifier);
      if (const auto address = followable(paper_.references[i].address)) line = link_to(line, *address);
      if (!text.title.empty()) line += ", " + marked(inline_text(text.title), "*");
      for (const std::string& more : text.rest) line += ", " + inline_text(more);
      out_ += fmt::format("{}. <a id=\"reference-{}\"></a>{}\n", i + 1, i + 1, line);
    }
  }

  const Paper& paper_;
  std::string out_;
};

}  // namespace

std::string render_paper_markdown(const Paper& paper, std::string_view /*layout*/) { return MarkdownWriter(paper).write(); }

}  // namespace lacuna
