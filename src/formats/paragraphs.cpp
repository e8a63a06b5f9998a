#include "formats/paragraphs.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "formats/plain.hpp"

namespace lacuna {
namespace {

/// Gathers lines to paragraphs.
class LineGatherer {
 public:
  explicit LineGatherer(std::size_t page) : page_(page) {}

  void add(std::string_view line, std::size_t number) {
    const bool empty = line.find_first_not_of(" \t\r") == std::string_view::npos;
    if (empty) return close();
    if (open_.text.empty())
      open_.line = number;
    else
      open_.text += '\n';
    open_.text += line;
  }
  void close() {
    if (!open_.text.empty()) {
      open_.page = page_;
      done_.push_back(std::move(open_));
    }
    open_ = {};
  }
  void turn_page() {
    close();
    if (page_ > 0) ++page_;
  }
  [[nodiscard]] bool has_pages() const { return page_ > 0; }
  std::vector<Paragraph> take() {
    close();
    return std::move(done_);
  }

 private:
  std::size_t page_;
  Paragraph open_;
  std::vector<Paragraph> done_;
};

/// The name of the tag at the start, in lower case: "/p" of "</P>". Empty where there is none.
std::string tag_name(std::string_view text) {
  std::string name;
  for (std::size_t i = 1; i < text.size() && (is_letter(text[i]) || is_digit(text[i]) || (i == 1 && text[i] == '/')); ++i)
    name += text[i];
  return lower(name);
}

}  // namespace

std::vector<Paragraph> paragraphs_of_text(std::string_view text) {
  // Form feeds part the pages of what pdftotext writes.
  LineGatherer lines(text.find('\f') == std::string_view::npos ? 0 : 1);
  std::size_t number = 1;
  while (!text.empty()) {
    if (text.front() == '\f') {
      lines.turn_page();
      if (lines.has_pages()) number = 1;
      text.remove_prefix(1);
      continue;
    }
    const std::size_t end = std::min(text.find_first_of("\n\f"), text.size());
    lines.add(text.substr(0, end), number);
    text.remove_prefix(end);
    if (text.starts_with('\n')) {
      text.remove_prefix(1);
      ++number;
    }
  }
  return lines.take();
}

std::vector<Paragraph> paragraphs_of_html(std::string_view text) {
  static constexpr std::string_view phrases[] = {"a",   "abbr", "b",    "bdi",  "bdo",   "cite", "code",   "data",
                                                 "dfn", "em",   "font", "i",    "kbd",   "mark", "q",      "rp",
                                                 "rt",  "ruby", "s",    "samp", "small", "span", "strong", "sub",
                                                 "sup", "time", "u",    "var",  "wbr",   "ins",  "tt",     "bookmark"};
  static constexpr std::string_view silent[] = {"script", "style", "head", "template", "noscript", "svg"};
  std::vector<Paragraph> list;
  std::string block;
  std::size_t line = 1;
  std::size_t block_line = 1;
  const auto close = [&] {
    // Line ends stay, that places are those of the file.
    Paragraph paragraph;
    std::string_view rest = block;
    std::size_t at = block_line;
    while (true) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string plain = plain_text(rest.substr(0, end));
      if (!plain.empty() || !paragraph.text.empty()) {
        if (paragraph.text.empty())
          paragraph.line = at;
        else
          paragraph.text += '\n';
        paragraph.text += plain;
      }
      if (end == rest.size()) break;
      rest.remove_prefix(end + 1);
      ++at;
    }
    while (paragraph.text.ends_with('\n')) paragraph.text.pop_back();
    if (!paragraph.text.empty()) list.push_back(std::move(paragraph));
    block.clear();
    block_line = line;
  };
  const auto count = [&](std::string_view seen) { line += static_cast<std::size_t>(std::ranges::count(seen, '\n')); };
  for (std::size_t i = 0; i < text.size();) {
    if (text.substr(i).starts_with("<!--")) {
      const std::size_t end = std::min(text.find("-->", i), text.size());
      count(text.substr(i, end - i));
      i = std::min(end + 3, text.size());
      continue;
    }
    const std::string name = text[i] == '<' ? tag_name(text.substr(i, 40)) : std::string();
    if (name.empty() || name == "/") {
      block += text[i];
      if (text[i] == '\n') ++line;
      ++i;
      continue;
    }
    const std::size_t end = std::min(text.find('>', i), text.size() - 1) + 1;
    const std::string_view bare = name.starts_with('/') ? std::string_view(name).substr(1) : std::string_view(name);
    const bool phrase = std::ranges::find(phrases, bare) != std::end(phrases);
    if (!phrase) close();
    // Of an address, what it leads to may name a document as the text does not: the text counts.
    count(text.substr(i, end - i));
    i = end;
    if (!phrase) block_line = line;
    if (std::ranges::find(silent, std::string_view(name)) != std::end(silent) && !text.substr(0, end).ends_with("/>")) {
      const std::string closing = "</" + name;
      std::size_t stop = i;
      while (stop < text.size() && lower(text.substr(stop, closing.size())) != closing)
        stop = std::min(text.find('<', stop + 1), text.size());
      count(text.substr(i, stop - i));
      i = stop;
      block_line = line;
    }
  }
  close();
  return list;
}

}  // namespace lacuna
