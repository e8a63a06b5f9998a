#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include <unistd.h>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/report.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"

namespace lacuna {
namespace {

struct ImportArguments {
  std::vector<std::string> paths;
  std::string format;
  std::string name;
  std::string date;
  std::string report;
};

/// One line on a terminal that tells how far it is; nothing where standard error is none.
class Progress {
 public:
  explicit Progress(std::string name) : name_(std::move(name)), start_(Clock::now()), shown_(start_), terminal_(::isatty(STDERR_FILENO) != 0) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  void records(std::size_t n) { records_ += n; }

  void show(double part) {
    if (!terminal_ || Clock::now() - shown_ < std::chrono::milliseconds(100)) return;
    shown_ = Clock::now();
    const double seconds = std::chrono::duration<double>(shown_ - start_).count();
    std::string line = fmt::format("{}: {} records, {}/s", name_, thousands(records_), thousands(static_cast<std::size_t>(static_cast<double>(records_) / seconds)));
    if (part > 0.01) line += fmt::format(", {:.0f} %, {:.0f} s left", part * 100, seconds * (1 - part) / part);
    std::fputs(fmt::format("\r{}\033[K", line).c_str(), stderr);
  }

  void clear() {
    if (terminal_) std::fputs("\r\033[K", stderr);
  }

  void say(const std::string& line) {
    clear();
    std::fputs((line + "\n").c_str(), stderr);
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::string name_;
  Clock::time_point start_;
  Clock::time_point shown_;
  bool terminal_;
  std::size_t records_ = 0;
};

/// "relaton-iso" of "/x/relaton-iso.tar.zst"; of a folder "data", the one around it.
std::string catalogue_name(const std::string& path) {
  if (path == "-") return "standard input";
  std::filesystem::path p = std::filesystem::path(path).lexically_normal();
  if (!p.has_filename()) p = p.parent_path();
  std::string name = p.filename().string();
  if (name == "data" && p.has_parent_path() && p.parent_path().has_filename()) name = p.parent_path().filename().string();
  for (const std::string_view ending : {".gz", ".zst", ".xz", ".bz2", ".tar", ".tgz", ".zip", ".yaml", ".yml", ".xml"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) name.erase(name.size() - ending.size());
  }
  return name;
}

std::string summary_text(const ImportSummary& s) {
  std::vector<std::string> parts{count_of(s.read, "record") + " read"};
  const auto add = [&](std::size_t n, std::string_view what) {
    if (n > 0) parts.push_back(fmt::format("{} {}", n, what));
  };
  add(s.added, "new");
  add(s.changed, "changed");
  add(s.unchanged, "unchanged");
  add(s.repeated, "repeated");
  add(s.gone, "gone");
  add(s.merged, "merged");
  add(s.skipped, "skipped");
  return fmt::format("{}: {}\n", s.catalogue, join(parts, ", "));
}

constexpr std::size_t most_told = 10;

std::string told_text(const std::vector<std::string>& lines, std::string_view what) {
  std::string text;
  for (std::size_t i = 0; i < std::min(lines.size(), most_told); ++i) text += fmt::format("  {} {}\n", what, lines[i]);
  if (lines.size() > most_told) text += fmt::format("  … and {} more; --report FILE lists them all\n", lines.size() - most_told);
  return text;
}

Result report_of(const std::vector<ImportSummary>& summaries, const std::vector<std::string>& told, const std::vector<Diagnostic>& diagnostics) {
  Result result;
  result.schema = "import-1";
  result.title = "Import";
  Value catalogues = Value::array();
  for (const ImportSummary& s : summaries) {
    Value one = Value::object();
    one.set("name", s.catalogue).set("format", s.format).set("read", s.read).set("new", s.added).set("changed", s.changed).set("unchanged", s.unchanged).set("repeated", s.repeated);
    one.set("gone", s.gone).set("merged", s.merged).set("skipped", s.skipped);
    Value notes = Value::array();
    for (std::size_t i = 0; i < s.remarks.size(); ++i) {
      if (s.remarks[i] == 0) continue;
      Value note = Value::object();
      note.set("remark", remarks()[i].name).set("records", s.remarks[i]).set("rule", remarks()[i].rule);
      notes.push(std::move(note));
    }
    Value changes = Value::array();
    for (const std::string& c : s.changes) changes.push(std::string(c));
    one.set("remarks", std::move(notes)).set("changes", std::move(changes));
    catalogues.push(std::move(one));
  }
  Value map = Value::array();
  for (const std::string& t : told) map.push(std::string(t));
  Value faults = Value::array();
  for (const Diagnostic& d : diagnostics) faults.push(to_string(d));
  result.head = {{"catalogues", std::move(catalogues)}, {"map", std::move(map)}, {"faults", std::move(faults)}};
  return result;
}

class Import {
 public:
  Import(const ImportArguments& arguments, const std::string& map_path) : arguments_(arguments), map_path_(map_path), writer_(map_path) {}

