// Inputs made to hurt. Each stands beside two good records and is read by the program itself, which must tell exactly what is
// wrong, take the good records in, and need neither much memory nor much time.
#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>
#include <functional>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "support/archives.hpp"
#include "support/process.hpp"

using lacuna::read_file;
using lacuna::test::noise;
using lacuna::test::pack;
using lacuna::test::Packed;
using lacuna::test::Scratch;

namespace {

// A sanitizer keeps freed memory and slows everything down: with it only hanging is a failure. g++ and clang say so in ways of
// their own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LACUNA_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define LACUNA_SANITIZED
#endif
#endif
#if defined(LACUNA_SANITIZED)
constexpr long most_memory = 4'000'000;
constexpr unsigned most_seconds = 240;
#else
constexpr long most_memory = 400'000;  // KiB
constexpr unsigned most_seconds = 60;
#endif

struct Read {
  int status = 0;  ///< Exit status; 128 + signal when killed, 142 when it took too long.
  std::string summary;
  std::string err;
  long memory = 0;  ///< Peak, KiB.
};

/// What is written to the program's standard input: called with a function that writes and is false when nobody reads any more.
using Feed = std::function<void(const std::function<bool(std::string_view)>& put)>;

/// `lacuna import ARGUMENTS` in the scratch folder, into the map lacuna.db.
Read import(const Scratch& scratch, std::vector<std::string> arguments, const Feed& feed = {}) {
  arguments.insert(arguments.begin(), {LACUNA_PROGRAM, "-m", "lacuna.db", "import"});
  std::vector<char*> argv;
  for (std::string& a : arguments) argv.push_back(a.data());
  argv.push_back(nullptr);
  const Scratch outputs;
  int ends[2] = {-1, -1};
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[0], STDIN_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    if (::chdir(scratch.path().c_str()) != 0) ::_exit(126);
    if (std::freopen(outputs.path("out").c_str(), "wb", stdout) == nullptr ||
        std::freopen(outputs.path("err").c_str(), "wb", stderr) == nullptr)
      ::_exit(126);
    ::unsetenv("LACUNA_MAP");
    ::alarm(most_seconds);
    ::execv(LACUNA_PROGRAM, argv.data());
    ::_exit(127);
  }
  ::close(ends[0]);
  const pid_t feeder = ::fork();
  if (feeder == 0) {
    std::signal(SIGPIPE, SIG_IGN);
    const auto put = [&](std::string_view bytes) {
      while (!bytes.empty()) {
        const ssize_t n = ::write(ends[1], bytes.data(), bytes.size());
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
      }
      return true;
    };
    if (feed) feed(put);
    ::_exit(0);
  }
  ::close(ends[1]);
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  ::waitpid(feeder, nullptr, 0);
  Read read;
  read.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  read.summary = read_file(outputs.path("out"));
  read.summary.erase(std::min(read.summary.find('\n'), read.summary.size()));
  read.err = read_file(outputs.path("err"));
  read.memory = usage.ru_maxrss;
  CHECK(read.memory < most_memory);
  return read;
}

/// Identifiers of the records in the map, in their order, separated by blanks.
std::string records(const Scratch& scratch) {
  std::string found;
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open_v2(scratch.path("lacuna.db").c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  const auto add = [](void* list, int, char** values, char**) {
    static_cast<std::string*>(list)->append(static_cast<std::string*>(list)->empty() ? "" : ", ").append(values[0]);
    return 0;
  };
  CHECK(sqlite3_exec(db, "SELECT identifier FROM record ORDER BY identifier", add, &found, nullptr) == SQLITE_OK);
  sqlite3_close(db);
  return found;
}

std::string good(int n) {
  return "docidentifier:\n- id: LAKE " + std::to_string(n) + "\n  type: LAKE\ntitle:\n- content: Tides of lake " +
         std::to_string(n) + "\n  language: en\n";
}

std::string times(std::size_t n, std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < n; ++i) result += text;
  return result;
}

struct Hostile {
  std::string name;
  std::string bytes;
  std::string said;
};

}  // namespace

