// Tables of verdicts, filled in: CSV, or a part of the workbook that Lacuna wrote. The first byte 'c' says CSV.
#include <unistd.h>

#include "fuzz/fuzz.hpp"
#include "fuzz/parts.hpp"
#include "import/review_table.hpp"
#include "lacuna/import.hpp"

using namespace lacuna;

namespace {

std::vector<ReviewRow> rows() {
  ReviewRow row;
  row.deliverable = "ISO/IEC 100:2019";
  row.need = "R1";
  row.need_title = "Signed models";
  row.verdict = "accept";
  row.relation = "superset-of";
  row.reason = "- a reason";
  return {row, row};
}

const fuzz::Parts& good() {
  static const fuzz::Parts parts(write_review(rows(), true));
  return parts;
}

/// read_review() takes a file.
const std::string& scratch() {
  static const std::string stem = (std::filesystem::temp_directory_path() / fmt::format("lacuna-fuzz-{}", ::getpid())).string();
  return stem;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (const auto folder = fuzz::option(*argc, *argv, "--seeds="); !folder.empty()) {
    good().write_seeds(folder);
    std::ofstream(std::filesystem::path(folder) / "table", std::ios::binary) << 'c' << write_review(rows(), false);
    std::exit(0);
  }
  std::atexit([] {
    std::error_code ignored;
    for (const std::string_view ending : {".csv", ".xlsx"}) std::filesystem::remove(scratch() + std::string(ending), ignored);
  });
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text_of(data, size);
  const bool csv = input.starts_with('c');
  const std::string path = scratch() + (csv ? ".csv" : ".xlsx");
  const std::string bytes = csv ? std::string(input.substr(1)) : good().with(input);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  try {
    for (const ReviewRow& r : read_review(path)) {
      fuzz::claim_clean("a verdict is well-formed text", {&r.deliverable, &r.need, &r.verdict, &r.relation, &r.reason, &r.by});
    }
  } catch (const Error& error) {
    fuzz::claim_told(error);
  }
  return 0;
}
