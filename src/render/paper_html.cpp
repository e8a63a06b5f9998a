#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "render/papers.hpp"

namespace lacuna {
namespace {

constexpr double html_line = 50;  ///< Of a page for reading and printing, in font sizes of its tables.

constexpr std::string_view style = R"css(
@page { size: A4; margin: 20mm 20mm 22mm; @bottom-center { content: counter(page) " (" counter(pages) ")"; font: 9pt sans-serif; } }
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 50rem; padding: 1.5rem 1rem 3rem; background: #fff; color: #1a1a1a; overflow-wrap: anywhere;
  font: 1rem/1.5 "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans CJK SC", "Microsoft YaHei", Arial, sans-serif; }
h1, h2, h3, h4 { line-height: 1.25; color: #12304f; break-after: avoid; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1.08rem; margin: 1.5rem 0 .4rem; }
h4 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
p { margin: 0 0 .6rem; orphans: 3; widows: 3; }
.about { color: #4a4a4a; margin-bottom: 1.5rem; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; font-weight: 600; padding: 0 0 .4rem; break-after: avoid; }
th, td { border: 1px solid #8a97a5; padding: .35rem .55rem; vertical-align: top; text-align: start; }
th { background: #e8eef4; font-weight: 600; }
.dark { color: #fff; }
.dark a { color: #fff; }
td p:last-child, th p:last-child { margin-bottom: 0; }
ul { margin: 0 0 .6rem; padding-inline-start: 1.4rem; }
ul ul { margin-bottom: 0; }
mark { background: #fff2b2; color: #5c4400; padding: 0 .15em; }
a { color: #0b5394; }
.cite { white-space: nowrap; }
.cite a { text-decoration: none; }
.references li { margin-bottom: .4rem; padding-inline-start: .3rem; }
:target { background: #fff2b2; }
@media screen and (max-width: 36rem) {
  table:not(.form) { min-width: 36rem; }
  .form, .form tbody, .form tr, .form th, .form td { display: block; width: auto; }
  .form th, .form td { border-bottom: 0; }
  .form tr:last-child td:last-child { border-bottom: 1px solid #8a97a5; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .wide { overflow: visible; }
  thead { display: table-header-group; break-after: avoid; }
  tr, li { break-inside: avoid; }
  .form tr { break-inside: auto; }
  th, mark, td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .back { display: none; }
  a { color: inherit; }
}
)css";

class HtmlWriter {
 public:
  explicit HtmlWriter(const Paper& paper) : paper_(paper), cited_(paper.references.size()) {}

  std::string write() {
    const std::string title = xml::escaped(paper_.title);
    out_ = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n"
        "<header>\n<h1 dir=\"auto\">{}</h1>\n",
        title, style, title);
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
    return out_ + "</main>\n</body>\n</html>\n";
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

  static std::string shade(const PaperTable::Cell& cell) {
    const auto tint = tint_of(cell.tint);
    if (!tint) return "";
    return fmt::format("{} style=\"background:#{}\"", is_dark(*tint) ? " class=\"dark\"" : "", *tint);
  }

  void table(const PaperTable& table) {
    const bool form = table.columns.empty();
    const std::size_t columns = columns_of(table);
    out_ += fmt::format("<div class=\"wide\">\n<table{}>\n", form ? " class=\"form\"" : "");
    if (!table.caption.empty()) out_ += fmt::format("<caption dir=\"auto\">{}</caption>\n", xml::escaped(table.caption));
    out_ += "<colgroup>";
    for (const double share : word_safe_shares(table, html_line).shares)
      out_ += fmt::format("<col style=\"width:{:.1f}%\">", share * 100);
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
};

}  // namespace

std::string render_paper_html(const Paper& paper, std::string_view /*layout*/) { return HtmlWriter(paper).write(); }

}  // namespace lacuna
