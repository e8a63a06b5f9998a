#include "import/stage_words.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <string>

#include "base/text.hpp"
#include "formats/table.hpp"

namespace lacuna {

/// Made from data/words/stages.txt.
std::string_view stage_word_list();

namespace {

std::string spelled(std::string_view words) {
  std::string key = lower(trimmed(words));
  for (char& c : key) {
    if (c == '-' || c == '_') c = ' ';
  }
  return key;
}

const std::map<std::string, StageMeaning, std::less<>>& listed() {
  static const auto list = [] {
    std::map<std::string, StageMeaning, std::less<>> rows;
    std::string_view rest = stage_word_list();
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view row = rest.substr(0, std::min(rest.substr(0, end).find('#'), end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const std::size_t sign = row.find('=');
      if (sign == std::string_view::npos) continue;
      const std::string_view state = trimmed(row.substr(sign + 1));
      assert(state == "issued" || parse<State>(state));
      rows[spelled(row.substr(0, sign))] = {parse<State>(state)};
    }
    return rows;
  }();
  return list;
}

}  // namespace

std::optional<StageMeaning> meaning_of_stage(std::string_view words) {
  const auto found = listed().find(spelled(words));
  return found == listed().end() ? std::nullopt : std::optional(found->second);
}

State state_of_stage_code(int stage, int substage) {
  if (substage == 98) return State::withdrawn;  // Project deleted.
  if (stage < 20) return State::proposed;
  if (stage < 60) return State::draft;
  if (stage == 60 && substage < 60) return State::approved;
  return stage >= 95 ? State::withdrawn : State::published;
}

}  // namespace lacuna
