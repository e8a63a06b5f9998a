// A good package of which one file is replaced by what the fuzzer makes: the ZIP archive and its checksums stay whole, so that
// what reads the parts, their relationships and the list of content types is reached.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/package.hpp"
#include "formats/zip.hpp"
#include "fuzz/fuzz.hpp"

namespace lacuna::fuzz {

class Parts {
 public:
  explicit Parts(std::string_view package) {
    for (auto& [name, bytes] : unzip(package, [](std::string_view) { return true; })) files_.push_back({name, std::move(bytes)});
    claim(!files_.empty() && files_.size() <= 256, "a byte chooses the file");
  }

  /// The first byte chooses the file, the others are what it holds.
  [[nodiscard]] std::string with(std::string_view input) const {
    const std::size_t changed = input.empty() ? files_.size() : static_cast<unsigned char>(input[0]) % files_.size();
    std::string zip(1u << 12, '\0');
    for (const File& f : files_) zip.resize(zip.size() + f.bytes.size() + 2 * f.name.size() + 512);
    zip.resize(zip.size() + input.size());
    std::size_t used = 0;
    const std::unique_ptr<archive, int (*)(archive*)> a(archive_write_new(), archive_write_free);
    bool good = archive_write_set_format_zip(a.get()) == ARCHIVE_OK &&
                archive_write_zip_set_compression_store(a.get()) == ARCHIVE_OK &&
                archive_write_set_bytes_in_last_block(a.get(), 1) == ARCHIVE_OK &&
                archive_write_open_memory(a.get(), zip.data(), zip.size(), &used) == ARCHIVE_OK;
    for (std::size_t i = 0; i < files_.size() && good; ++i) {
      const std::string_view bytes = i == changed ? input.substr(1) : files_[i].bytes;
      const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
      archive_entry_set_pathname(entry.get(), files_[i].name.c_str());
      archive_entry_set_perm(entry.get(), 0644);
      archive_entry_set_filetype(entry.get(), AE_IFREG);
      archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
      good = archive_write_header(a.get(), entry.get()) == ARCHIVE_OK &&
             archive_write_data(a.get(), bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size());
    }
    claim(good && archive_write_close(a.get()) == ARCHIVE_OK, "the package can be packed");
    zip.resize(used);
    return zip;
  }

  /// Every file as a seed.
  void write_seeds(const std::filesystem::path& folder) const {
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < files_.size(); ++i) {
      std::ofstream(folder / ("part-" + std::to_string(i)), std::ios::binary) << static_cast<char>(i) << files_[i].bytes;
    }
  }

 private:
  struct File {
    std::string name;
    std::string bytes;
  };
  std::vector<File> files_;
};

/// What LLVMFuzzerInitialize has to do for a target that changes parts: with --seeds=FOLDER, writes every file as a seed and
/// ends.
inline int write_seeds_if_asked(int argc, char** argv, const Parts& (*good)()) {
  if (const auto folder = option(argc, argv, "--seeds="); !folder.empty()) {
    good().write_seeds(folder);
    std::exit(0);
  }
  return 0;
}

/// What is made of a changed template is told to be no template, or can be read back.
template <class Make>
void claim_told_or_readable(const Make& make) {
  std::string made;
  try {
    made = make();
  } catch (const Error& error) {
    return claim_told(error);
  }
  try {
    (void)read_package(made, "own output");
  } catch (const Error& error) {
    claim(false, "own output can be read", error.what());
  }
}

}  // namespace lacuna::fuzz
