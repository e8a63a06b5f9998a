#include "forecast/concepts.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <numeric>

#include "base/sorted.hpp"
#include "base/text.hpp"

namespace lacuna::forecast {
namespace {

constexpr std::uint32_t least_works_declared = 10;
constexpr double largest_share = 0.025;
constexpr std::uint32_t least_declared = 5;  ///< Of single stems.
constexpr double least_declared_share = 0.05;
constexpr double least_divergence = 0.8;  ///< In nats.
constexpr DayCount ten_years = 3653;

struct Candidate {
  std::vector<Stem> stems;
  std::uint32_t declared = 0;
  std::uint32_t works = 0;
  std::uint32_t seen = Phrases::none;  ///< The work that declared it last.
  std::string shown;                   ///< As most of them write it, by the vote of Boyer and Moore (1981).
  std::uint32_t lead = 0;              ///< Of that form in the vote.
};

/// A label as it is written, in lower case but for short forms.
std::string written(std::string_view label, bool shouted) {
  std::string form;
  Tokenizer tokens(label);
  Token token;
  while (tokens.next(token)) {
    const bool short_form = stem_of(token.word, shouted) == token.word;
    form += (form.empty() ? "" : " ") + (short_form ? std::string(token.word) : lower(token.word));
  }
  return form;
}

/// All declared labels of works, in the order in which they come.
class Declared {
 public:
  explicit Declared(const Corpus& corpus) : corpus_(corpus) {}

  void add_work(std::uint32_t w) {
    const CatalogueText& record = corpus_.records[corpus_.works[w].record];
    const bool shouted = mostly_capitals(record.title);
    for (const std::string_view element : title_elements(record.title)) add(element, shouted, w);
    const bool loud = mostly_capitals(record.keywords);
    for (const std::string_view keyword : keywords_of(record.keywords)) add(keyword, loud, w);
  }

  Phrases phrases;
  std::vector<Candidate> list;

 private:
  void add(std::string_view label, bool shouted, std::uint32_t w) {
    const std::vector<Stem> stems = read_label(label, shouted, corpus_.stems);
    if (stems.empty() || stems.size() > Phrases::longest) return;
    const std::uint32_t number = phrases.add(stems, static_cast<std::uint32_t>(list.size()));
    if (number == list.size()) list.push_back({stems});
    Candidate& candidate = list[number];
    if (candidate.seen != w) ++candidate.declared;
    candidate.seen = w;
    std::string form = written(label, shouted);
    if (candidate.lead == 0) candidate.shown = form;
    candidate.lead = candidate.shown == form ? candidate.lead + 1 : candidate.lead - 1;
  }

