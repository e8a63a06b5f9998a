#include "formats/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "base/text.hpp"
#include "formats/docx.hpp"
#include "formats/markdown.hpp"
#include "formats/outline.hpp"
#include "formats/table.hpp"

namespace lacuna {
namespace {

using Kind = Outline::Kind;
using Line = Outline::Line;
using Names = std::span<const std::string_view>;

bool among(std::string_view word, Names words) { return std::ranges::find(words, word) != words.end(); }

bool starts_with_any(std::string_view text, Names beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view beginning) { return text.starts_with(beginning); });
}

// ---- labels -------------------------------------------------------------------------------------------------------------------

/// What a label asks for; of titles, the surest first.
enum class Field : std::uint8_t { proposed_title, title, subject, scope, summary, other };

struct Label {
  Field field;
  bool bare;               ///< Without a colon.
  std::string_view value;  ///< What follows on its line.
};

/// Labels of Recommendation ITU-T A.1's justification form, of the cover of ITU-T documents, and headings that proposals have.
std::optional<Field> known_field(std::string_view name) {
  static constexpr std::pair<std::string_view, Field> fields[] = {{"reference and title", Field::proposed_title},
                                                                  {"title", Field::title},
                                                                  {"subject", Field::subject},
                                                                  {"scope", Field::scope},
                                                                  {"scope and purpose", Field::scope},
                                                                  {"purpose and scope", Field::scope},
                                                                  {"scope and summary", Field::scope},
                                                                  {"summary", Field::summary}};
  static constexpr std::string_view others[] = {
      "question", "study group",  "working party", "meeting",    "place and date",
      "date",     "source",       "contact",       "base text",  "timing",
      "editor",   "author",       "rapporteur",    "supporter",  "approval process",
      "keyword",  "abstract",     "purpose",       "status",     "type of document",
      "version",  "reference",    "liaison",       "deadline",   "introduction",
      "annex",    "background",   "motivation",    "rationale",  "justification",
      "proposal", "discussion",   "conclusion",    "definition", "terms and definitions",
      "content",  "abbreviation", "convention",    "overview",   "abbreviations and acronyms",
      "appendix", "bibliography", "gap analysis",  "next step",  "related work"};
  static constexpr std::string_view beginnings[] = {"relations to ", "relation to ",       "relationship to ", "liaisons with ",
                                                    "liaison with ", "supporting members", "intended type of "};
  for (const auto& [known, field] : fields) {
    if (name == known) return field;
  }
  const std::string_view singular = name.substr(0, name.size() - (name.ends_with('s') ? 1 : 0));
  if (among(name, others) || among(singular, others) || starts_with_any(name, beginnings)) return Field::other;
  return std::nullopt;
}

/// `name` in lower case: also "Proposed title", "Scope of the new Recommendation".
std::optional<Field> field_of(std::string_view name) {
  static constexpr std::string_view things[] = {"recommendation", "report", "supplement", "standard",
                                                "document",       "item",   "proposal",   "deliverable"};
  if (const auto field = known_field(name)) return field;
  for (const std::string_view quality : {"proposed ", "draft ", "working "}) {
    if (name.starts_with(quality)) name.remove_prefix(quality.size());
  }
  if (const std::size_t of = name.find(" of "); of != std::string_view::npos) {
    if (!among(name.substr(name.rfind(' ') + 1), things)) return std::nullopt;
    name = name.substr(0, of);
  }
  const auto field = known_field(name);
  return field == Field::title ? Field::proposed_title : field;
}

/// Without a bullet or a number: "• ", "1.2 ", "iv. ".
std::string_view without_number(std::string_view text) {
  const std::size_t blank = std::min(text.find(' '), text.size());
  const std::string_view first = text.substr(0, blank);
  const bool number =
      !first.empty() && first.size() <= 8 && (!is_letter(first[0]) || first.ends_with('.') || first.ends_with(')'));
  return number ? trimmed(text.substr(blank)) : text;
}

