#include "render/cells.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/text.hpp"
#include "lacuna/render.hpp"
#include "model/state_looks.hpp"

namespace lacuna {

std::string_view sign_of(CoverageState state) { return look_of(state).sign; }

const Value& cell_of(const Value& row, const Column& column) {
  const Value& value = row[column.key];
  return column.member.empty() ? value : value[column.member];
}

std::string plain(const Value& value, Column::Format format) {
  if (const auto* text = value.if_text()) return *text;
  if (const auto* number = value.if_integer()) return fmt::format("{}", *number);
  if (const auto* real = value.if_real()) {
    // Never "-0.00".
    return format == Column::Format::score ? fmt::format("{:.2f}", std::abs(*real) < 0.005 ? 0.0 : *real)
                                           : fmt::format("{}", *real);
  }
  if (const auto* flag = value.if_bool()) return *flag ? "yes" : "no";
  if (const auto* list = value.if_array()) {
    std::vector<std::string> parts;
    for (const Value& item : *list) parts.push_back(plain(item.if_object() != nullptr ? item["id"] : item, format));
    return join(parts, ", ");
  }
  return {};
}

std::string readable(const Value& value, Column::Format format) {
  std::string text = plain(value, format);
  if (format == Column::Format::state && !text.empty()) {
    if (const auto state = parse<CoverageState>(text)) return fmt::format("{} {}", sign_of(*state), text);
  }
  return text;
}

}  // namespace lacuna
