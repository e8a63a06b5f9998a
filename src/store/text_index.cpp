#include "store/text_index.hpp"

#include <algorithm>
#include <cmath>
#include <future>
#include <map>
#include <numeric>
#include <set>
#include <string>

#include "base/parallel.hpp"
#include "base/sorted.hpp"
#include "text/titles.hpp"

namespace lacuna {
namespace {

constexpr double title_weight = 3.0;
constexpr double keyword_weight = 1.5;
constexpr double saturation = 1.6;
constexpr double length_part = 0.4;

/// The texts of one work, gathered record by record.
struct WorkText {
  std::int64_t work = 0;
  std::string title;
  std::string other_titles;
  std::string keywords;
  std::string abstract;
  bool own_abstract = false;  ///< Of the record that stands for the work.
};

struct Posting {
  std::uint32_t work = 0;
  float frequency = 0;
};

}  // namespace

class TextIndexing::Builder {
 public:
  explicit Builder(Connection& db) : db_(db) {
    Statement rows = db_.prepare(
        "SELECT r.work, r.record = w.face, t.title, t.keywords, t.abstract FROM work w JOIN record r ON r.work = w.work JOIN "
        "record_text t ON t.record = r.record "
        "ORDER BY w.work, r.record");
    WorkText text;
    while (rows.step()) {
      if (rows.number(0) != text.work) {
        keep(std::move(text));
        text = {};
        text.work = rows.number(0);
      }
      const bool face = rows.number(1) != 0;
      (face ? text.title : text.other_titles).append("\n").append(rows.text(2));
      if (face) text.keywords = rows.text(3);
      const std::string_view abstract = rows.text(4);
      const bool better =
          face ? abstract.size() >= shortest_abstract : !text.own_abstract && abstract.size() > text.abstract.size();
      if (better) text.abstract = abstract;
      text.own_abstract = text.own_abstract || (face && better);
    }
    keep(std::move(text));
    weighing_ = meanwhile([this] {
      for (const WorkText& t : texts_) add(t);
      texts_.clear();
    });
  }

  void write() {
    weighing_.get();
    write_rows();
  }

 private:
  static constexpr std::size_t shortest_abstract = 40;  ///< Less says nothing ("Amendment 2").

  void keep(WorkText&& text) {
    if (text.work != 0) texts_.push_back(std::move(text));
  }

  const std::vector<std::uint32_t>& terms_of(const std::string& text) {
    terms_.clear();
    vocabulary_.terms(text, terms_);
    return terms_;
  }

  void add(const WorkText& text) {
    ++works_;
    std::vector<std::string> parts = leading_parts(std::string_view(text.title).substr(text.title.empty() ? 0 : 1));
    sort_unique(parts);
    for (std::string& part : parts) ++parts_[std::move(part)];
    counts_.clear();
    for (const std::uint32_t t : terms_of(text.title)) counts_.emplace_back(t, title_weight);
    const std::size_t own = counts_.size();
    for (const std::uint32_t t : terms_of(text.other_titles)) {
      // What only another edition or an amendment names counts once.
      const bool known = std::any_of(counts_.begin(), counts_.end(), [&](const auto& c) { return c.first == t; });
      if (!known) counts_.emplace_back(t, title_weight);
    }
    double length = title_weight * static_cast<double>(own);
    for (const std::uint32_t t : terms_of(text.keywords)) counts_.emplace_back(t, keyword_weight);
    length += keyword_weight * static_cast<double>(terms_.size());
    for (const std::uint32_t t : terms_of(text.abstract)) counts_.emplace_back(t, 1.0);
    length += static_cast<double>(terms_.size());
    std::ranges::sort(counts_);
    postings_.resize(vocabulary_.size());
    for (std::size_t i = 0; i < counts_.size();) {
      const std::uint32_t term = counts_[i].first;
      double frequency = 0;
      for (; i < counts_.size() && counts_[i].first == term; ++i) frequency += counts_[i].second;
      postings_[term].push_back({static_cast<std::uint32_t>(text.work), static_cast<float>(frequency)});
    }
    if (lengths_.size() <= static_cast<std::size_t>(text.work)) lengths_.resize(static_cast<std::size_t>(text.work) + 1);
    lengths_[static_cast<std::size_t>(text.work)] = static_cast<float>(length);
    total_ += length;
  }

  void write_rows() {
    const double mean = works_ == 0 ? 1 : std::max(1.0, total_ / static_cast<double>(works_));
    db_.run("DELETE FROM text_term; DELETE FROM title_part");
    Statement part = db_.prepare("INSERT INTO title_part VALUES (?,?)");
    for (const auto& [key, works] : parts_) {
      if (works > 1) part.bind(1, key).bind(2, works).run();
    }
    Statement insert = db_.prepare("INSERT INTO text_term (term, works, rarity, postings) VALUES (?,?,?,?)");
    std::vector<std::uint32_t> order(postings_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) { return vocabulary_.stem(a) < vocabulary_.stem(b); });
    std::string bytes;
    for (const std::uint32_t term : order) {
      const auto& list = postings_[term];
      if (list.empty()) continue;
      bytes.clear();
      std::uint32_t before = 0;
      for (const Posting& p : list) {
        for (std::uint32_t gap = p.work - before; true; gap >>= 7U) {
          bytes += static_cast<char>((gap & 0x7fU) | (gap > 0x7fU ? 0x80U : 0U));
          if (gap <= 0x7fU) break;
        }
        before = p.work;
        const double f = static_cast<double>(p.frequency);
        const double weight =
            f / (f + saturation * (1 - length_part + length_part * static_cast<double>(lengths_[p.work]) / mean));
        bytes += static_cast<char>(static_cast<std::uint8_t>(std::clamp(std::lround(weight * 255), 1L, 255L)));
      }
      const double n = static_cast<double>(list.size());
      insert.bind(1, vocabulary_.stem(term)).bind(2, static_cast<std::int64_t>(list.size()));
      insert.bind_real(3, std::log(1 + (static_cast<double>(works_) - n + 0.5) / (n + 0.5))).bind_blob(4, bytes).run();
    }
  }

