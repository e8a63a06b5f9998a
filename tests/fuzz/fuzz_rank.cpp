// JSON lines for `lacuna rank`: candidates, links and questions.
#include "fuzz/fuzz.hpp"
#include "import/rank_lines.hpp"
#include "lacuna/import.hpp"

using namespace lacuna;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view lines = fuzz::text_of(data, size);
  std::vector<Diagnostic> told;
  try {
    (void)read_rank_candidates(lines, "candidates.jsonl", told);
    (void)read_rank_links(lines, "links.jsonl", told);
    (void)read_rank_queries(lines, "queries.jsonl", told);
  } catch (const Error& error) {
    fuzz::claim_told(error);
  }
  fuzz::claim_told(told);
  return 0;
}
