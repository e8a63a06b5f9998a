#include "formats/markdown.hpp"

#include <algorithm>

#include "formats/plain.hpp"
#include "formats/table.hpp"
#include "formats/yaml.hpp"

namespace lacuna {
namespace {

using Kind = Outline::Kind;

/// Takes the next line off `rest`, without what ends it: LF, CR LF or CR.
std::string_view take_line(std::string_view& rest) {
  const std::size_t length = std::min(rest.find_first_of("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, length);
  rest.remove_prefix(length);
  if (!rest.empty()) rest.remove_prefix(rest.starts_with("\r\n") ? 2 : 1);
  return line;
}

/// The end of the front matter that the text begins with, 0 where it has none.
std::size_t front_matter(std::string_view text) {
  std::string_view rest = text;
  if (trimmed(take_line(rest)) != "---") return 0;
  while (!rest.empty()) {
    const auto end = static_cast<std::size_t>(rest.data() - text.data());
    const std::string_view line = trimmed(take_line(rest));
    if (line == "---" || line == "...") return end;
  }
  return 0;
}

/// Each text that counts as a labelled line in a cell of its own: no answer runs on into the next.
void read_front_matter(std::string_view matter, Outline& out) {
  try {
    yaml::Reader reader(matter);
    reader.members([&](std::string_view name) {
      const std::string key = lower(name);
      if (key != "title" && key != "scope" && key != "summary") return;
      out.open_row();
      out.open_cell();
      out.add(fmt::format("{}: {}", key, reader.text()), Kind::text);
      out.close_cell();
    });
  } catch (const yaml::Fault& fault) {
    throw Unreadable{fault.line, fmt::format("the front matter {}; put texts that hold a colon in quotes", fault.message)};
  }
}

std::string without_comments(std::string_view text) {
  std::string out;
  for (std::size_t start = text.find("<!--"); start != std::string_view::npos; start = text.find("<!--")) {
    const std::size_t end = text.find("-->", start);
    if (end == std::string_view::npos) break;
    out += text.substr(0, start);
    text.remove_prefix(end + 3);
  }
  return out.append(text);
}

/// The text of a line without its marks.
std::string inline_text(std::string_view text) {
  constexpr auto none = std::string::npos;
  constexpr char gone = '\x01';
  constexpr std::size_t longest_target = 2048;  // What has no end is looked for no further.
  const auto is_word = [&](std::size_t i) { return i < text.size() && has_words(text.substr(i, 1)); };
  std::string out;
  std::size_t bracket = none;  // Where the last one opens.
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size() && !is_word(i + 1)) {
      out += text[++i];
    } else if (c == ']' && text.substr(i + 1, 1) == "(" && bracket != none) {
      const std::size_t length = text.substr(i, longest_target).find(')');
      if (length != none) out[bracket] = gone;
      if (length == none) out += c;
      bracket = none;
      i += length == none ? 0 : length;
    } else if (c == '[') {
      if (out.ends_with('!')) out.back() = gone;
      bracket = out.size();
      out += c;
    } else if (c != '*' && c != '`' && !(c == '_' && !(i > 0 && is_word(i - 1) && is_word(i + 1)))) {
      out += c;
    }
  }
  std::erase(out, gone);
  return plain_text(out);
}

class Markdown {
 public:
  explicit Markdown(Outline& out) : out_(out) {}

  void read(std::string_view text) {
    while (!text.empty()) read_line(trimmed(take_line(text)));
  }

 private:
  void read_line(std::string_view line) {
    if (line.starts_with("```") || line.starts_with("~~~")) {
      if (fence_.empty() || line.starts_with(fence_)) fence_ = fence_.empty() ? line.substr(0, 3) : "";
      open_ = false;
      return;
    }
    if (!fence_.empty()) {
      open_ = out_.add(line, Kind::code, 0, open_);
      return;
    }
    while (line.starts_with(">")) line = trimmed(line.substr(1));
    if (underlines(line)) return;
    const std::size_t signs = std::min(line.find_first_not_of('#'), line.size());
    if (line.starts_with("|")) {
      read_row(line.substr(1));
    } else if (signs >= 1 && signs <= 6 && line.substr(signs, 1) == " ") {
      out_.add(inline_text(line.substr(signs)), Kind::heading, static_cast<int>(signs));
      open_ = false;
    } else {
      const bool item = line.size() > 1 && std::string_view("-*+").find(line[0]) != std::string_view::npos && line[1] == ' ';
      open_ = out_.add(inline_text(line.substr(item ? 2 : 0)), Kind::text, 0, open_ && !item);
    }
  }

  /// "===" or "---" under a line makes it a heading.
  bool underlines(std::string_view line) {
    if (!open_ || line.empty() || (line[0] != '=' && line[0] != '-')) return false;
    if (line.find_first_not_of(line[0]) != std::string_view::npos) return false;
    out_.lines.back().kind = Kind::heading;
    out_.lines.back().level = line[0] == '=' ? 1 : 2;
    open_ = false;
    return true;
  }

  void read_row(std::string_view row) {
    open_ = false;
    if (!has_words(row)) return;  // "|---|---|"
    out_.open_row();
    while (!row.empty()) {
      std::size_t end = 0;
      while (end < row.size() && row[end] != '|') end += row[end] == '\\' ? 2 : 1;
      out_.open_cell();
      out_.add(inline_text(row.substr(0, end)), Kind::text);
      row.remove_prefix(std::min(end + 1, row.size()));
    }
    out_.close_cell();
  }

  Outline& out_;
  std::string_view fence_;  ///< That is open.
  bool open_ = false;       ///< A paragraph is.
};

}  // namespace

Outline outline_of_text(std::string_view text) {
  Outline out;
  for (bool open = false; !text.empty();) open = out.add(take_line(text), Kind::text, 0, open);
  return out;
}

Outline outline_of_markdown(std::string_view text) {
  Outline out;
  if (const std::size_t end = front_matter(text); end > 0) {
    read_front_matter(text.substr(0, end), out);
    text.remove_prefix(end);
    take_line(text);
  }
  Markdown(out).read(without_comments(text));
  return out;
}

}  // namespace lacuna
