// OSCAL in XML and in YAML: the first byte 'x' says XML.
#include "fuzz/fuzz.hpp"
#include "lacuna/import.hpp"

using namespace lacuna;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text_of(data, size);
  if (input.empty()) return 0;
  const Input document{input.front() == 'x' ? "catalog.xml" : "catalog.yaml", input.substr(1)};
  const Imported imported = importer("oscal").read({&document, 1});
  fuzz::claim(imported.readable || !imported.diagnostics.empty(), "what cannot be read is told");
  fuzz::claim_told(imported.diagnostics);
  fuzz::claim_clean(imported.map);
  return 0;
}
