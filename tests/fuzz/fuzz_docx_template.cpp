// A user's template for documents, one part of it changed: told, or a document that can be read back.
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

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) { return fuzz::write_seeds_if_asked(*argc, *argv, good); }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::claim_told_or_readable([&] { return document(good().with(fuzz::text_of(data, size))); });
  return 0;
}
