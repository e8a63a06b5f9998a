#include <catch2/catch.hpp>

#include "lacuna/error.hpp"

using namespace lacuna;

TEST_CASE("error: what() names the place and then the fault") {
  const Error error(ErrorCode::io, "map.db", "cannot be opened");
  CHECK(error.what() == std::string("map.db: cannot be opened"));
  CHECK(error.where() == "map.db");
  CHECK(error.code() == ErrorCode::io);
  CHECK(Error(ErrorCode::usage, "", "no such view").what() == std::string("no such view"));
}

TEST_CASE("diagnostic: file, line, severity and message; line 0 is left out") {
  CHECK(to_string(Diagnostic{Severity::error, "nodes.json", 12, "no title"}) == "nodes.json:12: error: no title");
  CHECK(to_string(Diagnostic{Severity::warning, "nodes.json", 12, "odd"}) == "nodes.json:12: warning: odd");
  CHECK(to_string(Diagnostic{Severity::error, "nodes.json", 0, "empty"}) == "nodes.json: error: empty");
  CHECK(count_errors({}) == 0);
  CHECK(count_errors({{Severity::error, "", 1, ""}, {Severity::warning, "", 2, ""}, {Severity::error, "", 3, ""}}) == 2);
}

TEST_CASE("did you mean: the nearest candidate, when it is near") {
  const std::vector<std::string_view> kinds = {"requirement", "capability", "use-case", "threat"};
  CHECK(did_you_mean("requirment", kinds) == "; did you mean \"requirement\"?");
  CHECK(did_you_mean("usecase", kinds) == "; did you mean \"use-case\"?");
  CHECK(did_you_mean("THREAT", kinds) == "; did you mean \"threat\"?");
  CHECK(did_you_mean("thraet", kinds) == "; did you mean \"threat\"?");
  CHECK(did_you_mean("deliverable", kinds) == "");
  CHECK(did_you_mean("requirement", {}) == "");
}

TEST_CASE("did you mean: an edit distance of a third of the word's length is near, one more is not") {
  CHECK(did_you_mean("abcdefghi", {"abcdefxyz"}) == "; did you mean \"abcdefxyz\"?");
  CHECK(did_you_mean("abcdefghi", {"abcdewxyz"}) == "");
  CHECK(did_you_mean("abcdefgh", {"abcdefxy"}) == "; did you mean \"abcdefxy\"?");
  CHECK(did_you_mean("abcdefgh", {"abcdewxy"}) == "");
}

TEST_CASE("did you mean: of equally near candidates the first") {
  CHECK(did_you_mean("O12", {"O11", "O13"}) == "; did you mean \"O11\"?");
  CHECK(did_you_mean("O12", {"O13", "O11"}) == "; did you mean \"O13\"?");
  CHECK(did_you_mean("O12", {"O13", "O12"}) == "; did you mean \"O12\"?");
}

TEST_CASE("did you mean: a very long word has no near candidate and costs no time") {
  const std::string word(100'000, 'a');
  const std::string candidate(100'000, 'a');
  CHECK(did_you_mean(word, {candidate}) == "");
}
