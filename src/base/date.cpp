#include "lacuna/date.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdlib>

#include "lacuna/error.hpp"

namespace lacuna {
namespace {

/// The digits text[at, at + n) as a number, or -1.
int digits(std::string_view text, std::size_t at, std::size_t n) {
  int value = 0;
  for (std::size_t i = at; i < at + n; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

constexpr int days_in_month(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

}  // namespace

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const int year = digits(text, 0, 4);
  if (year < 1800 || year > 2199) return std::nullopt;
  Date date{static_cast<std::int16_t>(year), 0, 0};
  if (text.size() >= 7) {
    const int month = digits(text, 5, 2);
    if (text[4] != '-' || month < 1 || month > 12) return std::nullopt;
    date.month = static_cast<std::uint8_t>(month);
  }
  if (text.size() == 10) {
    const int day = digits(text, 8, 2);
    if (text[7] != '-' || day < 1 || day > days_in_month(year, date.month)) return std::nullopt;
    date.day = static_cast<std::uint8_t>(day);
  }
  return date;
}

Date Date::of(Day day) {
  const int number = static_cast<int>(day);
  return {static_cast<std::int16_t>(number / 10000), static_cast<std::uint8_t>(number / 100 % 100),
          static_cast<std::uint8_t>(number % 100)};
}

Day Date::last_day() const {
  const int m = month == 0 ? 12 : month;
  const int d = day == 0 ? days_in_month(year, m) : day;
  return static_cast<Day>(year * 10000 + m * 100 + d);
}

Day Date::first_day() const { return static_cast<Day>(year * 10000 + (month == 0 ? 1 : month) * 100 + (day == 0 ? 1 : day)); }

std::string to_string(const Date& date) {
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string to_string(Day day) {
  const int number = static_cast<int>(day);
  return fmt::format("{:04}-{:02}-{:02}", number / 10000, number / 100 % 100, number % 100);
}

Day years_after(Day day, int years) { return static_cast<Day>(static_cast<int>(day) + years * 10000); }

std::chrono::sys_days calendar(Day day) {
  const auto number = static_cast<int>(day);
  return std::chrono::year_month_day(std::chrono::year(number / 10000),
                                     std::chrono::month(static_cast<unsigned>(number / 100 % 100)),
                                     std::chrono::day(static_cast<unsigned>(number % 100)));
}

Day day_of(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return static_cast<Day>(static_cast<int>(date.year()) * 10000 + static_cast<int>(static_cast<unsigned>(date.month())) * 100 +
                          static_cast<int>(static_cast<unsigned>(date.day())));
}

std::optional<std::chrono::sys_seconds> source_date_epoch() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr) return std::nullopt;
  const std::string_view text = epoch;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  constexpr std::int64_t year_2199 = 7258118399;
  if (error != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds > year_2199) {
    throw Error(ErrorCode::usage, "SOURCE_DATE_EPOCH", fmt::format("\"{}\" is not a number of seconds since 1970", text));
  }
  return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

namespace {

std::chrono::sys_seconds now() {
  return source_date_epoch().value_or(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

}  // namespace

Day today() { return day_of(std::chrono::floor<std::chrono::days>(now())); }

std::string timestamp() {
  const auto second = now();
  const auto day = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::hh_mm_ss time(second - day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_string(day_of(day)), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

}  // namespace lacuna