/// The label that a line begins with: "Editor(s): …", "Scope (defines …): …", "2 References".
std::optional<Label> label_of(const Line& line) {
  if (line.kind == Kind::code) return std::nullopt;
  const std::string_view text = without_number(line.text);
  const std::string_view name = text.substr(0, text.find_first_of(":("));
  if (name.size() > 100) return std::nullopt;
  std::string_view rest = text.substr(name.size());
  if (rest.starts_with("(s)")) rest = trimmed(rest.substr(3));
  if (rest.starts_with("(")) {
    const std::size_t end = rest.find(')');
    if (end == std::string_view::npos) return std::nullopt;
    rest = trimmed(rest.substr(end + 1));
  }
  const bool bare = !rest.starts_with(":");
  if (bare && !rest.empty()) return std::nullopt;
  const auto field = field_of(lower(trimmed(name)));
  if (!field) return std::nullopt;
  rest.remove_prefix(std::min(rest.find_first_not_of(": "), rest.size()));
  return Label{*field, bare, rest};
}

// ---- titles -------------------------------------------------------------------------------------------------------------------

/// "X.sgai", "X.1254", "XSTR-SEC": a document of ITU-T.
bool is_reference(std::string_view word) {
  const std::size_t mark = word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  if (mark == std::string_view::npos || mark + 1 == word.size()) return false;
  if (word[mark] == '-') return mark == 4 && word.substr(1, 2) == "ST";
  std::string_view rest = word.substr(mark + 1);
  // "U.S." is none.
  return word[mark] == '.' && (mark == 1 || mark == 2) && (is_digit(rest[0]) || next_word(rest).size() > 1);
}

/// Bytes before the title itself, "Draft new Recommendation ITU-T X.sgai: "; all of them where nothing follows the reference.
std::size_t prefix_length(std::string_view title) {
  static constexpr std::string_view newness[] = {"draft", "new", "proposed", "revised", "proposal", "justification"};
  static constexpr std::string_view kinds[] = {"recommendation", "rec.", "rec",      "supplement",   "report",
                                               "paper",          "item", "proposal", "justification"};
  static constexpr std::string_view others[] = {"a",   "an",  "the", "itu-t", "technical", "work",
                                                "a.1", "for", "of",  "to",    "start",     "initiate"};
  static constexpr std::string_view marks[] = {":", ",", "–", "—", "- "};
  static constexpr std::string_view quotes[] = {"\"", "“", "”", "„", "‘", "«", "'"};
  bool is_new = false;     // Some word says so,
  bool has_kind = false;   // and some what it is;
  bool reference = false;  // or its reference does,
  bool numbered = true;    // which is not that of a draft.
  for (std::size_t i = 0; i < title.size();) {
    const std::string_view rest = title.substr(i);
    const bool known = reference || (is_new && has_kind);
    for (const std::string_view mark : marks) {
      if (rest.starts_with(mark)) return known ? i + mark.size() : 0;
    }
    const std::string_view word = rest.substr(0, std::max<std::size_t>(rest.find_first_of(" :,"), 1));
    const std::string small = lower(word);
    if (small == "on" && is_new && has_kind) return i + word.size();
    if (is_reference(word) && small != "a.1") {
      reference = true;
      numbered = is_digit(word[word.find_first_of(".-") + 1]);
    } else if (among(small, newness) || among(small, kinds)) {
      is_new = is_new || among(small, newness);
      has_kind = has_kind || among(small, kinds);
    } else if (small != " " && !among(small, others)) {
      return !numbered || (known && starts_with_any(rest, quotes)) ? i : 0;
    }
    i += word.size();
  }
  return reference ? title.size() : 0;
}

std::string_view without_quotes(std::string_view text) {
  static constexpr std::pair<std::string_view, std::string_view> pairs[] = {{"\"", "\""}, {"“", "”"}, {"„", "“"},
                                                                            {"‘", "’"},   {"'", "'"}, {"«", "»"}};
  for (const auto& [open, close] : pairs) {
    if (text.size() <= open.size() + close.size() || !text.starts_with(open) || !text.ends_with(close)) continue;
    const std::string_view inner = text.substr(open.size(), text.size() - open.size() - close.size());
    // Two quotes with something between are two quotes.
    if (inner.find(open) == std::string_view::npos) return trimmed(inner);
  }
  return text;
}

