#include <catch2/catch.hpp>

#include <set>

#include "base/files.hpp"
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
  CHECK(profile.gap[GapKind::outside_scope] == 0.7);
  CHECK(profile.affinity == std::array<double, 4>{1, 0.8, 0.6, 0.8});
  CHECK(profile.grouping_threshold == 0.3);
  CHECK(profile.grouping_largest == 8);
  CHECK(profile.grouping_pool == 200);
  CHECK(profile.demand_half == 8);
  CHECK(profile.penalty == std::array<int, 8>{0, 1, 1, 3, 2, 1, 2, 0});
  CHECK(profile.path_class == std::array<int, 4>{0, 2, 5, 9});
  CHECK(default_profile_text() == shipped());
}

TEST_CASE("profile: what a file leaves out is as built in") {
  const Profile sparse = read_profile(R"({"schema": "lacuna:schema/profile-1.json", "name": "mine", "about": "",
                                          "gap": {"stale": 0.5}, "check": {"same_title": 0.25}})",
                                      "mine.json");
  CHECK(sparse.gap[GapKind::stale] == 0.5);
  CHECK(sparse.same_title == 0.25);
  CHECK(sparse.gap[GapKind::partial] == default_profile().gap[GapKind::partial]);
  CHECK(with_knob(with_knob(sparse, "gap.stale", default_profile().gap[GapKind::stale]), "check.same_title",
                  default_profile().same_title)
            .hash == default_profile().hash);
}

TEST_CASE("profile: the hash speaks of the weights and of nothing else") {
  const std::string hash = default_profile().hash;
  CHECK(read_profile(with("{\"full\": 1.0, ", "{\n  \"full\":1,"), "p").hash == hash);
  CHECK(read_profile(with("\"full\": 1.0", "\"full\": 0.9"), "p").hash != hash);
  CHECK(read_profile(with("\"largest\": 8", "\"largest\": 9"), "p").hash != hash);
  CHECK(read_profile(with("\"related\": 2", "\"related\": 3"), "p").hash != hash);
  CHECK(read_profile(with("\"weak\": 9", "\"weak\": 10"), "p").hash != hash);
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
  CHECK(fault(with("\"full\": 1.0", "\"full\": 1.0, \"ful\": 1")) == "p.json:5: \"degree\" has no weight \"ful\"; remove it");
  CHECK(fault(with("\"proposed\": 0.2", "\"proposed\": 2")) == "p.json:7: \"proposed\" is 2; it must be from 0 to 1");
  CHECK(fault(with("\"orphan\": 0.3", "\"orphans\": 0.3")) == "p.json:23: \"gap\" has no weight \"orphans\"; remove it");
  CHECK(fault(with("{\"threshold\"", "5, \"g\": {\"threshold\"")) == "p.json:31: \"grouping\" must be an object");
  CHECK(fault(with("\"threshold\": 0.3", "\"threshold\": 3")) == "p.json:31: \"threshold\" is 3; it must be from 0 to 1");
  CHECK(fault(with("\"largest\": 8", "\"largest\": 0")) == "p.json:31: \"largest\" is 0; it must be from 1 to 100");
  CHECK(fault(with("\"pool\": 200", "\"pool\": 2001")) == "p.json:31: \"pool\" is 2001; it must be from 1 to 2000");
  CHECK(fault(with("\"pool\": 200", "\"pool\": 200, \"x\": 1")) == "p.json:31: \"grouping\" has no weight \"x\"; remove it");
  CHECK(fault(with("\"demand_half\": 8", "\"demand_half\": 0")) ==
        "p.json:32: \"demand_half\" is 0; it must be from 0.1 to 1000");
  CHECK(fault(with("\"demand_half\": 8", "\"demand_half\": 8,\n\"colour\": 1")) ==
        "p.json:33: the profile has no weight \"colour\"; remove it");
  CHECK(fault(with("\"demand_half\": 8", "\"demand_half\": 8, \"name\": \"x\"")) ==
        "p.json:32: \"name\" stands twice in one object; keep one");
}

TEST_CASE("profile: a size must be a whole number") {
  CHECK(fault(with("\"largest\": 8", "\"largest\": 2.5")) == "p.json:31: \"largest\" must be a whole number");
  CHECK(fault(with("\"pool\": 200", "\"pool\": true")) == "p.json:31: \"pool\" must be a whole number");
}

