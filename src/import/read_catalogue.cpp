// From a folder, archive, file or stream to records: one thread reads the input, as many as there are cores take the entries
// apart, and the caller's thread receives them in their order. What is under way is bounded, so that a fast reader waits for a
// slow writer.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <deque>
#include <exception>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "base/files.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "formats/archive.hpp"
#include "import/entries.hpp"

namespace lacuna {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t relaton_reading = 2;  ///< To be raised when read_relaton understands its entries in another way.
constexpr std::size_t batch_bytes = 1u << 19;
constexpr std::size_t batch_entries = 256;
constexpr std::size_t most_batches = 24;  ///< Under way at one time.

struct Entry {
  std::string name;  ///< In the catalogue.
  std::string file;  ///< For diagnostics.
  std::string bytes;
  std::uint32_t first_line = 1;
  std::string refused;  ///< Why it cannot be read, where it could not even be fetched.
};

struct Outcome {
  enum class What : std::uint8_t { record, unchanged, skipped } what = What::record;
  Record record;
  Diagnostic diagnostic;
};

struct Batch {
  std::vector<Entry> entries;
  std::vector<Outcome> outcomes;
  double part = -1;
};

/// Where a name ends that tells entries of one catalogue apart: "./data/x.yaml" and "x.yaml" are one entry.
std::string entry_name(std::string_view path) {
  if (path.starts_with("./")) path.remove_prefix(2);
  if (const std::size_t data = path.rfind("data/"); data != std::string_view::npos && (data == 0 || path[data - 1] == '/'))
    path.remove_prefix(data + 5);
  return std::string(path);
}

/// The three stages and what goes between them.
class Pipeline {
 public:
  using Deliver = std::function<void(Entry&&, double part)>;
  using Produce = std::function<void(const Deliver&)>;

  Pipeline(EntryReader read, const CatalogueSink& sink) : read_(read), sink_(sink) {}

  void run(const Produce& produce) {
    Threads workers;
    Threads producer;
    workers.add(std::max(1U, std::thread::hardware_concurrency()), [&] { work(); });
    if (!workers.empty()) producer.add(1, [&] { produce_all(produce); });
    if (producer.empty()) {
      stop();
      workers.join();
      return run_alone(produce);
    }
    try {
      consume();
    } catch (...) {
      stop();
      producer.join();
      workers.join();
      throw;
    }
    producer.join();
    workers.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Stopped {};

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
  }

  /// Where the system gives no threads.
  void run_alone(const Produce& produce) {
    produce([&](Entry&& entry, double part) {
      hand_on(take_apart(entry));
      sink_.progress(part);
    });
  }

  void hand_on(Outcome&& outcome) {
    if (outcome.what == Outcome::What::unchanged)
      sink_.unchanged(outcome.record.entry);
    else if (outcome.what == Outcome::What::skipped)
      sink_.skipped(std::move(outcome.diagnostic));
    else
      sink_.record(std::move(outcome.record));
  }

  void produce_all(const Produce& produce) {
    Batch batch;
    std::size_t bytes = 0;
    const auto push = [&] {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || produced_ - consumed_ < most_batches; });
      if (stopped_) throw Stopped{};
      waiting_.emplace_back(produced_++, std::move(batch));
      lock.unlock();
      changed_.notify_all();
      batch = Batch();
      bytes = 0;
    };
    try {
      produce([&](Entry&& entry, double part) {
        bytes += entry.bytes.size();
        batch.part = part;
        batch.entries.push_back(std::move(entry));
        if (bytes >= batch_bytes || batch.entries.size() >= batch_entries) push();
      });
    } catch (const Stopped&) {
    } catch (...) {
      failure_ = std::current_exception();
    }
    try {
      if (!batch.entries.empty()) push();
    } catch (const Stopped&) {
    }
    const std::lock_guard lock(mutex_);
    finished_ = true;
    changed_.notify_all();
  }

  void work() {
    while (true) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || finished_ || !waiting_.empty(); });
      if (stopped_ || (waiting_.empty() && finished_)) return;
      if (waiting_.empty()) continue;
      auto [number, batch] = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      std::exception_ptr problem;
      try {
        for (Entry& entry : batch.entries) batch.outcomes.push_back(take_apart(entry));
      } catch (...) {
        problem = std::current_exception();
      }
      lock.lock();
      if (problem) failure_ = problem, stopped_ = true;
      done_.emplace(number, std::move(batch));
      lock.unlock();
      changed_.notify_all();
    }
  }

  Outcome take_apart(Entry& entry) {
    Outcome outcome;
    if (!entry.refused.empty()) {
      outcome.what = Outcome::What::skipped;
      outcome.diagnostic = {Severity::error, entry.file, entry.first_line > 1 ? entry.first_line : 0,
                            entry.refused + "; the record was skipped"};
      return outcome;
    }
    const std::uint64_t fingerprint = fingerprint_of(entry.bytes, relaton_reading);
    if (!entry.name.empty() && sink_.known(entry.name, fingerprint)) {
      outcome.what = Outcome::What::unchanged;
      outcome.record.entry = std::move(entry.name);
    } else if (auto diagnostic = read_({entry.file, entry.bytes}, entry.first_line, outcome.record)) {
      outcome.what = Outcome::What::skipped;
      outcome.diagnostic = std::move(*diagnostic);
      outcome.record.entry = std::move(entry.name);
    } else {
      outcome.record.entry = entry.name.empty() ? outcome.record.identifier.text : std::move(entry.name);
      outcome.record.fingerprint = fingerprint;
      if (entry.name.empty() && sink_.known(outcome.record.entry, fingerprint)) outcome.what = Outcome::What::unchanged;
    }
    std::string().swap(entry.bytes);
    return outcome;
  }

  void consume() {
    while (true) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || done_.contains(consumed_) || (finished_ && consumed_ == produced_); });
      if (stopped_ && failure_) std::rethrow_exception(failure_);
      if (finished_ && consumed_ == produced_) return;
      Batch batch = std::move(done_.extract(consumed_).mapped());
      lock.unlock();
      for (Outcome& outcome : batch.outcomes) hand_on(std::move(outcome));
      sink_.progress(batch.part);
      lock.lock();
      ++consumed_;
      lock.unlock();
      changed_.notify_all();
    }
  }

  EntryReader read_;
  const CatalogueSink& sink_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<std::size_t, Batch>> waiting_;
  std::map<std::size_t, Batch> done_;
  std::size_t produced_ = 0;
  std::size_t consumed_ = 0;
  bool finished_ = false;
  bool stopped_ = false;
  std::exception_ptr failure_;
};

