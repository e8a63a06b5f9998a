#include "workbench/intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "forecast/uptake_forecast.hpp"
#include "lacuna/store.hpp"
#include "workbench/catalogue_file.hpp"
#include "workbench/checked.hpp"
#include "workbench/search_protocol.hpp"

namespace lacuna {
namespace {

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

/// The file itself, with its folder.
const std::string& made_ready(const std::string& file) {
  if (const auto folder = std::filesystem::path(file).parent_path(); !folder.empty()) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem)
      throw Error(ErrorCode::io, file, fmt::format("cannot be made: {}; name another with --catalogues", problem.message()));
  }
  return file;
}

class Taking {
 public:
  Taking(const std::string& map, const IntakeQuestion& question, IntakeWatcher& watcher)
      : question_(question), watcher_(watcher), file_(catalogues_file()), writer_(map, made_ready(file_)) {}

  Intake run() {
    for (const std::string& path : question_.paths) {
      const Importer& format = question_.format.empty() ? importer_for(path) : importer(question_.format);
      if (format.is_catalogue())
        take_catalogue(format, path);
      else
        take_map(format, path);
    }
    std::vector<std::string> names;
    for (const ImportSummary& s : done_.summaries) names.push_back(s.catalogue);
    const Occasion occasion{.why =
                                names.empty() ? "brought up to the catalogues" : fmt::format("imported {}", join(names, ", "))};
    writer_.keep_forecast([](const std::vector<CatalogueText>& records) -> std::optional<UptakeTable> {
      const bool dated = std::ranges::any_of(records, [](const CatalogueText& r) { return r.published.has_value(); });
      if (!dated) return std::nullopt;
      return forecast::uptake_table(records, forecast::last_day_of(records, today()));
    });
    done_.told = writer_.commit(done_.summaries, age_records, logging(occasion));
    done_.catalogues = catalogues_text();
    return std::move(done_);
  }

 private:
  /// Where they stand, if that is news.
  [[nodiscard]] std::string catalogues_text() const {
    if (question_.paths.empty() && done_.told.empty()) return "the map agrees with its catalogues";
    if (std::ranges::all_of(done_.summaries, [](const ImportSummary& s) { return s.read == 0; })) return {};
    using enum CatalogueWriter::Place;
    switch (writer_.place()) {
      case map_alone:
        return fmt::format(
            "the map holds catalogues of its own, and those in {} are not asked; to ask them, go on with a map "
            "without: lacuna export --format db -o MAP",
            file_);
      case moved: return fmt::format("the catalogues of the map stand in {} now, for all maps", file_);
      case new_file: return took_catalogue_ ? fmt::format("the catalogues stand in {}, for all maps", file_) : std::string();
      default: return {};
    }
  }

  void take_catalogue(const Importer& format, const std::string& path) {
    CatalogueInfo info;
    info.name = question_.name.empty() ? catalogue_name(path) : question_.name;
    info.format = format.name;
    info.source = path == "-" ? "standard input" : std::filesystem::path(path).lexically_normal().filename().string();
    info.date = question_.date;
    for (const ImportSummary& s : done_.summaries) {
      if (identity_of(s.catalogue) == identity_of(info.name))
        throw Error(ErrorCode::usage, path,
                    fmt::format("would be read into the catalogue \"{}\" like the one before; import it by itself with --as NAME",
                                info.name));
    }
    writer_.begin(info);
    took_catalogue_ = true;
    watcher_.begins(info.name);
    CatalogueSink sink;
    sink.known = [&](std::string_view entry, std::uint64_t fingerprint) { return writer_.known(entry, fingerprint); };
    sink.record = [&](Record&& record) {
      watcher_.record();
      writer_.put(std::move(record));
    };
    sink.unchanged = [&](std::string_view entry) {
      watcher_.record();
      writer_.unchanged(entry);
    };
    sink.skipped = [&](Diagnostic&& diagnostic) {
      watcher_.fault(diagnostic);
      done_.diagnostics.push_back(std::move(diagnostic));
      writer_.skipped();
    };
    sink.progress = [&](double part) { watcher_.progress(part); };
    bool whole = true;
    std::optional<Date> date;
    try {
      date = read_catalogue(format, path, sink);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_input || question_.whole) throw;
      // Cut off or damaged: what came before goes in.
      watcher_.broken(error.what());
      done_.diagnostics.push_back({Severity::error, path, 0, error.what()});
      whole = done_.complete = false;
    }
    watcher_.ends();
    done_.summaries.push_back(writer_.end(whole, date));
    const ImportSummary& summary = done_.summaries.back();
    if (question_.whole && summary.read == summary.skipped)
      throw Error(ErrorCode::bad_input, path, "holds no record; nothing was changed");
    if (!date && !info.date && summary.added + summary.changed > 0) done_.undated.push_back(info.name);
  }

  void take_map(const Importer& format, const std::string& path) {
    if (path == "-") throw Error(ErrorCode::usage, path, fmt::format("the format {} is read from files", format.name));
    Imported imported = import_path(format, path, question_.layout, &writer_.map());
    watcher_.faults(imported.diagnostics);
    done_.diagnostics.insert(done_.diagnostics.end(), imported.diagnostics.begin(), imported.diagnostics.end());
    if (!imported.readable) throw Error(ErrorCode::bad_input, path, "could not be read; nothing was changed");
    imported.onto.questions = question_.date.value_or(Date::of(today()));
    ImportSummary summary =
        writer_.merge(std::move(imported.map), question_.name.empty() ? catalogue_name(path) : question_.name, imported.onto);
    summary.format = format.name;
    summary.skipped = count_errors(imported.diagnostics);
    // What is missing or forbidden shows only together with what was there.
    Imported whole{writer_.map(), {}, true};
    whole.map.files.front() = path;
    check(whole);
    refuse_faults(path, "does not fit the map: ", "; nothing was changed", whole.diagnostics);
    done_.summaries.push_back(std::move(summary));
  }

  const IntakeQuestion& question_;
  IntakeWatcher& watcher_;
  std::string file_;
  CatalogueWriter writer_;
  bool took_catalogue_ = false;
  Intake done_;
};

}  // namespace

Intake take_in(const std::string& map, const IntakeQuestion& question, IntakeWatcher& watcher) {
  if (question.paths.empty() && Store(map, catalogues_file()).catalogues().empty())
    throw Error(ErrorCode::usage, "", "name what is to be imported: there are no catalogues that the map could be brought up to");
  return Taking(map, question, watcher).run();
}

}  // namespace lacuna
