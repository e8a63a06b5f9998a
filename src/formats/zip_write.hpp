// Files into a ZIP archive in memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lacuna {

/// Files one after the other. The same files give the same bytes: every date is 1980-01-01.
class ZipWriter {
 public:
  ZipWriter();
  ZipWriter(ZipWriter&&) noexcept;
  ~ZipWriter();

  void add(const std::string& name, std::string_view content);
  /// The archive; nothing can be added after that.
  std::string close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// An archive of these files, by name.
std::string zipped(const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace lacuna
