// Dates as standards bodies give them: a day, a month or only a year.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lacuna {

/// A calendar day as yyyymmdd, so that days compare as numbers. 0 stands before every real day.
enum class Day : std::int32_t { before_everything = 0, after_everything = 99991231 };

/// A date of day, month or year precision (month and day are 0 where unknown). Years 1800 to 2199.
struct Date {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;

  friend auto operator<=>(const Date&, const Date&) = default;

  /// Reads "2019", "2019-01" or "2019-01-21" (ISO 8601). Nothing for any other text or an impossible day.
  static std::optional<Date> parse(std::string_view text);

  /// A day as a date.
  static Date of(Day day);

  /// The last day the date may mean: the day by which the event has certainly happened.
  [[nodiscard]] Day last_day() const;
  /// The first day the date may mean.
  [[nodiscard]] Day first_day() const;
};

/// As it was read: "2019", "2019-01" or "2019-01-21".
std::string to_string(const Date& date);
/// "2019-01-21".
std::string to_string(Day day);

/// The day so many years later. Of 29 February it may be none of the calendar, which compares all the same.
Day years_after(Day day, int years);
/// A day as the calendar of <chrono> has it, and back: what lies between days is counted there.
std::chrono::sys_days calendar(Day day);
Day day_of(std::chrono::sys_days day);

/// Seconds since 1970 that SOURCE_DATE_EPOCH says, where it is set: what outputs are dated by. Throws Error(usage) when it is no
/// number of seconds.
std::optional<std::chrono::sys_seconds> source_date_epoch();

/// Today in UTC, or the day of `SOURCE_DATE_EPOCH` where that is set. The one clock of the program.
/// Throws Error(usage) when SOURCE_DATE_EPOCH is not a number of seconds.
Day today();
/// The same clock to the second: "2026-11-30T18:00:00Z".
std::string timestamp();

}  // namespace lacuna
