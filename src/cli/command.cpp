#include "cli/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"

namespace lacuna {

const Profile& Context::profile() {
  if (profile_path.empty()) return default_profile();
  if (!profile_) profile_ = read_profile(read_file(profile_path, most_of_a_profile), profile_path);
  return *profile_;
}

void add_need_filters(CommandLine& line, std::string& objective, std::string& topic) {
  line.add("--objective", &objective, "Only needs that serve this objective")
      .check(NotEmpty{})
      .called("NAME")
      .offers(NamesOnMap{"objective"});
  line.add("--topic", &topic, "Only needs of this topic and of topics inside it")
      .check(NotEmpty{})
      .called("NAME")
      .offers(NamesOnMap{"topic"});
}

void add_listing_options(CommandLine& line, ListingArguments& arguments, const Takes& takes) {
  if (takes.format) {
    std::string help = "Output format:";
    for (const Listing& l : listings()) help += fmt::format(" {} ({});", l.name, l.help);
    help.pop_back();
    line.add("--format", &arguments.format, help).check(OneOf{names_in(listings())}).shows_default().called("FORMAT");
  }
  line.add("-o,--output", &arguments.output, "Write to this file instead of standard output").check(NotEmpty{}).called("PATH");
  if (takes.as_of)
    line.add("--as-of", &arguments.as_of, "Answer for this day (YYYY-MM-DD); default: today").check(NotEmpty{}).called("DATE");
  if (takes.as_of) {
    line.add("--known-by", &arguments.known_by,
             "Only what the map had been told by this day, as its log knows; of what came before it had a log, links and search "
             "records "
             "that say a later day do not count")
        .check(NotEmpty{})
        .called("DATE");
    line.add("--tag", &arguments.tag, "Answer from the map as it stood when it was tagged so")
        .check(NotEmpty{})
        .called("NAME")
        .offers(NamesOnMap{"tag"});
  }
  if (takes.scope) {
    line.add("--scope", &arguments.scope, "Count only deliverables of this group and of groups inside it; default: all groups")
        .check(NotEmpty{})
        .called("GROUP");
  }
  if (takes.filters) {
    add_need_filters(line, arguments.objective, arguments.topic);
  }
  if (takes.as_of)
    line.add("--include-suggested", &arguments.include_suggested, "Count links that a machine suggested and nobody has reviewed");
  if (takes.explain)
    line.add("--explain", &arguments.explain,
             "Say of every row what it rests on, down to links, records and dates, with the weights used");
  if (takes.limit)
    line.add("--limit", &arguments.limit, "At most that many rows; default: all").called("N").check(WholeNumber{1, 1'000'000});
}

void add_rows_option(CommandLine& line, std::string& by, std::string_view of) {
  line.add("--by", &by, fmt::format("{}: objective, topic, session or need", of))
      .check(OneOf{{"objective", "topic", "session", "need"}})
      .shows_default();
}

void ask_for_rows(MatrixParams& params, const Graph& graph, const std::string& by, const std::vector<std::string>& groups) {
  static constexpr Kind group[] = {Kind::group};
  params.by = by == "need" ? Kind::requirement : *parse<Kind>(by);
  for (const std::string& name : groups) params.columns.push_back(graph.find(name, group));
}

NodeId session_called(const Graph& graph, const std::string& name) {
  static constexpr Kind session[] = {Kind::session};
  const bool number = name.find_first_not_of("0123456789") == std::string::npos;
  return graph.find(number ? "Session " + name : name, session);
}

Asked asked_by(const ListingArguments& arguments) {
  Asked asked = arguments;
  asked.evidence = arguments.format == "json";
  return asked;
}

void show_marked(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) throw Error(ErrorCode::io, "standard output", fmt::format("cannot be written: {}", std::strerror(errno)));
}

namespace {

/// What comes from files of others steers no terminal; lines and tabs stay.
std::string harmless_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\n\t"), text.size());
    out += harmless(text.substr(0, end));
    if (end < text.size()) out += text[end];
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

void deliver(std::string_view bytes, const std::string& path) {
  if (!path.empty() && path != "-") return write_file(path, bytes);
  if (::isatty(STDOUT_FILENO) != 0) return show_marked(harmless_lines(bytes));
  show_marked(bytes);
}

std::string made_for(const std::string& path, const std::function<std::string()>& make) {
  try {
    return make();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::io || !error.where().empty()) throw;
    throw Error(error.code(), path.empty() || path == "-" ? "standard output" : path, error.what());
  }
}

void tell_change(const std::string& changed, std::string_view text) {
  try {
    deliver(harmless_lines(text), "");
  } catch (const Error& error) {
    throw Error(error.code(), "", fmt::format("{}; {} was changed all the same", error.what(), changed));
  }
}

void deliver_in_pieces(const std::function<void(const std::function<void(std::string_view)>&)>& produce,
                       const std::string& path) {
  const bool to_stdout = path.empty() || path == "-";
  const auto status = to_stdout ? std::filesystem::file_status() : status_of(path);
  const bool to_device = !to_stdout && std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
  if (to_device || (to_stdout && ::isatty(STDOUT_FILENO) != 0)) {
    std::string whole;
    produce([&](std::string_view piece) { whole += piece; });
    return deliver(whole, path);
  }
  if (to_stdout) return produce(show_marked);
  Replacement replacement(path);
  produce([&](std::string_view piece) { replacement.write(piece); });
  replacement.commit();
}

void Context::tell_catalogues(const Store& store) const {
  for (const std::string& line : catalogue_differences(store)) answers->note(line);
}

void say_stage(std::string_view text) {
  if (::isatty(STDERR_FILENO) != 0) std::fputs(fmt::format("\r\033[K{}", text).c_str(), stderr);
}

namespace {

/// Columns of the terminal behind standard output; 0 when it is none.
std::size_t terminal_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

class TerminalAnswers : public Answers {
 public:
  void rows(const Result& result, const ListingArguments& arguments) override {
    ListingOptions options;
    if (arguments.output.empty()) options.width = terminal_width();
    for (const Listing& l : listings()) {
      if (l.name != arguments.format) continue;
      if (l.binary) expect_binary(l.name, arguments.output);
      if (l.name == "json") return deliver_in_pieces([&](const auto& take) { write_json(result, take); }, arguments.output);
      return deliver(made_for(arguments.output, [&] { return l.render(result, options); }), arguments.output);
    }
    throw Error(ErrorCode::usage, "--format", fmt::format("unknown format \"{}\"", arguments.format));
  }

  void bytes(std::string_view bytes, const std::string& path) override { deliver(bytes, path); }

  void note(std::string_view line) override { std::fputs(fmt::format("{}\n", harmless(line)).c_str(), stderr); }

  void expect_binary(std::string_view format, const std::string& path) override {
    if (!path.empty() && path != "-") return;
    if (::isatty(STDOUT_FILENO) != 0)
      throw Error(ErrorCode::usage, "--format", fmt::format("{} is nothing for a terminal; name a file with -o", format));
  }
};

}  // namespace

Answers& terminal_answers() {
  static TerminalAnswers answers;
  return answers;
}

}  // namespace lacuna
