// The running text of a Word document with the way back to its letters, and comments put beside them.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/package.hpp"
#include "formats/paragraphs.hpp"
#include "formats/xml.hpp"
#include "formats/xml_edit.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

constexpr std::string_view strict_space = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// The prefix of a part's own elements: "w:" nearly always.
std::string prefix_of(std::string_view part) {
  const std::size_t root = xml::skeleton_of(part).root_begin;
  const std::string_view name = part.substr(root + 1, part.find_first_of(" \t\r\n/>", root) - root - 1);
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string() : std::string(name.substr(0, colon + 1));
}

/// The value of an attribute of a tag, as it stands there.
std::string_view attribute_of(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    const char before = tag[at - 1];
    const std::string_view rest = tag.substr(at + name.size());
    if ((before != ' ' && before != ':' && before != '\n') || !rest.starts_with("=")) continue;
    const char quote = rest.size() > 1 ? rest[1] : ' ';
    return rest.substr(2, rest.find(quote, 2) - 2);
  }
  return {};
}

/// The characters that text of XML means, each with where it stands.
void each_character(std::string_view text, std::size_t at, const auto& tell) {
  static constexpr std::pair<std::string_view, char> names[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '&') {
      tell(text.substr(i, 1), at + i);
      ++i;
      continue;
    }
    const std::size_t end = std::min(text.find(';', i), text.size() - 1);
    const std::string_view name = text.substr(i, end - i + 1);
    std::string meant;
    for (const auto& [known, sign] : names) {
      if (name == known) meant = sign;
    }
    if (name.starts_with("&#")) {
      const bool hexadecimal = name.size() > 3 && (name[2] == 'x' || name[2] == 'X');
      std::uint32_t value = 0;
      for (const char c : name.substr(hexadecimal ? 3 : 2, name.size() - (hexadecimal ? 4 : 3))) {
        const char small = lower(std::string_view(&c, 1))[0];
        value = value * (hexadecimal ? 16U : 10U) + static_cast<std::uint32_t>(is_digit(small) ? small - '0' : small - 'a' + 10);
        if (value > 0x10FFFF) break;
      }
      append_utf8(meant, value);
    }
    for (std::size_t k = 0; k < meant.size(); ++k) tell(std::string_view(meant).substr(k, 1), at + i);
    i = end + 1;
  }
}

/// What the styles of a document say of its headings and tables of contents.
class HeadingStyles {
 public:
  explicit HeadingStyles(const Package& package, const std::string& document) {
    const Relationship* part = find_relationship(package, document, "styles");
    const auto found = part == nullptr ? package.parts.end() : package.parts.find(part->target);
    if (found == package.parts.end()) return;
    std::string id;
    xml::read(found->second, found->first,
              {[&](std::string_view name, const xml::Attributes& attributes) {
                 if (name == "style") id = attributes["styleId"];
                 if (name == "name" && !id.empty()) names_.try_emplace(id, lower(attributes["val"]));
               },
               [&](std::string_view name, std::string&) {
                 if (name == "style") id.clear();
               }});
  }
  [[nodiscard]] bool is_heading(const std::string& id) const { return name_of_style(id).starts_with("heading"); }
  [[nodiscard]] bool is_contents(const std::string& id) const { return name_of_style(id).starts_with("toc"); }

 private:
  [[nodiscard]] std::string name_of_style(const std::string& id) const {
    const auto found = names_.find(id);
    return found == names_.end() ? lower(id) : found->second;
  }
  std::map<std::string, std::string> names_;
};

/// Reads a part tag by tag. The part must be well-formed: read_package() has looked.
class PartReader {
 public:
  PartReader(const std::string& name, const std::string& part, const HeadingStyles& styles)
      : name_(name), part_(part), prefix_(prefix_of(part)), styles_(styles) {}

  std::vector<DocxParagraph> read() {
    std::size_t behind = 0;  // The last tag.
    xml::each_tag(part_, [&](const xml::Tag& tag) {
      if (in_text_ && skipped_ == 0 && !open_.empty()) take_text(behind, tag.begin);
      behind = tag.end;
      const std::size_t name_at = tag.begin + (tag.kind == xml::Tag::Kind::close ? 2 : 1);
      const bool own = std::string_view(part_).substr(name_at).starts_with(prefix_ + std::string(tag.name));
      const bool fallback = tag.name == "Fallback";
      if (!own && !fallback) return;
      if (tag.kind == xml::Tag::Kind::close)
        close(tag);
      else
        open(tag);
    });
    return std::move(done_);
  }

 private:
  struct Open {
    DocxParagraph paragraph;
    std::string style;
    bool hidden = false;
  };

