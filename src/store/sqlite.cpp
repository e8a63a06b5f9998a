#include "store/sqlite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <new>
#include <system_error>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/percent.hpp"
#include "base/text.hpp"
#include "formats/json.hpp"
#include "lacuna/error.hpp"

namespace lacuna {

namespace {

/// More than any text, index or tag in a map has reason to take.
constexpr int longest_value = 512 << 20;
constexpr int longest_wait_ms = 5000;

/// A path as SQLite's own kind of address, to be read as it lies there: without locks, and without files beside it.
std::string immutable(const std::string& path) { return "file:" + percent_encoded(path, "/.-_") + "?immutable=1"; }

void is_json(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  if (bytes == nullptr) return sqlite3_result_null(context);
  std::vector<Diagnostic> diagnostics;
  const std::string_view text(bytes, static_cast<std::size_t>(sqlite3_value_bytes(values[0])));
  sqlite3_result_int(context, json::read(text, "", diagnostics) ? 1 : 0);
}

}  // namespace

Connection::Connection(const std::string& path, Is is, std::string told) : path_(path), told_(std::move(told)), is_(is) {
  if (told_.empty()) told_ = path_;
  // Also for reading: a change that another program began and did not end is taken back first, and nothing is left beside the
  // map.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
  const auto open = [&](const std::string& place, int how) {
    if (sqlite3_open_v2(place.c_str(), &handle_, how, nullptr) == SQLITE_OK) return;
    const int error = sqlite3_system_errno(handle_);
    const std::string message = error != 0 ? std::generic_category().message(error) : sqlite3_errmsg(handle_);
    sqlite3_close(handle_);
    throw Error(ErrorCode::io, told_,
                fmt::format("cannot be opened: {}{}", message, is_ == Is::part ? "; nothing was changed" : ""));
  };
  open(path, is == Is::part ? flags | SQLITE_OPEN_CREATE : flags);
  sqlite3_busy_timeout(handle_, longest_wait_ms);
  if (is == Is::part) {
    // Nobody else sees it: neither journal nor waiting for the disk, which comes once at the end.
    run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536;");
    return;
  }
  guard();
  if (is == Is::locked) return;
  // Where nothing may be written, a map that another program keeps with a write-ahead log can still be read if all of it is in
  // the file.
  if (sqlite3_exec(handle_, "PRAGMA schema_version", nullptr, nullptr, nullptr) != SQLITE_OK &&
      (sqlite3_errcode(handle_) == SQLITE_CANTOPEN || sqlite3_errcode(handle_) == SQLITE_READONLY) &&
      !holds_something(path + "-wal") && !holds_something(path + "-journal")) {
    sqlite3_close(handle_);
    open(immutable(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX);
    guard();
  }
  run("PRAGMA query_only = ON");
}

void Connection::guard() {
  // What a schema of a stranger says is not run, its tables behind tables are not written, and no value eats all memory.
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_limit(handle_, SQLITE_LIMIT_LENGTH, longest_value);
  sqlite3_limit(handle_, SQLITE_LIMIT_ATTACHED, 0);
  // Not every SQLite holds its own for harmless; the schema of a map uses it.
  sqlite3_create_function_v2(handle_, "json_valid", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr, is_json,
                             nullptr, nullptr, nullptr);
  sqlite3_exec(handle_, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;", nullptr, nullptr, nullptr);
}

// The second form waits for statements that outlive the connection.
Connection::~Connection() { sqlite3_close_v2(handle_); }

void Connection::damaged(const std::string& what) const {
  throw Error(ErrorCode::damaged_map, told_,
              fmt::format("is damaged ({}); build it again from its text form{}", harmless(what),
                          is_ == Is::part ? "; nothing was changed" : ""));
}

void Connection::fail() const {
  const std::string_view unchanged = is_ == Is::map ? "" : "; nothing was changed";  // A transaction ends with its lock.
  const auto io = [&](const std::string& what) { return Error(ErrorCode::io, told_, fmt::format("{}{}", what, unchanged)); };
  const int error = sqlite3_system_errno(handle_);
  const std::string reason = error != 0 ? std::generic_category().message(error) : sqlite3_errmsg(handle_);
  switch (sqlite3_errcode(handle_)) {
    case SQLITE_NOTADB:
      throw Error(ErrorCode::not_a_map, told_, "is not a map of Lacuna; make one with: lacuna build FOLDER -o MAP");
    case SQLITE_CORRUPT: damaged(sqlite3_errmsg(handle_));
    case SQLITE_CONSTRAINT: throw io(fmt::format("cannot be written: {}", sqlite3_errmsg(handle_)));
    case SQLITE_TOOBIG: damaged("it holds a value of more than 512 MiB");
    case SQLITE_NOMEM: throw std::bad_alloc();
    case SQLITE_FULL: throw Error(ErrorCode::io, told_, "cannot be written: the disk is full; nothing was changed");
    case SQLITE_BUSY:
    case SQLITE_LOCKED: throw Error(ErrorCode::io, told_, "is being changed by another command; try again when that is done");
    case SQLITE_READONLY:
      if (sqlite3_extended_errcode(handle_) == SQLITE_READONLY)
        throw Error(ErrorCode::io, told_, "cannot be written: it is read-only; nothing was changed");
      throw Error(ErrorCode::io, told_,
                  fmt::format("another program left a change of it unfinished ({}-journal or -wal), which cannot be settled "
                              "where nothing may be written; copy the files to "
                              "a folder of yours",
                              told_));
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      if (is_ != Is::map) throw io(fmt::format("cannot be written: {}", reason));
      throw io(fmt::format("cannot be read or written: {}", reason));
    default: throw io(fmt::format("cannot be read or written: {}", sqlite3_errmsg(handle_)));
  }
}

void Connection::run(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

void Connection::copy_to(const Connection& other) const {
  sqlite3_backup* backup = sqlite3_backup_init(other.handle_, "main", handle_, "main");
  if (backup == nullptr) other.fail();
  sqlite3_backup_step(backup, -1);
  if (sqlite3_backup_finish(backup) != SQLITE_OK) other.fail();
}

std::string Connection::bytes() const {
  sqlite3_int64 size = 0;
  unsigned char* data = sqlite3_serialize(handle_, "main", &size, 0);
  if (data == nullptr) fail();
  std::string copy(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
  sqlite3_free(data);
  return copy;
}

void Connection::load(std::string_view bytes) {
  auto* data = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  if (data == nullptr) throw Error(ErrorCode::io, path_, "there is not enough memory");
  std::ranges::copy(bytes, data);
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  if (sqlite3_deserialize(handle_, "main", data, size, size, SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY) !=
      SQLITE_OK)
    fail();
  guard();
}

Statement Connection::prepare(std::string_view sql) const { return {*this, sql}; }

std::int64_t Connection::number(std::string_view sql) const {
  Statement statement = prepare(sql);
  return statement.step() ? statement.number(0) : 0;
}

bool Connection::has_table(std::string_view name) const {
  Statement row = prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  return row.bind(1, name).step();
}

Statement::Statement(const Connection& connection, std::string_view sql) : connection_(&connection) {
  if (sqlite3_prepare_v2(connection.handle_, sql.data(), static_cast<int>(sql.size()), &handle_, nullptr) != SQLITE_OK)
    connection.fail();
}

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_), handle_(std::exchange(other.handle_, nullptr)) {}

Statement::~Statement() { sqlite3_finalize(handle_); }

Statement& Statement::bind(int parameter, std::string_view text) {
  // A view without bytes may point nowhere, which SQLite would take for NULL.
  const char* bytes = text.empty() ? "" : text.data();
  if (sqlite3_bind_text64(handle_, parameter, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) != SQLITE_OK)
    connection_->fail();
  return *this;
}

Statement& Statement::bind(int parameter, std::int64_t number) {
  if (sqlite3_bind_int64(handle_, parameter, number) != SQLITE_OK) connection_->fail();
  return *this;
}

Statement& Statement::bind_real(int parameter, double number) {
  if (sqlite3_bind_double(handle_, parameter, number) != SQLITE_OK) connection_->fail();
  return *this;
}

Statement& Statement::bind_blob(int parameter, std::string_view bytes) {
  if (sqlite3_bind_blob64(handle_, parameter, bytes.data(), bytes.size(), SQLITE_TRANSIENT) != SQLITE_OK) connection_->fail();
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  if (sqlite3_bind_null(handle_, parameter) != SQLITE_OK) connection_->fail();
  return *this;
}

Statement& Statement::bind_or_null(int parameter, std::optional<std::int64_t> number) {
  return number ? bind(parameter, *number) : bind_null(parameter);
}

Statement& Statement::bind_text_or_null(int parameter, std::string_view text) {
  return text.empty() ? bind_null(parameter) : bind(parameter, text);
}

bool Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) connection_->fail();
  return code == SQLITE_ROW;
}

void Statement::reset() {
  if (sqlite3_reset(handle_) != SQLITE_OK) connection_->fail();
}

void Statement::run() {
  step();
  reset();
}

std::string_view Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  if (bytes == nullptr) return {};
  const std::string_view text(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
  if (!is_clean_utf8(text))
    connection_->damaged(
        fmt::format("the text \"{}\" of a {} is no UTF-8", shortened(harmless(text), 40), sqlite3_column_name(handle_, column)));
  return text;
}

std::string_view Statement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  return bytes == nullptr ? std::string_view()
                          : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(handle_, column); }
double Statement::real(int column) const { return sqlite3_column_double(handle_, column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

int Statement::columns() const { return sqlite3_column_count(handle_); }

void Statement::bind_row(const Statement& row) {
  for (int column = 0; column < row.columns(); ++column) {
    if (sqlite3_bind_value(handle_, column + 1, sqlite3_column_value(row.handle_, column)) != SQLITE_OK) connection_->fail();
  }
}

void Statement::add_to(std::uint64_t& hash) const {
  for (int column = 0; column < columns(); ++column) {
    const int type = sqlite3_column_type(handle_, column);
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column));
    hash = hash_of({bytes, size}, hash_of(fmt::format("{}:{}:", type, size), hash));
  }
}

}  // namespace lacuna
