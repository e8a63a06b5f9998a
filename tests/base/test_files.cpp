#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.hpp"
#include "lacuna/error.hpp"
#include "support/process.hpp"

namespace fs = std::filesystem;
using namespace lacuna;
using namespace lacuna::test;

namespace {

std::set<std::string> names_in_folder(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

/// What the error of `action` says, or "no error".
template <class Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::io);
    return error.what();
  }
  return "no error";
}

std::size_t entries(const std::string& folder) {
  std::size_t n = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder)) ++n;
  return n;
}

/// The same, without the scratch folder.
template <class Action>
std::string error_of(const Scratch& scratch, Action action) {
  try {
    action();
  } catch (const Error& error) {
    std::string text = error.what();
    for (std::size_t at = text.find(scratch.path()); at != std::string::npos; at = text.find(scratch.path()))
      text.replace(at, scratch.path().size(), "");
    return text;
  }
  return "no error";
}

/// Runs `action` in a process of its own that ends without tidying up, as one that is killed does.
template <class Action>
void in_killed_process(Action action) {
  const pid_t child = ::fork();
  if (child == 0) {
    action();
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(status == 0);
}

}  // namespace

TEST_CASE("files: nothing stands at a place that no file can have, and an empty file holds nothing") {
  const Scratch scratch;
  std::ofstream(scratch.path("empty"));
  std::ofstream(scratch.path("full")) << "x";
  fs::create_symlink("circle", scratch.path("circle"));
  for (const std::string& nothing :
       {scratch.path("none"), scratch.path("full/inside"), scratch.path("circle"), scratch.path(std::string(300, 'n'))}) {
    INFO(nothing);
    CHECK(status_of(nothing).type() == fs::file_type::not_found);
    CHECK_FALSE(holds_something(nothing));
    CHECK(file_id(nothing) == std::nullopt);
  }
  CHECK(status_of(scratch.path("empty")).type() == fs::file_type::regular);
  CHECK_FALSE(holds_something(scratch.path("empty")));
  CHECK(holds_something(scratch.path("full")));
  CHECK(file_id(scratch.path("full")) != std::nullopt);
}

TEST_CASE("files: what a killed process left of an output goes with the next one; what only looks like it stays") {
  const Scratch scratch;
  const std::string path = scratch.path("o.json");
  in_killed_process([&] { new Replacement(path); });
  REQUIRE(names_in_folder(scratch.path()).size() == 1);
  const std::set<std::string> of_users{"o.json.part-2024-notes.txt", "o.json.part-01", "o.json.part-lacuna",
                                       "o.json.part-7-lacuna.bak", "no.json.part-7-lacuna"};
  for (const std::string& name : of_users) (void)scratch.file(name, "mine");
  fs::create_directory(scratch.path("o.json.part-8-lacuna"));
  write_file(path, "[]");
  std::set<std::string> left = of_users;
  left.insert({"o.json", "o.json.part-8-lacuna"});
  CHECK(names_in_folder(scratch.path()) == left);
}

TEST_CASE("files: the part of a process that is at work is nobody's left-over, whatever its number") {
  const Scratch scratch;
  const std::string path = scratch.path("m.db");
  const Replacement first(path);
  in_killed_process([&] {
    const Replacement second(path);
    if (!fs::exists(first.part()) || second.part() == first.part()) ::_exit(1);
  });
  CHECK(fs::exists(first.part()));
}

TEST_CASE("files: a name of any length can be replaced") {
  const Scratch scratch;
  const std::string path = scratch.path(std::string(255, 'n'));
  write_file(path, "one");
  write_file(path, "two");
  CHECK(read_file(path) == "two");
  CHECK(names_in_folder(scratch.path()).size() == 1);
}

TEST_CASE("files: a symbolic link stays one, also where it leads to nothing yet") {
  const Scratch scratch;
  fs::create_directory(scratch.path("inner"));
  fs::create_symlink("inner/real.txt", scratch.path("link.txt"));
  write_file(scratch.path("link.txt"), "text");
  CHECK(fs::is_symlink(scratch.path("link.txt")));
  CHECK(read_file(scratch.path("inner/real.txt")) == "text");
  fs::create_symlink("b", scratch.path("a"));
  fs::create_symlink("a", scratch.path("b"));
  CHECK(error_of(scratch, [&] { write_file(scratch.path("a"), "x"); }) ==
        "/a: is a symbolic link that leads nowhere; name a file");
}

TEST_CASE("files: a file does not take the place of a database; a map does") {
  const Scratch scratch;
  const std::string path = scratch.file("m.db", std::string("SQLite format 3\0 and more", 25));
  CHECK(error_of(scratch, [&] { write_file(path, "x"); }) ==
        "/m.db: is a map or another database, and would be lost; name another file, or remove this one first");
  CHECK(read_file(path).starts_with("SQLite"));
  Replacement map(path, Replacement::By::map);
  map.write("new");
  map.commit();
  CHECK(read_file(path) == "new");
}

