// The schemas of the answers take their words from the vocabulary: LACUNA_APPROVE=1 writes them anew, as it does golden cases.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <span>
#include <sstream>

#include "analysis/references.hpp"
#include "lacuna/match.hpp"
#include "lacuna/profile.hpp"
#include "lacuna/vocabulary.hpp"

namespace fs = std::filesystem;
using namespace lacuna;

namespace {

using Names = std::vector<std::string>;

template <class E>
Names names_of() {
  Names names;
  for (const Word& w : words<E>()) names.emplace_back(w.name);
  return names;
}

Names need_kinds() {
  Names names;
  for (const Kind k : all_of<Kind>()) {
    if (is_need(k)) names.emplace_back(name_of(k));
  }
  return names;
}

/// By the name of the definition in a schema.
const std::map<std::string, Names>& vocabularies() {
  static const std::map<std::string, Names> all{{"action", names_of<Action>()},
                                                {"affinity", names_of<Affinity>()},
                                                {"component", names_of<Component>()},
                                                {"coverage_state", names_of<CoverageState>()},
                                                {"degree", names_of<Degree>()},
                                                {"gap_kind", names_of<GapKind>()},
                                                {"gap_part", names_of<GapPart>()},
                                                {"kind", names_of<Kind>()},
                                                {"method", names_of<Method>()},
                                                {"nearness", names_of<Nearness>()},
                                                {"need_kind", need_kinds()},
                                                {"path_class", names_of<PathClass>()},
                                                {"penalty", names_of<Penalty>()},
                                                {"relation", names_of<Relation>()},
                                                {"set_relation", names_of<SetRelation>()},
                                                {"state", names_of<State>()},
                                                {"status", names_of<Status>()},
                                                {"reference_verdict", names_of<ReferenceVerdict>()},
                                                {"verdict", names_of<CheckVerdict>()}};
  return all;
}

Names quoted_in(const std::string& list) {
  static const std::regex word("\"([^\"]*)\"");
  Names names;
  for (std::sregex_iterator at(list.begin(), list.end(), word), end; at != end; ++at) names.push_back((*at)[1]);
  return names;
}

/// As the schemas are written: on one line where it fits, else in lines of 120 characters.
std::string listed(const Names& names, bool with_null) {
  Names items;
  for (const std::string& name : names) items.push_back("\"" + name + "\"");
  if (with_null) items.emplace_back("null");
  std::string line;
  for (const std::string& item : items) line += (line.empty() ? "" : ", ") + item;
  if (line.size() <= 110) return line;
  std::string text;
  std::string part;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string item = items[i] + (i + 1 < items.size() ? "," : "");
    if (!part.empty() && part.size() + 1 + item.size() > 112) {
      text += "\n        " + part;
      part.clear();
    }
    part += (part.empty() ? "" : " ") + item;
  }
  return text + "\n        " + part + "\n      ";
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

TEST_CASE("schemas: every list of words of the vocabulary is that of the program") {
  const bool approve = std::getenv("LACUNA_APPROVE") != nullptr;
  static const std::regex definition("\n    \"(\\w+)\": \\{\n      \"enum\": \\[([^\\]]*)\\]");
  static const std::regex any_list("\"(?:enum|required)\": \\[([^\\]]*)\\]");
  std::size_t found = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(LACUNA_SOURCE) / "data" / "schema")) {
    std::string text = bytes_of(entry.path());
    std::string fresh;
    auto rest = text.cbegin();
    for (std::sregex_iterator at(text.begin(), text.end(), definition), end; at != end; ++at) {
      const auto known = vocabularies().find((*at)[1]);
      if (known == vocabularies().end()) continue;
      const std::string list = (*at)[2];
      INFO(entry.path().filename().string() << ": " << known->first);
      ++found;
      const bool same = quoted_in(list) == known->second;
      CHECK((same || approve));
      fresh.append(rest, (*at)[2].first);
      fresh += same ? list : listed(known->second, list.find("null") != std::string::npos);
      rest = (*at)[2].second;
    }
    fresh.append(rest, text.cend());
    if (approve && fresh != text) std::ofstream(entry.path(), std::ios::binary) << fresh;
    // Elsewhere a part of a list may be meant; one that lacks a single word, and not the first, has been forgotten.
    for (std::sregex_iterator at(text.begin(), text.end(), any_list), end; at != end; ++at) {
      const Names names = quoted_in((*at)[1]);
      for (const auto& [name, all] : vocabularies()) {
        const auto missing = std::ranges::count_if(
            std::span(all).subspan(1), [&](const std::string& w) { return std::ranges::find(names, w) == names.end(); });
        INFO(entry.path().filename().string() << ": " << (*at)[0] << " against " << name);
        if (all.size() > 5) CHECK(missing != 1);
        // What goes from the best state of a need to the worst has every one between.
        const auto has = [&](const std::string& word) { return std::ranges::find(names, word) != names.end(); };
        if (name == "coverage_state" && has(all.front()) && has(all.back())) CHECK(missing == 0);
      }
    }
  }
  CHECK(found >= 60);
}
