#include "render/blanks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

template <class Use>
void each_blank(Paper& paper, const Use& use) {
  const auto in = [&](Prose& prose) {
    for (Run& run : prose) {
      if (run.kind == Run::Kind::blank) use(run);
    }
  };
  for (Passage& passage : paper.passages) {
    in(passage.text);
    for (PaperTable::Row& row : passage.table.rows) {
      for (PaperTable::Cell& cell : row.cells) {
        for (Prose& prose : cell.paragraphs) in(prose);
      }
    }
  }
}

}  // namespace

std::vector<std::string> blanks_of(const Paper& paper) {
  std::vector<std::string> blanks;
  Paper copy = paper;
  each_blank(copy, [&](const Run& run) {
    if (std::ranges::find(blanks, run.text) == blanks.end()) blanks.push_back(run.text);
  });
  return blanks;
}

Paper filled_in(Paper paper, const std::vector<std::string>& fills) {
  if (fills.empty()) return paper;
  const std::vector<std::string> blanks = blanks_of(paper);
  std::map<std::string, std::string> texts;
  for (const std::string& fill : fills) {
    // A blank may have "=" in its words.
    const auto blank = std::ranges::find_if(blanks, [&](const std::string& b) { return fill.starts_with(b + "="); });
    if (blank == blanks.end())
      throw Error(ErrorCode::usage, "--fill",
                  fmt::format("no blank reads \"{}\"; {}", shortened(harmless(fill.substr(0, fill.find('='))), 60),
                              blanks.empty() ? "the paper has none" : "there are: " + join(blanks, "; ")));
    texts[*blank] = fill.substr(blank->size() + 1);
  }
  each_blank(paper, [&](Run& run) {
    const auto text = texts.find(run.text);
    if (text == texts.end() || text->second.empty()) return;
    run.text = text->second;
    run.kind = Run::Kind::plain;
  });
  return paper;
}

}  // namespace lacuna
