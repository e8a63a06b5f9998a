// A workbook of nodes and links, one part of it changed; the importer xlsx alone would mostly meet broken archives.
#include "fuzz/fuzz.hpp"
#include "fuzz/parts.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"

using namespace lacuna;

namespace {

const fuzz::Parts& good() {
  static const fuzz::Parts parts(table_template());
  return parts;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) { return fuzz::write_seeds_if_asked(*argc, *argv, good); }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string workbook = good().with(fuzz::text_of(data, size));
  const Input input{"input.xlsx", workbook};
  const Imported imported = importer("xlsx").read({&input, 1});
  fuzz::claim_told(imported.diagnostics);
  fuzz::claim(imported.readable || !imported.diagnostics.empty(), "what cannot be read is told");
  fuzz::claim_clean(imported.map);
  return 0;
}
