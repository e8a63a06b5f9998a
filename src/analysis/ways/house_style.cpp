#include "analysis/ways/house_style.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <tuple>

#include "base/text.hpp"
#include "lacuna/model.hpp"

namespace lacuna {
namespace {

constexpr std::string_view dashes[] = {" — ", " – ", " - "};
constexpr std::string_view prepositions[] = {"for", "of", "on", "to", "in", "against"};
constexpr std::size_t longest_opening = 6;  ///< Words; longer ones are half a title.

/// Heads of titles by the kind of need that leads a document, the fittest first; the last resort comes first of all where nothing
/// was seen.
std::span<const std::string_view> heads_for(Kind lead, bool protective) {
  static constexpr std::string_view requirement[] = {"requirements", "controls", "guidelines", "guidance"};
  static constexpr std::string_view capability[] = {"capabilities", "framework", "architecture", "measures", "guidelines"};
  static constexpr std::string_view threat[] = {"threats", "countermeasures", "guidelines", "guidance"};
  static constexpr std::string_view protection[] = {"guidelines", "countermeasures", "guidance", "measures"};
  static constexpr std::string_view use_case[] = {"use cases", "guidelines", "guidance", "framework"};
  static constexpr std::string_view term[] = {"vocabulary", "terminology", "terms", "concepts", "overview"};
  switch (lead) {
    case Kind::capability: return capability;
    case Kind::threat: return protective ? std::span<const std::string_view>(protection) : threat;
    case Kind::use_case: return use_case;
    case Kind::term: return term;
    default: return requirement;
  }
}

/// The elements of a title: "Information technology", "Security techniques", "Guidelines for …".
std::vector<std::string> elements(std::string_view title, std::string& dash) {
  std::vector<std::string> list;
  while (true) {
    std::size_t at = std::string_view::npos;
    std::string_view which;
    for (const std::string_view d : dashes) {
      if (const std::size_t found = title.find(d); found < at) {
        at = found;
        which = d;
      }
    }
    list.emplace_back(title.substr(0, at));
    if (at == std::string_view::npos) return list;
    dash = which;
    title.remove_prefix(at + which.size());
  }
}

/// The words up to and with the first preposition; empty where there is none in time, or where nothing follows.
std::string opening_of(std::string_view element) {
  if (const std::size_t colon = element.rfind(": "); colon != std::string_view::npos) element.remove_prefix(colon + 2);
  std::string_view rest = element;
  for (std::size_t n = 0; n <= longest_opening; ++n) {
    const std::string_view word = next_word(rest);
    if (word.empty()) return {};
    if (n > 0 && std::ranges::find(prepositions, word) != std::end(prepositions))
      return rest.empty() ? std::string() : std::string(element.substr(0, element.size() - rest.size()));
  }
  return {};
}

bool has_head(std::string_view opening, std::string_view head) {
  const std::string padded = " " + std::string(opening) + " ";
  const std::string wanted = " " + std::string(head) + " ";
  return padded.find(wanted) != std::string::npos;
}

/// What one title alone begins with is a style only where it is plain: a head, or a word that often stands before one. "Establish
/// risks and controls for" and "Cybersecurity framework profile for" are of their titles.
bool is_plain(std::string_view opening, std::span<const std::string_view> heads) {
  static constexpr std::string_view usual[] = {"security", "technical", "general", "common",  "functional", "privacy",
                                               "safety",   "overall",   "basic",   "minimum", "reference",  "architectural"};
  const auto begins = [&](std::string_view word) { return opening.starts_with(word); };
  return std::ranges::any_of(heads, begins) || std::ranges::any_of(usual, begins);
}

}  // namespace

HouseStyle::HouseStyle(const std::vector<OwnTitle>& titles) : titles_(titles.size()) {
  std::map<std::string, Seen> openings;
  std::map<std::string, std::size_t> introductions;
  std::map<std::string, std::size_t> dash_counts;
  for (const OwnTitle& own : titles) {
    std::string dash;
    const std::vector<std::string> parts = elements(own.title, dash);
    if (!dash.empty()) ++dash_counts[dash];
    std::string so_far;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      so_far += parts[i] + " — ";
      ++introductions[so_far];
    }
    const std::string opening = opening_of(parts.back());
    if (opening.empty()) continue;
    Seen& seen = openings[lower(opening)];
    if (seen.titles.empty()) seen.words = opening;
    seen.titles.push_back(own);
  }
  openings_.assign(std::make_move_iterator(openings.begin()), std::make_move_iterator(openings.end()));
  for (auto& [key, seen] : openings_) {
    std::ranges::sort(seen.titles, [](const OwnTitle& a, const OwnTitle& b) { return natural_less(a.identifier, b.identifier); });
  }
  // Of equally common ones the shorter: it says one thing.
  const auto rank = [](const auto& o) {
    return std::tuple(-static_cast<std::ptrdiff_t>(o.second.titles.size()), std::ranges::count(o.first, ' '));
  };
  std::ranges::stable_sort(openings_, {}, rank);
  if (const auto most = std::ranges::max_element(dash_counts, {}, [](const auto& d) { return d.second; });
      most != dash_counts.end() && most->first != " - ")
    dash_ = most->first;
  // The longest that enough titles share; it is longer than the one that it contains.
  for (const auto& [text, count] : introductions) {
    if (count >= 3 && 2 * count >= titles.size() && text.size() > introduction_.size()) introduction_ = text;
  }
  if (dash_ != " — ") {
    for (std::size_t at = 0; (at = introduction_.find(" — ", at)) != std::string::npos;)
      introduction_.replace(at, std::string_view(" — ").size(), dash_);
  }
}

Opening HouseStyle::opening(Kind lead, bool protective) const {
  const auto heads = heads_for(lead, protective);
  for (const std::string_view head : heads) {
    // A subject follows "for" and "on" as it is; "of" and "to" often go on with what is done.
    for (const bool plain_subject : {true, false}) {
      for (const auto& [key, seen] : openings_) {
        if (protective && (!plain_subject || has_head(key, "threats"))) continue;
        if (seen.titles.size() < 2 && !is_plain(key, heads)) continue;
        if (has_head(key, head) && (key.ends_with(" for") || key.ends_with(" on")) == plain_subject)
          return {seen.words, seen.titles};
      }
    }
  }
  std::string plain(heads.front());
  plain.front() = static_cast<char>(plain.front() - 'a' + 'A');
  return {plain + (plain == "Threats" ? " to" : " for"), {}};
}

std::string subject_title(std::string phrase) {
  constexpr std::string_view none = "No ";
  return phrase.starts_with(none) ? "prevention of " + phrase.substr(none.size()) : inside_title(std::move(phrase));
}

std::string inside_title(std::string phrase) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool abbreviation =
      phrase.size() > 1 && (is_upper(phrase[1]) || phrase[1] == '-' || (phrase[1] >= '0' && phrase[1] <= '9'));
  if (!phrase.empty() && is_upper(phrase[0]) && !abbreviation) phrase[0] = static_cast<char>(phrase[0] - 'A' + 'a');
  return phrase;
}

}  // namespace lacuna
