// Members of items as people type them, one a line: the first byte says of what ('n' node, 'l' link, 's' search record, else the
// map).
#include "change/typed_members.hpp"
#include "formats/json.hpp"
#include "fuzz/fuzz.hpp"
#include "lacuna/import.hpp"

using namespace lacuna;

namespace {

struct Kept {
  ItemKey::Of of;
  std::string_view list;  ///< Where the text form of a map has such items.
  std::string_view item;
};

const Kept& kept(char c) {
  static constexpr Kept rows[] = {
      {ItemKey::Of::node, "nodes", R"({"id": "R1", "kind": "requirement", "title": "Models are signed", "aliases": ["signed"]})"},
      {ItemKey::Of::link, "links", R"({"from": "D1", "relation": "covers", "to": "R1", "degree": "partial", "rationale": "x"})"},
      {ItemKey::Of::search, "searches",
       R"({"id": "S1", "by": "A", "on": "2024", "catalogues": [{"name": "C"}], "needs": ["R1"]})"},
      {ItemKey::Of::map, "map", R"({"title": "A map", "date": "2024"})"}};
  return rows[c == 'n' ? 0 : c == 'l' ? 1 : c == 's' ? 2 : 3];
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input = fuzz::text_of(data, size);
  if (input.empty()) return 0;
  const Kept& row = kept(input.front());
  input.remove_prefix(1);
  std::vector<Diagnostic> faults;
  Value item = json::to_value(json::read(row.item, "item.json", faults).value());
  while (!input.empty()) {
    const std::string_view line = input.substr(0, input.find('\n'));
    input.remove_prefix(std::min(line.size() + 1, input.size()));
    try {
      set_typed(item, row.of, std::string(line));
    } catch (const Error& error) {
      fuzz::claim_told(error);
      fuzz::claim(error.code() == ErrorCode::usage, "what is typed wrongly is a wrong use", error.what());
    }
  }
  Value document = Value::object();
  document.set(row.list, row.of == ItemKey::Of::map ? item : Value(Value::Array{item}));
  const std::string text = json::write(document);
  const Input whole{"typed.json", text};
  const Imported read = import_map({&whole, 1});
  fuzz::claim_told(read.diagnostics);
  fuzz::claim_clean(read.map);
  return 0;
}
