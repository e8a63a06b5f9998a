#include "share/postgresql.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <regex>
#include <thread>

#include <libpq-fe.h>

#include "base/loaded_library.hpp"
#include "base/text.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

/// What is used of libpq. It brings OpenSSL, Kerberos and LDAP along.
struct Library {
  LoadedLibrary library{"libpq.so.5", "libpq5"};  // That the header describes.

  decltype(&PQclear) clear = library["PQclear"];
  decltype(&PQconnectdbParams) connect = library["PQconnectdbParams"];
  decltype(&PQcmdTuples) changed = library["PQcmdTuples"];
  decltype(&PQerrorMessage) error_message = library["PQerrorMessage"];
  decltype(&PQexec) exec = library["PQexec"];
  decltype(&PQexecParams) exec_params = library["PQexecParams"];
  decltype(&PQfinish) finish = library["PQfinish"];
  decltype(&PQgetlength) length = library["PQgetlength"];
  decltype(&PQgetvalue) value = library["PQgetvalue"];
  decltype(&PQnfields) columns = library["PQnfields"];
  decltype(&PQntuples) rows = library["PQntuples"];
  decltype(&PQresultErrorField) error_field = library["PQresultErrorField"];
  decltype(&PQresultStatus) result_status = library["PQresultStatus"];
  decltype(&PQsetNoticeProcessor) set_notice_processor = library["PQsetNoticeProcessor"];
  decltype(&PQstatus) status = library["PQstatus"];
};

const Library& pq() {
  static const Library library;
  return library;
}

std::string first_line(const char* text) {
  const std::string_view all = text == nullptr ? "" : text;
  return harmless(all.substr(0, all.find('\n')));
}

constexpr int most_attempts = 4;
void wait_before(int further_try) { std::this_thread::sleep_for(std::chrono::milliseconds(100 << further_try)); }

}  // namespace

std::string without_password(const std::string& address) {
  static const std::regex of_uri(R"(^(postgres(?:ql)?://[^:/@?]*):[^@/]*@)");
  static const std::regex of_query(R"(([?&])password=[^&]*&?)");
  static const std::regex of_words(R"((^|\s)password\s*=\s*('(?:[^'\\]|\\.)*'|\S*))");
  std::string bare = std::regex_replace(address, of_uri, "$1@");
  bare = std::regex_replace(bare, of_query, "$1");
  bare = std::regex_replace(bare, of_words, "$1");
  return bare;
}

struct Postgres::Answer {
  SqlRows rows;
  std::size_t changed = 0;
  std::string state;  ///< SQLSTATE; empty where all is well, "lost" where there is no connection.
  std::string message;

  /// Sent again, it may be answered otherwise.
  [[nodiscard]] bool is_passing() const { return state == "lost" || state.starts_with("40") || state.starts_with("57P"); }
};

void Postgres::Closing::operator()(pg_conn* connection) const { pq().finish(connection); }

Postgres::Postgres(std::string address) : address_(std::move(address)) {}
Postgres::~Postgres() = default;

void Postgres::connect() {
  const char* const names[] = {"client_encoding", "connect_timeout", "fallback_application_name", "dbname", nullptr};
  const char* const values[] = {"UTF8", "10", "lacuna", address_.c_str(), nullptr};
  connection_.reset(pq().connect(names, values, 1));
  if (connection_ == nullptr) throw std::bad_alloc();
  pq().set_notice_processor(
      connection_.get(), [](void*, const char*) {}, nullptr);
}

Postgres::Answer Postgres::attempt(std::string_view statement, const SqlValues& values) {
  if (connection_ == nullptr || pq().status(connection_.get()) != CONNECTION_OK) connect();
  if (pq().status(connection_.get()) != CONNECTION_OK) return {{}, 0, "lost", first_line(pq().error_message(connection_.get()))};
  std::vector<const char*> texts;
  for (const auto& value : values) texts.push_back(value ? value->c_str() : nullptr);
  const std::string text(statement);
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(
      values.empty() ? pq().exec(connection_.get(), text.c_str())
                     : pq().exec_params(connection_.get(), text.c_str(), static_cast<int>(texts.size()), nullptr, texts.data(),
                                        nullptr, nullptr, 0),
      pq().clear);
  const ExecStatusType status = pq().result_status(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    const char* state = result == nullptr ? nullptr : pq().error_field(result.get(), PG_DIAG_SQLSTATE);
    const bool lost = pq().status(connection_.get()) != CONNECTION_OK || state == nullptr;
    return {{}, 0, lost ? "lost" : state, first_line(pq().error_message(connection_.get()))};
  }
  Answer answer;
  const std::string_view changed = pq().changed(result.get());
  std::from_chars(changed.data(), changed.data() + changed.size(), answer.changed);
  for (int row = 0; row < pq().rows(result.get()); ++row) {
    std::vector<std::string>& cells = answer.rows.emplace_back();
    for (int column = 0; column < pq().columns(result.get()); ++column)
      cells.emplace_back(pq().value(result.get(), row, column), static_cast<std::size_t>(pq().length(result.get(), row, column)));
  }
  return answer;
}

Postgres::Answer Postgres::answer(std::string_view statement, const SqlValues& values) {
  for (int tries = 1;; ++tries) {
    Answer answer = attempt(statement, values);
    if (!answer.is_passing() || together_ || tries == most_attempts) return answer;
    wait_before(tries);
  }
}

void Postgres::fail(const Answer& answer) const {
  const std::string place = without_password(address_);
  if (answer.state == "lost")
    throw Error(ErrorCode::io, place,
                fmt::format("cannot be reached: {}; what was done here waits for the next sync", answer.message));
  if (answer.state == "42P01")
    throw Error(ErrorCode::io, place,
                "has no table for shared maps yet; whoever administers it makes it with: lacuna share ADDRESS --setup");
  if (answer.state == "42501")
    throw Error(ErrorCode::io, place,
                fmt::format("does not let this role do so ({}); who administers it grants lacuna_reader or lacuna_editor",
                            answer.message));
  throw Error(ErrorCode::io, place, fmt::format("answers: {} (SQLSTATE {})", answer.message, answer.state));
}

SqlRows Postgres::ask(std::string_view statement, const SqlValues& values) {
  Answer got = answer(statement, values);
  if (together_ && got.is_passing()) throw got;
  if (!got.state.empty()) fail(got);
  return std::move(got.rows);
}

std::optional<std::size_t> Postgres::put(std::string_view statement, const SqlValues& values) {
  const Answer got = answer(statement, values);
  if (got.state == "42501") return std::nullopt;
  if (!got.state.empty()) fail(got);
  return got.changed;
}

std::optional<SqlRows> Postgres::ask_if_there(std::string_view statement, const SqlValues& values) {
  Answer got = answer(statement, values);
  if (got.state == "42501" || got.state == "42P01") return std::nullopt;
  if (!got.state.empty()) fail(got);
  return std::move(got.rows);
}

void Postgres::together(const std::function<void()>& body) {
  for (int tries = 1;; ++tries) {
    try {
      together_ = true;
      ask("BEGIN");
      body();
      ask("COMMIT");
      together_ = false;
      return;
    } catch (const Answer& passing) {
      together_ = false;
      attempt("ROLLBACK", {});
      if (tries == most_attempts) fail(passing);
    } catch (...) {
      together_ = false;
      attempt("ROLLBACK", {});
      throw;
    }
    wait_before(tries);
  }
}

}  // namespace lacuna
