// What a title is about, and whether two are about the same.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/sorted.hpp"
#include "base/text.hpp"
#include "match/comparison_state.hpp"
#include "text/stop_words.hpp"
#include "text/titles.hpp"

namespace lacuna {
namespace {

constexpr double of_kind = 0.25;  ///< What a word counts that tells what kind of document it is.
constexpr double core_says =
    1.1;  ///< Weight from which on a part of a title says enough by itself; as the next, of the rarest word.
constexpr double series_says = 0.75;      ///< The same, for the name of a series.
constexpr double telling_phrase = 0.8;    ///< Weight of the two words of a phrase that makes neighbours.
constexpr double telling_part = 0.505;    ///< and of the rarer of them: about one text in two hundred has it.
constexpr double telling_word = 0.65;     ///< Weight of a word that does so by itself,
constexpr double telling_in_text = 0.75;  ///< and where only the text has it.
constexpr double same_series = 0.8;       ///< Product of the shares from which on two parts of titles name one series.
constexpr double replacing = 0.35;        ///< Weight of a word that stands in the place of another.
constexpr std::size_t common_part = 8;    ///< Titles from which on a leading part is too common for its phrases to tell anything,
constexpr std::size_t house_part = 30;    ///< and too common to be the name of one series.

struct Named {
  std::string_view word;
  std::string_view name;
};
constexpr Named kinds[] = {
    {"guideline", "guidelines"},
    {"guide", "guidelines"},
    {"guidance", "guidelines"},
    {"practice", "guidelines"},
    {"requirement", "requirements"},
    {"specification", "requirements"},
    {"framework", "framework"},
    {"architecture", "framework"},
    {"vocabulary", "vocabulary"},
    {"terminology", "vocabulary"},
    {"term", "vocabulary"},
    {"definition", "vocabulary"},
    {"case", "use cases"},
    {"test", "tests"},
    {"testing", "tests"},
    {"conformance", "tests"},
};
constexpr Named aspects[] = {
    {"security", "security"},
    {"secure", "security"},
    {"securing", "security"},
    {"cybersecurity", "security"},
    {"privacy", "privacy"},
    {"safety", "safety"},
    {"trustworthiness", "trust"},
    {"trust", "trust"},
    {"ethical", "ethics"},
    {"ethics", "ethics"},
    {"performance", "performance"},
    {"interoperability", "interoperability"},
    {"accessibility", "accessibility"},
};
constexpr std::array<std::string_view, 8> by_means{"using", "with", "by", "through", "via", "applying", "employing", "based"};
constexpr std::array<std::string_view, 10> onto{"of", "for", "in", "on", "against", "to", "from", "within", "between", "under"};

/// What titles say of the standing of a document, beside the listed words of its kind.
constexpr std::array<std::string_view, 6> of_standing{"trial", "approved", "unapproved", "adoption", "formerly", "revision"};

bool is_number(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// In lower case, without the ending of a plural.
std::string plain_form(std::string_view word) {
  std::string plain = lower(word);
  if (plain.size() > 4 && plain.ends_with("ies")) return plain.substr(0, plain.size() - 3) + "y";
  if (plain.size() > 3 && plain.ends_with("s") && !plain.ends_with("ss") && !plain.ends_with("us") && !plain.ends_with("is"))
    plain.pop_back();
  return plain;
}

Subject::Pair unordered(std::uint32_t a, std::uint32_t b) { return {std::min(a, b), std::max(a, b)}; }

bool has(const std::vector<std::uint32_t>& terms, std::uint32_t term) { return std::ranges::binary_search(terms, term); }

/// Weighed share of words that stand among terms.
struct Share {
  double all = 0;
  double there = 0;
  void add(const Subject::Part& part, double counts, const std::vector<std::uint32_t>& terms) {
    for (const Subject::Word& w : part.words) {
      all += counts * w.weight;
      if (has(terms, w.term)) there += counts * w.weight;
    }
  }
  [[nodiscard]] double value() const { return all > 0 ? there / all : 0; }
};

double weight_of(const Subject::Part& part) {
  double sum = 0;
  for (const Subject::Word& w : part.words) sum += w.weight;
  return sum;
}

/// Share of the words of a title from a part on that stand among terms. Those of the name of a series count less, the more titles
/// have it.
double share(const Subject& of, std::size_t from, const std::vector<std::uint32_t>& terms) {
  Share share;
  for (std::size_t i = from; i < of.parts.size(); ++i) {
    const bool last = i + 1 == of.parts.size();
    share.add(of.parts[i], last || from > 0 ? 1 : 1 / (1 + std::log(static_cast<double>(of.parts[i].titles))), terms);
  }
  return share.value();
}

double share(const Subject::Part& of, const std::vector<std::uint32_t>& terms) {
  Share share;
  share.add(of, 1, terms);
  return share.value();
}

bool one_series(const Subject::Part& a, const Subject::Part& b) { return share(a, b.terms) * share(b, a.terms) >= same_series; }

/// What one has and the other has not, where both have any and none is within the other.
bool denied(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return !a.empty() && !b.empty() && !std::ranges::includes(a, b) && !std::ranges::includes(b, a);
}

std::vector<std::string> only_in(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> result;
  std::ranges::set_difference(a, b, std::back_inserter(result));
  return result;
}

/// Reads the parts of a title.
template <class State>
class Reader {
 public:
  explicit Reader(State& state) : s_(state) {}

  Subject read(const Writing& writing) {
    std::vector<std::uint32_t> all;
    for (const std::string_view part : title_parts(writing.title)) {
      // IEEE writes dashes without blanks.
      std::string_view rest = part;
      for (std::size_t dash = rest.find("--"); dash != std::string_view::npos; dash = rest.find("--")) {
        read(rest.substr(0, dash), all);
        rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of('-', dash)));
      }
      read(rest, all);
    }
    Subject& subject = subject_;
    for (std::size_t i = 0; i < subject.parts.size(); ++i) {
      Subject::Part& part = subject.parts[i];
      part.titles = i + 1 == subject.parts.size() ? 1 : std::max<std::size_t>(1, s_.titles(title_part_key(part.text)));
    }
    for (Subject::Phrase& phrase : subject.phrases) phrase.titles = subject.parts[phrase.titles].titles;
    std::ranges::stable_sort(subject.phrases, {}, &Subject::Phrase::words);
    subject.core = subject.parts.size();
    for (double says = 0; subject.core > 0 && says < core_says * s_.rarest;) says += weight_of(subject.parts[--subject.core]);
    s_.forms.expand(all);
    sort_unique(all);
    subject.terms = std::move(all);
    find_acts();
    for (std::size_t p = subject.core; p < subject.parts.size(); ++p) name_words(p);
    sort_unique(subject.numbers);
    sort_unique(subject.kinds);
    sort_unique(subject.aspects);
    read_text(writing.text);
    return std::move(subject_);
  }