  bool run() {
    for (const std::string& path : arguments_.paths) {
      const Importer& format = arguments_.format.empty() ? importer_for(path) : importer(arguments_.format);
      if (format.is_catalogue()) take_catalogue(format, path);
      else take_map(format, path);
    }
    const auto told = writer_.commit(summaries_);
    if (skipped_ > most_printed) std::fputs(fmt::format("… and {} more; --report FILE lists them all\n", count_of(skipped_ - most_printed, "fault")).c_str(), stderr);
    std::string text;
    for (const ImportSummary& s : summaries_) {
      text += summary_text(s);
      text += told_text(s.changes, "changed:");
      for (std::size_t i = 0; i < s.remarks.size(); ++i) {
        if (s.remarks[i] > 0 && s.added + s.changed > 0) text += fmt::format("  {:>7} × {}: {}\n", thousands(s.remarks[i]), remarks()[i].name, remarks()[i].rule);
      }
    }
    if (!undated_.empty()) text += fmt::format("{}: the day on which it stood so is not known, so that states seen on a day stay; name it with --date\n", join(undated_, ", "));
    if (!told.empty()) text += fmt::format("the map: {}\n{}", count_of(told.size(), "change"), told_text(told, "·"));
    tell_change(map_path_, text);
    if (!arguments_.report.empty()) deliver(render_json(report_of(summaries_, told, diagnostics_), {}), arguments_.report);
    return complete_;
  }

 private:
  void take_catalogue(const Importer& format, const std::string& path) {
    CatalogueInfo info;
    info.name = arguments_.name.empty() ? catalogue_name(path) : arguments_.name;
    info.format = format.name;
    info.source = path == "-" ? "standard input" : std::filesystem::path(path).lexically_normal().filename().string();
    if (!arguments_.date.empty()) info.date = Date::parse(arguments_.date);
    for (const ImportSummary& s : summaries_) {
      if (lower(s.catalogue) == lower(info.name)) throw Error(ErrorCode::usage, path, fmt::format("would be read into the catalogue \"{}\" like the one before; import it by itself with --as NAME", info.name));
    }
    writer_.begin(info);
    Progress progress(info.name);
    CatalogueSink sink;
    sink.known = [&](std::string_view entry, std::uint64_t fingerprint) { return writer_.known(entry, fingerprint); };
    sink.record = [&](Record&& record) {
      progress.records(1);
      writer_.put(std::move(record));
    };
    sink.unchanged = [&](std::string_view entry) {
      progress.records(1);
      writer_.unchanged(entry);
    };
    sink.skipped = [&](Diagnostic&& diagnostic) {
      if (++skipped_ <= most_printed) progress.say(to_string(diagnostic));
      diagnostics_.push_back(std::move(diagnostic));
      writer_.skipped();
    };
    sink.progress = [&](double part) { progress.show(part); };
    bool whole = true;
    std::optional<Date> date;
    try {
      date = read_catalogue(format, path, sink);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_input) throw;
      // Cut off or damaged: what came before goes in.
      progress.say(fmt::format("lacuna: {}", harmless(error.what())));
      diagnostics_.push_back({Severity::error, path, 0, error.what()});
      whole = complete_ = false;
    }
    summaries_.push_back(writer_.end(whole, date));
    const ImportSummary& done = summaries_.back();
    if (!date && !info.date && done.added + done.changed > 0) undated_.push_back(info.name);
  }

