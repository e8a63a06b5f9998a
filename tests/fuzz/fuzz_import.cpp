// One importer, chosen with --importer=NAME, over one input. `--list` names the importers: each has a row in tests/fuzz/targets.
#include <algorithm>

#include "fuzz/fuzz.hpp"
#include "lacuna/import.hpp"

using namespace lacuna;

namespace {

const Importer* chosen = nullptr;

void claim_told_well(const Diagnostic& d, std::string_view bytes) {
  fuzz::claim(!d.message.empty() && is_clean_utf8(d.message), "a fault is told in well-formed text", d.message);
  const auto lines = static_cast<std::uint64_t>(std::ranges::count(bytes, '\n')) + 1;
  // YAML counts more characters as line breaks.
  const bool other_breaks = bytes.find_first_of("\r\xC2\xE2") != std::string_view::npos;
  fuzz::claim(d.line <= lines || other_breaks, "a fault stands on a line of the input", to_string(d));
}

void claim_clean(const Record& r) {
  fuzz::claim_clean("a record holds well-formed text", {&r.entry, &r.title, &r.abstract, &r.keywords, &r.type, &r.stage, &r.group,
                                                        &r.address, &r.project, &r.identifier.text});
  fuzz::claim(!r.identifier.text.empty(), "a record has an identifier");
}

void read_entry(std::string_view bytes) {
  Record record;
  const auto fault = chosen->read_entry({"entry.yaml", bytes}, 1, record);
  if (fault)
    claim_told_well(*fault, bytes);
  else
    claim_clean(record);
}

/// In pieces, whose size is the first byte's: what is read does not depend on where the pieces end.
void read_stream(std::string_view bytes) {
  const auto run = [&](std::size_t piece) {
    std::string seen;
    std::string_view rest = bytes;
    CatalogueSink sink;
    sink.known = [](std::string_view, std::uint64_t) { return false; };
    sink.unchanged = [](std::string_view) {};
    sink.progress = [](double) {};
    sink.record = [&](Record&& r) {
      claim_clean(r);
      seen += fmt::format("{}\n{}\n{}\n", r.identifier.text, r.title, r.fingerprint);
    };
    sink.skipped = [&](Diagnostic&& d) {
      claim_told_well(d, bytes);
      seen += to_string(d) + "\n";
    };
    const auto source = [&](std::string& more) {
      const std::size_t n = std::min(piece, rest.size());
      more.append(rest.substr(0, n));
      rest.remove_prefix(n);
      return n > 0;
    };
    try {
      chosen->read_stream("stream", source, sink);
    } catch (const Error& error) {
      fuzz::claim(error.code() == ErrorCode::bad_input, "only bad input ends a reading", error.what());
      seen += "broken";  // Which of two faults expat names depends on the pieces.
    }
    return seen;
  };
  const std::string whole = run(bytes.size());
  const std::size_t piece = bytes.empty() ? 1 : 1 + static_cast<unsigned char>(bytes.back());
  const std::string pieces = run(piece);
  fuzz::claim(whole == pieces, "pieces are read like the whole",
              fmt::format("{}\n--- in pieces of {}:\n{}", whole, piece, pieces));
}

void read_map(std::string_view bytes) {
  const Input input{"input" + std::string(chosen->extension), bytes};
  const Imported imported = chosen->read({&input, 1});
  for (const Diagnostic& d : imported.diagnostics) claim_told_well(d, bytes);
  fuzz::claim(imported.readable || !imported.diagnostics.empty(), "what cannot be read is told");
  fuzz::claim_clean(imported.map);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  constexpr std::string_view flag = "--importer=";
  for (int i = 1; i < *argc; ++i) {
    const std::string_view word = (*argv)[i];
    if (word == "--list") {
      for (const Importer& row : importers()) std::puts(std::string(row.name).c_str());
      std::exit(0);
    }
    if (word.starts_with(flag)) chosen = &importer(word.substr(flag.size()));
  }
  fuzz::claim(chosen != nullptr, "usage: lacuna_fuzz_import --importer=NAME [libFuzzer's options] [FOLDER…], or --list");
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  if (chosen->read != nullptr)
    read_map(bytes);
  else if (chosen->read_entry != nullptr)
    read_entry(bytes);
  else
    read_stream(bytes);
  return 0;
}
