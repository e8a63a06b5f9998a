#include "analysis/linking/part.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/explain.hpp"
#include "base/text.hpp"
#include "text/tf_idf.hpp"

namespace lacuna {
namespace {

/// A choice among things in a row.
class Choice {
 public:
  explicit Choice(std::size_t all) : taken_(all) {}

  void take(std::size_t i) {
    if (!taken_[i]) ++count_;
    taken_[i] = true;
  }
  void take_all() {
    for (std::size_t i = 0; i < taken_.size(); ++i) take(i);
  }
  /// Takes of these, in their order, until so many are taken in all.
  void fill(std::span<const std::size_t> from, std::size_t most) {
    for (std::size_t i = 0; i < from.size() && count_ < most; ++i) take(from[i]);
  }
  /// Takes of what is left, evenly spread, until so many are taken in all.
  void fill_evenly(std::size_t most) {
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      if (!taken_[i]) left.push_back(i);
    }
    const std::size_t wanted = std::min(left.size(), most - std::min(most, count_));
    for (std::size_t i = 0; i < wanted; ++i) take(left[i * left.size() / wanted]);
  }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] const std::vector<bool>& taken() const { return taken_; }

 private:
  std::vector<bool> taken_;
  std::size_t count_ = 0;
};

/// Texts of which those are sought that share most words with others.
class Shelf {
 public:
  Shelf(const TfIdf& wording, const std::vector<std::string>& texts) : by_word_(wording.size()), sums_(texts.size()) {
    for (std::size_t t = 0; t < texts.size(); ++t) {
      for (const auto& [word, weight] : wording.vector(texts[t])) by_word_[word].emplace_back(t, weight);
    }
  }

  /// The nearest, nearest first, equal ones in their order; at most `most`.
  std::vector<std::size_t> nearest(const WordVector& to, std::size_t most) {
    std::ranges::fill(sums_, 0.0);
    std::vector<std::size_t> found;
    for (const auto& [word, weight] : to) {
      for (const auto& [text, other] : by_word_[word]) {
        if (sums_[text] == 0) found.push_back(text);
        sums_[text] += weight * other;
      }
    }
    const auto nearer = [&](std::size_t a, std::size_t b) { return sums_[a] != sums_[b] ? sums_[a] > sums_[b] : a < b; };
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(most, found.size()));
    std::partial_sort(found.begin(), end, found.end(), nearer);
    found.erase(end, found.end());
    return found;
  }

 private:
  std::vector<std::vector<std::pair<std::size_t, double>>> by_word_;
  std::vector<double> sums_;
};

std::string text_of(const Writing& writing) { return writing.title + ". " + writing.text; }

class Parting {
 public:
  Parting(const Situation& situation, const LinkTexts& ground, const LinkQuestion& question, std::size_t most)
      : graph_(situation.graph()),
        ground_(ground),
        question_(question),
        most_(most),
        needs_(situation.needs()),
        need_texts_(texts_of_needs()),
        texts_(texts_of_deliverables()),
        wording_(both()),
        needs_taken_(needs_.size()),
        taught_(texts_.size()),
        looked_at_(texts_.size()) {}

  LinkPart run() {
    if (needs_.size() <= most_ && texts_.size() <= most_) {
      for (Choice* choice : {&needs_taken_, &taught_, &looked_at_}) choice->take_all();
      return result();
    }
    const std::vector<std::size_t> needs = needs_asked();
    for (const std::size_t n : needs) needs_taken_.take(n);
    // As many may be looked at as are asked about: each has a nearest one.
    const std::size_t room = std::max(most_, needs.size());
    Shelf deliverables(wording_, texts_);
    Shelf others(wording_, need_texts_);
    for (const std::size_t n : needs) {
      const WordVector words = wording_.vector(need_texts_[n]);
      looked_at_.fill(deliverables.nearest(words, share_of(room, needs.size())), room);
      needs_taken_.fill(others.nearest(words, share_of(most_, needs.size())), most_ / 2);
      taught_.fill(linked_to(needs_[n]), most_ / 2);
    }
    for (const DeliverableText& d : question_.deliverables) {
      const WordVector words = wording_.vector(text_of(d.writing));
      needs_taken_.fill(others.nearest(words, share_of(most_, question_.deliverables.size())), most_ / 2);
      taught_.fill(deliverables.nearest(words, share_of(most_, question_.deliverables.size())), most_ / 2);
    }
    if (!needs.empty()) looked_at_.fill_evenly(room);
    needs_taken_.fill_evenly(most_);
    taught_.fill_evenly(most_);
    return result();
  }