/// What stands after the blank of a form, "[to be filled in: number] “Title” remarks": the title in its quotes.
std::string_view after_blank(std::string_view title) {
  const std::size_t end = title.find(']');
  if (!title.starts_with('[') || end == std::string_view::npos || !has_words(title.substr(end + 1))) return title;
  const std::string_view rest = trimmed(title.substr(end + 1));
  static constexpr std::pair<std::string_view, std::string_view> pairs[] = {{"“", "”"}, {"\"", "\""}};
  for (const auto& [open, close] : pairs) {
    const std::size_t closing = rest.starts_with(open) ? rest.find(close, open.size()) : std::string_view::npos;
    if (closing != std::string_view::npos) return trimmed(rest.substr(open.size(), closing - open.size()));
  }
  return rest;
}

/// The title itself, without references and quotes around it.
std::string bare_title(std::string_view title) {
  title = after_blank(title);
  // "New work item proposal: X.sgai, “…”".
  for (int round = 0; round < 3; ++round) {
    if (const auto rest = trimmed(title.substr(prefix_length(title))); has_words(rest)) title = rest;
    const std::size_t last = title.rfind('(');
    if (title.ends_with(')') && last != std::string_view::npos && last > 0 &&
        is_reference(title.substr(last + 1, title.size() - last - 2)))
      title = trimmed(title.substr(0, last));
    title = without_quotes(title);
  }
  return std::string(title);
}

/// Without what a draft leaves to people: "[to be filled in: number]".
std::string without_blanks(std::string text) {
  constexpr std::string_view beginning = "[to be filled in";
  for (std::size_t at = text.find(beginning); at != std::string::npos; at = text.find(beginning, at)) {
    const std::size_t end = text.find(']', at);
    if (end == std::string::npos) break;
    text.erase(at, end + 1 - at);
  }
  return std::string(trimmed(text));
}

// ---- what a document says -----------------------------------------------------------------------------------------------------

