#include <catch2/catch.hpp>

#include "base/text.hpp"
#include "lacuna/import.hpp"

using namespace lacuna;

namespace {

const std::string& shipped() {
  static const std::string bytes = read_file(LACUNA_SOURCE "/data/profiles/default.json");
  return bytes;
}

std::string with(const std::string& old, const std::string& fresh) {
  std::string bytes = shipped();
  const std::size_t at = bytes.find(old);
  REQUIRE(at != std::string::npos);
  return bytes.replace(at, old.size(), fresh);
}

std::string fault(const std::string& bytes) {
  try {
    read_profile(bytes, "p.json");
  } catch (const Error& error) {
    CHECK((error.code() == ErrorCode::bad_input));
    return error.what();
  }
  return "fine";
}

}  // namespace

TEST_CASE("profile: the shipped file is the profile that is built in") {
  const Profile& profile = default_profile();
  const Profile read = read_profile(shipped(), "default.json");
  CHECK(profile.name == "default");
  CHECK(read.hash == profile.hash);
  CHECK(profile.hash.size() == 16);
  CHECK(profile.degree == std::array<double, 3>{1, 0.5, 0});
  CHECK(profile.maturity == std::array<double, 6>{0.2, 0.4, 0.8, 1, 0.1, 0});
  CHECK(profile.gap[static_cast<std::size_t>(GapKind::outside_scope)] == 0.7);
  CHECK(profile.affinity == std::array<double, 4>{1, 0.8, 0.6, 0.8});
  CHECK(profile.grouping_threshold == 0.3);
  CHECK(profile.grouping_largest == 8);
  CHECK(profile.grouping_pool == 200);
  CHECK(profile.demand_half == 8);
}

TEST_CASE("profile: the hash speaks of the weights and of nothing else") {
  const std::string hash = default_profile().hash;
  CHECK(read_profile(with("{\"full\": 1.0, ", "{\n  \"full\":1,"), "p").hash == hash);
  CHECK(read_profile(with("\"full\": 1.0", "\"full\": 0.9"), "p").hash != hash);
  CHECK(read_profile(with("\"largest\": 8", "\"largest\": 9"), "p").hash != hash);
}

TEST_CASE("profile: every fault is told with its line") {
  CHECK(fault("") == "p.json:1: not JSON: unexpected end of input; expected '[', '{', or a literal");
  CHECK(fault("[]") == "p.json:1: the profile must be an object");
  CHECK(fault("\n{}") == "p.json:2: the profile needs \"schema\"");
  CHECK(fault(with("profile-1", "profile-2")) == "p.json:2: the schema must be \"lacuna:schema/profile-1.json\"");
  CHECK(fault(with("\"lacuna:schema/profile-1.json\"", "5")) == "p.json:2: the schema must be \"lacuna:schema/profile-1.json\"");
  CHECK(fault(with("  \"name\": \"default\",\n", "")) == "p.json:1: the profile needs \"name\"");
  CHECK(fault(with("\"default\"", "5")) == "p.json:3: \"name\" must be a text");
  CHECK(fault(with("\"full\": 1.0", "\"full\": 1.01")) == "p.json:5: \"full\" is 1.01; it must be from 0 to 1");
  CHECK(fault(with("\"full\": 1.0", "\"full\": -0.5")) == "p.json:5: \"full\" is -0.5; it must be from 0 to 1");
  CHECK(fault(with("\"full\": 1.0", "\"full\": \"much\"")) == "p.json:5: \"full\" must be a number");
  CHECK(fault(with("\"full\": 1.0, ", "")) == "p.json:5: \"degree\" needs \"full\"");
  CHECK(fault(with("\"full\": 1.0", "\"full\": 1.0, \"ful\": 1")) == "p.json:5: \"degree\" has no weight \"ful\"; remove it");
  CHECK(fault(with("    \"approved\": 0.8,\n", "")) == "p.json:6: \"maturity\" needs \"approved\"");
  CHECK(fault(with("\"proposed\": 0.2", "\"proposed\": 2")) == "p.json:7: \"proposed\" is 2; it must be from 0 to 1");
  CHECK(fault(with("\"orphan\": 0.3", "\"orphans\": 0.3")) == "p.json:14: \"gap\" needs \"orphan\"");
  CHECK(fault(with("{\"threshold\"", "5, \"g\": {\"threshold\"")) == "p.json:30: \"grouping\" must be an object");
  CHECK(fault(with("\"threshold\": 0.3", "\"threshold\": 3")) == "p.json:30: \"threshold\" is 3; it must be from 0 to 1");
  CHECK(fault(with("\"largest\": 8", "\"largest\": 0")) == "p.json:30: \"largest\" is 0; it must be from 1 to 100");
  CHECK(fault(with("\"pool\": 200", "\"pool\": 2001")) == "p.json:30: \"pool\" is 2001; it must be from 1 to 2000");
  CHECK(fault(with("\"pool\": 200", "\"pool\": 200, \"x\": 1")) == "p.json:30: \"grouping\" has no weight \"x\"; remove it");
  CHECK(fault(with("\"demand_half\": 8", "\"demand_half\": 0")) == "p.json:31: \"demand_half\" is 0; it must be from 0.1 to 1000");
  CHECK(fault(with("\"demand_half\": 8", "\"demand_half\": 8,\n\"colour\": 1")) == "p.json:32: the profile has no weight \"colour\"; remove it");
  CHECK(fault(with("\"demand_half\": 8", "\"demand_half\": 8, \"name\": \"x\"")) == "p.json:31: \"name\" stands twice in one object; keep one");
}

TEST_CASE("profile: a size must be a whole number") {
  CHECK(fault(with("\"largest\": 8", "\"largest\": 2.5")) == "p.json:30: \"largest\" must be a whole number");
  CHECK(fault(with("\"pool\": 200", "\"pool\": true")) == "p.json:30: \"pool\" must be a whole number");
}
