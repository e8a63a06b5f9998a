#include "evaluation/need_phrases.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/sorted.hpp"

namespace lacuna::evaluation {

void NeedStems::read(std::string_view text, bool shouted, std::vector<Stem>& into) {
  Tokenizer tokens(text);
  Token token;
  while (tokens.next(token)) {
    const std::string stem = token.word.empty() ? std::string() : stem_of(token.word, shouted);
    const Stem known = stem.empty() ? cut : catalogues_.find(stem);
    into.push_back(stem.empty() || known != cut ? known : static_cast<Stem>(catalogues_.size() + own_.read(token.word, shouted)));
  }
  into.push_back(cut);
}

std::vector<std::string_view> quoted_terms(std::string_view text) {
  constexpr std::size_t longest = 80;
  std::vector<std::string_view> terms;
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>("\"", "\""), {"“", "”"}}) {
    for (std::size_t at = text.find(open); at != std::string_view::npos;) {
      const std::size_t begin = at + open.size();
      const std::size_t end = text.find(close, begin);
      if (end == std::string_view::npos) break;
      if (end > begin && end - begin <= longest) terms.push_back(text.substr(begin, end - begin));
      at = text.find(open, end + close.size());
    }
  }
  return terms;
}

namespace {

constexpr std::uint32_t few_works =
    10;  ///< A concept of the catalogues stands in as many; a word that does and is none is too common a word.
constexpr double largest_share_of_concept = 0.025;  ///< Nor is a concept of the catalogues in more of all works.
constexpr std::uint32_t enough_writings = 2;
constexpr std::size_t most_phrases = 2000;

/// A phrase that may become a concept.
struct PhraseCandidate {
  std::vector<Stem> stems;
  std::string name;
  std::string shown;
  bool whole = false;          ///< A stretch between cuts, or what ends one.
  bool recorded = false;       ///< Some record of the day holds it.
  std::uint32_t writings = 0;  ///< Titles, aliases and texts of needs that hold it.
  std::uint32_t needs = 0;
  std::uint32_t works = 0;  ///< Works of the day that hold it.
};

/// A need as stems.
struct ReadNeed {
  std::vector<std::vector<Stem>> labels;  ///< Title, aliases, terms in quotation marks.
  std::vector<Stem> text;
};

std::vector<ReadNeed> read_needs(std::span<const MapNeed> needs, NeedStems& stems) {
  std::vector<ReadNeed> read(needs.size());
  for (std::size_t k = 0; k < needs.size(); ++k) {
    const MapNeed& need = needs[k];
    const bool shouted = !need.labels.empty() && mostly_capitals(need.labels.front());
    const auto add = [&](std::string_view label) { stems.read(label, shouted, read[k].labels.emplace_back()); };
    for (const std::string& label : need.labels) add(label);
    for (const std::string& label : need.labels) {
      for (const std::string_view term : quoted_terms(label)) add(term);
    }
    for (const std::string_view term : quoted_terms(need.text)) add(term);
    stems.read(need.text, mostly_capitals(need.text), read[k].text);
  }
  return read;
}

/// The concepts of a split as phrases, numbered as they are.
Phrases phrases_of(const Split& split, const Stems& stems) {
  Phrases phrases;
  std::vector<Stem> label;
  for (std::uint32_t c = 0; c < split.concepts.size(); ++c) {
    label.clear();
    for (std::string_view rest = split.concepts[c].name; !rest.empty();) {
      const std::size_t blank = std::min(rest.find(' '), rest.size());
      label.push_back(stems.find(rest.substr(0, blank)));
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
    phrases.add(label, c);
    if (const Stem form = stems.find(split.concepts[c].alias); form >= first_stem) phrases.add(std::span(&form, 1), c);
  }
  return phrases;
}

/// Phrases of needs, from the first look to those that enter.
class NeedPhrases {
 public:
  NeedPhrases(const Split& split, const Corpus& corpus, std::span<const MapNeed> needs)
      : split_(split),
        corpus_(corpus),
        needs_(needs),
        stems_(corpus.stems),
        read_(read_needs(needs, stems_)),
        known_(phrases_of(split, corpus.stems)) {
    collect();
    count_writings();
    count_records();
    choose();
  }

  Split run() {
    Split out;
    out.from = split_.from;
    out.to = split_.to;
    out.fields = split_.fields;
    out.outside = chosen_.size();
    for (const PhraseCandidate& c : chosen_) out.concepts.push_back({c.name, "", c.works, 0, c.shown});
    out.concepts.insert(out.concepts.end(), split_.concepts.begin(), split_.concepts.end());
    for (const Split::Work& work : split_.before) out.before.push_back(extended(work));
    for (const Split::Work& work : split_.after) out.after.push_back(extended(work));
    hold(out);
    for (std::size_t k = 0; k < needs_.size(); ++k) out.needs.push_back(work_of(k));
    return out;
  }

 private:
  void collect() {
    std::set<std::string_view> taken;
    for (const Split::Concept& entry : split_.concepts) {
      taken.insert(entry.name);
      taken.insert(entry.alias);
    }
    for (const ReadNeed& need : read_) {
      for (const std::vector<Stem>& label : need.labels) {
        for (auto begin = label.begin(); begin != label.end();) {
          const auto end = std::find_if(begin, label.end(), [](Stem s) { return s < first_stem; });
          add_all(std::span(begin, end), taken);
          begin = end == label.end() ? end : end + 1;
        }
      }
    }
  }

  /// All phrases of a stretch between cuts.
  void add_all(std::span<const Stem> stretch, const std::set<std::string_view>& taken) {
    for (std::size_t begin = 0; begin < stretch.size(); ++begin) {
      std::string name;
      std::string shown;
      for (std::size_t n = 1; n <= std::min(Phrases::longest, stretch.size() - begin); ++n) {
        name += (n == 1 ? "" : " ") + stems_.text(stretch[begin + n - 1]);
        shown += (n == 1 ? "" : " ") + stems_.word(stretch[begin + n - 1]);
        if (taken.contains(name) || is_generic(name)) continue;
        const std::span<const Stem> stems = stretch.subspan(begin, n);
        const std::uint32_t number = phrases_.add(stems, static_cast<std::uint32_t>(list_.size()));
        if (number == list_.size()) list_.push_back({{stems.begin(), stems.end()}, name, shown});
        if (begin + n == stretch.size()) list_[number].whole = true;
      }
    }
  }

  void count_writings() {
    std::vector<std::uint32_t> found;
    std::vector<std::uint32_t> of_need;
    for (std::size_t k = 0; k < read_.size(); ++k) {
      of_need.clear();
      const auto count = [&](std::span<const Stem> writing) {
        found.clear();
        phrases_.find_all(writing, found);
        for (const std::uint32_t c : found) ++list_[c].writings;
        of_need.insert(of_need.end(), found.begin(), found.end());
      };
      for (std::size_t l = 0; l < needs_[k].labels.size(); ++l)
        count(read_[k].labels[l]);  // What is quoted stands in one of them.
      count(read_[k].text);
      sort_unique(of_need);
      for (const std::uint32_t c : of_need) ++list_[c].needs;
    }
  }

  void count_records() {
    std::vector<bool> of_work(corpus_.records.size());
    for (const Work& work : corpus_.works) {
      if (work.date.hi <= split_.from) of_work[work.record] = true;
    }
    std::vector<std::uint32_t> found;
    for (std::size_t r = 0; r < corpus_.records.size(); ++r) {
      if (!corpus_.facts[r].date || corpus_.facts[r].date->lo > split_.from) continue;
      find(phrases_, r, found);
      for (const std::uint32_t c : found) {
        list_[c].recorded = true;
        if (of_work[r]) ++list_[c].works;
      }
    }
  }

  void choose() {
    const double most_works = std::max<double>(few_works, largest_share_of_concept * static_cast<double>(split_.before.size()));
    for (PhraseCandidate& c : list_) {
      if (c.works > most_works) continue;
      if (c.stems.size() == 1 ? c.works < few_works : c.whole || c.recorded || c.writings >= enough_writings)
        chosen_.push_back(std::move(c));
    }
    std::ranges::sort(chosen_, [](const PhraseCandidate& a, const PhraseCandidate& b) {
      return a.needs != b.needs ? a.needs > b.needs : a.name < b.name;
    });
    if (chosen_.size() > most_phrases) chosen_.resize(most_phrases);
    phrases_ = {};
    for (std::uint32_t c = 0; c < chosen_.size(); ++c) phrases_.add(chosen_[c].stems, c);
  }

  /// Phrases in a record, each once.
  void find(const Phrases& phrases, std::size_t record, std::vector<std::uint32_t>& found) const {
    found.clear();
    phrases.find_all(corpus_.title_of(record), found);
    phrases.find_all(corpus_.abstract_of(record), found);
    sort_unique(found);
  }

  [[nodiscard]] std::uint32_t moved(std::uint32_t known) const { return known + static_cast<std::uint32_t>(chosen_.size()); }

  /// A work with the phrases that it holds.
  [[nodiscard]] Split::Work extended(const Split::Work& work) const {
    Split::Work out{work.day, work.field, work.family, work.committee, work.base, {}, {}};
    const auto found = std::ranges::lower_bound(corpus_.works, work.base, {}, &Work::base);
    if (found != corpus_.works.end() && found->base == work.base) {
      find(phrases_, found->record, out.concepts);
      if (work.day > split_.from) phrases_.find_all(corpus_.title_of(found->record), out.title);
    }
    for (const std::uint32_t c : work.concepts) out.concepts.push_back(moved(c));
    for (const std::uint32_t c : work.title) out.title.push_back(moved(c));
    return out;
  }

  /// The pairs that some record of the day holds, and those of a phrase with the concept whose short form it holds.
  void hold(Split& out) const {
    for (const auto& [a, b] : split_.also) out.also.emplace_back(moved(a), moved(b));
    std::multimap<std::string_view, std::uint32_t> short_forms;
    for (std::uint32_t c = 0; c < split_.concepts.size(); ++c) {
      if (!split_.concepts[c].alias.empty()) short_forms.emplace(split_.concepts[c].alias, c);
    }
    for (std::uint32_t c = 0; c < chosen_.size(); ++c) {
      for (const Stem s : chosen_[c].stems) {
        const auto [begin, end] = short_forms.equal_range(stems_.text(s));
        for (auto form = begin; form != end; ++form) out.also.emplace_back(c, moved(form->second));
      }
    }
    std::vector<std::uint32_t> found;
    std::vector<std::uint32_t> known;
    for (std::size_t r = 0; r < corpus_.records.size(); ++r) {
      if (!corpus_.facts[r].date || corpus_.facts[r].date->lo > split_.from) continue;
      find(phrases_, r, found);
      if (found.empty()) continue;
      known.clear();
      known_.find(corpus_.title_of(r), known);
      known_.find(corpus_.abstract_of(r), known);
      sort_unique(known);
      for (std::size_t x = 0; x < found.size(); ++x) {
        for (std::size_t y = x + 1; y < found.size(); ++y) out.also.emplace_back(found[x], found[y]);
        for (const std::uint32_t c : known) out.also.emplace_back(found[x], moved(c));
      }
    }
    sort_unique(out.also);
  }

  /// A need as a work of the day.
  [[nodiscard]] Split::Work work_of(std::size_t need) const {
    Split::Work work;
    work.day = split_.from;
    std::vector<std::uint32_t> known;
    const auto read = [&](const ReadNeed& from) {
      for (const std::vector<Stem>& label : from.labels) known_.find(label, known);
      known_.find(from.text, known);
    };
    for (const std::vector<Stem>& label : read_[need].labels) phrases_.find_all(label, work.concepts);
    phrases_.find_all(read_[need].text, work.concepts);
    read(read_[need]);
    for (const std::uint32_t other : needs_[need].linked) read(read_[other]);
    for (const std::uint32_t c : known) work.concepts.push_back(moved(c));
    sort_unique(work.concepts);
    return work;
  }

  const Split& split_;
  const Corpus& corpus_;
  std::span<const MapNeed> needs_;
  NeedStems stems_;
  std::vector<ReadNeed> read_;
  Phrases known_;    ///< Concepts of the split.
  Phrases phrases_;  ///< Those that may enter, then those that do.
  std::vector<PhraseCandidate> list_;
  std::vector<PhraseCandidate> chosen_;
};

}  // namespace

Split with_needs(const Catalogues& catalogues, const Split& split, std::span<const MapNeed> needs) {
  return NeedPhrases(split, catalogues.corpus(), needs).run();
}

}  // namespace lacuna::evaluation
