// Which slides of the file a slide of the deck becomes: what does not fit on one goes on on the next ones.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "render/pptx.hpp"

namespace lacuna::pptx {
namespace {

/// How a paragraph of a body is measured. Templates indent more than ours; we reckon with theirs.
struct Measure {
  double width;
  double size;
  double before;
  double widen;
  std::size_t most;  ///< Lines of a slide; no more of a text is looked at.

  /// Of texts that are higher than a slide, more than that.
  double height(std::string_view text) const {
    return text.empty() ? 0 : before + static_cast<double>(lines_in(text, width, size, widen, most)) * pitch();
  }
  std::string_view fitting(std::string_view text, std::size_t lines) const {
    return pptx::fitting(text, width, size, widen, lines);
  }
  double pitch() const { return 1.2 * size; }
};

/// Sets points one after the other and opens leaves where the body is full.
class PointSetter {
 public:
  PointSetter(const Slide& slide, const Base& base, std::vector<Leaf>& leaves)
      : slide_(slide), leaves_(leaves), frame_(base.content.body ? base.content.body->frame : base.area) {
    const double text = base.content.body ? std::clamp(base.content.body->size, 16.0, 24.0) : 20;
    const double more = base.content.body ? std::clamp(base.content.body->more_size, 16.0, 18.0) : 16;
    room_ = frame_.h - 7.2;
    const auto most = [this](double size) { return 1 + static_cast<std::size_t>(std::max(0.0, room_) / (1.2 * size)); };
    text_ = {std::max(60.0, frame_.w - 14.4 - 28), text, 0.45 * text, base.widen, most(text)};
    more_ = {std::max(60.0, frame_.w - 14.4 - 54), more, 0.25 * more, base.widen, most(more)};
  }

  /// Gives what is left free below the last point.
  Frame run() {
    for (const Slide::Point& point : slide_.points) {
      const std::string text = harmless(point.text);
      const std::string more = harmless(point.more);
      const double h = text_.height(text) + more_.height(more);
      if (h <= room_ && used_ + h > room_) open();
      add(text, text_, false);
      if (!more.empty()) add(more, more_, true);
    }
    const double below = frame_.y + used_ + 16;
    return {frame_.x, below, frame_.w, frame_.y + frame_.h - below};
  }

 private:
  void open() {
    Leaf leaf;
    leaf.kind = Leaf::Kind::content;
    leaf.title = title_;
    leaves_.push_back(std::move(leaf));
    used_ = 0;
    opened_ = true;
  }

  void add(std::string_view text, const Measure& measure, bool more) {
    if (!opened_) open();
    std::string_view before;
    std::string_view rest = text;
    std::string
        next;  // What goes on, as far as it could have room: copying all of it for each slide would take its length squared.
    while (next = std::string(before).append(measure.fitting(rest, measure.most + 1)),
           !rest.empty() && used_ + measure.height(next) > room_) {
      const double lines = std::floor((room_ - used_ - measure.before) / measure.pitch());
      if (lines < 2 && used_ > 0) {
        open();
        continue;
      }
      // However small the template's body is, something of the text stands on each slide.
      const std::string_view part = measure.fitting(next, static_cast<std::size_t>(std::max(1.0, lines)));
      if (part.size() <= before.size()) {
        before = "";
        continue;
      }
      leaves_.back().points.push_back({std::string(part) + " …", more});
      rest.remove_prefix(part.size() - before.size());
      rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of(' ')));
      before = "… continued: ";
      open();
    }
    leaves_.back().points.push_back({next, more});
    used_ += measure.height(next);
  }

  const Slide& slide_;
  std::string title_ = shortened(slide_.title, longest_title);
  std::vector<Leaf>& leaves_;
  Frame frame_;
  Measure text_{};
  Measure more_{};
  double room_ = 0;
  double used_ = 0;
  bool opened_ = false;
};

void add_slide(const Slide& slide, const Base& base, std::vector<Leaf>& leaves) {
  const std::size_t first = leaves.size();
  if (slide.kind == Slide::Kind::title) {
    Leaf leaf;
    leaf.kind = Leaf::Kind::opening;
    leaf.title = slide.title;
    leaf.subtitle = slide.subtitle;
    leaves.push_back(std::move(leaf));
  }
  std::optional<Frame> under;
  if (!slide.points.empty()) under = PointSetter(slide, base, leaves).run();
  // A table of a row or two under the points says little; then it begins on a slide of its own.
  if (under && under->h < 0.4 * base.area.h) under.reset();
  if (slide.grid) add_table(*slide.grid, slide, base, under, leaves);
  if (slide.picture) add_picture(*slide.picture, slide, base, leaves);
  if (leaves.size() == first) {
    leaves.emplace_back();
    leaves.back().title = slide.title;
  }
  const std::size_t parts = leaves.size() - first;
  for (std::size_t i = 0; i < parts; ++i) {
    Leaf& leaf = leaves[first + i];
    // With blanks at which no line breaks.
    if (parts > 1) leaf.says = fmt::format("({}\u00A0of\u00A0{})", i + 1, parts);
    std::vector<std::string> notes;
    if (i == 0) {
      notes = slide.notes;
    } else if (!slide.notes.empty()) {
      notes.push_back(fmt::format("Goes on from slide {}, where its notes stand.", first + 1));
    }
    leaf.notes.insert(leaf.notes.begin(), notes.begin(), notes.end());
  }
}

}  // namespace

std::vector<Leaf> leaves_of(const Deck& deck, const Base& base) {
  std::vector<Leaf> leaves;
  for (const Slide& slide : deck.slides) {
    const std::size_t first = leaves.size();
    add_slide(slide, base, leaves);
    for (std::size_t i = first; i < leaves.size(); ++i)
      leaves[i].footer = deck.footer + (deck.footer.empty() || slide.whose.empty() ? "" : " · ") + slide.whose;
  }
  return leaves;
}

}  // namespace lacuna::pptx
