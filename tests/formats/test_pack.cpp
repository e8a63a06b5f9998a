#include <catch2/catch.hpp>

#include <random>
#include <string>

#include "formats/pack.hpp"
#include "lacuna/error.hpp"

using namespace lacuna;

namespace {

std::string fault(const std::string& packed, std::size_t size) {
  try {
    unpack(packed, size);
  } catch (const Error& error) {
    CHECK((error.code() == ErrorCode::bad_input));
    return error.what();
  }
  return "fine";
}

/// Rows as a map has them: words that come again, numbers that do not.
std::string rows(std::size_t size) {
  std::mt19937 random(7);
  std::string text;
  while (text.size() < size) text += "node RC" + std::to_string(random()) + " requirement \"Robustness\"\n";
  text.resize(size);
  return text;
}

}  // namespace

TEST_CASE("pack: what was packed comes back byte by byte") {
  for (const std::string& bytes :
       {std::string("a"), std::string("a\0b\xff\n", 5), std::string(100'000, 'x'), rows(65'536), rows(65'537)}) {
    const std::string packed = pack(bytes);
    CHECK(unpack(packed, bytes.size()) == bytes);
    CHECK(pack(bytes) == packed);
  }
}

TEST_CASE("pack: ten megabytes come back, and take a part of their size") {
  const std::string bytes = rows(10'000'000);
  const std::string packed = pack(bytes);
  CHECK(packed.size() < bytes.size() / 3);
  CHECK((unpack(packed, bytes.size()) == bytes));
}

TEST_CASE("pack: what is no packed text is told") {
  const std::string bytes = rows(5'000);
  CHECK(fault("", bytes.size()) != "fine");
  CHECK(fault("SQLite format 3", bytes.size()) != "fine");
  std::string damaged = pack(bytes);
  damaged[0] = static_cast<char>(damaged[0] ^ 0x55);
  CHECK(fault(damaged, bytes.size()) != "fine");
  for (std::size_t i = 20; i < 40; ++i) damaged[i] = static_cast<char>(0xff);
  CHECK(fault(damaged, bytes.size()) != "fine");
}

TEST_CASE("pack: what is cut off is told wherever the cut is") {
  const std::string bytes = rows(5'000);
  const std::string packed = pack(bytes);
  for (const std::size_t left :
       {std::size_t{1}, std::size_t{4}, packed.size() / 4, packed.size() / 2, packed.size() - packed.size() / 8}) {
    CHECK(fault(packed.substr(0, left), bytes.size()) != "fine");
  }
  CHECK(fault(packed, bytes.size() + 1) == "cannot be unpacked: it is cut off");
}

TEST_CASE("pack: a size that no packing reaches takes no memory") {
  const std::string packed = pack(rows(1'000));
  CHECK(fault(packed, std::size_t{1} << 40) == "cannot be unpacked: it is damaged");
  CHECK(fault(packed, ~std::size_t{0}) == "cannot be unpacked: it is damaged");
}
