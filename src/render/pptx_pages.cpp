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

  std::size_t lines(std::string_view text) const { return lines_in(text, width, size, widen); }
  double height(std::string_view text) const { return text.empty() ? 0 : before + static_cast<double>(lines(text)) * pitch(); }
  double pitch() const { return 1.2 * size; }
};

/// Sets points one after the other and opens leaves where the body is full.
class PointSetter {
 public:
  PointSetter(const Slide& slide, const Base& base, std::vector<Leaf>& leaves)
      : slide_(slide), leaves_(leaves), frame_(base.content.body ? base.content.body->frame : base.area) {
    const double text = base.content.body ? std::clamp(base.content.body->size, 16.0, 24.0) : 20;
    const double more = base.content.body ? std::clamp(base.content.body->more_size, 16.0, 18.0) : 16;
    text_ = {frame_.w - 14.4 - 28, text, 0.45 * text, base.widen};
    more_ = {frame_.w - 14.4 - 54, more, 0.25 * more, base.widen};
    room_ = frame_.h - 7.2;
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
    leaf.title = slide_.title;
    leaves_.push_back(std::move(leaf));
    used_ = 0;
    opened_ = true;
  }

  void add(std::string_view text, const Measure& measure, bool more) {
    if (!opened_) open();
    std::string rest(text);
    while (used_ + measure.height(rest) > room_) {
      const double lines = std::floor((room_ - used_ - measure.before) / measure.pitch());
      if (lines < 2) {
        open();
        continue;
      }
      const std::string part(fitting(rest, measure.width, measure.size, measure.widen, static_cast<std::size_t>(lines)));
      leaves_.back().points.push_back({part + " …", more});
      rest = "… continued: " + rest.substr(std::min(rest.size(), rest.find_first_not_of(' ', part.size())));
      open();
    }
    leaves_.back().points.push_back({rest, more});
    used_ += measure.height(rest);
  }

  const Slide& slide_;
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
  for (const Slide& slide : deck.slides) add_slide(slide, base, leaves);
  return leaves;
}

}  // namespace lacuna::pptx