 private:
  /// For each of so many, half of the room at most.
  static std::size_t share_of(std::size_t room, std::size_t askers) { return std::max<std::size_t>(1, room / 2 / askers); }

  [[nodiscard]] std::vector<std::string> texts_of_needs() const {
    std::vector<std::string> list;
    for (const NodeId need : needs_) list.push_back(text_of({graph_.node(need).title, graph_.node(need).text}));
    return list;
  }
  [[nodiscard]] std::vector<std::string> texts_of_deliverables() const {
    std::vector<std::string> list;
    for (const DeliverableText& d : ground_.on_map) list.push_back(text_of(d.writing));
    return list;
  }
  [[nodiscard]] std::vector<std::string> both() const {
    std::vector<std::string> list = need_texts_;
    list.insert(list.end(), texts_.begin(), texts_.end());
    return list;
  }

  /// Positions of the needs asked about that exist on the day.
  [[nodiscard]] std::vector<std::size_t> needs_asked() const {
    std::vector<std::size_t> list;
    for (const NodeId need : question_.needs) {
      const auto at = std::ranges::lower_bound(needs_, need);
      if (at != needs_.end() && *at == need) list.push_back(static_cast<std::size_t>(at - needs_.begin()));
    }
    return list;
  }

  /// Positions of the deliverables that people have linked to a need, evenly spread where they are many.
  [[nodiscard]] std::vector<std::size_t> linked_to(NodeId need) const {
    std::vector<std::size_t> list;
    for (const LinkId l : graph_.in(need, Relation::covers)) {
      if (graph_.edge(l).status != Status::asserted) continue;
      const auto at =
          std::ranges::lower_bound(ground_.on_map, graph_.edge(l).from, {}, [](const DeliverableText& d) { return *d.node; });
      if (at != ground_.on_map.end() && *at->node == graph_.edge(l).from)
        list.push_back(static_cast<std::size_t>(at - ground_.on_map.begin()));
    }
    if (list.size() <= most_ / 2) return list;
    std::vector<std::size_t> some;
    for (std::size_t i = 0; i < most_ / 2; ++i) some.push_back(list[i * list.size() / (most_ / 2)]);
    return some;
  }

  [[nodiscard]] LinkPart result() const {
    LinkPart part;
    for (std::size_t n = 0; n < needs_.size(); ++n) {
      if (needs_taken_.taken()[n]) part.needs.push_back(needs_[n]);
    }
    part.taught = taught_.taken();
    part.looked_at = looked_at_.taken();
    std::vector<std::string> told;
    if (needs_taken_.count() < needs_.size())
      told.push_back(fmt::format("{} of {} needs", thousands(needs_taken_.count()), thousands(needs_.size())));
    if (taught_.count() < texts_.size())
      told.push_back(fmt::format("{} of {} deliverables", thousands(taught_.count()), thousands(texts_.size())));
    if (!told.empty()) {
      part.told = fmt::format("learned on a part of this large map: {}", told.front());
      if (told.size() > 1) part.told += " and " + told.back();
      if (!question_.needs.empty() && looked_at_.count() < texts_.size())
        part.told += fmt::format("; of its deliverables, {} were looked at, those with most words in common first",
                                 thousands(looked_at_.count()));
    }
    return part;
  }

  const Graph& graph_;
  const LinkTexts& ground_;
  const LinkQuestion& question_;
  std::size_t most_;
  const std::vector<NodeId>& needs_;
  std::vector<std::string> need_texts_;
  std::vector<std::string> texts_;
  TfIdf wording_;
  Choice needs_taken_;
  Choice taught_;
  Choice looked_at_;
};

}  // namespace

LinkPart part_of(const Situation& situation, const LinkTexts& ground, const LinkQuestion& question, std::size_t most) {
  return Parting(situation, ground, question, most).run();
}

}  // namespace lacuna