  const Corpus& corpus_;
};

/// How many works explain a short form so.
struct Explained {
  std::uint32_t ever = 0;
  std::uint32_t of_late = 0;  ///< In the last ten years: short forms change their meaning.
};

/// Which phrase each short form stands for: the one in two works or more, and in at least half of those that explain it, of late
/// where any did.
std::vector<std::pair<Stem, std::vector<Stem>>> short_forms(const Corpus& corpus, std::span<const std::uint32_t> works,
                                                            DayCount day) {
  std::map<std::pair<Stem, std::vector<Stem>>, Explained> explained;
  std::vector<std::pair<Stem, std::vector<Stem>>> own;
  const auto read = [&](std::span<const Stem> text) {
    for (std::size_t i = 1; i + 2 < text.size(); ++i) {
      if (text[i] != opened || text[i + 1] < first_stem || text[i + 2] != closed) continue;
      const std::string& form = corpus.stems.text(text[i + 1]);
      if (form.size() > i || !std::ranges::all_of(form, [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }))
        continue;
      const std::span<const Stem> before = text.subspan(i - form.size(), form.size());
      bool fits = true;
      for (std::size_t k = 0; k < form.size(); ++k)
        fits = fits && before[k] >= first_stem &&
               std::toupper(static_cast<unsigned char>(corpus.stems.text(before[k]).front())) == form[k];
      if (fits) own.emplace_back(text[i + 1], std::vector<Stem>(before.begin(), before.end()));
    }
  };
  for (const std::uint32_t w : works) {
    own.clear();
    read(corpus.title_of(corpus.works[w].record));
    read(corpus.abstract_of(corpus.works[w].record));
    sort_unique(own);
    for (auto& pair : own) {
      Explained& counts = explained[std::move(pair)];
      ++counts.ever;
      if (corpus.works[w].date.hi > day - ten_years) ++counts.of_late;
    }
  }
  std::vector<std::pair<Stem, std::vector<Stem>>> forms;
  for (auto it = explained.begin(); it != explained.end();) {
    const auto begin = it;
    const Stem form = it->first.first;
    Explained all;
    for (; it != explained.end() && it->first.first == form; ++it) {
      all.ever += it->second.ever;
      all.of_late += it->second.of_late;
    }
    const auto count = [&](const Explained& counts) { return all.of_late > 0 ? counts.of_late : counts.ever; };
    const auto best = std::max_element(begin, it, [&](const auto& a, const auto& b) {
      return std::pair(count(a.second), a.second.ever) < std::pair(count(b.second), b.second.ever);
    });
    if (best->second.ever >= 2 && 2 * count(best->second) >= count(all)) forms.push_back(best->first);
  }
  return forms;
}

}  // namespace

std::uint32_t Phrases::add(std::span<const Stem> stems, std::uint32_t number) {
  if (stems.front() >= roots_.size()) roots_.resize(stems.front() + 1, none);
  std::uint32_t* next = &roots_[stems.front()];
  std::uint32_t node = none;
  for (std::size_t k = 0;;) {
    if (*next == none) {
      *next = static_cast<std::uint32_t>(ends_.size());
      ends_.push_back(none);
    }
    node = *next;
    if (++k == stems.size()) break;
    next = &steps_.emplace((std::uint64_t{node} << 32U) | stems[k], none).first->second;
  }
  if (ends_[node] == none) ends_[node] = number;
  return ends_[node];
}

void Phrases::find(std::span<const Stem> text, std::vector<std::uint32_t>& into) const {
  const std::size_t before = into.size();
  for (std::size_t i = 0; i < text.size();) {
    std::size_t taken = 1;
    std::uint32_t found = none;
    std::uint32_t node = text[i] < roots_.size() ? roots_[text[i]] : none;
    for (std::size_t k = 1; node != none; ++k) {
      if (ends_[node] != none) {
        found = ends_[node];
        taken = k;
      }
      if (k == longest || i + k >= text.size()) break;
      const auto step = steps_.find((std::uint64_t{node} << 32U) | text[i + k]);
      node = step == steps_.end() ? none : step->second;
    }
    if (found != none) into.push_back(found);
    i += taken;
  }
  std::sort(into.begin() + static_cast<std::ptrdiff_t>(before), into.end());
  into.erase(std::unique(into.begin() + static_cast<std::ptrdiff_t>(before), into.end()), into.end());
}

void Phrases::find_all(std::span<const Stem> text, std::vector<std::uint32_t>& into) const {
  const std::size_t before = into.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::uint32_t node = text[i] < roots_.size() ? roots_[text[i]] : none;
    for (std::size_t k = 1; node != none; ++k) {
      if (ends_[node] != none) into.push_back(ends_[node]);
      if (k == longest || i + k >= text.size()) break;
      const auto step = steps_.find((std::uint64_t{node} << 32U) | text[i + k]);
      node = step == steps_.end() ? none : step->second;
    }
  }
  std::sort(into.begin() + static_cast<std::ptrdiff_t>(before), into.end());
  into.erase(std::unique(into.begin() + static_cast<std::ptrdiff_t>(before), into.end()), into.end());
}

