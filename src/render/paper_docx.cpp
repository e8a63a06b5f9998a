#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "lacuna/date.hpp"
#include "render/docx_layout.hpp"
#include "render/papers.hpp"

namespace lacuna {
namespace {

using docx::Role;

constexpr std::string_view label_tint = "E8EEF4";
/// A row with more than this, in bytes, may go over the end of a page.
constexpr std::size_t most_kept_together = 1200;

class Writer {
 public:
  Writer(const Paper& paper, docx::Layout layout) : paper_(paper), layout_(std::move(layout)) {}

  std::string write() {
    paragraph(Role::title, {{paper_.title}});
    if (!paper_.about.empty()) paragraph(Role::subtitle, {{paper_.about}});
    for (std::size_t i = 0; i < paper_.passages.size(); ++i) {
      passage(paper_.passages[i]);
      const bool last = i + 1 == paper_.passages.size();
      after_table_ = paper_.passages[i].kind == Passage::Kind::table;
      // Two tables would become one, and a document must not end with one.
      if (after_table_ && (last ? paper_.references.empty() : paper_.passages[i + 1].kind == Passage::Kind::table)) {
        out_ += "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/></w:pPr></w:p>";
        after_table_ = false;
      }
    }
    references();
    Package& package = layout_.package;
    if (comments_ > 0) {
      std::string comments = "word/comments.xml";
      for (int n = 2; package.parts.contains(comments); ++n) comments = fmt::format("word/comments{}.xml", n);
      put_part(
          package, comments, fmt::format("{}comments+xml", docx::word_types),
          fmt::format("{}<w:comments xmlns:w=\"{}\">{}</w:comments>", docx::declaration, docx::main_namespace, comment_list_));
      add_relationship(package, layout_.document, office_relationship("comments"), comments);
    }
    put_part(package, layout_.document, fmt::format("{}document.main+xml", docx::word_types),
             layout_.before + out_ + layout_.after);
    std::string name = "docProps/core.xml";
    for (int n = 2; package.parts.contains(name); ++n) name = fmt::format("docProps/core{}.xml", n);
    put_part(package, name, "application/vnd.openxmlformats-package.core-properties+xml", core_properties());
    add_relationship(package, "", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", name);
    return write_package(package);
  }

 private:
  [[nodiscard]] std::string core_properties() const {
    std::string out(docx::declaration);
    out += fmt::format(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:language>en-GB</dc:language>",
        xml::escaped(paper_.title));
    if (source_date_epoch())
      out += fmt::format("<dcterms:created xsi:type=\"dcterms:W3CDTF\">{}T00:00:00Z</dcterms:created>", to_string(today()));
    return out + "</cp:coreProperties>";
  }

  void text(std::string_view text, std::string_view properties, bool right_to_left) {
    const std::string safe = harmless(text);
    for (const Stretch& stretch : stretches_of(safe, right_to_left)) {
      const std::string all = fmt::format("{}{}{}", properties, stretch.right_to_left ? "<w:rtl/>" : "",
                                          layout_.english ? "" : "<w:lang w:val=\"en-GB\"/>");
      out_ += fmt::format("<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r>", all.empty() ? "" : "<w:rPr>" + all + "</w:rPr>",
                          xml::escaped(stretch.text));
    }
  }

  std::string style_of(Role role) { return fmt::format("<w:rStyle w:val=\"{}\"/>", layout_.styles.at(role)); }

  /// Puts a comment into the list, and its mark behind the text that stands from `begin` on.
  void comment(const std::string& says, std::size_t begin) {
    out_.insert(begin, fmt::format("<w:commentRangeStart w:id=\"{}\"/>", comments_));
    out_ += fmt::format("<w:commentRangeEnd w:id=\"{}\"/><w:r><w:commentReference w:id=\"{}\"/></w:r>", comments_, comments_);
    comment_list_ += fmt::format(
        "<w:comment w:id=\"{}\" w:author=\"Lacuna\" w:initials=\"L\"><w:p><w:r><w:rPr><w:sz w:val=\"20\"/><w:szCs "
        "w:val=\"20\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p></w:comment>",
        comments_, xml::escaped(harmless(says)));
    ++comments_;
  }

  void run(const Run& run, std::string_view colour, bool right_to_left) {
    const std::size_t begin = out_.size();
    std::string properties;
    const auto address = followable(run.address);
    if (run.kind == Run::Kind::blank)
      properties = style_of(Role::blank);
    else if (address)
      properties = style_of(Role::hyperlink);
    else if (run.kind == Run::Kind::strong)
      properties = style_of(Role::strong);
    else if (run.kind == Run::Kind::emphasis)
      properties = style_of(Role::emphasis);
    if (run.kind == Run::Kind::strong && address) properties += "<w:b/><w:bCs/>";
    if (run.kind == Run::Kind::emphasis && address) properties += "<w:i/><w:iCs/>";
    if (run.kind != Run::Kind::blank) properties += colour;
    if (address) out_ += fmt::format("<w:hyperlink r:id=\"{}\" w:history=\"1\">", relationship_to(*address));
    text(run.kind == Run::Kind::blank ? text_of_blank(run.text) : run.text, properties, right_to_left);
    if (address) out_ += "</w:hyperlink>";
    if (!run.comment.empty()) comment(run.comment, begin);
    if (run.cites.empty()) return;
    // Blanks that do not break: a line shall not begin with "[3]", nor end within.
    std::string before = run.text.empty() || run.text.ends_with(' ') ? "[" : "\u00A0[";
    for (const std::size_t n : run.cites) {
      text(before, colour, right_to_left);
      before = ",\u00A0";
      const bool known = n > 0 && n <= paper_.references.size();
      if (known) out_ += fmt::format("<w:hyperlink w:anchor=\"reference_{}\" w:history=\"1\">", n);
      text(std::to_string(n), (known ? style_of(Role::citation) : "") + std::string(colour), right_to_left);
      if (known) out_ += "</w:hyperlink>";
    }
    text("]", colour, right_to_left);
  }

  std::string relationship_to(const std::string& address) {
    const auto [known, fresh] = addresses_.try_emplace(address);
    if (fresh)
      known->second = add_relationship(layout_.package, layout_.document, office_relationship("hyperlink"), address, true);
    return known->second;
  }

  /// The order of the properties is prescribed.
  void paragraph(Role role, const Prose& prose, std::string_view colour = {}, std::string_view numbering = {}) {
    const bool right_to_left = reads_right_to_left(prose);
    out_ += fmt::format("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{}{}{}</w:pPr>", layout_.styles.at(role), numbering,
                        right_to_left ? "<w:bidi/>" : "", after_table_ ? "<w:spacing w:before=\"200\"/>" : "");
    after_table_ = false;
    for (const Run& r : prose) run(r, colour, right_to_left);
    out_ += "</w:p>";
  }

  void passage(const Passage& passage) {
    static constexpr Role headings[] = {Role::heading_1, Role::heading_2, Role::heading_3};
    static constexpr Role items[] = {Role::item_1, Role::item_2, Role::item_3};
    const int level = std::clamp(passage.level, 1, 3) - 1;
    switch (passage.kind) {
      case Passage::Kind::heading:
        after_table_ = false;  // It has room above.
        return paragraph(headings[level], passage.text);
      case Passage::Kind::paragraph: return paragraph(Role::normal, passage.text);
      case Passage::Kind::item:
        return paragraph(items[level], passage.text, {},
                         fmt::format("<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"{}\"/></w:numPr>", level, layout_.bullets));
      case Passage::Kind::table: return table(passage.table);
    }
  }

  void cell(const PaperTable::Cell& cell, int width, std::size_t span, Role role, std::string_view own_tint) {
    const std::string tint = tint_of(cell.tint).value_or(std::string(own_tint));
    out_ += fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", width);
    if (span > 1) out_ += fmt::format("<w:gridSpan w:val=\"{}\"/>", span);
    if (!tint.empty()) out_ += fmt::format("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>", tint);
    out_ += "</w:tcPr>";
    const std::string colour = fmt::format("{}{}", is_dark(tint) ? "<w:color w:val=\"FFFFFF\"/>" : "",
                                           small_ ? "<w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>" : "");
    for (const Prose& prose : cell.paragraphs) paragraph(role, prose, colour);
    if (cell.paragraphs.empty()) paragraph(role, {});
    out_ += "</w:tc>";
  }

  void table(const PaperTable& table) {
    if (!table.caption.empty()) paragraph(Role::caption, {{table.caption}});
    after_table_ = false;
    const bool form = table.columns.empty();
    const std::size_t columns = columns_of(table);
    // Table text is 10 points high in our styles; of a template's styles, words are the more whole the smaller theirs is.
    constexpr double text_height = 200;
    constexpr double small_height = 160;
    WordSafeShares safe = word_safe_shares(table, layout_.line / text_height);
    small_ = !safe.fits;
    if (small_) safe = word_safe_shares(table, layout_.line / small_height);
    std::vector<int> widths;
    for (const double share : safe.shares) widths.push_back(std::max(1, static_cast<int>(std::lround(share * layout_.line))));
    out_ += fmt::format(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"{}\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>"
        "<w:tblCellMar><w:left w:w=\"100\" w:type=\"dxa\"/><w:right w:w=\"100\" w:type=\"dxa\"/></w:tblCellMar>"
        "<w:tblLook w:val=\"{}\" w:firstRow=\"{}\" w:lastRow=\"0\" w:firstColumn=\"{}\" w:lastColumn=\"0\" w:noHBand=\"1\" "
        "w:noVBand=\"1\"/></w:tblPr><w:tblGrid>",
        layout_.styles.at(Role::grid), layout_.line, form ? "0680" : "0620", form ? 0 : 1, form ? 1 : 0);
    for (const int width : widths) out_ += fmt::format("<w:gridCol w:w=\"{}\"/>", width);
    out_ += "</w:tblGrid>";
    if (!form) {
      out_ += "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
      for (std::size_t c = 0; c < columns; ++c)
        cell({{{{c < table.columns.size() ? table.columns[c] : ""}}}}, widths[c], 1, Role::table_heading, label_tint);
      out_ += "</w:tr>";
    }
    std::size_t rows = 0;
    for (const PaperTable::Row& row : table.rows) {
      if (row.cells.empty()) continue;
      ++rows;
      std::size_t size = 0;
      for (const PaperTable::Cell& c : row.cells) {
        for (const Prose& prose : c.paragraphs) {
          for (const Run& r : prose) size += r.text.size();
        }
      }
      out_ += size <= most_kept_together ? "<w:tr><w:trPr><w:cantSplit/></w:trPr>" : "<w:tr>";
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        const std::size_t span = c + 1 == row.cells.size() ? columns - c : 1;
        int width = 0;
        for (std::size_t k = c; k < c + span; ++k) width += widths[k];
        const bool label = form && c == 0;
        cell(row.cells[c], width, span, label ? Role::table_heading : Role::table_text, label ? label_tint : "");
      }
      out_ += "</w:tr>";
    }
    // A table without rows is damage to Word.
    if (form && rows == 0) {
      out_ += "<w:tr>";
      cell({}, layout_.line, columns, Role::table_text, "");
      out_ += "</w:tr>";
    }
    out_ += "</w:tbl>";
    small_ = false;
  }

