#include "model/open_edition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "base/text.hpp"

namespace lacuna {
namespace {

/// Attributes by which answers differ.
constexpr std::array<std::string_view, 4> open_attributes{"answered_by", "matter", "in_titles", "category"};

/// People under names that tell them apart and no more. The program's own name stays.
class Reviewers {
 public:
  void cover(std::string& name) {
    if (name.empty() || name.starts_with("lacuna ")) return;
    const auto known = numbers_.try_emplace(name, numbers_.size() + 1).first;
    name = covered(known->second);
  }
  /// Those that were covered so far, inside a text.
  void cover_in(std::string& text) const {
    for (const auto& [name, number] : numbers_) {
      for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
        const std::string instead = covered(number);
        text.replace(at, name.size(), instead);
        at += instead.size();
      }
    }
  }

 private:
  static std::string covered(std::size_t number) { return fmt::format("reviewer {}", number); }

  std::map<std::string, std::size_t, std::greater<>> numbers_;  ///< Longer names before those that they begin with.
};

/// An address that leads to the same place from everywhere.
bool leads_out(std::string_view address) {
  const std::string start = lower(address.substr(0, 8));
  return start.starts_with("https://") || start.starts_with("http://") || start.starts_with("mailto:");
}

/// A name that is a place in a file system.
bool is_place(std::string_view name) {
  const bool drive = name.size() > 2 && is_letter(name[0]) && name[1] == ':' && (name[2] == '\\' || name[2] == '/');
  return drive || name.starts_with('/') || name.starts_with('~') || name.starts_with("./") || name.starts_with("../") ||
         name.starts_with("\\\\") || lower(name.substr(0, 5)) == "file:";
}

}  // namespace

Map open_edition(Map map) {
  Reviewers reviewers;
  std::erase_if(map.links, [](const Link& link) { return link.status == Status::suggested; });
  for (Link& link : map.links) reviewers.cover(link.by);
  for (Search& search : map.searches) {
    reviewers.cover(search.by);
    for (JudgedCandidate& candidate : search.candidates) reviewers.cover(candidate.by);
    if (search.signature) reviewers.cover(search.signature->by);
    search.note.clear();
  }
  const auto open_source = [&](Source& source) {
    if (!leads_out(source.address)) source.address.clear();
    if (is_place(source.name)) source.name.clear();
    reviewers.cover_in(source.name);
  };
  for (Node& node : map.nodes) {
    std::erase_if(node.attributes, [](const auto& attribute) { return !is_one_of(attribute.first, open_attributes); });
    if (!leads_out(node.address)) node.address.clear();
    open_source(node.source);
    reviewers.cover_in(node.text);
  }
  for (Link& link : map.links) {
    open_source(link.source);
    reviewers.cover_in(link.rationale);
    reviewers.cover_in(link.questioned);
  }
  for (Search& search : map.searches) {
    reviewers.cover_in(search.method);
    for (JudgedCandidate& candidate : search.candidates) reviewers.cover_in(candidate.reason);
  }
  reviewers.cover_in(map.info.about);
  return map;
}

}  // namespace lacuna
