#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "render/house.hpp"
#include "render/papers.hpp"

namespace lacuna {
namespace {

constexpr double html_line = 50;  ///< Of a page for reading and printing, in font sizes of its tables.

/// What a paper has beside the style of the house.
constexpr std::string_view paper_style = R"css(
@page { size: A4; margin: 20mm 20mm 22mm; @bottom-center { content: counter(page) " (" counter(pages) ")"; font: 9pt sans-serif; } }
body { line-height: 1.5; overflow-wrap: anywhere; }
@media screen { body { max-width: 50rem; padding: 1.5rem 1rem 3rem; } }
h1, h2, h3, h4 { line-height: 1.25; break-after: avoid; }
h2 { margin: 2rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
p { orphans: 3; widows: 3; }
.about { margin-bottom: 1.5rem; }
caption { break-after: avoid; }
table { width: 100%; }
td p:last-child, th p:last-child { margin-bottom: 0; }
ul { margin: 0 0 .6rem; padding-inline-start: 1.4rem; }
ul ul { margin-bottom: 0; }
mark { background: #fff2b2; color: #5c4400; padding: 0 .15em; }
.cite { white-space: nowrap; }
.cite a, .back { text-decoration: none; }
.references li { margin-bottom: .4rem; padding-inline-start: .3rem; }
@media screen and (max-width: 36rem) {
  table:not(.form) { min-width: 36rem; }
  .form, .form tbody, .form tr, .form th, .form td { display: block; width: auto; }
  .form th, .form td { border-bottom: 0; }
  .form tr:last-child td:last-child { border-bottom: 1px solid var(--rule); }
}
@media print {
  body { font-size: 10.5pt; }
  thead { break-after: avoid; }
  .form tr { break-inside: auto; }
  mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .back { display: none; }
}
)css";

class HtmlWriter {
 public:
  explicit HtmlWriter(const Paper& paper) : paper_(paper), cited_(paper.references.size()) {}

  std::string write() {
    const std::string title = xml::escaped(paper_.title);
    if (!paper_.about.empty()) out_ += fmt::format("<p class=\"about\" dir=\"auto\">{}</p>\n", xml::escaped(paper_.about));
    out_ += "</header>\n<main>\n";
    for (const Passage& passage : paper_.passages) {
      if (passage.kind == Passage::Kind::item) {
        item(std::clamp(passage.level, 1, 3), prose(passage.text));
        continue;
      }
      close_lists(0);
      if (passage.kind == Passage::Kind::heading) {
        const int level = std::clamp(passage.level, 1, 3) + 1;
        out_ += fmt::format("<h{} dir=\"auto\">{}</h{}>\n", level, prose(passage.text), level);
      }
      if (passage.kind == Passage::Kind::paragraph) out_ += fmt::format("<p dir=\"auto\">{}</p>\n", prose(passage.text));
      if (passage.kind == Passage::Kind::table) table(passage.table);
    }
    close_lists(0);
    references();
    const std::string style = fmt::format("{}{}{}", house_style(), paper_style, rules_);
    return fmt::format(
               "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n{}"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" "
               "content=\"light dark\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n"
               "<header>\n<h1 dir=\"auto\">{}</h1>\n",
               own_policy(style), title, style, title) +
           out_ + "</main>\n</body>\n</html>\n";
  }

 private:
  std::string prose(const Prose& prose) {
    std::string out;
    for (const Run& run : prose) {
      std::string text = xml::escaped(run.kind == Run::Kind::blank ? text_of_blank(run.text) : run.text);
      if (const auto address = followable(run.address)) text = fmt::format("<a href=\"{}\">{}</a>", xml::escaped(*address), text);
      if (run.kind == Run::Kind::strong) text = fmt::format("<strong>{}</strong>", text);
      if (run.kind == Run::Kind::emphasis) text = fmt::format("<em>{}</em>", text);
      if (run.kind == Run::Kind::blank) text = fmt::format("<mark>{}</mark>", text);
      out += text;
      if (run.cites.empty()) continue;
      if (!out.empty() && !out.ends_with(' ')) out += ' ';
      std::string cites;
      for (const std::size_t n : run.cites) cites += (cites.empty() ? "" : ", ") + cite(n);
      out += fmt::format("<span class=\"cite\">[{}]</span>", cites);
    }
    return out;
  }

  std::string cite(std::size_t n) {
    if (n == 0 || n > cited_.size()) return fmt::format("{}", n);
    return fmt::format("<a id=\"cite-{}-{}\" href=\"#reference-{}\">{}</a>", n, ++cited_[n - 1], n, n);
  }

  void item(int level, const std::string& text) {
    // A list inside of a list stands in one of its items: nothing is nested deeper than one below what is open.
    level = std::min(level, lists_ + 1);
    close_lists(level);
    if (level == lists_)
      out_ += "</li>\n";
    else
      out_ += "\n<ul>\n", ++lists_;
    out_ += fmt::format("<li dir=\"auto\">{}", text);
  }

  void close_lists(int level) {
    for (; lists_ > level; --lists_) out_ += "</li>\n</ul>\n";
  }

  std::string cell(const PaperTable::Cell& cell) {
    std::string out;
    if (cell.paragraphs.size() == 1) return prose(cell.paragraphs[0]);
    for (const Prose& paragraph : cell.paragraphs) out += fmt::format("<p dir=\"auto\">{}</p>", prose(paragraph));
    return out;
  }

  /// A class for the cell's colour, with letters that can be read on it in whatever light.
  std::string shade(const PaperTable::Cell& cell) {
    const auto tint = tint_of(cell.tint);
    if (!tint) return "";
    if (tints_.insert(*tint).second)
      rules_ +=
          fmt::format(".tint-{0},.tint-{0} a{{background:#{0};color:{1}}}\n", *tint, is_dark(*tint) ? "#ffffff" : "#000000");
    return fmt::format(" class=\"tint-{}\"", *tint);
  }

  void table(const PaperTable& table) {
    const bool form = table.columns.empty();
    const std::size_t columns = columns_of(table);
    out_ += fmt::format(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table{}>\n",
        table.caption.empty() ? fmt::format("{} {}", form ? "Form" : "Table", ++unnamed_) : xml::escaped(table.caption),
        form ? " class=\"form\"" : "");
    if (!table.caption.empty()) out_ += fmt::format("<caption dir=\"auto\">{}</caption>\n", xml::escaped(table.caption));
    out_ += "<colgroup>";
    for (const double share : word_safe_shares(table, html_line).shares) {
      const std::string width = fmt::format("{:.1f}", share * 100);
      const auto [name, fresh] = widths_.try_emplace(width, fmt::format("w{}", widths_.size() + 1));
      if (fresh) rules_ += fmt::format(".{}{{width:{}%}}\n", name->second, width);
      out_ += fmt::format("<col class=\"{}\">", name->second);
    }
    out_ += "</colgroup>\n";
    if (!form) {
      out_ += "<thead><tr>";
      for (std::size_t c = 0; c < columns; ++c) {
        if (c < table.columns.size())
          out_ += fmt::format("<th scope=\"col\" dir=\"auto\">{}</th>", xml::escaped(table.columns[c]));
        else
          out_ += "<td></td>";
      }
      out_ += "</tr></thead>\n";
    }
    out_ += "<tbody>\n";
    for (const PaperTable::Row& row : table.rows) {
      if (row.cells.empty()) continue;
      out_ += "<tr>";
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        const std::size_t missing = c + 1 == row.cells.size() ? columns - row.cells.size() : 0;
        const std::string span = missing > 0 ? fmt::format(" colspan=\"{}\"", missing + 1) : "";
        const bool label = form && c == 0;
        out_ += fmt::format("<{} dir=\"auto\"{}{}>{}</{}>", label ? "th scope=\"row\"" : "td", span, shade(row.cells[c]),
                            cell(row.cells[c]), label ? "th" : "td");
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table>\n</div>\n";
  }

  void references() {
    if (paper_.references.empty()) return;
    out_ += "<section aria-labelledby=\"references\">\n<h2 id=\"references\">References</h2>\n<ol class=\"references\">\n";
    for (std::size_t i = 0; i < paper_.references.size(); ++i) {
      const ReferenceText text = text_of(paper_.references[i]);
      std::string line = xml::escaped(text.identifier);
      if (const auto address = followable(paper_.references[i].address))
        line = fmt::format("<a href=\"{}\">{}</a>", xml::escaped(*address), line);
      if (!text.title.empty()) line += fmt::format(", <cite>{}</cite>", xml::escaped(text.title));
      for (const std::string& more : text.rest) line += ", " + xml::escaped(more);
      for (std::size_t k = 1; k <= cited_[i]; ++k) {
        line += fmt::format(" <a class=\"back\" href=\"#cite-{}-{}\" aria-label=\"back to citation {} of reference {}\">↩</a>",
                            i + 1, k, k, i + 1);
      }
      out_ += fmt::format("<li id=\"reference-{}\" dir=\"auto\">{}</li>\n", i + 1, line);
    }
    out_ += "</ol>\n</section>\n";
  }

  const Paper& paper_;
  std::vector<std::size_t> cited_;  ///< How often each reference was so far.
  int lists_ = 0;                   ///< That are open, one in another; in each an item is.
  std::string out_;
  std::string rules_;                          ///< Of its style: widths of columns, colours of cells.
  std::map<std::string, std::string> widths_;  ///< Classes of widths, in per cent.
  std::size_t unnamed_ = 0;                    ///< Tables without a caption so far.
  std::set<std::string> tints_;
};

}  // namespace

std::string render_paper_html(const Paper& paper, std::string_view /*layout*/) { return HtmlWriter(paper).write(); }

}  // namespace lacuna
