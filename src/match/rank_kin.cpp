#include "match/rank_kin.hpp"

#include <Eigen/Cholesky>
#include <Eigen/QR>
#include <Eigen/SparseCore>
#include <algorithm>
#include <cmath>
#include <map>
#include <random>

namespace lacuna {
namespace {

constexpr std::size_t most_topics = 40;
constexpr int rounds = 40;
constexpr float least_likeness = 1e-4F;  // below, it is rounding
constexpr std::uint32_t none = 0xffffffffU;
constexpr double covered_counts = 0.6, phrase_counts = 0.7;  // shares of `mention`

using Matrix = Eigen::MatrixXd;

/// An orthonormal basis of what the columns span.
Matrix orthonormal(const Matrix& m) {
  return Eigen::HouseholderQR<Matrix>(m).householderQ() * Matrix::Identity(m.rows(), m.cols());
}

/// How often `phrase` stands in `text`.
std::size_t times_in(const std::vector<std::uint32_t>& phrase, const std::vector<std::uint32_t>& text) {
  std::size_t times = 0;
  for (auto at = std::search(text.begin(), text.end(), phrase.begin(), phrase.end()); at != text.end();) {
    ++times;
    at = std::search(at + static_cast<std::ptrdiff_t>(phrase.size()), text.end(), phrase.begin(), phrase.end());
  }
  return times;
}

}  // namespace

Kin::Kin(RankIndex& index, std::span<const RankCandidate> candidates) {
  find_topics(index);
  std::map<std::string_view, std::uint32_t> numbers;
  std::vector<std::size_t> members;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    if (candidates[c].parents.empty()) {
      families_.push_back(none);
      continue;
    }
    const std::string_view parent = candidates[c].parents.front();
    const auto [entry, fresh] = numbers.try_emplace(parent, static_cast<std::uint32_t>(numbers.size()));
    if (fresh) {
      family_places_.emplace_back(topics_, 0.0F);
      members.push_back(0);
    }
    families_.push_back(entry->second);
    ++members[entry->second];
    for (std::size_t t = 0; t < topics_; ++t) family_places_[entry->second][t] += places_[c * topics_ + t];
  }
  for (std::size_t f = 0; f < members.size(); ++f) {
    for (float& place : family_places_[f]) place /= static_cast<float>(members[f]);
  }

  std::vector<Features> names;
  for (const RankCandidate& c : candidates) {
    names_.push_back(index.text().stems(c.text));
    texts_.push_back(names_.back());
    const auto context = index.text().stems(c.context);
    texts_.back().push_back(none);  // no phrase runs from the name into the context
    texts_.back().insert(texts_.back().end(), context.begin(), context.end());
    names.push_back(index.text().read({{c.text, 1.0}}));
    bodies_.push_back(index.text().read({{c.text, 1.0}, {c.context, 1.0}}));
  }
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    double size = 0;
    for (Feature& f : names[c]) size += f.weight = static_cast<float>(index.rarity(f.id));
    name_sizes_.push_back(static_cast<float>(std::max(size, 1e-9)));
    for (Feature& f : bodies_[c]) f.weight = f.weight / (f.weight + 1);
  }
  named_in_ = Postings(names, index.text().size());
}

// The left singular vectors of the candidates' features with the largest singular values, by subspace iteration (Halko,
// Martinsson & Tropp 2011); a place is what latent semantic analysis (Deerwester et al. 1990) makes of a candidate.
void Kin::find_topics(const RankIndex& index) {
  const std::size_t n = index.candidates();
  topics_ = std::min(most_topics, n);
  if (n == 0) return;
  Eigen::SparseMatrix<double, Eigen::RowMajor> said(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(index.features()));
  std::vector<Eigen::Triplet<double>> entries;
  for (std::size_t c = 0; c < n; ++c) {
    for (const Feature& f : index.said()[c])
      entries.emplace_back(static_cast<int>(c), static_cast<int>(f.id), static_cast<double>(f.weight));
  }
  said.setFromTriplets(entries.begin(), entries.end());
  std::mt19937 dice(1);
  Matrix left(said.rows(), static_cast<Eigen::Index>(topics_));
  for (double& value : left.reshaped<Eigen::RowMajor>()) value = static_cast<double>(dice()) / 4294967296.0 - 0.5;
  left = orthonormal(left);
  for (int round = 0; round < rounds; ++round) left = orthonormal(said * Matrix(said.transpose() * left));
  const Matrix right = said.transpose() * left;
  // Of the square root of leftᵀ said saidᵀ left any one will do: likeness is the same for all.
  const Matrix places =
      left * Matrix(Eigen::LLT<Matrix>(right.transpose() * right + 1e-18 * Matrix::Identity(left.cols(), left.cols())).matrixL());
  places_.clear();
  for (Eigen::Index c = 0; c < places.rows(); ++c) {
    const double length = std::max(places.row(c).norm(), 1e-9);
    for (Eigen::Index t = 0; t < places.cols(); ++t) places_.push_back(static_cast<float>(places(c, t) / length));
  }
}

void Kin::add(std::uint32_t self, const std::vector<std::uint8_t>& allowed, std::vector<SignalRow>& rows) const {
  const float* own = &places_[self * topics_];
  const auto likeness = [&](const float* other) {
    float sum = 0;
    for (std::size_t t = 0; t < topics_; ++t) sum += own[t] * other[t];
    return sum > least_likeness ? sum : 0.0F;
  };
  std::vector<float> covered(rows.size(), 0.0F);
  named_in_.add(bodies_[self], covered);
  std::vector<float> phrases(rows.size(), 0.0F);
  float most_covered = 0;
  float most_phrases = 0;
  for (std::size_t c = 0; c < rows.size(); ++c) {
    if (allowed[c] == 0) continue;
    value_of(rows[c], Signal::topics) = likeness(&places_[c * topics_]);
    if (families_[c] != none) value_of(rows[c], Signal::family) = likeness(family_places_[families_[c]].data());
    covered[c] /= name_sizes_[c];
    if (names_[c].size() > 1) phrases[c] = std::log1p(static_cast<float>(times_in(names_[c], texts_[self])));
    most_covered = std::max(most_covered, covered[c]);
    most_phrases = std::max(most_phrases, phrases[c]);
  }
  for (std::size_t c = 0; c < rows.size(); ++c) {
    if (allowed[c] == 0) continue;
    const double share = (most_covered > 0 ? covered_counts * covered[c] / most_covered : 0) +
                         (most_phrases > 0 ? phrase_counts * phrases[c] / most_phrases : 0);
    value_of(rows[c], Signal::mention) = static_cast<float>(share / (covered_counts + phrase_counts));
  }
  divide_by_largest(rows, Signal::topics, allowed);
  divide_by_largest(rows, Signal::family, allowed);
}

}  // namespace lacuna