TEST_CASE("hostile: a YAML record that is a bomb, too deep, too long or broken is told and skipped, and the others go in") {
  const std::string opening = "docid: TRAP 1\n";
  const Hostile cases[] = {
      {"alias bomb", "a: &a [x, x]\nb: &b [*a, *a]\ndocid: TRAP 1\n", ":1: error: anchors are not read"},
      {"alias of nothing", opening + "title: *a\n", ":2: error: aliases are not read"},
      {"merge key", opening + "<<: {docid: TRAP 2}\n", ":2: error: merge keys are not read"},
      {"merge key in quotes", opening + "\"<<\": {docid: TRAP 2}\n", ":2: error: merge keys are not read"},
      {"100,000 lists in each other", opening + "x: " + times(100'000, "[") + times(100'000, "]") + "\n",
       ":2: error: is nested deeper than 32 levels"},
      {"100,000 lists in each other by hyphens", opening + "x:\n  " + times(100'000, "- ") + "a\n",
       ":3: error: is nested deeper than 32 levels"},
      {"100,000 mappings in each other", opening + "x: " + times(100'000, "{a: ") + times(100'000, "}") + "\n",
       ":2: error: is nested deeper than 32 levels"},
      {"100,000 names in each other", opening + "x:\n  " + times(100'000, "? ") + "a\n",
       ":3: error: is nested deeper than 32 levels"},
      {"NUL", opening + "title: a" + std::string(1, '\0') + "b\n",
       ":2: error: is no valid YAML: control characters are not allowed"},
      {"escaped NUL", opening + "title: \"a\\0b\"\n", ":2: error: a text holds NUL"},
      {"letter of Latin-1", opening + "x: 1\ntitle: caf\xE9 au lait\n",
       ":3: error: is no valid YAML: invalid trailing UTF-8 octet"},
      {"half a surrogate", opening + "title: \xED\xA0\x80\n", ":2: error: is no valid YAML: invalid Unicode character"},
      {"UTF-16",
       std::string("\xFF\xFE"
                   "d\0o\0c\0",
                   8),
       ":1: error: is no valid YAML: invalid leading UTF-8 octet"},
      {"text of 5 MiB", opening + "title: " + std::string(5u << 20, 'a') + "\n", ":2: error: a text is longer than 4 MiB"},
      {"name of 5 MiB", opening + "? " + std::string(5u << 20, 'a') + "\n: b\n", ":2: error: a text is longer than 4 MiB"},
      {"file of 17 MiB", opening + "title: " + std::string(17u << 20, 'a') + "\n", ": error: is larger than 16 MiB"},
      {"five million titles", opening + "title: [" + times(5'000'000, "a,") + "]\n", ":2: error: holds more than 250000 texts"},
      {"identifier of a million words", "docid: \"TRAP" + times(1'000'000, " -a") + "\"\n",
       ":1: error: an identifier is longer than 1000 bytes"},
      {"identifier of a million brackets", "docid: \"TRAP" + times(1'000'000, "]") + "\"\n",
       ":1: error: an identifier is longer than 1000 bytes"},
      {"identifier of blanks and bars", "docid: \" \\t| ISO 1\"\n", ":1: error: has an empty identifier"},
      {"20,000 directives", times(20'000, "%TAG ! tag:x,2031:\n") + "---\n" + opening,
       ":2: error: is no valid YAML: found duplicate %TAG directive"},
      {"nothing", "", ":1: error: is empty"},
  };
  for (const Hostile& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Scratch scratch;
      (void)scratch.file("lakes/a.yaml", good(1));
      (void)scratch.file("lakes/m.yaml", c.bytes);
      (void)scratch.file("lakes/z.yaml", good(2));
      const Read read = import(scratch, {"--format", "relaton", "lakes"});
      CHECK(read.err == "lakes/m.yaml" + c.said + "; the record was skipped\n");
      CHECK(read.summary == "lakes: 3 records read, 2 new, 1 skipped");
      CHECK(records(scratch) == "LAKE 1, LAKE 2");
      CHECK(read.status == 0);
    }
  }
}

TEST_CASE("hostile: a YAML record that costs much and says little goes in, and nothing happens") {
  const Hostile cases[] = {
      {"a million residues in an abstract", "docid: TRAP 1\nabstract: \"" + times(1'000'000, "V02/") + "\"\n", ""},
      {"a tag that names code", "docid: !!python/object/apply:os.mkdir [TRAP 1]\n", ""},
      {"four million comments", "docid: TRAP 1\n" + times(4'000'000, "# \n"), ""},
      {"escape sequences", "docid: \"TRAP 1\"\ntitle: \"\\e]0;mine\\a\\e[31mred\"\n", ""},
  };
  for (const Hostile& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Scratch scratch;
      (void)scratch.file("lakes/a.yaml", good(1));
      (void)scratch.file("lakes/m.yaml", c.bytes);
      (void)scratch.file("lakes/z.yaml", good(2));
      const Read read = import(scratch, {"--format", "relaton", "lakes"});
      CHECK(read.err == "");
      CHECK(read.summary == "lakes: 3 records read, 3 new");
      CHECK(records(scratch) == "LAKE 1, LAKE 2, TRAP 1");
      CHECK_FALSE(std::filesystem::exists(scratch.path("TRAP 1")));
    }
  }
}

TEST_CASE("hostile: a text of 2 GiB between two YAML documents is skipped while it streams in") {
  const Scratch scratch;
  const Read read = import(scratch, {"--format", "relaton", "-"}, [](const auto& put) {
    put(good(1) + "---\ndocid: TRAP 1\ntitle: ");
    const std::string much(1u << 20, 'a');
    for (int i = 0; i < 2048 && put(much); ++i) {
    }
    put("\n---\n" + good(2));
  });
  CHECK(read.err == "standard input:7: error: is larger than 16 MiB; the record was skipped\n");
  CHECK(read.summary == "standard input: 3 records read, 2 new, 1 skipped");
  CHECK(records(scratch) == "LAKE 1, LAKE 2");
  CHECK(read.status == 0);
}

namespace {

std::string rfc(int n) {
  return "<rfc-entry><doc-id>RFC" + std::to_string(n) +
         "</doc-id><title>Tides</title><date><month>May</month><year>2031</year></date></rfc-entry>\n";
}

}  // namespace

TEST_CASE("hostile: a text of 2 GiB in the RFC index is skipped with its entry while it streams in") {
  const Scratch scratch;
  const Read read = import(scratch, {"--format", "rfc-index", "-"}, [](const auto& put) {
    put("<rfc-index>\n" + rfc(9001) + "<rfc-entry><doc-id>RFC9002</doc-id><title>");
    const std::string much(1u << 20, 'a');
    for (int i = 0; i < 2048 && put(much); ++i) {
    }
    put("</title></rfc-entry>\n" + rfc(9003) + "</rfc-index>\n");
  });
  CHECK(read.err == "standard input:3: error: \"RFC9002\" is longer than 4 MiB; the record was skipped\n");
  CHECK(read.summary == "standard input: 3 records read, 2 new, 1 skipped");
  CHECK(records(scratch) == "RFC 9001, RFC 9003");
  CHECK(read.status == 0);
}

TEST_CASE("hostile: an entry of the RFC index that never ends is skipped") {
  const Scratch scratch;
  const Read read = import(scratch, {"--format", "rfc-index", "-"}, [](const auto& put) {
    put("<rfc-index>\n" + rfc(9001) + "<rfc-entry><doc-id>RFC9002</doc-id>");
    const std::string much = times(10'000, "<kw>ebb</kw><abstract><p>flow</p></abstract>");
    for (int i = 0; i < 400 && put(much); ++i) {
    }
    put("</rfc-entry>\n" + rfc(9003) + "</rfc-index>\n");
  });
  CHECK(read.err == "standard input:3: error: \"RFC9002\" is longer than 4 MiB; the record was skipped\n");
  CHECK(records(scratch) == "RFC 9001, RFC 9003");
}

TEST_CASE("hostile: broken or boundless XML is told with its line, and what came before it goes in") {
  const auto endless = [](const std::string& opening) {
    return [opening](const std::function<bool(std::string_view)>& put) {
      put("<rfc-index>\n" + rfc(9001) + opening);
      const std::string much(1u << 20, 'a');
      for (int i = 0; i < 2048 && put(much); ++i) {
      }
    };
  };
  const auto once = [](const std::string& bytes) {
    return [bytes](const std::function<bool(std::string_view)>& put) {
      put("<rfc-index>\n" + rfc(9001) + bytes + rfc(9002) + "</rfc-index>\n");
    };
  };
  const struct {
    std::string name;
    Feed feed;
    std::string said;
  } cases[] = {
      {"attribute of 2 GiB", endless("<rfc-entry a=\""), ":3: a tag or comment is longer than 1 MiB"},
      {"name of 2 GiB", endless("<"), ":3: a tag or comment is longer than 1 MiB"},
      {"comment of 2 GiB", endless("<!--"), ":3: a tag or comment is longer than 1 MiB"},
      {"entity that nobody declared", once("&tide;\n"), ":3: is no valid XML: undefined entity"},
      {"100,000 elements in each other", once(times(100'000, "<a>")), ":3: elements are nested deeper than 64 levels"},
      {"elements of a million names",
       [](const auto& put) {
         put("<rfc-index>\n" + rfc(9001));
         for (int i = 0; i < 1'000'000 && put("<a" + std::to_string(i) + "/>"); ++i) {
         }
       },
       ":3: holds more than 10000 different names of elements and attributes"},
      {"NUL", once(std::string("<p>\0</p>", 8)), ":3: is no valid XML: not well-formed (invalid token)"},
      {"letter of Latin-1", once("<p>caf\xE9</p>"), ":3: is no valid XML: not well-formed (invalid token)"},
      {"cut off", [](const auto& put) { put("<rfc-index>\n" + rfc(9001) + "<rfc-entry><doc-id>RFC90"); },
       ":3: is no valid XML: no element found"},
  };
  for (const auto& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Scratch scratch;
      const Read read = import(scratch, {"--format", "rfc-index", "-"}, c.feed);
      CHECK(read.err == "lacuna: standard input" + c.said + "\n");
      CHECK(read.summary == "standard input: 1 record read, 1 new");
      CHECK(records(scratch) == "RFC 9001");
      CHECK(read.status == 1);
    }
  }
}

TEST_CASE("hostile: XML that declares entities is refused before any is looked at") {
  const std::string document = "<rfc-index>" + rfc(9001) + "</rfc-index>\n";
  const Hostile cases[] = {
      {"bomb of entities", "<!DOCTYPE b [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY c \"&b;&b;\">]>\n" + document, ":1"},
      {"entity of a file", "<!DOCTYPE b [<!ENTITY a SYSTEM \"secret.txt\">]>\n<rfc-index>&a;</rfc-index>\n", ":1"},
      {"entities elsewhere", "<?xml version=\"1.0\"?>\n<!DOCTYPE rfc-index SYSTEM \"http://lake.invalid/x.dtd\">\n" + document,
       ":2"},
  };
  for (const Hostile& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Scratch scratch;
      (void)scratch.file("secret.txt", rfc(9009));
      (void)scratch.file("good.xml", "<rfc-index>" + rfc(9002) + rfc(9003) + "</rfc-index>\n");
      (void)scratch.file("index.xml", c.bytes);
      const Read read = import(scratch, {"--format", "rfc-index", "index.xml", "good.xml"});
      CHECK(read.err == "lacuna: index.xml" + c.said + ": document type declarations and entities are not read\n");
      CHECK(read.summary == "index: 0 records read");
      CHECK(records(scratch) == "RFC 9002, RFC 9003");
      CHECK(read.status == 1);
    }
  }
}

TEST_CASE("hostile: JSON that is a bomb, too deep, too long, ambiguous or broken is told, and nothing changes") {
  std::string members;
  for (int i = 0; i < 10'001; ++i) members += "\"m" + std::to_string(i) + "\": 0,";
  const Hostile cases[] = {
      {"name twice", "{\"type\": \"bundle\",\n\"objects\": [],\n\"type\": \"bundle\"}",
       ":3: error: \"type\" stands twice in one object; keep one"},
      {"name twice among many", "{" + members.substr(0, 4000) + "\n\"m5\": 1}",
       ":2: error: \"m5\" stands twice in one object; keep one"},
      {"too many members", "{" + members + "\n\"x\": 1}", ":1: error: an object of more than 10000 members"},
      {"100,000 lists in each other", "{\"objects\": " + times(100'000, "[") + times(100'000, "]") + "}",
       ":1: error: nested deeper than 64 levels"},
      {"100,000 objects in each other", times(100'000, "{\"a\": ") + "1" + times(100'000, "}"),
       ":1: error: nested deeper than 64 levels"},
      {"five million numbers", "{\"objects\": [" + times(5'000'000, "0,") + "0]}", ":1: error: more than 2000000 values"},
      {"text of 2 MiB", "{\"type\": \"" + std::string(2u << 20, 'a') + "\"}",
       ":1: error: a text of 2097152 bytes is too long; at most 1048576"},
      {"NUL", std::string("{\n\"a\": 1\0}", 10), ":2: error: not JSON: a NUL byte; remove it"},
      {"escaped NUL", "{\"a\": \"\\u0000\"}", ":1: error: a text holds NUL or malformed UTF-8; remove it"},
      {"letter of Latin-1", "{\n\"a\": \"caf\xE9 au lait\"}", ":2: error: not JSON: invalid string: ill-formed UTF-8 byte"},
      {"half a surrogate", "{\"a\": \"\\uD800\"}",
       ":1: error: not JSON: invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF"},
      {"number without end", "{\"a\": 1" + std::string(100'000, '0') + "}",
       ":1: error: the number 100000000000000000000000000000000000000… is too large"},
      {"word that the parser itself says", "{\"a\": number overflow parsing 'x}", ":1: error: not JSON: invalid literal"},
      {"nothing", "", ":1: error: not JSON: unexpected end of input; expected '[', '{', or a literal"},
  };
  for (const Hostile& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Scratch scratch;
      (void)scratch.file("lakes.yaml", good(1) + "---\n" + good(2));
      (void)scratch.file("trap.json", c.bytes);
      CHECK(import(scratch, {"--format", "relaton", "lakes.yaml"}).summary == "lakes: 2 records read, 2 new");
      const std::string before = read_file(scratch.path("lacuna.db"));
      const Read read = import(scratch, {"--format", "stix", "trap.json"});
      CHECK(read.err == "trap.json" + c.said + "\nlacuna: trap.json: could not be read; nothing was changed\n");
      CHECK(read.summary == "");
      CHECK(read.status == 1);
      CHECK(read_file(scratch.path("lacuna.db")) == before);
    }
  }
}

TEST_CASE("hostile: links, pipes, devices and files that cannot be read in a folder are told, and the others go in") {
  namespace fs = std::filesystem;
  const Scratch scratch;
  (void)scratch.file("lakes/a.yaml", good(1));
  (void)scratch.file("lakes/deep/z.yaml", good(2));
  fs::create_symlink("nowhere", scratch.path("lakes/m1.yaml"));
  fs::create_symlink("m2.yaml", scratch.path("lakes/m2.yaml"));
  fs::create_directory_symlink("..", scratch.path("lakes/loop"));
  fs::create_directory_symlink("..", scratch.path("lakes/m3.yaml"));
  REQUIRE(::mkfifo(scratch.path("lakes/m4.yaml").c_str(), 0600) == 0);
  fs::create_symlink("/dev/zero", scratch.path("lakes/m5.yaml"));
  fs::create_symlink("/proc/self/mem", scratch.path("lakes/m6.yaml"));  // A plain file that nobody can read from its beginning.
  (void)scratch.file("lakes/m7.yaml", "");
  fs::resize_file(scratch.path("lakes/m7.yaml"), std::uintmax_t{2} << 30);
  const Read read = import(scratch, {"--format", "relaton", "lakes"});
  CHECK(read.err ==
        "lakes/m1.yaml: error: is a link to nothing; the record was skipped\n"
        "lakes/m2.yaml: error: is a link to nothing; the record was skipped\n"
        "lakes/m3.yaml: error: is no plain file; the record was skipped\n"
        "lakes/m4.yaml: error: is no plain file; the record was skipped\n"
        "lakes/m5.yaml: error: is no plain file; the record was skipped\n"
        "lakes/m6.yaml: error: cannot be read; the record was skipped\n"
        "lakes/m7.yaml: error: is larger than 16 MiB; the record was skipped\n");
  CHECK(read.summary == "lakes: 9 records read, 2 new, 7 skipped");
  CHECK(records(scratch) == "LAKE 1, LAKE 2");
  CHECK(read.status == 0);
}

TEST_CASE("hostile: a folder that is a link to itself is not there") {
  const Scratch scratch;
  std::filesystem::create_directory_symlink("lakes", scratch.path("lakes"));
  const Read read = import(scratch, {"--format", "relaton", "lakes"});
  CHECK(read.err == "lacuna: lakes: there is no such file or folder\n");
  CHECK(read.status == 1);
}

TEST_CASE("hostile: what an archive holds besides plain files inside of it is told, and the others go in") {
  for (const std::string format : {"tar", "tar.gz", "tar.zst"}) {
    DYNAMIC_SECTION(format) {
      const Scratch scratch;
      const std::string path = "lakes." + format;
      (void)scratch.file("outside.yaml", good(7));
      pack(scratch.path(path), format,
           {{"data/a.yaml", good(1)},
            {"data/soft.yaml", "../../outside.yaml", Packed::As::link},
            {"data/hard.yaml", "data/a.yaml", Packed::As::hard_link},
            {"data/device.yaml", "", Packed::As::device},
            {"data/pipe.yaml", "", Packed::As::pipe},
            {"/tmp/absolute.yaml", good(3)},
            {"../above.yaml", good(4)},
            {"data/../../above.yaml", good(5)},
            {"data/\x1B]0;mine\x07\x1B[31mred.yaml", "x"},
            {"data/caf\xE9\x9B"
             "31m.yaml",
             "x"},
            {"data/turned \xE2\x80\xAElmay.yaml", "x"},
            {"data/z.yaml", good(2)}});
      const Read read = import(scratch, {path});
      const std::string skipped = "; the record was skipped\n";
      CHECK(read.err == path + ":data/soft.yaml: error: is a link" + skipped +                                            //
                            path + ":data/hard.yaml: error: is a link" + skipped +                                        //
                            path + ":data/device.yaml: error: is no plain file" + skipped +                               //
                            path + ":data/pipe.yaml: error: is no plain file" + skipped +                                 //
                            path + ":/tmp/absolute.yaml: error: has a name that leads out of the archive" + skipped +     //
                            path + ":../above.yaml: error: has a name that leads out of the archive" + skipped +          //
                            path + ":data/../../above.yaml: error: has a name that leads out of the archive" + skipped +  //
                            path + ":data/ ]0;mine  [31mred.yaml:1: error: must be a mapping with docid or docidentifier" +
                            skipped +  //
                            path +
                            ":data/caf\xEF\xBF\xBD\xEF\xBF\xBD"
                            "31m.yaml:1: error: must be a mapping with docid or docidentifier" +
                            skipped +  //
                            path + ":data/turned  lmay.yaml:1: error: must be a mapping with docid or docidentifier" + skipped);
      CHECK(read.summary == "lakes: 12 records read, 2 new, 10 skipped");
      CHECK(records(scratch) == "LAKE 1, LAKE 2");
      CHECK(read.status == 0);
    }
  }
}

TEST_CASE("hostile: names that lead out of a ZIP are told, and the others go in") {
  const Scratch scratch;
  pack(scratch.path("lakes.zip"), "zip",
       {{"a.yaml", good(1)},
        {"soft.yaml", "/etc/hostname", Packed::As::link},
        {"/tmp/absolute.yaml", good(3)},
        {"../above.yaml", good(4)},
        {"z.yaml", good(2)}});
  const Read read = import(scratch, {"lakes.zip"});
  CHECK(read.err ==
        "lakes.zip:soft.yaml: error: is a link; the record was skipped\n"
        "lakes.zip:/tmp/absolute.yaml: error: has a name that leads out of the archive; the record was skipped\n"
        "lakes.zip:../above.yaml: error: has a name that leads out of the archive; the record was skipped\n");
  CHECK(records(scratch) == "LAKE 1, LAKE 2");
}

TEST_CASE("hostile: an encrypted file in a ZIP is told, and the others go in") {
  const Scratch scratch;
  pack(scratch.path("lakes.zip"), "zip", {{"a.yaml", good(1)}, {"secret.yaml", good(3)}, {"z.yaml", good(2)}});
  std::string bytes = read_file(scratch.path("lakes.zip"));
  // The lowest bit of the flags says so, in the file's own header and in the list at the end.
  std::size_t marked = 0;
  for (const auto& [signature, flags, name] :
       {std::tuple(std::string("PK\3\4"), 6, 30), std::tuple(std::string("PK\1\2"), 8, 46)}) {
    for (std::size_t at = bytes.find(signature); at != std::string::npos; at = bytes.find(signature, at + 1)) {
      if (bytes.compare(at + static_cast<std::size_t>(name), 6, "secret") == 0)
        bytes[at + static_cast<std::size_t>(flags)] |= 1, ++marked;
    }
  }
  REQUIRE(marked == 2);
  (void)scratch.file("lakes.zip", bytes);
  const Read read = import(scratch, {"lakes.zip"});
  CHECK(read.err == "lakes.zip:secret.yaml: error: is encrypted; the record was skipped\n");
  CHECK(read.summary == "lakes: 3 records read, 2 new, 1 skipped");
  CHECK(records(scratch) == "LAKE 1, LAKE 2");
}

TEST_CASE("hostile: of an archive that was cut off, what stands before the cut goes in") {
  const std::pair<std::string, std::string> cases[] = {
      {"tar", "noise.bin: is cut off or damaged: Truncated tar archive"},
      {"tar.gz", "noise.bin: is cut off or damaged: truncated gzip input"},
      {"tar.zst", "noise.bin: is cut off or damaged: Truncated zstd input"},
      {"zip", "noise.bin: is cut off or damaged: ZIP decompression failed (-5)"},
  };
  for (const auto& [format, said] : cases) {
    DYNAMIC_SECTION(format) {
      const Scratch scratch;
      const std::string path = scratch.path("lakes." + format);
      pack(path, format, {{"a.yaml", good(1)}, {"b.yaml", good(2)}, {"noise.bin", noise(2u << 20)}, {"z.yaml", good(3)}});
      std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
      const Read read = import(scratch, {"lakes." + format});
      CHECK(read.err == "lacuna: lakes." + format + ": " + said + "\n");
      CHECK(read.summary == "lakes: 2 records read, 2 new");
      CHECK(records(scratch) == "LAKE 1, LAKE 2");
      CHECK(read.status == 1);
    }
  }
}

TEST_CASE("hostile: an archive that unpacks to hundreds of times its size is left there") {
  for (const std::string format : {"tar.gz", "tar.zst", "zip"}) {
    for (const std::string name : {"bomb.yaml", "bomb.bin"}) {
      DYNAMIC_SECTION(format << ", " << name) {
        const Scratch scratch;
        pack(scratch.path("lakes." + format), format,
             {{"a.yaml", good(1)}, {"b.yaml", good(2)}, {name, "", Packed::As::file, 300u << 20}, {"z.yaml", good(3)}});
        const Read read = import(scratch, {"lakes." + format});
        CHECK(read.err == "lacuna: lakes." + format + ": unpacks to more than 500 times its size; the rest was not read\n");
        CHECK(read.summary == "lakes: 2 records read, 2 new");
        CHECK(records(scratch) == "LAKE 1, LAKE 2");
        CHECK(read.status == 1);
      }
    }
  }
}

TEST_CASE("hostile: a file over the limit in an archive is skipped, and the others go in") {
  const Scratch scratch;
  pack(scratch.path("lakes.tar.zst"), "tar.zst",
       {{"a.yaml", good(1)}, {"m.yaml", "", Packed::As::file, 100u << 20}, {"z.yaml", good(2)}});
  const Read read = import(scratch, {"lakes.tar.zst"});
  CHECK(read.err == "lakes.tar.zst:m.yaml: error: is larger than 16 MiB; the record was skipped\n");
  CHECK(records(scratch) == "LAKE 1, LAKE 2");
  CHECK(read.status == 0);
}

TEST_CASE("hostile: an archive that is another one than its name says, or none, is told so") {
  const Scratch scratch;
  pack(scratch.path("zip-in-truth.tar.zst"), "zip", {{"a.yaml", good(1)}});
  pack(scratch.path("tar-in-truth.zip"), "tar", {{"a.yaml", good(1)}});
  pack(scratch.path("empty.zip"), "zip", {});
  pack(scratch.path("nothing.tar.gz"), "tar.gz", {});
  (void)scratch.file("no-bytes.tar.zst", "");
  (void)scratch.file("text.tar", good(1));
  (void)scratch.file("good.yaml", good(1) + "---\n" + good(2));
  const Read read = import(scratch, {"zip-in-truth.tar.zst", "tar-in-truth.zip", "empty.zip", "nothing.tar.gz",
                                     "no-bytes.tar.zst", "text.tar", "--format", "relaton", "good.yaml"});
  CHECK(read.err ==
        "lacuna: zip-in-truth.tar.zst: is no tar archive, whatever its name says\n"
        "lacuna: tar-in-truth.zip: is no zip archive, whatever its name says\n"
        "lacuna: empty.zip: holds no .yaml or .yml file\n"
        "lacuna: nothing.tar.gz: holds no .yaml or .yml file\n"
        "lacuna: no-bytes.tar.zst: is no tar archive, whatever its name says\n"
        "lacuna: text.tar: is no tar archive, whatever its name says\n");
  CHECK(records(scratch) == "LAKE 1, LAKE 2");
  CHECK(read.status == 1);
}

TEST_CASE("hostile: of an entry that stands twice in an archive the first one stands") {
  const Scratch scratch;
  pack(scratch.path("lakes.tar.zst"), "tar.zst",
       {{"a.yaml", good(1)}, {"a.yaml", good(3)}, {"./a.yaml", good(4)}, {"z.yaml", good(2)}});
  const Read read = import(scratch, {"lakes.tar.zst"});
  CHECK(read.err == "");
  CHECK(read.summary == "lakes: 4 records read, 2 new, 2 repeated");
  CHECK(records(scratch) == "LAKE 1, LAKE 2");
}

TEST_CASE("hostile: 100,000 empty files in an archive are told by the first thousand and their number, and the others go in") {
  const Scratch scratch;
  std::vector<Packed> files{{"a.yaml", good(1)}};
  for (int i = 0; i < 100'000; ++i) files.push_back({"m" + std::to_string(i) + ".yaml", ""});
  files.push_back({"z.yaml", good(2)});
  pack(scratch.path("lakes.tar.zst"), "tar.zst", files);
  const Read read = import(scratch, {"lakes.tar.zst"});
  CHECK(read.err.substr(0, read.err.find('\n')) == "lakes.tar.zst:m0.yaml:1: error: is empty; the record was skipped");
  CHECK(std::count(read.err.begin(), read.err.end(), '\n') == 1001);
  CHECK(read.err.ends_with("\n… and 99000 faults more; --report FILE lists them all\n"));
  CHECK(read.summary == "lakes: 100002 records read, 2 new, 100000 skipped");
  CHECK(records(scratch) == "LAKE 1, LAKE 2");
  CHECK(read.status == 0);
}
