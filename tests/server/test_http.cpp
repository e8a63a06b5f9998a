#include <catch2/catch.hpp>

#include "server/guard.hpp"
#include "server/http.hpp"

using namespace lacuna;

TEST_CASE("http: texts in addresses come back as they were") {
  CHECK(encoded("X.1753 a/b?c=d&e") == "X.1753%20a%2Fb%3Fc%3Dd%26e");
  CHECK(encoded("é") == "%C3%A9");
  CHECK(query_text({{"scope", "SC 42"}, {"limit", "7"}}) == "scope=SC%2042&limit=7");
  CHECK(query_text({}).empty());
  CHECK(value_of({{"a", "1"}, {"a", "2"}}, "a") == "1");
  CHECK(value_of({{"a", "1"}}, "b").empty());
}

TEST_CASE("http: a header that comes twice is no header") {
  Request request;
  request.headers = {{"host", "127.0.0.1:1"}, {"origin", "a"}, {"host", "evil.example"}};
  CHECK_FALSE(request.header("host"));
  CHECK(request.header("origin") == "a");
  CHECK_FALSE(request.header("cookie"));
}

TEST_CASE("guard: who may ask") {
  Guard guard;
  guard.listens_on(8017);
  const std::string address = guard.address();
  REQUIRE(address.starts_with("http://127.0.0.1:8017/?key="));
  const std::string key = address.substr(address.find('=') + 1);
  CHECK(key.size() == 32);
  CHECK(Guard().address() != Guard().address());

  Request request;
  request.method = "GET";
  request.path = "/gaps";
  request.headers = {{"host", "127.0.0.1:8017"}, {"cookie", "other=1; lacuna-8017=" + key}};
  CHECK_FALSE(guard.refuse(request));
  request.headers[1].second = "lacuna-8018=" + key;
  CHECK(guard.refuse(request)->status == 403);
  request.headers[1].second = "xlacuna-8017=" + key;
  CHECK(guard.refuse(request)->status == 403);
  request.headers[1].second = "lacuna-8017=" + key;
  request.method = "POST";
  CHECK(guard.refuse(request)->status == 403);
  request.headers.emplace_back("origin", "http://127.0.0.1:8017");
  CHECK_FALSE(guard.refuse(request));
  // What the browser says of the site comes before what it says of the origin.
  request.headers.emplace_back("sec-fetch-site", "cross-site");
  CHECK(guard.refuse(request)->status == 403);
  request.headers.back().second = "same-origin";
  CHECK_FALSE(guard.refuse(request));
  request.headers[0].second = "rebound.example:8017";
  CHECK(guard.refuse(request)->status == 421);
}
