#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <random>

#include "base/text.hpp"
#include "formats/json.hpp"

using namespace lacuna;
using json::Json;

namespace {

/// The one diagnostic that reading `bytes` gives, as text; "fine" where there is none.
std::string json_fault(std::string_view bytes) {
  std::vector<Diagnostic> diagnostics;
  const auto value = json::read(bytes, "f", diagnostics);
  if (value) {
    CHECK(diagnostics.empty());
    return "fine";
  }
  REQUIRE(diagnostics.size() == 1);
  return to_string(diagnostics.front());
}

Json parsed(std::string_view bytes) {
  std::vector<Diagnostic> diagnostics;
  auto value = json::read(bytes, "f", diagnostics);
  for (const Diagnostic& d : diagnostics) UNSCOPED_INFO(to_string(d));
  REQUIRE(value);
  return *value;
}

const Json& member(const Json& object, std::string_view name) {
  for (std::size_t i = 0; i < object.names.size(); ++i) {
    if (object.names[i] == name) return object.items[i];
  }
  FAIL("no member " << name);
  return object;
}

}  // namespace

TEST_CASE("json: every value knows its line") {
  const Json root = parsed(
      "\n"
      "{\n"
      "  \"text\": \"x\",\n"
      "  \"number\": 12,\n"
      "  \"last\": 1.5\n"
      "  ,\n"
      "  \"list\": [\n"
      "    1,\n"
      "    -2\n"
      "  ], \"empty\": [\n\n],\n"
      "  \"object\": {\"flag\": true,\n"
      "    \"nothing\":\n"
      "      null\n"
      "  }\n"
      "}\n");
  CHECK(root.line == 2);
  CHECK(member(root, "text").line == 3);
  CHECK(member(root, "number").line == 4);
  CHECK(member(root, "last").line == 5);
  CHECK(member(root, "list").line == 7);
  CHECK(member(root, "list").items[0].line == 8);
  CHECK(member(root, "list").items[1].line == 9);
  CHECK(member(root, "empty").line == 10);
  CHECK(member(root, "object").line == 13);
  CHECK(member(member(root, "object"), "flag").line == 13);
  CHECK(member(member(root, "object"), "nothing").line == 15);
}

TEST_CASE("json: lines end with a newline, with or without a carriage return before it") {
  const Json root = parsed("[1\r\n,\r\n2\r\n,\"a\"]");
  CHECK(root.items[0].line == 1);
  CHECK(root.items[1].line == 3);
  CHECK(root.items[2].line == 4);
}

TEST_CASE("json: a lone value is a document") {
  CHECK(parsed("7").integer == 7);
  CHECK(parsed("7\n").line == 1);
  CHECK(parsed("\n\n\"x\"").line == 3);
  CHECK(parsed("1.25").real == 1.25);
  CHECK(parsed("-0").type == Json::Type::integer);
  CHECK(parsed("\xEF\xBB\xBF[]").type == Json::Type::array);
}

TEST_CASE("json: a name that stands twice in one object is told") {
  CHECK(json_fault("{\"a\": 1,\n \"a\": 2}") == "f:2: error: \"a\" stands twice in one object; keep one");
  CHECK(json_fault("{\"a\": 1, \"\\u0061\": 2}") == "f:1: error: \"a\" stands twice in one object; keep one");
  CHECK(json_fault("{\"a\": {\"a\": 1}, \"b\": {\"a\": 1}}") == "fine");
  CHECK(json_fault("{\"a\": 1, \"A\": 1}") == "fine");
  const std::string name(100, 'n');
  CHECK(json_fault("{\"" + name + "\": 1, \"" + name + "\": 2}") ==
        "f:1: error: \"" + std::string(59, 'n') + "…\" stands twice in one object; keep one");
}

