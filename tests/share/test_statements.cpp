// What is sent to a PostgreSQL server is what engines that speak its protocol take as well.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "share/carrier.hpp"
#include "store/read_model.hpp"

using namespace lacuna;

namespace {

// Each of PostgreSQL, Citus, CockroachDB and YugabyteDB documents these.
const std::set<std::string, std::less<>> common_words{
    "SELECT", "DISTINCT", "FROM", "WHERE",   "AND",    "IN",  "GROUP",  "BY",  "ORDER", "INSERT", "INTO",    "VALUES",
    "ON",     "CONFLICT", "DO",   "NOTHING", "UPDATE", "SET", "DELETE", "FOR", "BEGIN", "COMMIT", "ROLLBACK"};
const std::set<std::string, std::less<>> common_functions{"count", "max", "has_table_privilege"};

std::set<std::string, std::less<>> our_names() {
  std::set<std::string, std::less<>> names{"lacuna_change", "lacuna_stand", "map",  "device",  "number",  "clock", "author",
                                           "made",          "content",      "hash", "changes", "devices", "day"};
  for (const ReadTable& table : read_tables()) {
    names.insert(fmt::format("lacuna_{}", table.name));
    for (const ReadColumn& column : table.columns) names.emplace(column.name);
  }
  return names;
}

std::vector<std::string> tokens_of(std::string_view sql) {
  const auto in_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'; };
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < sql.size();) {
    if (sql[i] == ' ') {
      ++i;
    } else if (sql[i] == '\'') {
      const std::size_t end = sql.find('\'', i + 1);
      tokens.emplace_back(sql.substr(i, end + 1 - i));
      i = end + 1;
    } else if (in_word(sql[i])) {
      const std::size_t end = std::min(
          sql.size(), static_cast<std::size_t>(std::ranges::find_if_not(sql.substr(i), in_word) - sql.substr(i).begin()) + i);
      tokens.emplace_back(sql.substr(i, end - i));
      i = end;
    } else {
      tokens.emplace_back(1, sql[i++]);
    }
  }
  return tokens;
}

/// The first token that another engine may not know; empty where all are common.
std::string strange_in(std::string_view sql) {
  const auto names = our_names();
  const std::vector<std::string> tokens = tokens_of(sql);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string& token = tokens[i];
    const bool known = common_words.count(token) > 0 || names.count(token) > 0;
    const bool called =
        !known && std::isalpha(static_cast<unsigned char>(token.front())) != 0 && i + 1 < tokens.size() && tokens[i + 1] == "(";
    if (called && common_functions.count(token) == 0) return token;
    const bool value = token.front() == '$' || token.front() == '\'' || token == "0";
    const bool sign = token == "(" || token == ")" || token == "," || token == "=" || token == ">" || token == "*";
    if (!called && !value && !sign && !known) return token;
  }
  return {};
}

}  // namespace

TEST_CASE("statements: every one sent to PostgreSQL is common to the engines that speak its protocol") {
  const std::vector<std::string> statements = postgresql_statements();
  CHECK(statements.size() == 13 + 3 * read_tables().size());
  for (const std::string& statement : statements) {
    INFO(statement);
    CHECK(strange_in(statement) == "");
    // One map is one shard: what touches rows says which, but for the list of maps and the question of rights.
    const bool of_rows = statement.find("lacuna_") != std::string::npos;
    const bool of_all = statement.starts_with("SELECT DISTINCT map") || statement.starts_with("SELECT has_table_privilege");
    if (of_rows && !of_all)
      CHECK((statement.find("map = $1") != std::string::npos || statement.find("VALUES ($1, ") != std::string::npos));
    // Nothing of the log is changed or removed.
    if (statement.find("lacuna_change") != std::string::npos)
      CHECK((statement.starts_with("SELECT") || statement.starts_with("INSERT")));
  }
}

TEST_CASE("statements: what some of the engines lack is found") {
  CHECK(strange_in("LISTEN lacuna_change") == "LISTEN");
  CHECK(strange_in("SELECT pg_advisory_lock($1)") == "pg_advisory_lock");
  CHECK(strange_in("SELECT content::jsonb FROM lacuna_change") == ":");
  CHECK(strange_in("SELECT nextval('s')") == "nextval");
  CHECK(strange_in("LOCK TABLE lacuna_change") == "LOCK");
  CHECK(strange_in("MERGE INTO lacuna_stand") == "MERGE");
}
