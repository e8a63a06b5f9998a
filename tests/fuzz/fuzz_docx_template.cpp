// A user's template for documents, one part of it changed: told, or a document that can be read back.
#include "formats/package.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/parts.hpp"
#include "lacuna/paper.hpp"
#include "lacuna/render.hpp"
#include "support/sample_paper.hpp"

using namespace lacuna;

namespace {

const Paper& paper() {
  static const Paper small = test::small_paper();
  return small;
}

std::string document(std::string_view layout) {
  for (const PaperFormat& format : paper_formats()) {
    if (format.name == "docx") return format.render(paper(), layout);
  }
  std::abort();
}

const fuzz::Parts& good() {
  static const fuzz::Parts parts(document(""));
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
    made = document(good().with(fuzz::text_of(data, size)));
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
