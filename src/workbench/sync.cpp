#include "workbench/sync.hpp"

#include <fmt/format.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "import/map_workbook.hpp"
#include "workbench/checked.hpp"

namespace lacuna {

Synced sync_workbook(const std::string& path, const std::string& file, const Occasion& occasion) {
  MapWorkbook workbook = read_map_workbook(read_file(file), file);
  refuse_faults(file, "", "; nothing was changed", workbook.diagnostics);
  Synced synced;
  ChangeSet there;
  there.changes = difference(workbook.base, workbook.edited);
  if (there.empty()) return synced;
  synced.set = change_checked(path, occasion, [&](Map& map) {
    synced.conflicts = apply(map, there);
    if (synced.conflicts.empty() || occasion.dry) return;
    std::vector<Diagnostic> faults;
    for (const Conflict& c : synced.conflicts) faults.push_back({Severity::error, file, 0, told(c)});
    throw FaultyInput(
        file,
        fmt::format("does not fit the map in {}; nothing was changed; settle it in the workbook or on the map, or export "
                    "the map again",
                    count_of(synced.conflicts.size(), "place")),
        std::move(faults));
  });
  return synced;
}

}  // namespace lacuna
