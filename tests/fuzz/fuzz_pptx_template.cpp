// A user's template for slides, one part of it changed: told, or a presentation that can be read back.
#include "formats/package.hpp"
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

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (const auto folder = fuzz::option(*argc, *argv, "--seeds="); !folder.empty()) {
    good().write_seeds(folder);
    std::exit(0);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string made;
  try {
    made = render_pptx(deck(), good().with(fuzz::text_of(data, size)));
  } catch (const Error& error) {
    fuzz::claim_told(error);
    return 0;
  }
  try {
    (void)read_package(made, "own output");
  } catch (const Error& error) {
    fuzz::claim(false, "own output can be read", error.what());
  }
  return 0;
}