 private:
  using Run = std::vector<std::uint32_t>;
  /// Words between two prepositions, in runs between "and", "or" and commas.
  struct Chunk {
    enum class By : std::uint8_t { start, onto, means, based } by = By::start;
    std::vector<Run> runs{1};
    [[nodiscard]] Run words() const {
      Run all;
      for (const Run& run : runs) all.insert(all.end(), run.begin(), run.end());
      return all;
    }
  };

  void read(std::string_view text, std::vector<std::uint32_t>& all) {
    Subject::Part part;
    part.text = std::string(text);
    const std::string& own = part.text;
    const std::vector<Token> tokens = s_.vocabulary.tokens(own);
    auto token = tokens.begin();
    std::vector<Chunk> chunks(1);
    const Token* before = nullptr;
    std::size_t between = 0;  // Words of grammar since the last one.
    bool part_number = false;
    std::string_view rest = own;
    std::size_t end = 0;
    for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
      const auto at = static_cast<std::size_t>(word.data() - own.data());
      const std::string said = lower(word);
      const std::string_view gap = std::string_view(own).substr(end, at - end);
      end = at + word.size();
      if (gap.find_first_of(",;") != std::string_view::npos) {
        chunks.back().runs.emplace_back();
        before = nullptr;
      }
      if (is_number(word)) {
        const bool edition = gap.ends_with(':') || within_brackets(own, at);
        if (!part_number && !edition && gap != "." && gap != "-") numbers_.push_back(said);
        continue;
      }
      part_number = said == "part" || said == "parts" || (part_number && gap.find_first_of("-.") != std::string_view::npos);
      if (token == tokens.end() || token->word.data() != word.data()) {
        const bool means = std::ranges::find(by_means, said) != by_means.end();
        if (means || std::ranges::find(onto, said) != onto.end()) {
          chunks.emplace_back();
          chunks.back().by = !means ? Chunk::By::onto : Chunk::By::means;
        } else if (said == "and" || said == "or") {
          chunks.back().runs.emplace_back();
          before = nullptr;
        }
        ++between;
        continue;
      }
      const Token& t = *token++;
      all.push_back(t.term);
      if (std::ranges::find(by_means, said) != by_means.end()) {
        chunks.emplace_back();
        chunks.back().by = gap == "-" ? Chunk::By::based : Chunk::By::means;
        before = nullptr;
        continue;
      }
      part.terms.push_back(t.term);
      // "(TMN)" after what it stands for says nothing new.
      if (at > 0 && own[at - 1] == '(' && at + word.size() < own.size() && own[at + word.size()] == ')' && is_short(word))
        continue;
      const bool document = is_stop_word(said, StopWord::documents) || std::ranges::find(of_standing, said) != of_standing.end();
      const double weight = s_.rarity_of(t.term) * (document ? of_kind : 1);
      if (std::ranges::none_of(part.words, [&](const Subject::Word& w) { return w.term == t.term; }))
        part.words.push_back({t.term, weight, plain_form(word)});
      if (document) {
        before = nullptr;
        continue;
      }
      chunks.back().runs.back().push_back(t.term);
      if (before && between <= 1 && before->term != t.term) {
        const auto begin = static_cast<std::size_t>(before->word.data() - own.data());
        subject_.phrases.push_back(
            {unordered(before->term, t.term), own.substr(begin, at + word.size() - begin), subject_.parts.size()});
      }
      before = &t;
      between = 0;
    }
    const bool says = std::ranges::any_of(part.words, [](const Subject::Word& w) { return w.plain != "part"; });
    if (!says) {
      numbers_.clear();
      return;
    }
    s_.forms.expand(part.terms);
    sort_unique(part.terms);
    subject_.parts.push_back(std::move(part));
    chunks_.push_back(std::move(chunks));
    part_numbers_.push_back(std::move(numbers_));
    numbers_ = {};
  }