  void references() {
    if (paper_.references.empty()) return;
    paragraph(Role::heading_1, {{"References"}});
    for (std::size_t i = 0; i < paper_.references.size(); ++i) {
      const ReferenceText said = text_of(paper_.references[i]);
      const bool right_to_left = reads_right_to_left(said.identifier);
      out_ += fmt::format(
          "<w:p><w:pPr><w:pStyle w:val=\"{}\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId "
          "w:val=\"{}\"/></w:numPr>{}</w:pPr><w:bookmarkStart w:id=\"{}\" w:name=\"reference_{}\"/>",
          layout_.styles.at(Role::reference), layout_.references, right_to_left ? "<w:bidi/>" : "", first_bookmark + i, i + 1);
      run({said.identifier, Run::Kind::plain, {}, paper_.references[i].address}, {}, right_to_left);
      out_ += fmt::format("<w:bookmarkEnd w:id=\"{}\"/>", first_bookmark + i);
      if (!said.title.empty()) text(", ", {}, right_to_left), text(said.title, style_of(Role::emphasis), right_to_left);
      for (const std::string& more : said.rest) text(", " + more, {}, right_to_left);
      out_ += "</w:p>";
    }
  }

  static constexpr std::size_t first_bookmark = 10'000;  ///< A template's headers may have bookmarks of their own.

  const Paper& paper_;
  docx::Layout layout_;
  std::map<std::string, std::string> addresses_;  ///< Relationships by what they lead to.
  bool after_table_ = false;
  bool small_ = false;  ///< The table's words are too wide for its usual font.
  std::size_t comments_ = 0;
  std::string comment_list_;
  std::string out_;
};

}  // namespace

std::string render_paper_docx(const Paper& paper, std::string_view layout) {
  return Writer(paper, docx::layout_of(layout)).write();
}

}  // namespace lacuna
