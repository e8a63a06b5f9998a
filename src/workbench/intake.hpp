// Inputs into a map: catalogues and maps of others, all in one step.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "lacuna/catalogue.hpp"
#include "lacuna/import.hpp"

namespace lacuna {

/// What is to go in.
struct IntakeQuestion {
  std::vector<std::string> paths;  ///< Files, folders, archives; "-" is standard input.
  std::string format;              ///< The name of an importer; empty: by the ending of each path.
  std::string name;                ///< Of the catalogue; empty: by the path.
  std::optional<Date> date;        ///< On which the catalogue stood so.
  TableLayout layout = {};         ///< Of tables.
  bool whole = false;              ///< An input that breaks off is an error, and nothing is changed.
};

/// Who is told while it goes on.
class IntakeWatcher {
 public:
  virtual ~IntakeWatcher() = default;
  virtual void begins(const std::string& /*catalogue*/) {}
  virtual void record() {}
  virtual void progress(double /*part*/) {}
  virtual void ends() {}
  virtual void fault(const Diagnostic& /*in a catalogue*/) {}
  virtual void faults(std::span<const Diagnostic> /*of a map*/) {}
  virtual void broken(const std::string& /*message*/) {}
};

struct Intake {
  std::vector<ImportSummary> summaries;
  std::vector<std::string> told;  ///< What changed on the map.
  std::vector<Diagnostic> diagnostics;
  std::string catalogues;            ///< Where they went, in a sentence, if that is news.
  std::vector<std::string> undated;  ///< Catalogues of which nobody knows on which day they stood so.
  bool complete = true;              ///< False where an input broke off: what came before is in.
};

/// Reads all into the map at `map`; it stays as it was until everything is read. Throws Error(io) where an input cannot be
/// opened, FaultyInput where what was read does not fit the map; then nothing is changed.
Intake take_in(const std::string& map, const IntakeQuestion& question, IntakeWatcher& watcher);

}  // namespace lacuna