  static bool within_brackets(std::string_view text, std::size_t at) {
    const std::size_t open = text.substr(0, at).rfind('(');
    return open != std::string_view::npos && text.substr(open, at - open).find(')') == std::string_view::npos;
  }

  static bool is_short(std::string_view word) {
    return std::ranges::count_if(word, [](char c) { return c >= 'A' && c <= 'Z'; }) >= 2;
  }

  void name_words(std::size_t at) {
    subject_.numbers.insert(subject_.numbers.end(), part_numbers_[at].begin(), part_numbers_[at].end());
    for (const Subject::Word& w : subject_.parts[at].words) {
      for (const Named& k : kinds) {
        if (w.plain == k.word) subject_.kinds.emplace_back(k.name);
      }
      for (const Named& a : aspects) {
        if (w.plain == a.word) subject_.aspects.emplace_back(a.name);
      }
    }
  }

  /// What acts on what, in what the title says by itself; nothing where a word stands in it twice, or acts both ways.
  void find_acts() {
    std::map<std::uint32_t, int> times;
    std::set<Subject::Pair> found;
    for (std::size_t i = subject_.core; i < chunks_.size(); ++i) {
      const std::vector<Chunk>& chunks = chunks_[i];
      for (std::size_t c = 0; c < chunks.size(); ++c) {
        for (const Run& run : chunks[c].runs) {
          for (std::size_t later = 0; later < run.size(); ++later) {
            ++times[run[later]];
            for (std::size_t earlier = 0; earlier < later; ++earlier) found.emplace(run[later], run[earlier]);
          }
        }
        if (c == 0) continue;
        for (const std::uint32_t before : chunks[c - 1].words()) {
          for (const std::uint32_t here : chunks[c].words()) {
            const bool here_acts = chunks[c].by == Chunk::By::means;
            found.emplace(here_acts ? here : before, here_acts ? before : here);
          }
        }
      }
    }
    for (const Subject::Pair& pair : found) {
      const auto& [actor, object] = pair;
      if (actor != object && times[actor] == 1 && times[object] == 1 && !found.contains({object, actor}))
        subject_.acts.push_back(pair);
    }
  }

  void read_text(const std::string& text) {
    const std::vector<Token> tokens = s_.vocabulary.tokens(text);
    for (std::size_t i = 1; i < tokens.size(); ++i) {
      const Token& before = tokens[i - 1];
      const Token& t = tokens[i];
      const char* end = before.word.data() + before.word.size();
      const std::string_view gap(end, static_cast<std::size_t>(t.word.data() - end));
      if (before.term != t.term && gap.size() <= 4 && gap.find_first_of(",;.:()") == std::string_view::npos)
        subject_.text_phrases.push_back(unordered(before.term, t.term));
    }
    sort_unique(subject_.text_phrases);
  }

  State& s_;
  Subject subject_;
  std::vector<std::vector<Chunk>> chunks_;  ///< By part.
  std::vector<std::vector<std::string>> part_numbers_;
  std::vector<std::string> numbers_;
};