  static bool is_skipped(std::string_view name) {
    static constexpr std::string_view skipped[] = {"del", "moveFrom", "delText", "instrText", "rt", "Fallback"};
    return std::ranges::find(skipped, name) != std::end(skipped) || name.ends_with("Change");
  }

  void open(const xml::Tag& tag) {
    const bool empty = tag.kind == xml::Tag::Kind::empty;
    if (skipped_ > 0 || is_skipped(tag.name)) {
      if (!empty) ++skipped_;
      return;
    }
    const std::string_view text = std::string_view(part_).substr(tag.begin, tag.end - tag.begin);
    if (tag.name == "p") {
      ++numbers_;
      if (empty) return;
      open_.push_back({});
      open_.back().paragraph.number = numbers_;
      open_.back().paragraph.part = name_;
    }
    if (tag.name == "pPr" && !empty) properties_ = true;
    if (tag.name == "r" && !empty) {
      runs_.push_back(tag.begin);
      if (!open_.empty()) open_.back().hidden = false;
    }
    if (open_.empty()) return;
    if (tag.name == "pStyle") open_.back().style = attribute_of(text, "val");
    if (properties_) return;
    if (tag.name == "vanish") {
      const std::string_view value = attribute_of(text, "val");
      open_.back().hidden = value != "0" && value != "false";
    }
    if (tag.name == "t" && !empty) in_text_ = true;
    if (tag.name == "tab" || tag.name == "br" || tag.name == "cr") append(" ", tag.begin, false);
    if (tag.name == "noBreakHyphen") append("-", tag.begin, false);
  }

  void close(const xml::Tag& tag) {
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    if (tag.name == "t") in_text_ = false;
    if (tag.name == "pPr") properties_ = false;
    if (tag.name == "r" && !runs_.empty()) {
      const std::size_t begin = runs_.back();
      runs_.pop_back();
      if (runs_.empty()) end_run(begin, tag.end);
    }
    if (tag.name == "p" && !open_.empty()) end_paragraph();
  }

  /// The outermost run is known as a whole now: tell the letters that stand in it, those of boxes within it too.
  void end_run(std::size_t begin, std::size_t end) {
    const auto tell = [&](DocxParagraph& paragraph) {
      for (auto place = paragraph.places.rbegin(); place != paragraph.places.rend() && place->at >= begin; ++place) {
        place->run_begin = begin;
        place->run_end = end;
      }
    };
    if (!open_.empty()) tell(open_.back().paragraph);
    for (auto paragraph = done_.rbegin(); paragraph != done_.rend() && paragraph->places.front().at >= begin; ++paragraph)
      tell(*paragraph);
  }

  void take_text(std::size_t begin, std::size_t end) {
    each_character(std::string_view(part_).substr(begin, end - begin), begin,
                   [&](std::string_view byte, std::size_t at) { append(byte, at, runs_.size() == 1 && open_.size() == 1); });
  }

  void append(std::string_view text, std::size_t at, bool within_run) {
    if (open_.back().hidden) return;
    open_.back().paragraph.text += text;
    for (std::size_t i = 0; i < text.size(); ++i) open_.back().paragraph.places.push_back({at, at, at, within_run});
  }

  void end_paragraph() {
    Open paragraph = std::move(open_.back());
    open_.pop_back();
    if (styles_.is_contents(paragraph.style)) return;
    if (paragraph.paragraph.text.find_first_not_of(' ') == std::string::npos) return;
    paragraph.paragraph.heading = heading_;
    if (styles_.is_heading(paragraph.style)) heading_ = paragraph.paragraph.text;
    done_.push_back(std::move(paragraph.paragraph));
  }

  const std::string& name_;
  const std::string& part_;
  std::string prefix_;
  const HeadingStyles& styles_;
  std::vector<DocxParagraph> done_;
  std::vector<Open> open_;         ///< More than one inside a text box.
  std::vector<std::size_t> runs_;  ///< That are open: where each begins.
  std::size_t numbers_ = 0;
  std::size_t skipped_ = 0;
  std::string heading_;
  bool in_text_ = false;
  bool properties_ = false;
};

struct WordDocument {
  Package package;
  std::string document;                      ///< The name of its main part.
  std::map<std::string, std::string> notes;  ///< By "footnote" and "endnote": their parts.
};

WordDocument open_word(std::string_view bytes, const std::string& file) {
  if (!bytes.starts_with("PK"))
    throw Error(ErrorCode::bad_input, file, "no Word document; save it as \"Word Document (*.docx)\"");
  WordDocument word{read_package(bytes, file), {}, {}};
  const Relationship* main = find_relationship(word.package, "", "officeDocument");
  if (main == nullptr || content_type_of(word.package, main->target).find("wordprocessingml") == std::string::npos)
    throw Error(ErrorCode::bad_input, file, "a ZIP archive, but no Word document; save it as \"Word Document (*.docx)\"");
  word.document = main->target;
  for (const char* kind : {"footnote", "endnote"}) {
    const Relationship* notes = find_relationship(word.package, word.document, fmt::format("{}s", kind));
    if (notes != nullptr && word.package.parts.contains(notes->target)) word.notes[kind] = notes->target;
  }
  return word;
}