TEST_CASE("files: an endless or overlong file is told") {
  const Scratch scratch;
  CHECK(error_of(scratch, [&] { (void)read_file("/dev/zero", 1 << 20); }) ==
        "/dev/zero: holds more than 1 MiB; that is no file of this kind");
  const std::string path = scratch.file("five", "12345");
  CHECK(read_file(path, 5) == "12345");
  CHECK(error_of(scratch, [&] { (void)read_file(path, 4); }).find("holds more than 0 KiB") != std::string::npos);
}

TEST_CASE("files: a lock keeps others out, also of what is not there yet, and leaves nothing behind") {
  const Scratch scratch;
  const std::string path = scratch.path("m.db");
  {
    const FileLock lock(path);
    in_killed_process([&] {
      const std::string said = error_of(scratch, [&] { const FileLock second(path); });
      if (said != "/m.db: is being changed by another command; try again when that is done") ::_exit(1);
    });
  }
  CHECK(names_in_folder(scratch.path()).empty());
  // One that was killed keeps nobody out.
  in_killed_process([&] { new FileLock(path); });
  CHECK(names_in_folder(scratch.path()).size() == 1);
  { const FileLock lock(path); }
  CHECK(names_in_folder(scratch.path()).empty());
  CHECK(error_of(scratch, [&] { const FileLock lock(scratch.path("missing/m.db")); }) ==
        "/missing/m.db: cannot be written: No such file or directory; nothing was changed");
}

