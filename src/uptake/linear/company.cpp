// Figures of concepts that keep the same company.
#include <algorithm>
#include <numeric>

#include "uptake/concept_figures.hpp"
#include "uptake/linear/figures.hpp"

namespace lacuna::uptake {
namespace {

constexpr std::size_t nearest = 40;

/// The concepts nearest to each by the square of the cosine of what both met, 40 at most; and the cosine of each pair.
struct Company {
  Rows near;
  std::vector<float> cosine;
};

Company company_of(const Ground& ground) {
  const Rows information = mutual_information(ground.trial);
  std::vector<std::vector<std::pair<std::uint32_t, float>>> best(ground.n);
  Company company;
  company.cosine.resize(ground.pairs.second.size());
  each_product_row(information, ground.one, turned(information, ground.n), ground.n, [&](std::size_t i, std::span<const float> row) {
    for (std::uint32_t p = ground.pairs.begin[i]; p < ground.pairs.begin[i + 1]; ++p) company.cosine[p] = row[ground.pairs.second[p]];
    auto& list = best[i];
    for (std::uint32_t j = 0; j < ground.n; ++j) {
      if (j != i && row[j] > 0) list.emplace_back(j, row[j] * row[j]);
    }
    const std::size_t kept = std::min(nearest, list.size());
    std::ranges::partial_sort(list, list.begin() + static_cast<std::ptrdiff_t>(kept), [](const auto& a, const auto& b) { return std::pair(-a.second, a.first) < std::pair(-b.second, b.first); });
    list.resize(kept);
    list.shrink_to_fit();
    std::ranges::sort(list);
  });
  for (const auto& list : best) {
    for (const auto& [j, value] : list) {
      company.near.columns.push_back(j);
      company.near.values.push_back(value);
    }
    company.near.begin.push_back(company.near.columns.size());
  }
  return company;
}

/// The rows with `value` added on the diagonal, where they have nothing.
Rows with_diagonal(const Rows& rows, float value) {
  Rows result;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    result.columns.push_back(i);
    result.values.push_back(value);
    result.columns.insert(result.columns.end(), rows.columns.begin() + static_cast<std::ptrdiff_t>(rows.begin[i]), rows.columns.begin() + static_cast<std::ptrdiff_t>(rows.begin[i + 1]));
    result.values.insert(result.values.end(), rows.values.begin() + static_cast<std::ptrdiff_t>(rows.begin[i]), rows.values.begin() + static_cast<std::ptrdiff_t>(rows.begin[i + 1]));
    result.begin.push_back(result.columns.size());
  }
  return result;
}

/// The entries of `rows` that `without` does not have.
Rows less(const Rows& rows, const Rows& without) {
  Rows result;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t k = rows.begin[i]; k < rows.begin[i + 1]; ++k) {
      if (std::binary_search(without.columns.begin() + static_cast<std::ptrdiff_t>(without.begin[i]), without.columns.begin() + static_cast<std::ptrdiff_t>(without.begin[i + 1]), rows.columns[k])) continue;
      result.columns.push_back(rows.columns[k]);
      result.values.push_back(rows.values[k]);
    }
    result.begin.push_back(result.columns.size());
  }
  return result;
}

}  // namespace

void company_figures(const Ground& ground, const TakeFigure& take) {
  const Company company = company_of(ground);
  take("same company", company.cosine);
  // What the nearest of one have met, and the nearest of both (similarity-based co-occurrence; Dagan, Lee and Pereira 1999).
  {
    const Rows near = shares(company.near, 1e-6F);
    const Square met = product(ground.faded, ground.one, turned(near, ground.n));  // D Kᵀ, by column what one's nearest met.
    take("met by the company of one", of_pairs(ground.pairs, [&](std::size_t i, std::size_t j) { return logarithm(met.at(i, j) + met.at(j, i), 1e-3F); }));
    take("met between the companies of both", of_rows(ground.pairs, [&](std::size_t i, std::span<float> row) { product_row(near, i, met, i + 1, row); },
                                                      [](float cell, std::size_t, std::size_t) { return logarithm(cell, 1e-3F); }));
  }
  // Of all pairs between the companies that had not met five years ago, the share that has by now: a kernel's estimate of a rate (Nadaraya 1964; Watson 1964).
  // K C Kᵀ, where C = 1 − I − A + N has 1 for all pairs but those that met earlier, is 1 − K (I + A − N) Kᵀ as rows of K sum to 1.
  const Rows near = shares(with_diagonal(company.near, 0.3F), 1e-6F);
  const Rows back = turned(near, ground.n);
  const std::vector<float> late = [&] {
    const Square fresh = product(ground.fresh, ground.one, back);
    return of_rows(ground.pairs, [&](std::size_t i, std::span<float> row) { product_row(near, i, fresh, i + 1, row); }, [](float cell, std::size_t, std::size_t) { return cell; });
  }();
  const Square early = product(with_diagonal(less(ground.met, ground.fresh), 1.0F), ground.one, back);
  take("rate of new meetings between the companies", [&] {
    std::vector<float> rate = of_rows(ground.pairs, [&](std::size_t i, std::span<float> row) { product_row(near, i, early, i + 1, row); }, [](float cell, std::size_t, std::size_t) { return 1 - cell + 0.02F; });
    for (std::size_t p = 0; p < rate.size(); ++p) rate[p] = logarithm((late[p] + 2e-4F) / rate[p], 1e-4F);
    return rate;
  }());
}

}  // namespace lacuna::uptake