Vocabulary concepts_of(const Corpus& corpus, DayCount day) {
  std::vector<std::uint32_t> works;
  for (std::uint32_t w = 0; w < corpus.works.size(); ++w) {
    if (corpus.works[w].date.hi <= day) works.push_back(w);
  }
  Declared declared(corpus);
  for (const std::uint32_t w : works) declared.add_work(w);

  const std::size_t fields = corpus.fields.size();
  std::vector<std::uint32_t> all_fields(fields);
  std::map<std::uint32_t, std::vector<std::uint32_t>> fields_of;  // Of single stems, by label.
  for (std::uint32_t c = 0; c < declared.list.size(); ++c) {
    if (declared.list[c].stems.size() == 1 && declared.list[c].declared >= least_declared) fields_of[c].resize(fields);
  }
  std::vector<std::vector<std::uint32_t>*> counters(declared.list.size(), nullptr);
  for (auto& [c, counts] : fields_of) counters[c] = &counts;
  std::vector<std::uint32_t> found;
  for (const std::uint32_t w : works) {
    found.clear();
    declared.phrases.find(corpus.title_of(corpus.works[w].record), found);
    declared.phrases.find(corpus.abstract_of(corpus.works[w].record), found);
    sort_unique(found);
    ++all_fields[corpus.field[w]];
    for (const std::uint32_t c : found) {
      ++declared.list[c].works;
      if (counters[c] != nullptr) ++(*counters[c])[corpus.field[w]];
    }
  }

  const auto at_home = [&](std::uint32_t c) {
    const std::vector<std::uint32_t>& counts = *counters[c];
    const double n = declared.list[c].works;
    double divergence = 0;
    double seen = 0;
    for (std::size_t f = 0; f < fields; ++f) {
      if (counts[f] == 0) continue;
      ++seen;
      divergence += counts[f] / n * std::log(counts[f] / n * static_cast<double>(works.size()) / all_fields[f]);
    }
    return divergence - (seen - 1) / (2 * n) >= least_divergence;
  };
  Vocabulary vocabulary;
  const auto forms = short_forms(corpus, works, day);
  for (std::uint32_t c = 0; c < declared.list.size(); ++c) {
    const Candidate& candidate = declared.list[c];
    if (candidate.works < least_works_declared || candidate.works > largest_share * static_cast<double>(works.size())) continue;
    if (candidate.stems.size() == 1 &&
        (candidate.declared < least_declared || candidate.declared < least_declared_share * candidate.works || !at_home(c)))
      continue;
    Label label;
    for (const Stem s : candidate.stems) label.name += (label.name.empty() ? "" : " ") + corpus.stems.text(s);
    if (is_generic(label.name)) continue;
    label.shown = candidate.shown;
    label.stems = candidate.stems;
    label.works = candidate.works;
    vocabulary.labels.push_back(std::move(label));
  }
  // Where both forms are labels, the short one joins the long one.
  std::map<std::vector<Stem>, std::size_t> places;
  for (std::size_t c = 0; c < vocabulary.labels.size(); ++c) places.emplace(vocabulary.labels[c].stems, c);
  for (const auto& [form, phrase] : forms) {
    const auto shorter = places.find({form});
    const auto longer = places.find(phrase);
    if (shorter == places.end() || longer == places.end()) continue;
    vocabulary.labels[longer->second].alias = corpus.stems.text(form);
    vocabulary.labels[shorter->second].stems.clear();
  }
  std::erase_if(vocabulary.labels, [](const Label& label) { return label.stems.empty(); });
  std::ranges::sort(vocabulary.labels, [](const Label& a, const Label& b) {
    return std::pair(-static_cast<std::int64_t>(a.works), std::string_view(a.name)) <
           std::pair(-static_cast<std::int64_t>(b.works), std::string_view(b.name));
  });
  for (std::uint32_t c = 0; c < vocabulary.labels.size(); ++c) {
    vocabulary.phrases.add(vocabulary.labels[c].stems, c);
    if (const Stem form = corpus.stems.find(vocabulary.labels[c].alias); form >= first_stem)
      vocabulary.phrases.add(std::span(&form, 1), c);
  }
  return vocabulary;
}

}  // namespace lacuna::forecast
