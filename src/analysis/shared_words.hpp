// Documents beside a writing, and what they share with it, in words and as values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lacuna/analysis.hpp"
#include "lacuna/value.hpp"

namespace lacuna {

/// The first `most` of them, with commas between.
std::string words_text(const std::vector<SharedWord>& shared, std::size_t most);
/// The first `most` of them: {"word", "rarity", "titles"}.
Value shared_values(const std::vector<SharedWord>& shared, std::size_t most = static_cast<std::size_t>(-1));

/// A record as it is held against others: its title, its keywords and abstract.
Writing writing_of(const RecordRow& record);

/// A proposal as documents are held against it.
class Held {
 public:
  /// Comparison and profile must outlive it.
  Held(Comparison& comparison, const Profile& profile, const Writing& proposal);
  /// A document beside it: what they share, and how near that makes them.
  [[nodiscard]] Overlap overlap(const Prepared& document) const { return comparison_.overlap(prepared_, document); }
  [[nodiscard]] Closeness closeness(const Overlap& overlap, const Writing& document) const;
  /// A record beside it; nothing where they share no word of their titles.
  [[nodiscard]] std::optional<NearDocument> beside(const RecordRow& record) const;

 private:
  Comparison& comparison_;
  const Profile& profile_;
  Prepared prepared_;
  Subject subject_;
};

}  // namespace lacuna