std::vector<DocxParagraph> paragraphs_in(const WordDocument& word) {
  const HeadingStyles styles(word.package, word.document);
  const auto body = word.package.parts.find(word.document);
  std::vector<DocxParagraph> list = PartReader(body->first, body->second, styles).read();
  const std::size_t in_body = list.empty() ? 0 : list.back().number;
  std::size_t before = in_body;
  for (const auto& [kind, name] : word.notes) {
    const auto part = word.package.parts.find(name);
    for (DocxParagraph& paragraph : PartReader(part->first, part->second, styles).read()) {
      paragraph.number += before;
      paragraph.heading = kind;
      list.push_back(std::move(paragraph));
    }
    before = list.empty() ? before : list.back().number;
  }
  return list;
}

/// Which note a byte of a part of notes belongs to, and the run of the body that leads to it.
std::optional<std::pair<std::size_t, std::size_t>> run_to_note(const WordDocument& word, const std::string& kind,
                                                               std::size_t at) {
  const std::string& part = word.package.parts.find(word.notes.at(kind))->second;
  const std::string& body = word.package.parts.find(word.document)->second;
  std::string id;
  for (const xml::Span& note : xml::elements_of(part, {{}, 0, part.size()}, kind)) {
    if (note.begin <= at && at < note.end)
      id = attribute_of(std::string_view(part).substr(note.begin, part.find('>', note.begin) - note.begin), "id");
  }
  if (id.empty()) return std::nullopt;
  std::optional<std::pair<std::size_t, std::size_t>> found;
  std::vector<std::size_t> runs;
  std::size_t wanted = 0;
  const std::string prefix = prefix_of(body);
  const std::string reference = kind + "Reference";
  xml::each_tag(body, [&](const xml::Tag& tag) {
    if (found || !std::string_view(body).substr(tag.begin + (tag.kind == xml::Tag::Kind::close ? 2 : 1)).starts_with(prefix))
      return;
    if (tag.name == "r" && tag.kind == xml::Tag::Kind::open) runs.push_back(tag.begin);
    if (tag.name == reference && tag.kind != xml::Tag::Kind::close && !runs.empty() &&
        attribute_of(std::string_view(body).substr(tag.begin, tag.end - tag.begin), "id") == id)
      wanted = runs.front() + 1;
    if (tag.name == "r" && tag.kind == xml::Tag::Kind::close && !runs.empty()) {
      const std::size_t begin = runs.back();
      runs.pop_back();
      if (runs.empty() && wanted == begin + 1) found = {begin, tag.end};
    }
  });
  return found;
}

/// Puts comments beside the letters of the body.
class Commenting {
 public:
  Commenting(std::string_view bytes, const std::string& file, std::string_view author)
      : word_(open_word(bytes, file)), file_(file), author_(author), list_(paragraphs_in(word_)) {
    body_ = word_.package.parts.find(word_.document)->second;
    w_ = prefix_of(body_);
  }

  std::string run(const std::vector<DocxComment>& comments) {
    open_comments();
    for (const DocxComment& comment : comments) add(comment);
    close_comments();
    put_part(word_.package, word_.document, content_type_of(word_.package, word_.document), with_marks());
    return write_package(word_.package);
  }

