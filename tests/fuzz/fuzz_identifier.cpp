// Identifiers: nothing is thrown, keys are stable, and the written form means what was read.
#include "fuzz/fuzz.hpp"
#include "lacuna/identifier.hpp"

using namespace lacuna;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const Identifier id = parse_identifier(text);
  const std::string document = id.document();
  fuzz::claim(document == parse_identifier(text).document(), "the same text has the same key", document);
  const Identifier again = parse_identifier(id.text);
  fuzz::claim(again.document() == document, "the written form has the key of what was read",
              fmt::format("{} → {} → {}", document, id.text, again.document()));
  fuzz::claim(again.work() == id.work(), "the written form names the same work", fmt::format("{} → {}", id.work(), again.work()));
  fuzz::claim(!works_meant(text).empty(), "every text may mean a work");
  return 0;
}