  void take_map(const Importer& format, const std::string& path) {
    if (path == "-") throw Error(ErrorCode::usage, path, fmt::format("the format {} is read from files", format.name));
    Imported imported = import_path(format, path);
    print_diagnostics(imported.diagnostics);
    diagnostics_.insert(diagnostics_.end(), imported.diagnostics.begin(), imported.diagnostics.end());
    if (!imported.readable) throw Error(ErrorCode::bad_input, path, "could not be read; nothing was changed");
    ImportSummary summary = writer_.merge(std::move(imported.map), arguments_.name.empty() ? catalogue_name(path) : arguments_.name);
    summary.format = format.name;
    summary.skipped = count_errors(imported.diagnostics);
    // What is missing or forbidden shows only together with what was there.
    Imported whole{writer_.map(), {}, true};
    whole.map.files.assign(1, path);
    check(whole);
    if (count_errors(whole.diagnostics) > 0) {
      print_diagnostics(whole.diagnostics);
      throw Error(ErrorCode::bad_input, path, fmt::format("does not fit the map: {}; nothing was changed", faults_text(whole.diagnostics)));
    }
    summaries_.push_back(std::move(summary));
  }

  const ImportArguments& arguments_;
  std::string map_path_;
  CatalogueWriter writer_;
  std::vector<ImportSummary> summaries_;
  std::vector<Diagnostic> diagnostics_;
  std::vector<std::string> undated_;
  std::size_t skipped_ = 0;
  bool complete_ = true;
};

std::string format_help() {
  std::string help = "Input format; default: by the ending of the name.";
  for (const Importer& i : importers()) help += fmt::format(" {}: {};", i.name, i.help);
  help.back() = '.';
  return help;
}

/// Every rule by which the importers read what is odd; the last line without its end. Made only when somebody asks for help.
std::string rules_text() {
  std::string text;
  const auto add = [&](std::string_view rule) {
    std::string indent = "- ";
    for (const std::string& line : wrapped(rule, 118)) {
      text += indent + line + "\n";
      indent = "  ";
    }
  };
  for (const Importer& i : importers()) {
    if (i.rules.empty()) continue;
    text += fmt::format("\nWhat {} makes of odd input:\n", i.name);
    std::string_view rest = i.rules;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      add(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  text += "\nWhat the importers of catalogues put right, by the names under which the summary counts it:\n";
  for (const RemarkWord& r : remarks()) add(fmt::format("{}: {}", r.name, r.rule));
  text.pop_back();
  return text;
}

void declare_import(CommandLine& line, Context& context) {
  auto& arguments = line.hold<ImportArguments>();
  line.footer(rules_text() + "\n");
  line.add("PATH", &arguments.paths, "Folders, archives or files; - is standard input").required().called("FILE…");
  line.add("--format", &arguments.format, format_help()).check(OneOf{names_in(importers())}).called("FORMAT");
  line.add("--as", &arguments.name, "Name of the catalogue; default: the name of the file or folder").check(NotEmpty{}).called("NAME");
  line.add("--date", &arguments.date, "Day on which the catalogue stood so; default: of the newest file in an archive. What the map saw later stays").check(NotEmpty{}).called("DATE");
  line.add("--report", &arguments.report, "Write everything that was done as JSON to this file").check(NotEmpty{}).called("PATH");
  line.runs([&context, &arguments] {
    if (!arguments.date.empty() && !Date::parse(arguments.date)) throw Error(ErrorCode::usage, "--date", fmt::format("\"{}\" is no date; write YYYY-MM-DD", shortened(arguments.date, 40)));
    if (!arguments.name.empty() && arguments.paths.size() > 1) throw Error(ErrorCode::usage, "--as", "names one catalogue; import the others by themselves");
    if (!Import(arguments, context.map_path).run()) context.exit_status = 1;
  });
}

constexpr Example import_examples[] = {
    {"lacuna import relaton-itu.tar.zst relaton-iso.tar.zst", "Two catalogues in one step; again later, to bring them up to date."},
    {"lacuna import --format relaton relaton-data-ieee/data --as ieee", "A folder, under a name of one's own."},
    {"lacuna import --format stix atlas.json", "Threats and capabilities onto the map."},
    {"lacuna import --format rfc-index - < rfc-index.xml", "From standard input."},
};

}  // namespace

extern const Command cmd_import{
    "import", "read catalogues and tables of others into the map",
    "Catalogues (relaton, rfc-index) become searchable beside the map; the deliverables of the map are tied to their records, so that states, dates and "
    "later editions come from there. The other formats bring nodes and links onto the map. All inputs of one command go in together or not at all; what could "
    "not be read is told with file and line, and the rest goes in. Reading a catalogue again brings it up to date: what changed is told, and what is no longer in "
    "it goes.",
    import_examples, "Status 1 when an input cannot be opened (nothing is changed) or is cut off (what came before the cut is in). Interrupting leaves the earlier map.", declare_import};

}  // namespace lacuna
