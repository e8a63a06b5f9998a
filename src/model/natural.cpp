#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "lacuna/model.hpp"

namespace lacuna {
namespace {

constexpr char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The run of digits at the start of `text` without its leading zeros; `text` is left after the run.
std::string_view take_number(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  std::string_view number = text.substr(0, n);
  text.remove_prefix(n);
  while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
  return number;
}

/// Negative, zero or positive as `a` stands before, with or after `b`.
int natural_compare(std::string_view a, std::string_view b) {
  const std::string_view whole_a = a;
  const std::string_view whole_b = b;
  while (!a.empty() && !b.empty()) {
    if (is_digit(a.front()) && is_digit(b.front())) {
      const std::string_view x = take_number(a);
      const std::string_view y = take_number(b);
      if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
      if (const int order = x.compare(y); order != 0) return order;
      continue;
    }
    const auto x = static_cast<unsigned char>(folded(a.front()));
    const auto y = static_cast<unsigned char>(folded(b.front()));
    if (x != y) return x < y ? -1 : 1;
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  if (a.empty() != b.empty()) return a.empty() ? -1 : 1;
  return whole_a.compare(whole_b);
}

/// A text that compares in natural order, for keys of several parts.
struct Natural {
  std::string_view text;
  friend bool operator<(const Natural& x, const Natural& y) { return natural_compare(x.text, y.text) < 0; }
};

}  // namespace

bool natural_less(std::string_view a, std::string_view b) { return natural_compare(a, b) < 0; }

void sort_canonically(Node& node) {
  std::ranges::sort(node.aliases, natural_less);
  std::ranges::stable_sort(node.dates, {}, [](const NodeDate& d) { return std::pair(d.date.last_day(), d.what); });
}

void sort_canonically(Map& map) {
  for (Node& node : map.nodes) sort_canonically(node);
  std::ranges::stable_sort(map.nodes, natural_less, &Node::id);
  std::ranges::stable_sort(map.links, [](const Link& a, const Link& b) {
    const auto key = [](const Link& l) {
      return std::tuple(Natural{l.from}, l.relation, Natural{l.to}, l.status, l.degree, Natural{l.by}, l.on,
                        Natural{l.rationale});
    };
    return key(a) < key(b);
  });
  for (Search& search : map.searches) {
    std::ranges::sort(search.needs, natural_less);
    std::ranges::stable_sort(search.catalogues, natural_less, &SearchedCatalogue::name);
  }
  std::ranges::stable_sort(map.searches, natural_less, &Search::id);
}

}  // namespace lacuna
