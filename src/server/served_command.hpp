// What can be asked of a map, as rows: the server makes a page of each. The program hands in its commands.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/result.hpp"
#include "server/http.hpp"

namespace lacuna {

/// Something to fill in: an option or an argument of a command.
struct Field {
  std::string name;  ///< "scope", "NAME".
  std::string help;
  bool argument = false;  ///< Has no dashes on the command line: what the question is about.
  enum class Kind : std::uint8_t { flag, text, choice, number, date, file } kind = Kind::text;
  std::vector<std::string> choices = {};
  std::string names_of = {};  ///< Kind of nodes ("group", "need", "node") or "tag" whose names fit.
  std::string initial = {};   ///< What stands in it.
  bool many = false;
  bool required = false;
};

/// A form in which an answer can be had as a file.
struct FileFormat {
  std::string name;  ///< "docx"; also the ending.
  std::string help;
};

/// What a command answered.
struct Answered {
  std::optional<Result> rows;        ///< To be shown.
  std::optional<std::string> bytes;  ///< As a file.
  std::vector<std::string> notes;
  std::vector<std::string> blanks;  ///< Of a paper: what it leaves to be filled in.
};

struct ServedCommand {
  std::string name;  ///< Of the command: "gaps". Its page stands at "/gaps".
  std::string help;
  std::vector<Field> fields;
  std::vector<FileFormat> formats;
  bool makes_file = false;  ///< Has no rows to show: only files.

  /// Asks the map as it stands now. Values are those of the fields, by name; without a format, rows are wanted. Throws Error.
  std::function<Answered(const NamedTexts& values, const std::vector<Upload>& uploads, const std::string& format)> ask;
  /// The command line that asks the same.
  std::function<std::string(const NamedTexts& values, const std::vector<Upload>& uploads, const std::string& format)> command;

  /// True where nothing that is required is missing.
  [[nodiscard]] bool is_complete(const NamedTexts& values, const std::vector<Upload>& uploads) const;
};

}  // namespace lacuna
