#include "store/sqlite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lacuna/error.hpp"

namespace lacuna {

Connection::Connection(const std::string& path, int flags) : path_(path) {
  if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
    const int error = sqlite3_system_errno(handle_);
    const std::string message = error != 0 ? std::generic_category().message(error) : sqlite3_errmsg(handle_);
    sqlite3_close(handle_);
    throw Error(ErrorCode::io, path, fmt::format("cannot be opened: {}", message));
  }
}

// The second form waits for statements that outlive the connection.
Connection::~Connection() { sqlite3_close_v2(handle_); }

void Connection::fail() const {
  const int code = sqlite3_errcode(handle_);
  switch (code) {
    case SQLITE_NOTADB: throw Error(ErrorCode::not_a_map, path_, "is not a map of Lacuna; make one with: lacuna build FOLDER -o MAP");
    case SQLITE_CORRUPT: throw Error(ErrorCode::damaged_map, path_, fmt::format("is damaged ({}); build it again from its text form", sqlite3_errmsg(handle_)));
    case SQLITE_FULL: throw Error(ErrorCode::io, path_, "cannot be written: the disk is full; nothing was changed");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: {
      const int error = sqlite3_system_errno(handle_);
      throw Error(ErrorCode::io, path_, fmt::format("cannot be read or written: {}", error != 0 ? std::generic_category().message(error) : sqlite3_errmsg(handle_)));
    }
    default: throw Error(ErrorCode::io, path_, fmt::format("cannot be read or written: {}", sqlite3_errmsg(handle_)));
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
  if (sqlite3_deserialize(handle_, "main", data, size, size, SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) fail();
}

Statement Connection::prepare(std::string_view sql) const { return {*this, sql}; }

std::int64_t Connection::number(std::string_view sql) const {
  Statement statement = prepare(sql);
  return statement.step() ? statement.number(0) : 0;
}

Statement::Statement(const Connection& connection, std::string_view sql) : connection_(&connection) {
  if (sqlite3_prepare_v2(connection.handle_, sql.data(), static_cast<int>(sql.size()), &handle_, nullptr) != SQLITE_OK) connection.fail();
}

Statement::Statement(Statement&& other) noexcept : connection_(other.connection_), handle_(std::exchange(other.handle_, nullptr)) {}

Statement::~Statement() { sqlite3_finalize(handle_); }

Statement& Statement::bind(int parameter, std::string_view text) {
  // A view without bytes may point nowhere, which SQLite would take for NULL.
  const char* bytes = text.empty() ? "" : text.data();
  if (sqlite3_bind_text64(handle_, parameter, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) != SQLITE_OK) connection_->fail();
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
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
}

std::string_view Statement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(handle_, column); }
double Statement::real(int column) const { return sqlite3_column_double(handle_, column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

}  // namespace lacuna
