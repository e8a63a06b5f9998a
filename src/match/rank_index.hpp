// The texts of candidates and links, laid out so that a text is held against all of them at once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "match/rank_text.hpp"
#include "match/ranker.hpp"

namespace lacuna {

/// Rows by feature: which rows have it, and how strongly.
class Postings {
 public:
  Postings() = default;
  Postings(const std::vector<Features>& rows, std::size_t features);

  /// Adds to each row's sum its dot product with `features`. Features it does not know add nothing.
  void add(const Features& features, std::vector<float>& sums) const;
  [[nodiscard]] std::size_t rows_with(std::uint32_t feature) const {
    return feature + 1 < starts_.size() ? starts_[feature + 1] - starts_[feature] : 0;
  }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<Feature> rows_;  ///< `id` is the row.
};

/// A text held against every candidate and link; independent of what it may know of them.
struct Likeness {
  std::vector<float> words;   ///< By candidate: BM25 on all that is said of it.
  std::vector<float> name;    ///< By candidate: cosine of characters with its name.
  std::vector<float> named;   ///< By candidate: cosine of features with its name.
  std::vector<float> linked;  ///< By link: cosine of features.
};

/// A text that was read.
struct RankReading {
  Features counts;      ///< Feature weights before rarity.
  Features direction;   ///< With rarity, of length 1.
  Features characters;  ///< Of length 1.
  std::vector<Mark> marks;
};

/// What the features of each row, as they are, weigh for BM25: a row's length is the sum of its weights. `mean` is the mean
/// length, or 0 to take that of these rows; it returns the one that was taken.
double weigh_bm25(std::vector<Features>& rows, const std::vector<double>& rarities, double mean);

/// Built once from candidates and links. Reading new texts is not for several threads at once; all else is.
class RankIndex {
 public:
  RankIndex(std::span<const RankCandidate> candidates, std::span<const RankLink> links);

  RankReading read(std::string_view text, std::string_view title, std::string_view context);
  /// Time: the postings of the text's features.
  [[nodiscard]] Likeness hold(const RankReading& reading) const;

  [[nodiscard]] const RankReading& link(std::size_t position) const { return links_[position]; }
  [[nodiscard]] const Features& name(std::size_t candidate) const { return names_[candidate]; }
  [[nodiscard]] const std::vector<Mark>& name_marks(std::size_t candidate) const { return name_marks_[candidate]; }
  [[nodiscard]] const std::vector<std::uint32_t>& targets(std::size_t link) const { return targets_[link]; }
  [[nodiscard]] const std::vector<std::uint32_t>& refused(std::size_t link) const { return refused_[link]; }
  [[nodiscard]] const std::vector<std::uint32_t>& links_to(std::size_t candidate) const { return links_to_[candidate]; }
  [[nodiscard]] std::size_t candidates() const { return names_.size(); }
  [[nodiscard]] std::size_t links() const { return links_.size(); }
  /// Position of a candidate by its id, or candidates().
  [[nodiscard]] std::uint32_t candidate(const std::string& id) const;
  /// Number of features that candidates and links have; others came with queries.
  [[nodiscard]] std::size_t features() const { return rarities_.size(); }
  [[nodiscard]] RankText& text() { return text_; }
  [[nodiscard]] const std::vector<double>& rarities() const { return rarities_; }
  [[nodiscard]] double rarity(std::uint32_t feature) const {
    return feature < rarities_.size() ? rarities_[feature] : rarest_ * text_.worth(feature);
  }
  /// Feature weights of all that is said of a candidate, before rarity.
  [[nodiscard]] const std::vector<Features>& own() const { return own_; }
  /// The same with rarity, of length 1.
  [[nodiscard]] const std::vector<Features>& said() const { return said_; }

 private:
  void find_rarities(const std::vector<Features>& own, const std::vector<Features>& others);
  [[nodiscard]] Features directed(const Features& counts) const;

  RankText text_;
  RankCharacters characters_;
  std::unordered_map<std::string, std::uint32_t> by_id_;
  std::vector<Features> own_;
  std::vector<Features> said_;
  std::vector<Features> names_;
  std::vector<std::vector<Mark>> name_marks_;
  std::vector<RankReading> links_;
  std::vector<std::vector<std::uint32_t>> targets_, refused_, links_to_;
  std::vector<double> rarities_;
  double rarest_ = 0;
  std::vector<double> character_rarities_;
  Postings words_in_, named_in_, linked_in_, characters_in_;
};

}  // namespace lacuna
