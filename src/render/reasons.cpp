#include "render/reasons.hpp"

#include "render/cells.hpp"

namespace lacuna {
namespace {

/// A reason with all below it, in a form of its own.
std::string form_of(const Value& reason) {
  std::string form = plain(reason["says"], Column::Format::text);
  if (const Value::Array* because = reason["because"].if_array()) {
    form += '(';
    for (const Value& r : *because) form += form_of(r) + ';';
    form += ')';
  }
  return form;
}

}  // namespace

std::pair<std::string, bool> Told::line(const Value& reason) {
  std::string says = plain(reason["says"], Column::Format::text);
  if (reason["because"].size() == 0 || told_.insert(form_of(reason)).second) return {std::move(says), true};
  return {says + " (as above)", false};
}

std::vector<const Value*> explanations_of(const Result& result) {
  std::vector<const Value*> list;
  for (const auto& [name, value] : result.head) {
    if (name == "explanation") list.push_back(&value);
  }
  for (const Table& table : result.tables) {
    for (const Value& row : table.rows) {
      if (const Value& reason = row["explanation"]; !reason.is_null()) list.push_back(&reason);
    }
  }
  return list;
}

}  // namespace lacuna