bool is_yaml(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

/// Every plain file of a folder and of the folders inside, by name. Links to folders are not followed.
void produce_folder(const std::string& folder, const Pipeline::Deliver& deliver) {
  std::vector<std::string> files;
  std::error_code problem;
  for (fs::recursive_directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
    if (is_yaml(entry->path().native())) files.push_back(entry->path().string());
  }
  if (problem) throw Error(ErrorCode::io, folder, fmt::format("cannot be read: {}", problem.message()));
  if (files.empty()) throw Error(ErrorCode::bad_input, folder, "holds no .yaml or .yml file; name the folder of the records");
  std::ranges::sort(files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    Entry entry;
    entry.file = files[i];
    entry.name = entry_name(fs::path(files[i]).lexically_relative(folder).string());
    const fs::file_status status = fs::status(files[i], problem);
    if (!fs::is_regular_file(status)) {
      entry.refused = fs::exists(status) ? "is no plain file" : "is a link to nothing";
    } else if (fs::file_size(files[i], problem) > largest_entry) {
      entry.refused = fmt::format("is larger than {} MiB", largest_entry >> 20);
    } else {
      try {
        entry.bytes = read_file(files[i]);
      } catch (const Error& error) {
        entry.refused = "cannot be read";
      }
    }
    deliver(std::move(entry), static_cast<double>(i + 1) / static_cast<double>(files.size()));
  }
}

void produce_archive(const std::string& path, std::int64_t& newest, const Pipeline::Deliver& deliver) {
  Archive archive(path);
  Entry entry;
  std::size_t found = 0;
  std::string name;
  for (auto next = archive.next(name, entry.bytes); next != Archive::Next::end; next = archive.next(name, entry.bytes)) {
    newest = archive.newest();
    if (!is_yaml(name) && next == Archive::Next::entry) continue;
    ++found;
    entry.name = entry_name(name);
    entry.file = fmt::format("{}:{}", path, name);
    if (next == Archive::Next::refused) entry.refused = std::move(entry.bytes);
    const double part =
        archive.size() == 0 ? -1 : std::min(1.0, static_cast<double>(archive.position()) / static_cast<double>(archive.size()));
    deliver(std::move(entry), part);
    entry = Entry();
  }
  if (found == 0) throw Error(ErrorCode::bad_input, path, "holds no .yaml or .yml file");
}

/// Documents of one stream, parted by lines that begin with "---".
void produce_stream(const std::string& file, const ByteSource& source, const std::function<double()>& part,
                    const Pipeline::Deliver& deliver) {
  Entry entry;
  std::uint32_t line = 1;
  bool content = false;
  bool too_large = false;
  const auto flush = [&] {
    if (content || too_large) {
      entry.file = file;
      if (too_large) {
        entry.bytes.clear();
        entry.refused = fmt::format("is larger than {} MiB", largest_entry >> 20);
      }
      deliver(std::move(entry), part());
    }
    entry = Entry();
    entry.first_line = line;
    content = too_large = false;
  };
  std::string buffer;
  bool more = true;
  bool line_start = true;
  while (more) {
    more = source(buffer);
    std::size_t start = 0;
    while (start < buffer.size()) {
      const std::size_t newline = buffer.find('\n', start);
      if (newline == std::string::npos && more && buffer.size() - start < (1u << 16)) break;
      const std::size_t end = newline == std::string::npos ? buffer.size() : newline + 1;
      const std::string_view text = std::string_view(buffer).substr(start, end - start);
      if (line_start && text.starts_with("---") && (text.size() == 3 || text[3] == '\n' || text[3] == '\r' || text[3] == ' '))
        flush();
      else if (text.find_first_not_of(" \t\r\n") != std::string_view::npos)
        content = true;
      too_large = too_large || entry.bytes.size() + text.size() > largest_entry;
      if (!too_large) entry.bytes += text;
      line_start = newline != std::string::npos;
      if (line_start) ++line;
      start = end;
    }
    buffer.erase(0, start);
  }
  flush();
}

/// A file or standard input as bytes, unpacked where its name says that it is packed.
class Bytes {
 public:
  explicit Bytes(const std::string& path) : path_(path) {
    if (path == "-") {
      file_ = stdin;
    } else if (Archive::is_packed(path)) {
      archive_.emplace(path);
    } else {
      file_ = std::fopen(path.c_str(), "rb");
      if (file_ == nullptr) throw Error(ErrorCode::io, path, fmt::format("cannot be read: {}", std::strerror(errno)));
      std::error_code problem;
      size_ = fs::file_size(path, problem);
      if (problem) size_ = 0;
    }
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  ~Bytes() {
    if (file_ != nullptr && file_ != stdin) std::fclose(file_);
  }

  bool read(std::string& bytes) {
    constexpr std::size_t size = 1u << 18;
    if (archive_) return archive_->read(bytes, size);
    const std::size_t before = bytes.size();
    bytes.resize(before + size);
    const std::size_t n = std::fread(bytes.data() + before, 1, size, file_);
    bytes.resize(before + n);
    read_ += n;
    if (n < size && std::ferror(file_) != 0) throw Error(ErrorCode::io, path_, "cannot be read on");
    return n > 0;
  }

  [[nodiscard]] double part() const {
    if (archive_)
      return archive_->size() == 0 ? -1 : static_cast<double>(archive_->position()) / static_cast<double>(archive_->size());
    return size_ == 0 ? -1 : static_cast<double>(read_) / static_cast<double>(size_);
  }

 private:
  std::string path_;
  std::optional<Archive> archive_;
  std::FILE* file_ = nullptr;
  std::uint64_t size_ = 0;
  std::uint64_t read_ = 0;
};

}  // namespace

std::uint64_t fingerprint_of(std::string_view bytes, std::uint64_t seed) {
  constexpr std::uint64_t prime = 0x9E3779B97F4A7C15;
  std::uint64_t h = (seed + bytes.size()) * prime;
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t n = std::min<std::size_t>(8, bytes.size());
    std::memcpy(&word, bytes.data(), n);
    h = (h ^ word) * prime;
    h ^= h >> 29;
    bytes.remove_prefix(n);
  }
  return h ^ (h >> 32);
}

