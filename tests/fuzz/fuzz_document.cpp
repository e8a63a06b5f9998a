// Proposals to be checked. The first byte says what the rest is: 'm' Markdown, 't' plain text, anything else a part of a DOCX.
#include "formats/document.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/parts.hpp"
#include "lacuna/paper.hpp"
#include "lacuna/render.hpp"
#include "support/sample_paper.hpp"

using namespace lacuna;

namespace {

const fuzz::Parts& good() {
  static const fuzz::Parts parts = [] {
    for (const PaperFormat& format : paper_formats()) {
      if (format.name == "docx") return fuzz::Parts(format.render(test::small_paper(), ""));
    }
    std::abort();
  }();
  return parts;
}

void write_seeds(const std::filesystem::path& folder) {
  good().write_seeds(folder);
  for (const PaperFormat& format : paper_formats()) {
    if (format.name != "md") continue;
    std::ofstream(folder / "markdown", std::ios::binary) << 'm' << format.render(test::small_paper(), "");
  }
  std::ofstream(folder / "text", std::ios::binary)
      << "tTitle: Signatures for models\nScope: Models are signed.\n\nSummary\nOf who releases a model.\n";
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (const auto folder = fuzz::option(*argc, *argv, "--seeds="); !folder.empty()) {
    write_seeds(folder);
    std::exit(0);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text_of(data, size);
  const char kind = input.empty() ? 't' : input[0];
  std::vector<Diagnostic> told;
  const auto document = kind == 'm'   ? read_document(input.substr(1), "input.md", told)
                        : kind == 't' ? read_document(input.empty() ? input : input.substr(1), "input.txt", told)
                                      : read_document(good().with(input), "input.docx", told);
  fuzz::claim_told(told);
  fuzz::claim(document.has_value() || !told.empty(), "what cannot be read is told");
  if (document) {
    fuzz::claim_clean("a proposal is well-formed text", {&document->title, &document->scope});
    fuzz::claim(document->title.find('\n') == std::string::npos, "a title is one line", document->title);
  }
  return 0;
}
