#include "forecast/works.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <map>

#include "base/text.hpp"

namespace lacuna::forecast {
namespace {

/// The latest year that an identifier names after its number: 2024 of "ISO/IEC 27001:2022/Amd 1:2024"; 0 where there is none.
int latest_year(std::string_view identifier) {
  int latest = 0;
  for (std::size_t i = 1; i + 4 <= identifier.size(); ++i) {
    if (std::string_view(":-/( ").find(identifier[i - 1]) == std::string_view::npos ||
        !std::all_of(identifier.begin() + static_cast<std::ptrdiff_t>(i), identifier.begin() + static_cast<std::ptrdiff_t>(i) + 4,
                     is_digit))
      continue;
    if (i + 4 < identifier.size() && (is_digit(identifier[i + 4]) || is_letter(identifier[i + 4]))) continue;
    const int year = std::stoi(std::string(identifier.substr(i, 4)));
    if (year >= 1850 && year <= 2100) latest = std::max(latest, year);
  }
  return latest;
}

std::optional<Span> span_of(const std::optional<Date>& date) {
  if (!date) return std::nullopt;
  return Span{count_of(date->first_day()), count_of(date->last_day())};
}

Span year_span(int year) {
  const Date date{static_cast<std::int16_t>(year), 0, 0};
  return {count_of(date.first_day()), count_of(date.last_day())};
}

/// "V1.2.1", "ed.3" of an ETSI identifier: true for the first of them.
bool first_version(std::string_view identifier) {
  if (const std::size_t v = identifier.find(" V"); v != std::string_view::npos) {
    const std::string_view version = identifier.substr(v + 2);
    return version.starts_with("1.0.") || version.starts_with("1.1.");
  }
  const std::size_t edition = identifier.find(" ed.");
  return edition == std::string_view::npos || identifier.substr(edition + 4).starts_with("1 ");
}

/// The number behind the last hyphen of "ITU-R SM.377-3"; 0 where there is none.
int suffix_of(std::string_view identifier) {
  const std::size_t hyphen = identifier.rfind('-');
  if (hyphen == std::string_view::npos || hyphen + 1 >= identifier.size() || !is_digit(identifier[hyphen + 1])) return 0;
  return std::atoi(std::string(identifier.substr(hyphen + 1, 3)).c_str());
}

/// The major version that an OASIS identifier names: 2 of "OASIS CSAF-v2.0"; 1 where it names none.
int major_version(std::string_view identifier) {
  for (std::size_t i = 1; i + 1 < identifier.size(); ++i) {
    if ((identifier[i] == 'v' || identifier[i] == 'V') && (identifier[i - 1] == '-' || identifier[i - 1] == ' ') &&
        is_digit(identifier[i + 1]))
      return identifier[i + 1] - '0';
  }
  for (std::size_t i = 1; i + 2 < identifier.size(); ++i) {
    if (identifier[i - 1] == '-' && is_digit(identifier[i]) && identifier[i + 1] == '.' && is_digit(identifier[i + 2]))
      return identifier[i] - '0';
  }
  return 1;
}

/// A number with a lower-case suffix, as IEEE numbers what is built into the base text later: "802.11v".
bool lower_suffix(std::string_view identifier) {
  const std::size_t end = std::min(identifier.rfind('-'), identifier.size());
  return end > 1 && std::islower(static_cast<unsigned char>(identifier[end - 1])) != 0 && [&] {
    std::size_t i = end;
    while (i > 0 && std::islower(static_cast<unsigned char>(identifier[i - 1])) != 0) --i;
    return i > 0 && is_digit(identifier[i - 1]) && identifier.substr(0, i).find('.') != std::string_view::npos;
  }();
}

/// Letter of the body and number, from the key of the work.
std::string base_of(const CatalogueText& record) {
  const std::string_view key = record.work;
  const std::size_t blank = key.find(' ');
  const std::string_view space = key.substr(0, blank);
  const std::string_view number = blank == std::string_view::npos ? key : key.substr(blank + 1);
  if (space == "etsi") return "S:" + std::string(number.substr(number.rfind(' ') + 1));
  if (space == "itu-t") return "T:" + std::string(number);
  if (space == "itu-r") return "R:" + std::string(number);
  if (space == "ieee") return "E:" + std::string(number);
  if (space == "ietf") return "F:" + std::string(number);
  if (space == "oasis") return "O:" + std::string(number);
  if (space == "iso" || space == "iec" || space == "iso/iec") return "I:" + std::string(number);
  return "?:" + std::string(key);
}

}  // namespace

bool from_3gpp(std::string_view base) {
  if (base.size() < 8 || !base.starts_with("S:1") || !std::all_of(base.begin() + 2, base.begin() + 8, is_digit)) return false;
  const int series = std::stoi(std::string(base.substr(3, 2)));
  return series >= 21 && series <= 55;
}

DayCount count_of(Day day) { return static_cast<DayCount>(calendar(day).time_since_epoch().count()); }

Day day_of(DayCount count) { return lacuna::day_of(std::chrono::sys_days(std::chrono::days(count))); }

std::string_view family_of(std::string_view base) { return base.substr(0, base.find('-')); }

RecordFacts facts_of(const CatalogueText& record) {
  RecordFacts facts;
  facts.base = base_of(record);
  const bool draft = has_remark(record.remarks, Remark::draft) || record.given == State::draft || record.given == State::proposed;
  const bool supplement = has_remark(record.remarks, Remark::amendment) || has_remark(record.remarks, Remark::variant) ||
                          (facts.base.starts_with("E:") && lower_suffix(record.identifier));
  facts.kind = draft ? RecordKind::draft : supplement ? RecordKind::supplement : RecordKind::main;
  facts.date = span_of(record.published ? record.published : record.begun);
  const int year = latest_year(record.identifier);
  if (supplement && year != 0 && (!facts.date || facts.date->hi < year_span(year).lo)) facts.date = year_span(year);
  const bool amends = std::ranges::any_of(record.to, [](const auto& link) { return link.first == Relation::amends; });
  switch (facts.base.front()) {
    case 'S': facts.first = first_version(record.identifier) && !from_3gpp(facts.base); break;
    case 'R': facts.first = suffix_of(record.identifier) == 0; break;
    case 'O': facts.first = major_version(record.identifier) <= 1; break;
    case 'E':
      facts.first = !amends;
      if (facts.date && year != 0 && facts.date->lo >= year_span(year + 2).lo) facts.date = year_span(year);
      break;
    default: break;
  }
  return facts;
}

std::vector<Work> works_of(std::span<const CatalogueText> records, std::span<const RecordFacts> facts) {
  std::map<std::string_view, Work> by_base;
  for (std::uint32_t r = 0; r < records.size(); ++r) {
    Work& work = by_base[facts[r].base];
    const bool found = !work.base.empty();
    work.all.push_back(r);
    if (facts[r].kind != RecordKind::main || !facts[r].date) continue;
    const auto before = [&](const Span& a, const Span& b) { return std::pair(a.hi, a.lo) < std::pair(b.hi, b.lo); };
    if (found && !before(*facts[r].date, work.date)) {
      if (*facts[r].date == work.date && records[r].abstract.size() > records[work.record].abstract.size()) work.record = r;
      if (*facts[r].date == work.date) work.firsted = work.firsted && facts[r].first;
      continue;
    }
    work.base = facts[r].base;
    work.record = r;
    work.date = *facts[r].date;
    work.firsted = facts[r].first;
  }
  std::vector<Work> works;
  for (auto& [base, work] : by_base) {
    if (work.base.empty()) continue;
    // A text that takes the place of one with another number is that text renumbered.
    for (const std::uint32_t r : work.all) {
      if (!(base.starts_with("I:") || base.starts_with("F:")) || facts[r].kind != RecordKind::main || facts[r].date != work.date)
        continue;
      for (const auto& [relation, key] : records[r].to) {
        CatalogueText other;
        other.work = key;
        const std::string replaced = base_of(other);
        const auto there = by_base.find(replaced);
        if (relation == Relation::supersedes && replaced != base && there != by_base.end() && !there->second.base.empty())
          work.firsted = false;
      }
    }
    works.push_back(work);
  }
  return works;
}

}  // namespace lacuna::forecast