std::optional<Date> read_catalogue(const Importer& importer, const std::string& path, const CatalogueSink& sink) {
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (path != "-" && !fs::exists(status)) throw Error(ErrorCode::io, path, "there is no such file or folder");
  const bool folder = path != "-" && fs::is_directory(status);
  if (importer.read_stream != nullptr) {
    if (folder || Archive::holds_many(path))
      throw Error(ErrorCode::usage, path, fmt::format("the format {} is one file, not many", importer.name));
    Bytes bytes(path);
    importer.read_stream(
        path == "-" ? "standard input" : path,
        [&](std::string& more) {
          const bool any = bytes.read(more);
          sink.progress(bytes.part());
          return any;
        },
        sink);
    return std::nullopt;
  }
  Pipeline pipeline(importer.read_entry, sink);
  if (folder) {
    pipeline.run([&](const Pipeline::Deliver& deliver) { produce_folder(path, deliver); });
    return std::nullopt;
  }
  if (Archive::holds_many(path)) {
    std::int64_t newest = 0;
    pipeline.run([&](const Pipeline::Deliver& deliver) { produce_archive(path, newest, deliver); });
    const std::chrono::year_month_day day{
        std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{newest}})};
    if (newest <= 0 || int{day.year()} > 2199) return std::nullopt;
    return Date{static_cast<std::int16_t>(int{day.year()}), static_cast<std::uint8_t>(unsigned{day.month()}),
                static_cast<std::uint8_t>(unsigned{day.day()})};
  }
  Bytes bytes(path);
  pipeline.run([&](const Pipeline::Deliver& deliver) {
    produce_stream(
        path == "-" ? "standard input" : path, [&](std::string& more) { return bytes.read(more); }, [&] { return bytes.part(); },
        deliver);
  });
  return std::nullopt;
}

}  // namespace lacuna
