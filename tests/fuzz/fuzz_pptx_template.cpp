// A user's template for slides, one part of it changed: told, or a presentation that can be read back.
#include "fuzz/fuzz.hpp"
#include "fuzz/parts.hpp"
#include "lacuna/deck.hpp"

using namespace lacuna;

namespace {

const Deck& deck() {
  static const Deck two = [] {
    Slide title;
    title.kind = Slide::Kind::title;
    title.title = "Title";
    title.subtitle = "Subtitle";
    Slide content;
    content.title = "Content";
    content.points = {{"a point", "more"}};
    content.grid = Slide::Grid{{"a", "b"}, {1, 2}, {{{"1"}, {"covered", CoverageState::covered}}}};
    content.notes = {"note"};
    Deck made;
    made.title = "Deck";
    made.footer = "footer";
    made.slides = {title, content};
    return made;
  }();
  return two;
}

const fuzz::Parts& good() {
  static const fuzz::Parts parts(render_pptx(deck(), ""));
  return parts;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) { return fuzz::write_seeds_if_asked(*argc, *argv, good); }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::claim_told_or_readable([&] { return render_pptx(deck(), good().with(fuzz::text_of(data, size))); });
  return 0;
}
