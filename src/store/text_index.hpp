// The index by which a text finds the works of the catalogues that speak of the same: one row a term, its works with the weight
// that the term has in each. Smaller than a full-text index with positions, and read term by term.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/sqlite.hpp"
#include "text/terms.hpp"

namespace lacuna {

/// Makes the index anew from the texts of all works: title, keywords, abstract of the record that stands for the work, titles of
/// its other records. The weight of a term in a work is f / (f + 1.6 · (0.6 + 0.4 · length / mean length)) in 255 steps, where f
/// counts the term three times in titles, one and a half times in keywords, once in the abstract (BM25F: Robertson, Zaragoza and
/// Taylor 2004). Linear in the texts.
void index_texts(Connection& db);

/// The same in two steps: it reads all texts when it is made, weighs them on a core of its own while the database is used for
/// other things, and write() waits for that and puts the index into the place of the old one.
class TextIndexing {
 public:
  explicit TextIndexing(Connection& db);
  TextIndexing(const TextIndexing&) = delete;
  TextIndexing& operator=(const TextIndexing&) = delete;
  ~TextIndexing();
  void write();

 private:
  class Builder;
  std::unique_ptr<Builder> builder_;
};

/// A term of a question and what it weighs there.
struct WeighedTerm {
  std::uint32_t term = 0;  ///< In the vocabulary of the TextIndex.
  double weight = 1;
};

/// Reads the index of one map; keeps what it has read.
class TextIndex {
 public:
  explicit TextIndex(const Connection& db) : db_(&db) {}

  Vocabulary& vocabulary() { return vocabulary_; }

  struct Scored {
    std::int64_t work = 0;
    double score = 0;
  };
  /// The works that score most for the terms: sum of weight · rarity · weight of the term in the work. All postings of all terms
  /// are added up, in whole numbers: nothing is left out, and the order of the terms does not matter. Equal ones by work.
  /// O(postings).
  std::vector<Scored> best(const std::vector<WeighedTerm>& terms, std::size_t limit);
  /// ln(1 + (N − n + ½) / (n + ½)) of N works, n with the term (BM25); that of a single work where none has it.
  double rarity(std::uint32_t term);
  /// The same of a stem, without reading its postings.
  double rarity_of(const std::string& stem);
  /// How many works have that part in their title before the last one; 0 where fewer than two have, or the map is of an earlier
  /// version, which does not know.
  std::size_t titles_with(const std::string& part);

 private:
  struct Postings {
    double rarity = 0;
    std::vector<std::uint32_t> works;
    std::vector<std::uint8_t> weights;
  };
  const Postings& postings(std::uint32_t term);
  double rarest();

  const Connection* db_;
  Vocabulary vocabulary_;
  std::unordered_map<std::uint32_t, Postings> known_;
  std::int64_t most_ = -1;  ///< Highest number of a work.
  double rarest_ = 0;       ///< Of a term that one work has; 0 before it was asked for.
  std::unordered_map<std::string, double> rarities_;
  std::optional<Statement> find_rarity_;
  std::optional<Statement> find_part_;
  std::vector<std::uint32_t> sums_;  ///< By work; zero between questions.
};

}  // namespace lacuna