TEST_CASE("profile: faults of the section on comparisons are told with their lines") {
  CHECK(fault(with("\"compare\": {", "\"comparing\": {")) == "p.json:35: the profile has no weight \"comparing\"; remove it");
  CHECK(fault(with("\"compare\": {", "\"compare\": 5, \"x\": {")) == "p.json:35: \"compare\" must be an object");
  CHECK(fault(with("\"penalty\": {", "\"penalties\": {")) == "p.json:36: \"compare\" has no weight \"penalties\"; remove it");
  CHECK(fault(with("\"penalty\": {", "\"penalty\": [], \"x\": {")) == "p.json:36: \"penalty\" must be an object");
  CHECK(fault(with("\"adopts\": 0", "\"adopts\": -1")) == "p.json:36: \"adopts\" is -1; it must be from 0 to 20");
  CHECK(fault(with("\"adopts\": 0", "\"adopts\": 21")) == "p.json:36: \"adopts\" is 21; it must be from 0 to 20");
  CHECK(fault(with("\"adopts\": 0", "\"adopts\": 20")) == "fine");
  CHECK(fault(with("\"stale\": 3", "\"stale\": 2.5")) == "p.json:36: \"stale\" must be a whole number");
  CHECK(fault(with("\"stale\": 3", "\"stale\": \"much\"")) == "p.json:36: \"stale\" must be a whole number");
  CHECK(fault(with("\"adopts\": 0", "\"adopts\": 0, \"amends\": 1")) ==
        "p.json:36: \"penalty\" has no weight \"amends\"; remove it");
  CHECK(fault(with("\"weak\": 9", "\"weak\": 201")) == "p.json:37: \"weak\" is 201; it must be from 0 to 200");
  CHECK(fault(with("\"weak\": 9", "\"weak\": 200")) == "fine");
  CHECK(fault(with("\"weak\": 9", "\"weak\": 4")) == "p.json:37: \"class\" must ascend from direct to weak");
  CHECK(fault(with("\"direct\": 0", "\"direct\": 3")) == "p.json:37: \"class\" must ascend from direct to weak");
  CHECK(fault(with("\"direct\": 0, \"strong\": 2", "\"direct\": 2, \"strong\": 2")) ==
        "fine");  // A class that nothing falls into.
  CHECK(fault(with("\"class\": {", "\"colour\": 1, \"class\": {")) ==
        "p.json:37: \"compare\" has no weight \"colour\"; remove it");
}

TEST_CASE("profile: its knobs are everything that can be set, each once, by its name in the file") {
  const std::vector<Knob> list = knobs(default_profile());
  CHECK(list.size() == words<Degree>().size() + words<State>().size() + words<GapKind>().size() + words<GapPart>().size() +
                           words<Component>().size() + words<Affinity>().size() + 3 + 3 + words<Penalty>().size() +
                           words<PathClass>().size() + 3);
  std::set<std::string> names;
  for (const Knob& knob : list) {
    INFO(knob.name);
    CHECK(names.insert(knob.name).second);
    CHECK(!knob.meaning.empty());
    CHECK(knob.value >= 0);
    CHECK(knob.value <= knob.most);
    // The last part of the name stands in the file with that value.
    const std::string member = "\"" + knob.name.substr(knob.name.rfind('.') + 1) + "\": ";
    CHECK(shipped().find(member) != std::string::npos);
  }
  CHECK(list.front().name == "degree.full");
  CHECK(list.back().name == "check.neighbouring");
  CHECK(names.contains("gap.outside-scope"));
  CHECK(names.contains("demand_half"));
  CHECK(names.contains("compare.penalty.related"));
}

TEST_CASE("profile: a knob that is turned changes its value, the hash, and nothing else") {
  const Profile& base = default_profile();
  const std::vector<Knob> before = knobs(base);
  std::set<std::string> hashes{base.hash};
  for (const Knob& knob : before) {
    INFO(knob.name);
    const double wanted = knob.value == knob.most ? knob.most / 2 : knob.whole ? knob.value + 1 : (knob.value + knob.most) / 2;
    const Profile changed = with_knob(base, knob.name, wanted);
    CHECK(hashes.insert(changed.hash).second);
    CHECK(changed.name == base.name);
    const std::vector<Knob> after = knobs(changed);
    REQUIRE(after.size() == before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
      CHECK(after[i].name == before[i].name);
      CHECK(after[i].value == (after[i].name == knob.name ? wanted : before[i].value));
    }
    CHECK(with_knob(changed, knob.name, knob.value).hash == base.hash);
    CHECK(knobs(with_knob(base, knob.name, 2 * knob.most)).size() == before.size());
  }
  CHECK(with_knob(base, "gap.stale", 7).gap[GapKind::stale] == 1);  // At most its greatest.
  CHECK(with_knob(base, "no.such", 1).hash == base.hash);
}