TEST_CASE("json: 64 levels are enough, more are refused without using the stack") {
  const auto nested = [](std::size_t n, const std::string& open, const std::string& close) {
    std::string text;
    for (std::size_t i = 0; i < n; ++i) text += open;
    for (std::size_t i = 0; i < n; ++i) text += close;
    return text;
  };
  CHECK(json_fault(nested(64, "[", "]")) == "fine");
  CHECK(json_fault(nested(65, "[", "]")) == "f:1: error: nested deeper than 64 levels");
  CHECK(json_fault(nested(65, "[\n", "]")) == "f:65: error: nested deeper than 64 levels");
  CHECK(json_fault(nested(100'000, "[", "]")) == "f:1: error: nested deeper than 64 levels");
  CHECK(json_fault(nested(100'000, "{\"a\":", "}")) == "f:1: error: nested deeper than 64 levels");
  CHECK(json_fault(std::string(100'000, '[')) == "f:1: error: nested deeper than 64 levels");
}

TEST_CASE("json: a text of one mebibyte is read, a longer one is refused") {
  CHECK(parsed("[\"" + std::string(json::longest_text, 'x') + "\"]").items[0].text.size() == 1048576);
  CHECK(json_fault("[\n\"" + std::string(json::longest_text + 1, 'x') + "\"]") ==
        "f:2: error: a text of 1048577 bytes is too long; at most 1048576");
  CHECK(json_fault("{\"" + std::string(json::longest_text + 1, 'x') + "\": 1}") ==
        "f:1: error: a text of 1048577 bytes is too long; at most 1048576");
}

// A hundred megabytes give the same in ten times the time; unit tests are to be quick.
TEST_CASE("json: a text of ten megabytes is refused") {
  std::string bytes = "[\"";
  bytes.append(10'000'000, 'x');
  bytes += "\"]";
  CHECK(json_fault(bytes) == "f:1: error: a text of 10000000 bytes is too long; at most 1048576");
}

TEST_CASE("json: NUL is refused, raw and escaped, wherever it stands") {
  const auto with_nul = [](const char* before, const char* after) { return std::string(before) + '\0' + after; };
  CHECK(json_fault("[\n\"a\\u0000b\"]") == "f:2: error: a text holds NUL or malformed UTF-8; remove it");
  CHECK(json_fault("{\"a\\u0000b\": 1}") == "f:1: error: a text holds NUL or malformed UTF-8; remove it");
  CHECK(json_fault(with_nul("[\n\"a", "b\"]")) == "f:2: error: not JSON: a NUL byte; remove it");
  CHECK(json_fault(with_nul("[1,\n\n", "2]")) == "f:3: error: not JSON: a NUL byte; remove it");
  CHECK(json_fault(with_nul("[", "]")) == "f:1: error: not JSON: a NUL byte; remove it");
  CHECK(json_fault(with_nul("", "[]")) == "f:1: error: not JSON: a NUL byte; remove it");
}

TEST_CASE("json: what stands behind a NUL is not silently left out") {
  CHECK(json_fault(std::string("[]\n\0", 4)) == "f:2: error: not JSON: a NUL byte; remove it");
  CHECK(json_fault(std::string("{\"nodes\": []}\0 {\"nodes\": [1]}", 29)) == "f:1: error: not JSON: a NUL byte; remove it");
}

TEST_CASE("json: malformed UTF-8 is refused") {
  for (const char* bytes : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE2\x82"}) {
    INFO(bytes);
    CHECK(json_fault(std::string("[\n\"") + bytes + "\"]") == "f:2: error: not JSON: invalid string: ill-formed UTF-8 byte");
  }
  CHECK(json_fault("[\"\\ud800\"]") ==
        "f:1: error: not JSON: invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF");
  CHECK(json_fault("[\"\\udc00\"]") ==
        "f:1: error: not JSON: invalid string: surrogate U+DC00..U+DFFF must follow U+D800..U+DBFF");
  CHECK(parsed("[\"\\ud834\\udd1e\"]").items[0].text == "𝄞");
}

TEST_CASE("json: the member after the ten thousandth of one object is refused") {
  std::string bytes = "{";
  for (std::size_t i = 0; i < json::most_members; ++i) bytes += std::to_string(i).insert(0, i > 0 ? ",\n\"" : "\"") + "\":0";
  CHECK(json_fault(bytes + ",\n\"x\":0}") == "f:10001: error: an object of more than 10000 members");
}

TEST_CASE("json: broken syntax gives one diagnostic with its line") {
  CHECK(json_fault("") == "f:1: error: not JSON: unexpected end of input; expected '[', '{', or a literal");
  CHECK(json_fault("  \n ") == "f:2: error: not JSON: unexpected end of input; expected '[', '{', or a literal");
  CHECK(json_fault("{") == "f:1: error: not JSON: unexpected end of input; expected string literal");
  CHECK(json_fault("{\n\"a\": 1,\n}") == "f:3: error: not JSON: unexpected '}'; expected string literal");
  CHECK(json_fault("[1\n2]") == "f:2: error: not JSON: unexpected number literal; expected ']'");
  CHECK(json_fault("[1,\n,2]") == "f:2: error: not JSON: unexpected ','; expected '[', '{', or a literal");
  CHECK(json_fault("{a: 1}") == "f:1: error: not JSON: invalid literal");
  CHECK(json_fault("[\n\n'a']") == "f:3: error: not JSON: invalid literal");
  CHECK(json_fault("[\"abc") == "f:1: error: not JSON: invalid string: missing closing quote");
  CHECK(json_fault("[] []") == "f:1: error: not JSON: unexpected '['; expected end of input");
  CHECK(json_fault("[1] // note") == "f:1: error: not JSON: invalid literal");
  CHECK(json_fault("nodes:\n  - id: a\n") == "f:1: error: not JSON: invalid literal");
}

TEST_CASE("json: a document cut anywhere is refused with one diagnostic") {
  const std::string whole = "{\"a\": [1, -2.5e3, \"Ä\\n\", true],\n \"b\": {\"c\": null, \"d\": \"€\"}\n}";
  CHECK(json_fault(whole) == "fine");
  for (std::size_t n = 0; n < whole.size(); ++n) {
    INFO(n);
    const std::string said = json_fault(whole.substr(0, n));
    CHECK(said.find(": error: not JSON: ") != std::string::npos);
  }
}

TEST_CASE("json: numbers at the edge of 64 bits") {
  CHECK(parsed("9223372036854775807").integer == std::numeric_limits<std::int64_t>::max());
  CHECK(parsed("-9223372036854775808").integer == std::numeric_limits<std::int64_t>::min());
  CHECK(json_fault("9223372036854775808") == "f:1: error: the number 9223372036854775808 is too large");
  CHECK(json_fault("[18446744073709551615]") == "f:1: error: the number 18446744073709551615 is too large");
  CHECK(parsed("1e308").real == 1e308);
  CHECK(parsed("1e-999").real == 0);
}

TEST_CASE("json: a whole number that does not fit is refused, however long it is") {
  CHECK(json_fault("18446744073709551616") != "fine");
  CHECK(json_fault("-9223372036854775809") != "fine");
  CHECK(json_fault(std::string(400, '9')) != "fine");
}

TEST_CASE("json: a number that is too large is told in plain words, with its own line") {
  CHECK(json_fault("[\n18446744073709551615\n]") == "f:2: error: the number 18446744073709551615 is too large");
  CHECK(json_fault("[1e999]") == "f:1: error: the number 1e999 is too large");
  CHECK(json_fault("[\n-1e999\n]") == "f:2: error: the number -1e999 is too large");
}

TEST_CASE("json: what was found, in words") {
  const Json root = parsed("[null, true, 1, 1.5, \"a\", [], {}]");
  std::vector<std::string> words;
  for (const Json& item : root.items) words.emplace_back(json::kind_of(item));
  CHECK(words == std::vector<std::string>{"null", "true or false", "a number", "a number", "a text", "a list", "an object"});
}

TEST_CASE("json: members keep their order and values their types") {
  const Value value = json::to_value(parsed("{\"z\": 1, \"a\": [1.0, true, null, \"x\"], \"m\": {}}"));
  CHECK(json::write_compact(value) == "{\"z\":1,\"a\":[1.0,true,null,\"x\"],\"m\":{}}");
  CHECK(value["a"].if_array()->front().if_real() != nullptr);
  CHECK(value["z"].if_integer() != nullptr);
}

// ---- writing ------------------------------------------------------------------------------------------------------------------

TEST_CASE("json: texts are written with the escapes that they need") {
  CHECK(json::write(Value("a\"b\\c\n\r\t\x01\x1F\x7FÄ/")) == "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001f\\u007fÄ/\"\n");
}

TEST_CASE("json: numbers are written shortest and stay what they are") {
  CHECK(json::write(Value(1.0)) == "1.0\n");
  CHECK(json::write(Value(-0.0)) == "-0.0\n");
  CHECK(json::write(Value(0.1)) == "0.1\n");
  CHECK(json::write(Value(1e100)) == "1e+100\n");
  CHECK(json::write(Value(std::int64_t{-5})) == "-5\n");
}

TEST_CASE("json: what fits in 120 columns stands on one line, what does not is broken") {
  // ["x…x"] takes 4 columns more than its text.
  const std::string fits(116, 'x');
  Value list = Value::array();
  list.push(fits);
  CHECK(json::write(list) == "[\"" + fits + "\"]\n");
  Value wider = Value::array();
  wider.push(fits + "x");
  CHECK(json::write(wider) == "[\n  \"" + fits + "x\"\n]\n");

  Value object = Value::object();
  object.set("a", Value(Value::Array{Value(1), Value(2)}));
  object.set("b", Value::object());
  CHECK(json::write(object) == "{\"a\": [1, 2], \"b\": {}}\n");
  object.set("c", std::string(100, 'y'));
  CHECK(json::write(object) == "{\n  \"a\": [1, 2],\n  \"b\": {},\n  \"c\": \"" + std::string(100, 'y') + "\"\n}\n");
}

TEST_CASE("json: inside an object, the name and the margin count towards the 120 columns") {
  // `  "name": ["x…x"]`: 2 + 8 + 4 columns beside the text.
  const auto document = [](std::size_t n) {
    Value list = Value::array();
    list.push(std::string(n, 'x'));
    Value object = Value::object();
    object.set("name", std::move(list)).set("other", std::string(50, 'y'));
    return json::write(object);
  };
  CHECK(document(105).find("\n  \"name\": [\"x") != std::string::npos);
  CHECK(document(107).find("\n  \"name\": [\n    \"x") != std::string::npos);
}

TEST_CASE("json: no line that could be broken is longer than 120 columns, the comma behind it included") {
  for (std::size_t n = 90; n < 120; ++n) {
    Value list = Value::array();
    list.push(std::string(n, 'x'));
    Value object = Value::object();
    object.set("name", std::move(list)).set("other", std::string(50, 'y'));
    const std::string text = json::write(object);
    INFO(text);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      const bool breakable = text.substr(at, end - at).find('[') != std::string::npos;
      if (breakable) CHECK(end - at <= 120);
      at = end + 1;
    }
  }
}

namespace {

/// Random values; the same on every machine, for mt19937_64 is the same everywhere and no distribution is used.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t below(std::uint64_t n) { return engine_() % n; }

  std::string text() {
    static const std::vector<std::string> letters = {"a",    "Z",    "0", " ", "\"", "\\",     "/", "\n", "\t", "\r",
                                                     "\x01", "\x7F", "Ä", "€", "𝄞",  "\u2028", "{", "]",  ",",  ":"};
    std::string result;
    for (std::uint64_t n = below(below(10) == 0 ? 200 : 12); n > 0; --n) result += letters[below(letters.size())];
    return result;
  }
  double real() {
    static constexpr double some[] = {0.0, -0.5, 1.0, 0.1, 1e22, 1e-7, 123456.789, 1.7976931348623157e308, 5e-324, 1e16};
    return below(2) == 0 ? some[below(10)] : std::ldexp(static_cast<double>(engine_()), static_cast<int>(below(200)) - 164);
  }
  Value value(int depth) {
    switch (below(depth > 0 ? 7 : 5)) {
      case 0: return {};
      case 1: return Value(below(2) == 0);
      case 2: return Value(static_cast<std::int64_t>(below(3) == 0 ? engine_() : below(1000)));
      case 3: return Value(real());
      case 4: return Value(text());
      case 5: {
        Value list = Value::array();
        for (std::uint64_t n = below(6); n > 0; --n) list.push(value(depth - 1));
        return list;
      }
      default: {
        Value object = Value::object();
        for (std::uint64_t n = below(6); n > 0; --n) object.set(text(), value(depth - 1));
        return object;
      }
    }
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace

TEST_CASE("json: random values are read as they were written, in both styles, with the same bytes") {
  Random random(20190121);
  for (int i = 0; i < 3000; ++i) {
    const Value value = random.value(5);
    const std::string pretty = json::write(value);
    const std::string compact = json::write_compact(value);
    INFO(compact);
    REQUIRE(json::write(value) == pretty);
    REQUIRE(pretty.back() == '\n');
    REQUIRE(compact.find('\n') == std::string::npos);
    REQUIRE(is_clean_utf8(pretty));
    std::vector<Diagnostic> diagnostics;
    const auto first = json::read(pretty, "f", diagnostics);
    const auto second = json::read(compact, "f", diagnostics);
    REQUIRE(first);
    REQUIRE(second);
    REQUIRE(json::to_value(*first) == value);
    REQUIRE(json::to_value(*second) == value);
    REQUIRE(json::write(json::to_value(*first)) == pretty);
  }
}
