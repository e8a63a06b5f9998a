// The thinnest layer over libpq that turns its errors into ours. Nobody else includes its header.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;

namespace lacuna {

/// An address of a PostgreSQL database without the password that may stand in it.
std::string without_password(const std::string& address);

/// Rows of texts; NULL is an empty one.
using SqlRows = std::vector<std::vector<std::string>>;
/// $1, $2 … of a statement; nothing is NULL.
using SqlValues = std::vector<std::optional<std::string>>;

/// A connection, made when it is first needed, and again where it was lost.
class Postgres {
 public:
  explicit Postgres(std::string address);
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;
  ~Postgres();

  /// A statement with $1, $2 … as the texts; without any, also several statements. It must be one that may be sent again: where
  /// the connection is lost, or the server asks for it (class 40 of SQLSTATE), it is, a few times. Throws Error(io).
  SqlRows ask(std::string_view statement, const SqlValues& values = {});
  /// The same of one that adds rows: how many came. Nothing where the rights of the role do not reach (SQLSTATE 42501).
  std::optional<std::size_t> put(std::string_view statement, const SqlValues& values);
  /// As ask(); nothing where the rights do not reach, or there is no such table (42P01).
  std::optional<SqlRows> ask_if_there(std::string_view statement, const SqlValues& values);
  /// What `body` asks, all of it or nothing; it is called again where ask() would send again.
  void together(const std::function<void()>& body);

 private:
  struct Answer;
  Answer attempt(std::string_view statement, const SqlValues& values);
  Answer answer(std::string_view statement, const SqlValues& values);
  void connect();
  [[noreturn]] void fail(const Answer& answer) const;

  std::string address_;
  bool together_ = false;
  struct Closing {
    void operator()(pg_conn* connection) const;
  };
  std::unique_ptr<pg_conn, Closing> connection_;
};

}  // namespace lacuna
