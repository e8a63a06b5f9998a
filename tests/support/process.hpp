// Running programs as a user would, in a scratch folder that goes away.
#pragma once

#include <string>

namespace lacuna::test {

struct Finished {
  int status = 0;  ///< Exit status; 128 + signal when killed.
  std::string out;
  std::string err;
  bool conforms = true;  ///< False when a script called `refuse`, as `jsonschema` does.
};

/// A new folder under the system's temporary one; removed with everything in it.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();
  [[nodiscard]] std::string path(const std::string& name = "") const;
  /// Writes a file of the folder and gives its path.
  [[nodiscard]] std::string file(const std::string& name, const std::string& bytes) const;

 private:
  std::string folder_;
};

/// Runs a shell script with `bash -euo pipefail` in `folder`. The program stands on the PATH as `lacuna`; TESTS and DATA name
/// the folders tests/ and data/ of the source tree, SHIPPED a map built from the shipped text form. SOURCE_DATE_EPOCH is set to
/// 2026-11-23. `jsonschema -i FILE SCHEMA` holds a file against
/// a schema; it and `refuse` fail a case, whatever is approved.
Finished run_script(const std::string& script, const std::string& folder);

}  // namespace lacuna::test
