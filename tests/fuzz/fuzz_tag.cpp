// A tag inside a map. The first byte 'm' says that the rest is the tagged map, to be packed; anything else, that it is packed
// already. Size and hash in the row are right, so that they protect nothing.
#include <sqlite3.h>

#include "formats/pack.hpp"
#include "fuzz/map_file.hpp"

using namespace lacuna;

namespace {

const fuzz::MapFile& file() {
  static const fuzz::MapFile there;
  return there;
}

void claim_done(int code) {
  fuzz::claim(code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW, "the row can be written", sqlite3_errstr(code));
}

std::string content_of_tag() {
  sqlite3* db = nullptr;
  sqlite3_stmt* row = nullptr;
  claim_done(sqlite3_open_v2(file().path().c_str(), &db, SQLITE_OPEN_READONLY, nullptr));
  claim_done(sqlite3_prepare_v2(db, "SELECT content, bytes FROM tag", -1, &row, nullptr));
  claim_done(sqlite3_step(row));
  const auto* blob = static_cast<const char*>(sqlite3_column_blob(row, 0));
  const std::string packed(blob, static_cast<std::size_t>(sqlite3_column_bytes(row, 0)));
  const auto size = static_cast<std::size_t>(sqlite3_column_int64(row, 1));
  sqlite3_finalize(row);
  sqlite3_close(db);
  return unpack(packed, size);
}

void put(const std::string& packed, std::size_t size) {
  sqlite3* db = nullptr;
  sqlite3_stmt* row = nullptr;
  claim_done(sqlite3_open_v2(file().path().c_str(), &db, SQLITE_OPEN_READWRITE, nullptr));
  claim_done(sqlite3_exec(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;", nullptr, nullptr, nullptr));
  claim_done(sqlite3_prepare_v2(db, "UPDATE tag SET content = ?, bytes = ?, hash = ?", -1, &row, nullptr));
  const std::string hash = fingerprint(packed);
  sqlite3_bind_blob64(row, 1, packed.data(), packed.size(), SQLITE_TRANSIENT);
  sqlite3_bind_int64(row, 2, static_cast<sqlite3_int64>(size));
  sqlite3_bind_text(row, 3, hash.c_str(), -1, SQLITE_TRANSIENT);
  claim_done(sqlite3_step(row));
  sqlite3_finalize(row);
  sqlite3_close(db);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (const auto folder = fuzz::option(*argc, *argv, "--seeds="); !folder.empty()) {
    std::filesystem::create_directories(folder);
    const std::string map = content_of_tag();
    std::ofstream(std::filesystem::path(folder) / "map", std::ios::binary) << 'm' << map;
    std::ofstream(std::filesystem::path(folder) / "packed", std::ios::binary) << 'p' << pack(map);
    std::exit(0);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text_of(data, size);
  static const std::size_t usual = content_of_tag().size();
  if (input.empty()) return 0;
  const std::string rest(input.substr(1));
  if (input[0] == 'm')
    put(pack(rest), rest.size());
  else
    put(rest, usual);
  file().read();
  return 0;
}
