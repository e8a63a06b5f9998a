#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <optional>

#include "lacuna/date.hpp"
#include "lacuna/error.hpp"

using namespace lacuna;

namespace {

/// Sets a variable of the environment (or removes it) and puts back what was there.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    if (value != nullptr) {
      ::setenv(name, value, 1);
    } else {
      ::unsetenv(name);
    }
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() {
    if (old_) {
      ::setenv(name_, old_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }

 private:
  const char* name_;
  std::optional<std::string> old_;
};

int number(std::string_view text) { return static_cast<int>(Date::parse(text).value().last_day()); }

}  // namespace

TEST_CASE("date: a year, a month and a day are read and written as they were") {
  for (const char* text :
       {"2019", "2019-01", "2019-01-21", "1800", "2199", "1800-01-01", "2199-12-31", "2019-12-31", "2019-04-30"}) {
    INFO(text);
    const auto date = Date::parse(text);
    REQUIRE(date);
    CHECK(to_string(*date) == text);
  }
  const Date day = Date::parse("2019-01-21").value();
  CHECK(day.year == 2019);
  CHECK(day.month == 1);
  CHECK(day.day == 21);
  CHECK(Date::parse("2019").value() == Date{2019, 0, 0});
  CHECK(Date::parse("2019-01").value() == Date{2019, 1, 0});
}

TEST_CASE("date: 29 February is a day of leap years only") {
  for (const char* text : {"2000-02-29", "2020-02-29", "2024-02-29", "1804-02-29"}) CHECK(Date::parse(text));
  for (const char* text : {"2019-02-29", "1900-02-29", "2100-02-29", "2023-02-29", "2020-02-30"}) CHECK_FALSE(Date::parse(text));
}

TEST_CASE("date: anything else is no date") {
  for (const char* text : {"",
                           "19",
                           "201",
                           "20190",
                           "2019-1",
                           "2019-",
                           "2019-13",
                           "2019-00",
                           "2019-02-30",
                           "2019-04-31",
                           "2019-01-00",
                           "2019-01-32",
                           "2019/01/21",
                           "2019.01.21",
                           "2019-01/21",
                           "2019-01-21 ",
                           " 2019-01-21",
                           "2019-1-21",
                           "20190121",
                           "1799",
                           "2200",
                           "1799-12-31",
                           "2200-01-01",
                           "+019",
                           "-019",
                           "0000",
                           "9999",
                           "2019-01-2x",
                           "2019-+1",
                           "2019-01--1",
                           "2019-01-21T00:00:00",
                           "today",
                           "２０１９"}) {
    INFO(text);
    CHECK_FALSE(Date::parse(text));
  }
  CHECK_FALSE(Date::parse(std::string_view("2019\0\0\0", 7)));
}

TEST_CASE("date: the last day that a date may mean") {
  CHECK(number("2019") == 20191231);
  CHECK(number("2019-02") == 20190228);
  CHECK(number("2020-02") == 20200229);
  CHECK(number("2019-04") == 20190430);
  CHECK(number("2019-12") == 20191231);
  CHECK(number("2019-01-21") == 20190121);
  CHECK(number("1800") == 18001231);
  CHECK(number("2199") == 21991231);
}

TEST_CASE("date: days are written in full and compare as numbers") {
  CHECK(to_string(Date::parse("2019-02").value().last_day()) == "2019-02-28");
  CHECK(to_string(Day::before_everything) == "0000-00-00");
  CHECK(to_string(Day::after_everything) == "9999-12-31");
  CHECK(Day::before_everything < Date::parse("1800-01-01").value().last_day());
  CHECK(Date::parse("2199-12-31").value().last_day() < Day::after_everything);
  CHECK(Date::parse("2019-01-31").value() < Date::parse("2019-02-01").value());
}

TEST_CASE("today: the day of SOURCE_DATE_EPOCH in UTC") {
  const auto day_of = [](const char* seconds) {
    const Environment set("SOURCE_DATE_EPOCH", seconds);
    return to_string(today());
  };
  CHECK(day_of("0") == "1970-01-01");
  CHECK(day_of("86399") == "1970-01-01");
  CHECK(day_of("86400") == "1970-01-02");
  CHECK(day_of("1548028800") == "2019-01-21");
  CHECK(day_of("1582977599") == "2020-02-29");
  CHECK(day_of("1795392000") == "2026-11-23");
  CHECK(day_of("7258118399") == "2199-12-31");
}

TEST_CASE("today: a SOURCE_DATE_EPOCH that is no number of seconds is wrong usage") {
  for (const char* text : {"", "x", "12x", "-1", "+5", " 5", "1.5", "2019-01-21", "7258118400", "99999999999999999999"}) {
    INFO(text);
    const Environment set("SOURCE_DATE_EPOCH", text);
    try {
      today();
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::usage);
      CHECK(error.what() == std::string("SOURCE_DATE_EPOCH: \"") + text + "\" is not a number of seconds since 1970");
    }
  }
}

TEST_CASE("today: without SOURCE_DATE_EPOCH, the day of the clock in UTC") {
  const Environment unset("SOURCE_DATE_EPOCH", nullptr);
  const auto now = [] {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
    return static_cast<int>(date.year()) * 10000 + static_cast<int>(static_cast<unsigned>(date.month())) * 100 +
           static_cast<int>(static_cast<unsigned>(date.day()));
  };
  const int before = now();
  const int said = static_cast<int>(today());
  const int after = now();
  CHECK((said == before || said == after));
}