  std::map<std::string, std::int64_t> parts_;  ///< Leading parts of titles and how many works have them.
  Connection& db_;
  std::vector<WorkText> texts_;
  Vocabulary vocabulary_;
  std::vector<std::vector<Posting>> postings_;  ///< By term; works ascending.
  std::vector<float> lengths_;                  ///< By work.
  std::vector<std::pair<std::uint32_t, double>> counts_;
  std::vector<std::uint32_t> terms_;
  std::size_t works_ = 0;
  double total_ = 0;
  std::future<void> weighing_;  ///< Last, so that it ends before what it works on goes.
};

TextIndexing::TextIndexing(Connection& db) : builder_(std::make_unique<Builder>(db)) {}
TextIndexing::~TextIndexing() = default;

void TextIndexing::write() { builder_->write(); }

void index_texts(Connection& db) { TextIndexing(db).write(); }

const TextIndex::Postings& TextIndex::postings(std::uint32_t term) {
  const auto [entry, fresh] = known_.try_emplace(term);
  Postings& p = entry->second;
  if (!fresh) return p;
  if (most_ < 0) {
    most_ = db_->number("SELECT coalesce(max(work), 0) FROM work");
    sums_.assign(static_cast<std::size_t>(most_) + 1, 0);
  }
  p.rarity = rarest();
  Statement row = db_->prepare("SELECT works, rarity, postings FROM text_term WHERE term = ?");
  if (!row.bind(1, vocabulary_.stem(term)).step()) return p;
  p.rarity = row.real(1);
  p.works.reserve(static_cast<std::size_t>(row.number(0)));
  p.weights.reserve(p.works.capacity());
  const std::string_view bytes = row.blob(2);
  std::uint32_t work = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    std::uint32_t gap = 0;
    for (unsigned shift = 0; at < bytes.size() && shift < 32; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes[at++]);
      gap |= static_cast<std::uint32_t>(byte & 0x7fU) << shift;
      if ((byte & 0x80U) == 0) break;
    }
    work += gap;
    if (at >= bytes.size() || work > static_cast<std::uint64_t>(most_)) break;  // Damaged: what stands before is whole.
    p.works.push_back(work);
    p.weights.push_back(static_cast<std::uint8_t>(bytes[at++]));
  }
  return p;
}

double TextIndex::rarest() {
  if (rarest_ > 0) return rarest_;
  Statement row = db_->prepare("SELECT rarity FROM text_term WHERE works = 1 LIMIT 1");
  if (row.step()) return rarest_ = row.real(0);
  // Where no term stands in one work alone: from the number of works.
  const auto n = static_cast<double>(std::max<std::int64_t>(1, db_->number("SELECT count(*) FROM work WHERE face IS NOT NULL")));
  return rarest_ = std::log(1 + (n - 0.5) / 1.5);
}

double TextIndex::rarity(std::uint32_t term) { return postings(term).rarity; }

std::size_t TextIndex::titles_with(const std::string& part) {
  if (!find_part_) {
    if (!db_->has_table("title_part")) return 0;
    find_part_.emplace(db_->prepare("SELECT works FROM title_part WHERE part = ?"));
  }
  find_part_->bind(1, part);
  const std::size_t works = find_part_->step() ? static_cast<std::size_t>(find_part_->number(0)) : 0;
  find_part_->reset();
  return works;
}

double TextIndex::rarity_of(const std::string& stem) {
  const auto [entry, fresh] = rarities_.try_emplace(stem, 0.0);
  if (!fresh) return entry->second;
  if (!find_rarity_) find_rarity_.emplace(db_->prepare("SELECT rarity FROM text_term WHERE term = ?"));
  entry->second = find_rarity_->bind(1, stem).step() ? find_rarity_->real(0) : rarest();
  find_rarity_->reset();
  return entry->second;
}

std::vector<TextIndex::Scored> TextIndex::best(const std::vector<WeighedTerm>& terms, std::size_t limit) {
  constexpr double steps = 1024;  // Of a weight: whole numbers add up alike in any order.
  for (const WeighedTerm& t : terms) {
    const Postings& p = postings(t.term);
    const auto weight = static_cast<std::uint32_t>(std::lround(t.weight * p.rarity * steps));
    for (std::size_t i = 0; i < p.works.size(); ++i) sums_[p.works[i]] += weight * p.weights[i];
  }
  // The limit-th highest sum first, then everything above it.
  std::vector<std::uint32_t> found;
  for (std::size_t w = 0; w < sums_.size(); ++w) {
    if (sums_[w] != 0) found.push_back(static_cast<std::uint32_t>(w));
  }
  const auto better = [&](std::uint32_t a, std::uint32_t b) { return sums_[a] != sums_[b] ? sums_[a] > sums_[b] : a < b; };
  const std::size_t most = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(most), found.end(), better);
  std::vector<Scored> result;
  for (std::size_t i = 0; i < most; ++i) result.push_back({found[i], static_cast<double>(sums_[found[i]]) / (steps * 255)});
  std::ranges::fill(sums_, 0U);
  return result;
}

}  // namespace lacuna