/// The weightiest phrase that both have.
std::string shared_phrase(const Subject& proposal, const Subject& document, double rarest, const auto& rarity_of) {
  double best = 0;
  std::string text;
  const auto take = [&](const Subject::Phrase& phrase) {
    const double first = rarity_of(phrase.words.first);
    const double second = rarity_of(phrase.words.second);
    const double weight = first + second;
    if (weight < telling_phrase * rarest || std::max(first, second) < telling_part * rarest || weight <= best) return;
    best = weight;
    text = phrase.text;
  };
  const auto titles_of = [](const Subject& subject, const Subject::Pair& words) {
    std::size_t titles = 0;
    // Not std::ranges::equal_range: its result does not compile with clang 14 on libstdc++ 12.
    for (auto p = std::ranges::lower_bound(subject.phrases, words, {}, &Subject::Phrase::words);
         p != subject.phrases.end() && p->words == words; ++p)
      titles = titles == 0 ? p->titles : std::min(titles, p->titles);
    return titles;
  };
  for (const Subject::Phrase& phrase : proposal.phrases) {
    const std::size_t titles = titles_of(document, phrase.words);
    const bool in_title = titles > 0 && std::max(titles, phrase.titles) < common_part;
    if (in_title || (phrase.titles < common_part && std::ranges::binary_search(document.text_phrases, phrase.words)))
      take(phrase);
  }
  for (const Subject::Phrase& phrase : document.phrases) {
    if (phrase.titles < common_part && std::ranges::binary_search(proposal.text_phrases, phrase.words)) take(phrase);
  }
  return text;
}

/// Whether the leading parts of a document's title say what the whole of a proposal's says: it is a part of a series of that
/// subject.
bool is_its_series(const Subject& proposal, const Subject& document, double rarest, const Closeness::Bounds& bounds) {
  Subject lead;
  for (std::size_t j = 0; j + 1 < document.parts.size(); ++j) {
    lead.parts.push_back(document.parts[j]);
    lead.terms.insert(lead.terms.end(), document.parts[j].terms.begin(), document.parts[j].terms.end());
    sort_unique(lead.terms);
    if (document.parts[j].titles >= house_part || weight_of(document.parts[j]) < series_says * rarest) continue;
    const double found = std::min(share(proposal, 0, lead.terms), share(proposal.parts.back(), lead.terms));
    const double answered = share(lead, 0, proposal.terms);
    if (std::min(found, answered) >= bounds.title && found * answered >= bounds.same) return true;
  }
  return false;
}

/// The weightiest words of two titles, each of which the other has not, where both weigh enough: one stands in the place of the
/// other.
std::pair<std::string, std::string> replaced(const Subject& proposal, const Subject& document, double least) {
  const auto heaviest = [&](const Subject& of, const std::vector<std::uint32_t>& terms) {
    const Subject::Word* best = nullptr;
    for (std::size_t i = of.core; i < of.parts.size(); ++i) {
      for (const Subject::Word& w : of.parts[i].words) {
        if (w.weight >= least && !has(terms, w.term) && (best == nullptr || w.weight > best->weight)) best = &w;
      }
    }
    return best == nullptr ? std::string() : best->plain;
  };
  std::string here = heaviest(proposal, document.terms);
  std::string there = heaviest(document, proposal.terms);
  if (here.empty() || there.empty()) return {};
  return {std::move(here), std::move(there)};
}

/// A word and what it acts on in the proposal, where in the document the second acts on the first, and more pairs are turned so
/// than are not.
std::pair<std::string, std::string> turned(const Subject& proposal, const Subject& document) {
  std::size_t as_here = 0;
  std::vector<Subject::Pair> other;
  for (const Subject::Pair& pair : proposal.acts) {
    if (std::ranges::binary_search(document.acts, pair)) ++as_here;
    if (std::ranges::binary_search(document.acts, Subject::Pair{pair.second, pair.first})) other.push_back(pair);
  }
  if (other.size() <= as_here) return {};
  const auto name = [&](std::uint32_t term) {
    for (const Subject::Part& part : proposal.parts) {
      for (const Subject::Word& w : part.words) {
        if (w.term == term) return w.plain;
      }
    }
    return std::string();
  };
  return {name(other.front().first), name(other.front().second)};
}

}  // namespace

double Comparison::rarity(std::uint32_t term) { return state_->rarity_of(term); }

Subject Comparison::subject(const Writing& writing) { return Reader<State>(*state_).read(writing); }