class Form {
 public:
  explicit Form(const Outline& outline) : lines_(outline.lines), answered_(lines_.size(), false) {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      labels_.push_back(label_of(lines_[i]));
      // Columns, too, are called "Title": in a table, a label without a colon stands first in its row.
      const bool first = i == 0 || lines_[i - 1].row != lines_[i].row || lines_[i - 1].cell == lines_[i].cell;
      if (labels_[i] && labels_[i]->bare && !first) labels_[i].reset();
    }
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::size_t end = labels_[i] ? end_of_answer(i) : i;
      for (std::size_t n = i + 1; n < end; ++n) answered_[n] = true;
    }
  }

  [[nodiscard]] Document read() const {
    Document result;
    const std::size_t after = find_title(result.title);
    std::set<std::string> told;
    for (const Field field : {Field::scope, Field::summary}) {
      for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (!asks(i, field)) continue;
        const std::string text = without_blanks(answer(i));
        if (!has_words(text) || !told.insert(text).second) continue;
        if (!result.scope.empty()) result.scope += '\n';
        result.scope += text;
      }
    }
    if (!told.empty()) return result;
    for (std::size_t i = after; i < lines_.size(); ++i) append(result.scope, i, labels_[i] ? labels_[i]->value : lines_[i].text);
    return result;
  }

 private:
  [[nodiscard]] bool asks(std::size_t i, Field field) const { return labels_[i] && labels_[i]->field == field; }

  /// The line after those that answer the label on line `i` besides what follows it there.
  [[nodiscard]] std::size_t end_of_answer(std::size_t i) const {
    const Line& asking = lines_[i];
    const Label& label = *labels_[i];
    std::size_t end = i + 1;
    std::size_t cell = asking.cell;
    // Alone in its cell, a label asks the next one with text in its row or, as the last of its row, the one below.
    if (const bool last = end < lines_.size() && lines_[end].cell != cell; last && cell != 0 && label.value.empty()) {
      if (lines_[end].row == asking.row || lines_[end].cell == cell + 1) cell = lines_[end].cell;
    }
    const auto goes_on = [&] {
      if (end == lines_.size() || (asking.cell != 0 && lines_[end].cell != cell)) return false;
      const Line& line = lines_[end];
      const bool below = asking.kind == Kind::heading && line.kind == Kind::heading && line.level > asking.level;
      if (labels_[end]) return below && labels_[end]->field == Field::other;
      return below || asking.cell != 0 || line.kind == Kind::text || line.kind == Kind::code;
    };
    if (label.field == Field::scope || label.field == Field::summary || cell != asking.cell) {
      while (goes_on()) ++end;
    } else {
      if (label.value.empty() && goes_on()) ++end;
      // "X.sgai" on one line, its title on the next.
      if (label.field < Field::scope && goes_on() && is_prefix(text_of(label.value, i + 1, end))) ++end;
    }
    return end;
  }

  /// Whether the text names a draft, and not its title.
  [[nodiscard]] static bool is_prefix(std::string_view text) { return !text.empty() && prefix_length(text) == text.size(); }

  void append(std::string& out, std::size_t i, std::string_view text) const {
    if (!has_words(text)) return;
    if (!out.empty()) out += lines_[i].continues ? ' ' : '\n';
    out += text;
  }

  [[nodiscard]] std::string text_of(std::string_view start, std::size_t first, std::size_t end) const {
    std::string out(start);
    for (std::size_t i = first; i < end; ++i) append(out, i, lines_[i].text);
    return out;
  }

  [[nodiscard]] std::string answer(std::size_t i) const { return text_of(labels_[i]->value, i + 1, end_of_answer(i)); }

  /// The line after the title.
  std::size_t find_title(std::string& title) const {
    for (const Field field : {Field::proposed_title, Field::title, Field::subject}) {
      for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (!asks(i, field)) continue;
        const std::string given = cleaned(answer(i));
        title = has_words(without_blanks(given)) ? bare_title(given) : std::string();
        if (has_words(title)) return end_of_answer(i);
      }
    }
    const auto rank = [](const Line& line) {
      return line.kind == Kind::title ? 0 : line.kind == Kind::heading ? (line.level == 1 ? 1 : 2) : 3;
    };
    std::size_t best = lines_.size();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!labels_[i] && !answered_[i] && (best == lines_.size() || rank(lines_[i]) < rank(lines_[best]))) best = i;
    }
    title.clear();
    if (best == lines_.size()) return 0;
    std::size_t after = best + 1;
    if (is_prefix(lines_[best].text) && after < lines_.size() && !labels_[after]) ++after;
    title = bare_title(cleaned(text_of({}, best, after)));
    return after;
  }

  const std::vector<Line>& lines_;
  std::vector<std::optional<Label>> labels_;
  std::vector<bool> answered_;
};

// ---- files --------------------------------------------------------------------------------------------------------------------

/// The text without its byte order mark.
std::string_view checked_text(std::string_view bytes) {
  static constexpr std::string_view others[] = {"PK\x03\x04", "%PDF-", "{\\rtf"};
  if (starts_with_any(bytes, others))
    throw Unreadable{0, "neither text nor named .docx; save it as \"Word Document (*.docx)\" or as UTF-8 text"};
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (is_clean_utf8(bytes)) return bytes;
  std::uint32_t number = 1;
  for (std::string_view rest = bytes;; ++number) {
    const std::size_t length = std::min(rest.find('\n'), rest.size());
    if (!is_clean_utf8(rest.substr(0, length))) throw Unreadable{number, "not UTF-8 text; save it as UTF-8"};
    rest.remove_prefix(length + 1);
  }
}

Outline outline_of(std::string_view bytes, const std::string& name) {
  if (bytes.empty()) throw Unreadable{0, "empty; save the document again"};
  if (bytes.size() > largest_document)
    throw Unreadable{0, fmt::format("larger than {} MiB; take the proposal alone, without pictures", largest_document >> 20)};
  if (bytes.starts_with("\xD0\xCF\x11\xE0"))
    throw Unreadable{0,
                     "a document of Word 97-2003 (.doc) or with a password; save it as \"Word Document (*.docx)\" without one"};
  if (name.ends_with(".docx")) return outline_of_docx(bytes);
  const std::string_view text = checked_text(bytes);
  return name.ends_with(".md") || name.ends_with(".markdown") ? outline_of_markdown(text) : outline_of_text(text);
}