 private:
  void open_comments() {
    const Relationship* known = find_relationship(word_.package, word_.document, "comments");
    const std::size_t root = xml::skeleton_of(body_).root_begin;
    space_ = body_.find(strict_space, root) != std::string::npos ? std::string(strict_space)
                                                                 : "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    if (known != nullptr && word_.package.parts.contains(known->target)) {
      part_ = known->target;
      comments_ = word_.package.parts.find(part_)->second;
      for (const xml::Span& one : xml::elements_of(comments_, {{}, 0, comments_.size()}, "comment")) {
        const std::string id(
            attribute_of(std::string_view(comments_).substr(one.begin, comments_.find('>', one.begin) - one.begin), "id"));
        if (!id.empty() && id.size() < 9 && std::ranges::all_of(id, is_digit)) next_ = std::max(next_, std::stoul(id) + 1);
      }
      comments_ = xml::ready_for(comments_, "w", space_);
      return;
    }
    part_ = "word/comments.xml";
    for (int n = 2; word_.package.parts.contains(part_); ++n) part_ = fmt::format("word/comments{}.xml", n);
    comments_ = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{}\"></w:comments>", space_);
    const bool strict = space_ == strict_space;
    add_relationship(
        word_.package, word_.document,
        strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships/comments" : office_relationship("comments"), part_);
  }

  void close_comments() {
    const std::size_t end = xml::skeleton_of(comments_).inside_end;
    comments_.insert(end, added_);
    put_part(word_.package, part_, "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml", comments_);
  }

  void add(const DocxComment& comment) {
    const DocxParagraph& paragraph = list_.at(comment.paragraph);
    if (comment.begin >= comment.end || comment.end > paragraph.places.size()) return;
    const DocxParagraph::Place& first = paragraph.places[comment.begin];
    const DocxParagraph::Place& last = paragraph.places[comment.end - 1];
    const std::size_t id = next_++;
    const std::string start = fmt::format("<{}commentRangeStart {}id=\"{}\"/>", w_, w_, id);
    const std::string stop =
        fmt::format("<{0}commentRangeEnd {0}id=\"{1}\"/><{0}r><{0}commentReference {0}id=\"{1}\"/></{0}r>", w_, id);
    if (paragraph.part != word_.document) {
      const auto run = run_to_note(word_, paragraph.heading, first.at);
      if (!run) return;
      marks_[run->first].starts += start;
      marks_[run->second].ends += stop;
    } else {
      (first.within_run ? cut(paragraph, comment.begin, first.run_begin) : marks_[first.run_begin]).starts += start;
      (last.within_run ? cut(paragraph, comment.end, last.run_end) : marks_[last.run_end]).ends += stop;
    }
    added_ += fmt::format(
        "<w:comment w:id=\"{}\" w:author=\"{}\" w:initials=\"{}\"><w:p><w:r><w:t "
        "xml:space=\"preserve\">{}</w:t></w:r></w:p></w:comment>",
        id, xml::escaped(author_), xml::escaped(author_.substr(0, 1)), xml::escaped(comment.text));
  }

  /// What is put at a place of the body.
  struct Mark {
    std::string ends;
    std::string starts;
    std::string resume;  ///< Where a run of letters is parted: how it begins anew.
  };

  /// The mark before a letter of a paragraph: at `edge`, the end of its run, or the run is parted there.
  Mark& cut(const DocxParagraph& paragraph, std::size_t index, std::size_t edge) {
    const bool inside = index > 0 && index < paragraph.places.size() && paragraph.places[index].within_run &&
                        paragraph.places[index].run_begin == paragraph.places[index - 1].run_begin;
    if (!inside) return marks_[edge];
    const DocxParagraph::Place& place = paragraph.places[index];
    Mark& mark = marks_[place.at];
    const std::string_view run = std::string_view(body_).substr(place.run_begin, place.run_end - place.run_begin);
    const std::string_view run_tag = run.substr(0, run.find('>') + 1);
    const std::vector<xml::Span> properties = xml::elements_of(run, {{}, 0, run.size()}, "rPr");
    const bool has_properties = !properties.empty() && properties.front().begin == run_tag.size();
    mark.resume = fmt::format("{}{}<{}t xml:space=\"preserve\">", run_tag,
                              has_properties ? run.substr(run_tag.size(), properties.front().end - run_tag.size()) : "", w_);
    // Text that is cut in two keeps its blanks.
    const std::size_t text_tag = body_.rfind('<' + w_ + "t", place.at);
    const std::string_view tag = std::string_view(body_).substr(text_tag, body_.find('>', text_tag) - text_tag);
    if (tag.find("xml:space") == std::string_view::npos) marks_[text_tag + w_.size() + 2].starts = " xml:space=\"preserve\"";
    return mark;
  }

  [[nodiscard]] std::string with_marks() const {
    std::string out;
    std::size_t done = 0;
    for (const auto& [at, mark] : marks_) {
      out.append(body_, done, at - done);
      done = at;
      if (!mark.resume.empty()) out += fmt::format("</{0}t></{0}r>", w_);
      out += mark.ends + mark.starts + mark.resume;
    }
    return out.append(body_, done);
  }

  WordDocument word_;
  const std::string& file_;
  std::string author_;
  std::vector<DocxParagraph> list_;
  std::string body_;
  std::string w_;
  std::string space_;
  std::string part_;
  std::string comments_;
  std::string added_;
  std::size_t next_ = 0;
  std::map<std::size_t, Mark> marks_;  ///< By byte of the body.
};

}  // namespace

std::vector<DocxParagraph> paragraphs_of_docx(std::string_view bytes, const std::string& file) {
  return paragraphs_in(open_word(bytes, file));
}

std::string docx_with_comments(std::string_view bytes, const std::string& file, const std::vector<DocxComment>& comments,
                               std::string_view author) {
  return Commenting(bytes, file, author).run(comments);
}

}  // namespace lacuna
