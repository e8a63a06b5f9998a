#include "analysis/ways/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/ways/house_style.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::array<std::string_view, 12> month_names{"January", "February", "March",     "April",   "May",      "June",
                                                       "July",    "August",   "September", "October", "November", "December"};

/// "term:data-poisoning": letters of the title, not a code of its own.
bool is_made_of_title(const Node& node) {
  const std::vector<std::string> words = words_of(node.title);
  std::vector<std::string> code = words_of(node.id);
  std::erase_if(
      code, [&](const std::string& word) { return word == name_of(node.kind) || std::ranges::find(words, word) != words.end(); });
  return code.empty();
}

/// What a series of titles has in common stands before the last semicolon of an ETSI title, and says nothing here.
std::string own_part(std::string_view title) {
  const std::size_t at = title.rfind("; ");
  return std::string(at == std::string_view::npos ? title : title.substr(at + 2));
}

}  // namespace

std::string kinds_text(Kind kind) {
  if (kind == Kind::capability) return "capabilities";
  if (kind == Kind::use_case) return "use cases";
  return std::string(name_of(kind)) + "s";
}

std::string count_of_kind(std::size_t n, Kind kind) {
  return n != 1                   ? fmt::format("{} {}", n, kinds_text(kind))
         : kind == Kind::use_case ? std::string("1 use case")
                                  : fmt::format("1 {}", name_of(kind));
}

std::string need_phrase(const Graph& graph, NodeId need) {
  const Node& node = graph.node(need);
  if (node.title.empty()) return node.id;
  const std::string title = inside_title(node.title);
  if (is_made_of_title(node)) return node.kind == Kind::term ? fmt::format("the term “{}”", title) : title;
  return node.kind == Kind::term ? fmt::format("the term “{}” ({})", title, node.id) : fmt::format("{} ({})", title, node.id);
}

std::string need_phrases(const Graph& graph, const std::vector<NodeId>& needs, std::size_t most) {
  std::vector<std::string> list;
  for (const NodeId need : needs) list.push_back(need_phrase(graph, need));
  return listed(std::move(list), most);
}

std::string document_phrase(const Graph& graph, NodeId deliverable) {
  const Node& node = graph.node(deliverable);
  const std::string title = own_part(node.title);
  return title.empty() || lower(node.id).starts_with(lower(title)) ? node.id : fmt::format("{} ({})", node.id, title);
}

std::string long_day(Day day) {
  const int n = static_cast<int>(day);
  const int month = std::clamp(n / 100 % 100, 1, 12);
  return fmt::format("{} {} {}", n % 100, month_names[static_cast<std::size_t>(month - 1)], n / 10000);
}

std::string month_after(Day day, double years) {
  const int start = static_cast<int>(day);
  const int month = start / 100 % 100 - 1 + static_cast<int>(std::lround(years * 12));
  return fmt::format("{} {}", month_names[static_cast<std::size_t>(month % 12)], start / 10000 + month / 12);
}

std::string capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace lacuna