/// Reads with `read` what makes of an outline the one thing or throws Unreadable.
template <class Read>
auto read_outline(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics, const Read& read)
    -> std::optional<decltype(read(Outline()))> {
  try {
    return read(outline_of(bytes, lower(file)));
  } catch (const Unreadable& fault) {
    diagnostics.push_back({Severity::error, file, fault.line, fault.message});
  } catch (const Error& error) {
    diagnostics.push_back({Severity::error, file, 0, error.what()});
  }
  return std::nullopt;
}

/// "Session 3A – AI for security": what begins with the word and a number, or with the word and a colon.
std::optional<WorkshopProgramme::Session> session_in(std::string_view line) {
  constexpr std::string_view word = "session";
  if (!lower(line).starts_with(word)) return std::nullopt;
  std::string_view rest = trimmed(line.substr(word.size()));
  WorkshopProgramme::Session session;
  while (!rest.empty() && is_digit(rest.front())) session.number += rest.front(), rest.remove_prefix(1);
  if (!session.number.empty() && !rest.empty() && is_letter(rest.front()) && (rest.size() == 1 || !is_letter(rest[1])))
    session.number += rest.front(), rest.remove_prefix(1);
  if (session.number.empty() && !rest.starts_with(':')) return std::nullopt;
  static constexpr std::string_view between[] = {":", ".", ")", "-", "–", "—", " "};
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view sign : between) {
      if (rest.starts_with(sign)) rest.remove_prefix(sign.size()), found = true;
    }
  }
  session.title = rest.empty() ? line : rest;
  return session;
}

/// An item of a list without its mark: "–", "3.", "(a)", "O1:".
std::string_view without_mark(std::string_view text) {
  const std::size_t blank = std::min(text.find(' '), text.size());
  const std::string_view first = text.substr(0, blank);
  static constexpr std::string_view bullets[] = {"-", "*", "•", "–", "·", "●"};
  const bool number =
      first.size() > 1 && first.size() <= 5 && (first.ends_with('.') || first.ends_with(')') || first.ends_with(':'));
  return number || among(first, bullets) ? trimmed(text.substr(blank)) : text;
}

WorkshopProgramme programme_of(const Outline& outline) {
  WorkshopProgramme programme;
  bool of_objectives = false;
  for (const Line& line : outline.lines) {
    auto session = line.kind == Kind::code ? std::nullopt : session_in(line.text);
    if (session) {
      of_objectives = false;
      const auto same = [&](const WorkshopProgramme::Session& s) {
        return s.number == session->number && (!s.number.empty() || s.title == session->title);
      };
      if (std::ranges::none_of(programme.sessions, same)) programme.sessions.push_back(std::move(*session));
      continue;
    }
    const bool heads = line.kind == Kind::heading || line.kind == Kind::title || line.text.ends_with(':');
    if (heads) {
      of_objectives = lower(line.text).find("objective") != std::string::npos;
      if (programme.title.empty() && line.kind != Kind::text && !of_objectives) programme.title = line.text;
    } else if (of_objectives) {
      const std::string_view item = without_mark(line.text);
      if (line.continues && item.size() == line.text.size() && !programme.objectives.empty())
        programme.objectives.back() += " " + line.text;
      else
        programme.objectives.emplace_back(item);
    }
  }
  if (programme.objectives.empty() && programme.sessions.empty())
    throw Unreadable{0,
                     "names neither objectives nor sessions: write objectives as lines below the heading \"Objectives\", and "
                     "sessions as lines \"Session 1: …\""};
  return programme;
}

}  // namespace

std::optional<WorkshopProgramme> read_programme(std::string_view bytes, const std::string& file,
                                                std::vector<Diagnostic>& diagnostics) {
  return read_outline(bytes, file, diagnostics, programme_of);
}

std::optional<Document> read_document(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  return read_outline(bytes, file, diagnostics, [](const Outline& outline) {
    if (outline.lines.empty()) throw Unreadable{0, "holds no words (pictures are not read); write what is proposed as text"};
    Document document = Form(outline).read();
    if (document.title.empty() && document.scope.empty())
      throw Unreadable{0, "holds nothing but the labels of a form; fill in its title and scope"};
    return document;
  });
}

}  // namespace lacuna
