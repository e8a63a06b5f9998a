#include "evaluation/split_files.hpp"

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <map>

#include "formats/archive.hpp"

namespace lacuna::evaluation {
namespace {

constexpr std::int32_t day_of_epoch = -43829;  ///< 1850-01-01, from which the files count.

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const std::size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

/// A packed table, row by row.
class File {
 public:
  File(const std::string& folder, std::string_view name, std::size_t columns)
      : path_(fmt::format("{}/{}.tsv.gz", folder, name)), columns_(columns) {}

  void each_row(const std::function<void(const std::vector<std::string_view>&)>& take) {
    Archive archive(path_);
    std::string bytes;
    while (archive.read(bytes, 1U << 20U)) {
    }
    for (std::string_view rest = bytes; !rest.empty();) {
      ++line_;
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view row = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (row.starts_with('#')) continue;
      const auto cells = cells_of(row);
      if (cells.size() != columns_) fail(fmt::format("has {} columns instead of {}", cells.size(), columns_));
      take(cells);
    }
  }
  [[nodiscard]] std::int32_t number(std::string_view text) const {
    std::int32_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) fail(fmt::format("\"{}\" is no number", text));
    return value;
  }
  /// "3 4 1" as 3, 7, 8, each below `most`.
  [[nodiscard]] std::vector<std::uint32_t> list(std::string_view text, std::size_t most) const {
    std::vector<std::uint32_t> values;
    std::int64_t value = 0;
    while (!text.empty()) {
      const std::size_t blank = std::min(text.find(' '), text.size());
      value += number(text.substr(0, blank));
      if (value < 0 || static_cast<std::size_t>(value) >= most) fail(fmt::format("names {}, and there are only {}", value, most));
      values.push_back(static_cast<std::uint32_t>(value));
      text.remove_prefix(std::min(blank + 1, text.size()));
    }
    return values;
  }
  [[noreturn]] void fail(const std::string& message) const {
    throw Error(ErrorCode::bad_input, fmt::format("{}:{}", path_, line_), message);
  }

 private:
  std::string path_;
  std::size_t columns_;
  std::size_t line_ = 0;
};

}  // namespace

Split read_split(const std::string& folder, Day from, Day to) {
  Split split;
  split.from = count_of(from);
  split.to = count_of(to);
  File groups(folder, "groups", 1);
  std::map<std::string, std::uint32_t, std::less<>> numbers;
  groups.each_row([&](const auto& cells) {
    numbers.emplace(cells[0], static_cast<std::uint32_t>(split.fields.size()));
    split.fields.emplace_back(cells[0]);
  });
  File concepts(folder, "concepts", 5);
  concepts.each_row([&](const auto& cells) {
    const auto field = numbers.find(cells[4]);
    if (field == numbers.end()) concepts.fail(fmt::format("\"{}\" is no field", cells[4]));
    split.concepts.push_back({std::string(cells[1]), std::string(cells[2]), static_cast<std::uint32_t>(concepts.number(cells[3])),
                              field->second, std::string(cells[1])});
  });
  const std::size_t n = split.concepts.size();
  const auto work = [&](const File& file, std::string_view day, std::string_view field, std::string_view family,
                        std::string_view held) {
    Split::Work entry;
    entry.day = file.number(day) + day_of_epoch;
    entry.field = static_cast<std::uint32_t>(file.number(field));
    if (entry.field >= split.fields.size()) file.fail(fmt::format("there is no field {}", field));
    entry.family = static_cast<std::uint32_t>(file.number(family));
    entry.concepts = file.list(held, n);
    return entry;
  };
  File before(folder, "works_pre", 4);
  before.each_row([&](const auto& cells) { split.before.push_back(work(before, cells[0], cells[1], cells[2], cells[3])); });
  File after(folder, "works_new", 6);
  after.each_row([&](const auto& cells) {
    split.after.push_back(work(after, cells[0], cells[1], cells[2], cells[4]));
    split.after.back().base = cells[3];
    split.after.back().title = after.list(cells[5], n);
  });
  File also(folder, "covered_extra", 2);
  also.each_row([&](const auto& cells) {
    const auto a = also.list(cells[0], n);
    for (const std::uint32_t b : also.list(cells[1], n)) {
      if (a.front() != b) split.also.emplace_back(std::min(a.front(), b), std::max(a.front(), b));
    }
  });
  return split;
}

}  // namespace lacuna::evaluation
