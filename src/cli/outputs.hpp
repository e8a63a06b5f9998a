// Outputs that are files of their own: which format is meant, and the user's own layout.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <span>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "lacuna/paper.hpp"

namespace lacuna {

/// The format that was asked for, else the one that the output's extension names, else `fallback`. Throws Error(usage) for other
/// extensions.
template <class Row>
const Row& format_for(std::span<const Row> rows, const std::string& asked, const std::string& output, std::string_view fallback) {
  std::string name = asked;
  if (name.empty()) {
    const std::string extension = std::filesystem::path(output).extension().string();
    name = extension.size() > 1 ? lower(extension.substr(1)) : std::string(fallback);
  }
  for (const Row& row : rows) {
    if (row.name == name) return row;
  }
  throw Error(ErrorCode::usage, output, fmt::format("no format is called \"{}\"; one of {}", name, join(names_in(rows), ", ")));
}

/// Calls `f` with the bytes of the user's layout, or none for an empty path; what is wrong with them is told of the file.
std::string on_layout(const std::string& path, const std::function<std::string(std::string_view)>& f);

/// A paper as a file of that format.
std::string rendered(const PaperFormat& format, const Paper& paper, const std::string& layout);

/// --format and --template.
template <class Row>
void add_output_options(CommandLine& line, std::span<const Row> rows, std::string& format, std::string& layout,
                        std::string_view fallback, const std::string& template_help) {
  std::string help = "Format:";
  for (const Row& row : rows) help += fmt::format(" {} ({});", row.name, row.help);
  line.add("--format", &format, fmt::format("{} default: by the extension of -o, else {}", help, fallback))
      .check(OneOf{names_in(rows)})
      .called("FORMAT");
  line.add("--template", &layout, template_help)
      .check(ExistingFile{})
      .called("FILE")
      .offers(Files{{".docx", ".dotx", ".pptx", ".potx"}});
}

/// Writes the text form of a map. The files are one map together: a folder that holds others of their kind would become a
/// different one. Throws Error(usage), Error(io); all of it is written, or nothing.
void write_text_form(const Map& map, const std::string& folder);

}  // namespace lacuna
