// The thinnest layer over SQLite that turns its errors into ours.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lacuna {

class Statement;

/// A connection. Closes itself.
class Connection {
 public:
  /// What the file is to us, and so how far it is trusted.
  enum class Is : std::uint8_t {
    map,     ///< Perhaps a stranger's: only read, and guarded against what a file of SQLite can do to its reader.
    locked,  ///< The same, opened to keep writers away, to settle what others left unfinished, and to change its rows.
    part     ///< Our own on its way to become a map, seen by nobody else; errors say that nothing was changed.
  };
  /// `told` is what the user calls it, where that is not the path. Waits a few seconds for programs that write to it. Throws
  /// Error(io).
  Connection(const std::string& path, Is is, std::string told = {});
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  void run(const std::string& sql);
  [[nodiscard]] Statement prepare(std::string_view sql) const;
  [[nodiscard]] std::int64_t number(std::string_view sql) const;
  /// Earlier versions had fewer tables; the states of a map that were tagged do not tell their version.
  [[nodiscard]] bool has_table(std::string_view name) const;
  /// The whole database as bytes, and one in memory from such bytes, which are then as little trusted as a map.
  [[nodiscard]] std::string bytes() const;
  void load(std::string_view bytes);
  /// Throws the last error of this connection as ours.
  [[noreturn]] void fail() const;
  /// Every page into another database, which is empty.
  void copy_to(const Connection& other) const;
  /// As the user calls it.
  [[nodiscard]] const std::string& path() const { return told_; }
  /// Throws Error(damaged_map): what is wrong with it, and what to do.
  [[noreturn]] void damaged(const std::string& what) const;

 private:
  friend class Statement;
  void guard();
  std::string path_;
  std::string told_;
  Is is_;
  sqlite3* handle_ = nullptr;
};

/// A prepared statement. `step()` gives the next row; columns and parameters count from 0 and 1 as in SQLite.
class Statement {
 public:
  Statement(const Connection& connection, std::string_view sql);
  Statement(Statement&& other) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, std::int64_t number);
  Statement& bind_real(int parameter, double number);
  Statement& bind_blob(int parameter, std::string_view bytes);
  Statement& bind_null(int parameter);
  Statement& bind_or_null(int parameter, std::optional<std::int64_t> number);
  /// An empty text is stored as NULL: the map does not tell "no text" from "empty text".
  Statement& bind_text_or_null(int parameter, std::string_view text);

  /// True when there is a row.
  bool step();
  /// Makes it ready for the next values.
  void reset();
  /// Runs a statement without rows and makes it ready for the next values.
  void run();

  /// Valid until the next step(). Empty for NULL. Throws Error(damaged_map) where it is no well-formed UTF-8.
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string_view blob(int column) const;  ///< As text().
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] int columns() const;

  /// Binds all columns of a row to the parameters 1, 2, … of this statement, as they are.
  void bind_row(const Statement& row);
  /// Feeds all columns of the row, each with its type, to a hash.
  void add_to(std::uint64_t& hash) const;

 private:
  const Connection* connection_;
  sqlite3_stmt* handle_ = nullptr;
};

}  // namespace lacuna