TEST_CASE("files: those who wait for a lock get it") {
  const Scratch scratch;
  const std::string path = scratch.path("counter");
  write_file(path, "0");
  std::vector<pid_t> children;
  for (int i = 0; i < 8; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (int j = 0; j < 5; ++j) {
        const FileLock lock(path);
        write_file(path, std::to_string(std::stoi(read_file(path)) + 1));
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  CHECK(read_file(path) == "40");
}

namespace {

void put_all(FolderReplacement& folder, const std::string& word) {
  for (const char* name : {"a.json", "b.json", "c.json"}) folder.put(name, word);
}

std::string words_in(const std::string& folder) {
  std::string words;
  for (const std::string& name : names_in_folder(folder))
    words += name + "=" + read_file((fs::path(folder) / name).string()) + " ";
  return words;
}

}  // namespace

TEST_CASE("files: files of a folder get their names together, and those that go, go with them") {
  const Scratch scratch;
  const std::string folder = scratch.path("map");
  {
    FolderReplacement first(folder);
    put_all(first, "old");
    first.put("d.json", "old");
    first.commit();
  }
  (void)scratch.file("map/README", "mine");
  CHECK(words_in(folder) == "README=mine a.json=old b.json=old c.json=old d.json=old ");
  {
    FolderReplacement given_up(folder);
    put_all(given_up, "new");
  }
  CHECK(words_in(folder) == "README=mine a.json=old b.json=old c.json=old d.json=old ");
  FolderReplacement second(folder);
  put_all(second, "new");
  second.remove("d.json");
  second.commit();
  CHECK(words_in(folder) == "README=mine a.json=new b.json=new c.json=new ");
}

TEST_CASE("files: what was begun in a folder and written down is finished by whoever reads it; what was not, never was") {
  const Scratch scratch;
  const std::string folder = scratch.path("map");
  {
    FolderReplacement first(folder);
    put_all(first, "old");
    first.commit();
  }
  // Killed before: parts are left, the old files stand.
  in_killed_process([&] { put_all(*new FolderReplacement(folder), "lost"); });
  CHECK(names_in_folder(folder).size() == 6);
  { const FolderReading reading(folder); }
  CHECK(read_file(folder + "/a.json") == "old");
  // Killed behind: the commit is there, one name of three has changed.
  (void)scratch.file("map/b.json.part-5-lacuna", "new");
  (void)scratch.file("map/c.json.part-5-lacuna", "new");
  (void)scratch.file("map/a.json", "new");
  (void)scratch.file("map/.commit-lacuna",
                     "a.json.part-5-lacuna\ta.json\nb.json.part-5-lacuna\tb.json\nc.json.part-5-lacuna\tc.json\n\tgone.json\n");
  { const FolderReading reading(folder); }
  for (const char* name : {"a.json", "b.json", "c.json"}) CHECK(read_file(folder + "/" + name) == "new");
  FolderReplacement third(folder);
  put_all(third, "third");
  third.commit();
  CHECK(words_in(folder) == "a.json=third b.json=third c.json=third ");
}

TEST_CASE(
    "files: a commit that came with a folder from elsewhere touches nothing outside of it, and no file that is not a part") {
  const Scratch scratch;
  (void)scratch.file("victim.json", "mine");
  fs::create_directory(scratch.path("map"));
  (void)scratch.file("map/a.json", "a");
  (void)scratch.file("map/private.json", "private");
  (void)scratch.file(
      "map/.commit-lacuna",
      "private.json\ta.json\n../victim.json\ta.json\na.json.part-1-lacuna\t../victim.json\n\t../victim.json\n\t.git\nnonsense\n");
  { const FolderReading reading(scratch.path("map")); }
  CHECK(words_in(scratch.path("map")) == "a.json=a private.json=private ");
  CHECK(read_file(scratch.path("victim.json")) == "mine");
}

TEST_CASE("files: while a folder is read, nobody changes it") {
  const Scratch scratch;
  const std::string folder = scratch.path("map");
  {
    FolderReplacement first(folder);
    put_all(first, "old");
    first.commit();
  }
  auto reading = std::make_unique<FolderReading>(folder);
  std::thread writer([&] {
    FolderReplacement second(folder);
    put_all(second, "new");
    second.commit();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  CHECK(read_file(folder + "/c.json") == "old");
  reading.reset();
  writer.join();
  CHECK(read_file(folder + "/c.json") == "new");
}

TEST_CASE("files: what was written is read, whatever the bytes") {
  const Scratch scratch;
  std::string bytes;
  for (int i = 0; i < 300'000; ++i) bytes += static_cast<char>(i * 7);
  write_file(scratch.path("a"), bytes);
  CHECK(read_file(scratch.path("a")) == bytes);
  write_file(scratch.path("a"), "");
  CHECK(read_file(scratch.path("a")) == "");
  CHECK(entries(scratch.path()) == 1);
}

TEST_CASE("files: reading a folder or nothing says why it cannot") {
  const Scratch scratch;
  CHECK(error_of([&] { read_file(scratch.path()); }) == scratch.path() + ": is a folder, not a file; name a file");
  CHECK(error_of([&] { read_file(scratch.path("none")); }) ==
        scratch.path("none") + ": cannot be read: No such file or directory");
  write_file(scratch.path("plain"), "x");
  CHECK(error_of([&] { read_file(scratch.path("plain/below")); }) ==
        scratch.path("plain/below") + ": cannot be read: Not a directory");
}

TEST_CASE("files: writing where it is not possible says so and leaves nothing behind") {
  const Scratch scratch;
  CHECK(error_of([&] { write_file(scratch.path("none/a"), "x"); }) ==
        scratch.path("none/a") + ": cannot be written: No such file or directory; nothing was changed");
  CHECK(entries(scratch.path()) == 0);
  fs::create_directory(scratch.path("folder"));
  CHECK(error_of([&] { write_file(scratch.path("folder"), "x"); }) == scratch.path("folder") + ": is a folder; name a file");
  CHECK(entries(scratch.path()) == 1);
  CHECK(fs::is_directory(scratch.path("folder")));
}

TEST_CASE("files: the old bytes stay when the new ones cannot be written") {
  const Scratch scratch;
  const std::string path = scratch.file("map.svg", "old");
  {
    rlimit old{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &old) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = old;
    small.rlim_cur = 1000;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    std::string said = "no error";
    try {
      write_file(path, std::string(5000, 'x'));
    } catch (const Error& error) {
      said = error.what();
    }
    ::setrlimit(RLIMIT_FSIZE, &old);
    std::signal(SIGXFSZ, handler);
    CHECK(said == path + ": cannot be written: File too large; nothing was changed");
    CHECK(entries(scratch.path()) == 1);
  }
  CHECK(read_file(path) == "old");
}

TEST_CASE("files: a link stays a link and the mode of a file stays what it was") {
  const Scratch scratch;
  const std::string path = scratch.file("real/map.svg", "old");
  REQUIRE(::chmod(path.c_str(), 0640) == 0);
  fs::create_symlink("real/map.svg", scratch.path("link.svg"));
  write_file(scratch.path("link.svg"), "new");
  CHECK(fs::is_symlink(scratch.path("link.svg")));
  CHECK(read_file(path) == "new");
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 07777U) == 0640U);
  CHECK(entries(scratch.path("real")) == 1);
}

TEST_CASE("files: a device is written to as it is") {
  CHECK(error_of([&] { write_file("/dev/null", "x"); }) == "no error");
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(error_of([&] { write_file("/dev/full", "x"); }) == "/dev/full: cannot be written: No space left on device");
}

TEST_CASE("files: what is no ordinary file cannot be replaced") {
  const Scratch scratch;
  REQUIRE(::mkfifo(scratch.path("pipe").c_str(), 0600) == 0);
  CHECK(error_of([&] { const Replacement replacement(scratch.path("pipe")); }) ==
        scratch.path("pipe") + ": is no ordinary file; name one, or a new one");
  CHECK(entries(scratch.path()) == 1);
}

TEST_CASE("files: a replacement that is given up leaves what was there") {
  const Scratch scratch;
  const std::string path = scratch.file("a", "old");
  {
    const Replacement replacement(path);
    write_file(replacement.part(), "half");
  }
  CHECK(read_file(path) == "old");
  CHECK(entries(scratch.path()) == 1);
}