Closeness Comparison::closeness(const Subject& proposal, const Subject& document, const Overlap& overlap,
                                const Closeness::Bounds& bounds) {
  if (proposal.parts.empty() || document.parts.empty()) return {};
  State& s = *state_;
  const auto agree = [&](double found, double answered) {
    return std::min(found, answered) >= bounds.title ? found * answered : std::min(found * answered, bounds.same / 2);
  };
  const double full = share(proposal, 0, document.terms) * share(document, 0, proposal.terms);
  double agreement =
      std::max(agree(share(proposal, 0, document.terms), share(document, 0, proposal.terms)),
               agree(share(proposal, proposal.core, document.terms), share(document, document.core, proposal.terms)));

  // Two parts of one series are about the same where what sets them apart is.
  std::string series;
  for (std::size_t i = 0; i + 1 < proposal.parts.size() && series.empty(); ++i) {
    for (std::size_t j = 0; j + 1 < document.parts.size(); ++j) {
      if (!one_series(proposal.parts[i], document.parts[j])) continue;
      const bool named = std::max(proposal.parts[i].titles, document.parts[j].titles) < house_part &&
                         weight_of(document.parts[j]) >= series_says * s.rarest;
      agreement =
          std::min(agreement, share(proposal.parts.back(), document.terms) * share(document.parts.back(), proposal.terms));
      if (named) series = document.parts[j].text;
    }
  }
  // The document is a part of a series that has the subject.
  const bool of_series = agreement < bounds.same && is_its_series(proposal, document, s.rarest, bounds);
  if (of_series) agreement = bounds.same;

  Closeness closeness;
  const auto apart = [&](std::string why) {
    if (closeness.why.empty()) closeness.why = std::move(why);
  };
  if (agreement >= bounds.same) {
    if (denied(proposal.numbers, document.numbers))
      apart(fmt::format("on {}, not {}", join(document.numbers, ", "), join(proposal.numbers, ", ")));
    const std::vector<std::string> less = only_in(proposal.aspects, document.aspects);
    const std::vector<std::string> more = only_in(document.aspects, proposal.aspects);
    if (!of_series && !less.empty()) apart(fmt::format("on the same object, without {}", join(less, ", ")));
    if (!of_series && !more.empty()) apart(fmt::format("on the same object, its {}", join(more, ", ")));
    if (!of_series && denied(proposal.kinds, document.kinds))
      apart(fmt::format("on the same object: {}, not {}", join(document.kinds, ", "), join(proposal.kinds, ", ")));
    if (!of_series) {
      if (const auto [here, there] = replaced(proposal, document, replacing * s.rarest); !here.empty())
        apart(fmt::format("on {}, not {}", there, here));
    }
    if (const auto [actor, object] = turned(proposal, document); !actor.empty())
      apart(fmt::format("the same words in other roles: there {} for {}, here {} for {}", object, actor, actor, object));
    if (closeness.why.empty()) {
      closeness.nearness = Nearness::same_subject;
      if (of_series) closeness.why = "a part of a series that has the subject";
    } else {
      closeness.nearness = Nearness::neighbouring;
    }
    return closeness;
  }

  const auto near = [&](std::string why) {
    closeness.nearness = Nearness::neighbouring;
    closeness.why = std::move(why);
    return closeness;
  };
  if (!series.empty() && full >= bounds.same / 2) return near(fmt::format("another part of “{}”", series));
  if (overlap.degree < bounds.neighbouring) return closeness;
  if (std::string phrase = shared_phrase(proposal, document, s.rarest, [&](std::uint32_t term) { return s.rarity_of(term); });
      !phrase.empty())
    return near(fmt::format("shares “{}”", phrase));
  for (std::size_t i = proposal.core; i < proposal.parts.size(); ++i) {
    for (const Subject::Word& w : proposal.parts[i].words) {
      const auto among = [&](const Subject::Part& part) {
        return std::ranges::any_of(part.words, [&](const Subject::Word& d) { return d.term == w.term && d.plain == w.plain; });
      };
      const bool in_title =
          w.weight >= telling_word * s.rarest &&
          std::any_of(document.parts.begin() + static_cast<std::ptrdiff_t>(document.core), document.parts.end(), among);
      const bool in_text =
          w.weight >= telling_in_text * s.rarest &&
          std::ranges::any_of(overlap.shared, [&](const SharedWord& shared) { return plain_form(shared.word) == w.plain; });
      if (in_title || in_text) return near(fmt::format("shares “{}”, which few texts have", w.plain));
    }
  }
  return closeness;
}

}  // namespace lacuna
