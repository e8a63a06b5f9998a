// Change files, in the text form of maps (`gaps --with`) and as change sets (`apply`), held against a map that has some of their
// nodes.
#include "change/apply.hpp"
#include "fuzz/fuzz.hpp"
#include "lacuna/import.hpp"

using namespace lacuna;

namespace {

const Map& base() {
  static const Map map = [] {
    constexpr std::string_view text = R"({"nodes": [
      {"id": "G", "kind": "group", "title": "A group"},
      {"id": "R1", "kind": "requirement", "title": "Models are signed", "aliases": ["signed"]},
      {"id": "D1", "kind": "deliverable", "title": "Signatures", "dates": {"published": "2024"}}],
      "links": [{"from": "G", "relation": "develops", "to": "D1"},
                {"from": "D1", "relation": "covers", "to": "R1", "degree": "partial", "rationale": "x"}]})";
    const Input input{"base.json", text};
    return importer("map").read({&input, 1}).map;
  }();
  return map;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Input input{"change.json", fuzz::text_of(data, size)};
  try {
    if (is_change_set(input.bytes)) {
      const ChangeSet set = read_change_set(input.bytes, input.file);
      Map map = base();
      const std::vector<Conflict> conflicts = apply(map, set);
      contest(map, conflicts, set.by, set.made);
      fuzz::claim_clean(map);
      lines_of(set);
      apply(map, inverse(set));
      return 0;
    }
    const Imported imported = import_change({&input, 1}, base());
    fuzz::claim_told(imported.diagnostics);
    fuzz::claim_clean(imported.map);
  } catch (const Error& error) {
    fuzz::claim_told(error);
  }
  return 0;
}
