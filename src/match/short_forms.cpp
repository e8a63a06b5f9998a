#include "match/short_forms.hpp"

#include <algorithm>

namespace lacuna {

ShortForms::ShortForms(const std::vector<ShortForm>& forms, Vocabulary& vocabulary) {
  for (const auto& [form, phrase] : forms) {
    std::vector<std::uint32_t> terms;
    vocabulary.terms(form, terms);
    if (terms.size() != 1) continue;
    Phrase entry{terms.front(), {}};
    vocabulary.terms(phrase, entry.terms);
    if (entry.terms.size() < 2) continue;
    const auto at = static_cast<std::uint32_t>(phrases_.size());
    by_form_.emplace(entry.form, at);
    by_first_.emplace(entry.terms.front(), at);
    phrases_.push_back(std::move(entry));
  }
}

void ShortForms::expand(std::vector<std::uint32_t>& terms) const {
  const std::size_t own = terms.size();
  for (std::size_t i = 0; i < own; ++i) {
    const auto [form, form_end] = by_form_.equal_range(terms[i]);
    for (auto at = form; at != form_end; ++at) {
      const auto& phrase = phrases_[at->second].terms;
      terms.insert(terms.end(), phrase.begin(), phrase.end());
    }
    const auto [first, first_end] = by_first_.equal_range(terms[i]);
    for (auto at = first; at != first_end; ++at) {
      const Phrase& phrase = phrases_[at->second];
      const bool there = phrase.terms.size() <= own - i &&
                         std::equal(phrase.terms.begin(), phrase.terms.end(), terms.begin() + static_cast<std::ptrdiff_t>(i));
      if (there) terms.push_back(phrase.form);
    }
  }
}

}  // namespace lacuna
