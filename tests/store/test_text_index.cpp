#include "store/text_index.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "lacuna/store.hpp"
#include "support/dice.hpp"
#include "support/process.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

Record record(const std::string& identifier, const std::string& title, const std::string& abstract = "",
              const std::string& keywords = "") {
  Record r;
  r.entry = identifier;
  r.identifier = parse_identifier(identifier);
  r.title = title;
  r.abstract = abstract;
  r.keywords = keywords;
  r.state = State::published;
  r.published = Date::parse("2020-01-01");
  r.fingerprint = std::hash<std::string>()(title + "\n" + abstract + "\n" + keywords);
  return r;
}

/// The whole catalogue "c".
void import(const std::string& path, const std::vector<Record>& records) {
  CatalogueWriter writer(path);
  CatalogueInfo info;
  info.name = "c";
  info.format = "relaton";
  info.date = Date::parse("2026-01-01");
  writer.begin(info);
  for (const Record& r : records) {
    if (writer.known(r.entry, r.fingerprint))
      writer.unchanged(r.entry);
    else
      writer.put(Record(r));
  }
  std::vector<ImportSummary> summaries;
  summaries.push_back(writer.end(true, std::nullopt));
  writer.commit(summaries);
}

/// A work as the definition of the index has it.
struct Text {
  std::string title, keywords, abstract;
};

/// The definition, word for word: every work against every term of the question.
class Naive {
 public:
  explicit Naive(const std::map<std::int64_t, Text>& works) {
    for (const auto& [work, text] : works) {
      const auto add = [&, at = work](const std::string& part, double counts) {
        std::vector<std::uint32_t> terms;
        vocabulary_.terms(part, terms);
        for (const std::uint32_t t : terms) {
          frequencies_[at][vocabulary_.stem(t)] += counts;
          lengths_[at] += counts;
          total_ += counts;
        }
      };
      frequencies_[work];
      add(text.title, 3);
      add(text.keywords, 1.5);
      add(text.abstract, 1);
    }
  }

  double rarity(const std::string& stem) const {
    const auto n = std::max<double>(
        1, static_cast<double>(std::ranges::count_if(frequencies_, [&](const auto& w) { return w.second.contains(stem); })));
    const auto all = static_cast<double>(frequencies_.size());
    return std::log(1 + (all - n + 0.5) / (n + 0.5));
  }

  /// Sums in steps of the index, so that equal ones are equal.
  std::vector<std::pair<std::int64_t, std::int64_t>> best(const std::vector<std::pair<std::string, double>>& question,
                                                          std::size_t limit) {
    const double mean = std::max(1.0, total_ / static_cast<double>(frequencies_.size()));
    std::vector<std::pair<std::int64_t, std::int64_t>> list;
    for (const auto& [work, frequencies] : frequencies_) {
      std::int64_t sum = 0;
      for (const auto& [stem, weight] : question) {
        const auto found = frequencies.find(stem);
        if (found == frequencies.end()) continue;
        const double f = found->second;
        const double in_work = f / (f + 1.6 * (0.6 + 0.4 * lengths_[work] / mean));
        sum += std::lround(weight * rarity(stem) * 1024) * std::clamp<std::int64_t>(std::lround(in_work * 255), 1, 255);
      }
      if (sum > 0) list.emplace_back(work, sum);
    }
    std::ranges::stable_sort(list, [](const auto& a, const auto& b) { return a.second > b.second; });
    list.resize(std::min(limit, list.size()));
    return list;
  }

 private:
  Vocabulary vocabulary_;
  std::map<std::int64_t, std::map<std::string, double>> frequencies_;
  std::map<std::int64_t, double> lengths_;
  double total_ = 0;
};

std::map<std::string, std::int64_t> works_by_identifier(const Connection& db) {
  std::map<std::string, std::int64_t> result;
  Statement rows = db.prepare("SELECT entry, work FROM record");
  while (rows.step()) result[std::string(rows.text(0))] = rows.number(1);
  return result;
}

std::string some_words(Dice& dice, std::size_t most) {
  static const char* const words[] = {"model",     "attack",     "signing",  "privacy", "learning", "federated",
                                      "detection", "registry",   "training", "data",    "evasion",  "poisoning",
                                      "network",   "robustness", "key",      "cloud",   "identity", "AI",
                                      "TLS",       "zebra",      "of",       "the"};
  std::string text;
  for (std::size_t n = dice.below(most + 1); n > 0; --n)
    text += std::string(text.empty() ? "" : " ") + words[std::min(dice.below(22), dice.below(22))];
  return text;
}

std::vector<std::string> titles_of(NearWorks& near, const Writing& writing, std::size_t limit) {
  std::vector<std::string> list;
  for (const NearWork& w : near.nearest(writing, limit)) list.push_back(w.face.title);
  return list;
}

}  // namespace

TEST_CASE("text index: the best works are those of a full scoring by the definition, for any question") {
  const Scratch scratch;
  const std::string path = scratch.path("map.db");
  Dice dice(20261128);
  std::vector<Record> records;
  std::map<std::string, Text> texts;
  for (int i = 0; i < 300; ++i) {
    const std::string id = fmt::format("ISO {}:2020", 50000 + i);
    // An abstract of less than forty bytes is one where there is no better.
    Text text{fmt::format("Number{} {}", i, some_words(dice, 6)), some_words(dice, 3), some_words(dice, 40)};
    if (text.abstract.size() < 40) text.abstract.clear();
    records.push_back(record(id, text.title, text.abstract, text.keywords));
    texts[id] = text;
  }
  import(path, records);
  const Connection db(path, Connection::Is::map);
  std::map<std::int64_t, Text> works;
  for (const auto& [id, work] : works_by_identifier(db)) works[work] = texts.at(id);
  REQUIRE(works.size() == 300);
  Naive naive(works);
  TextIndex index(db);
  for (int round = 0; round < 400; ++round) {
    std::vector<std::pair<std::string, double>> question;
    std::vector<WeighedTerm> terms;
    std::vector<std::uint32_t> asked;
    index.vocabulary().terms(some_words(dice, 8) + fmt::format(" number{} unheard", dice.below(300)), asked);
    std::ranges::sort(asked);
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
    for (const std::uint32_t t : asked) {
      const double weight = static_cast<double>(1 + dice.below(8)) / 4;
      terms.push_back({t, weight});
      question.emplace_back(index.vocabulary().stem(t), weight);
      CHECK(index.rarity(t) == Approx(naive.rarity(question.back().first)).epsilon(1e-12));
      CHECK(index.rarity_of(question.back().first) == index.rarity(t));
    }
    const std::size_t limit = 1 + dice.below(40);
    const auto expected = naive.best(question, limit);
    const auto found = index.best(terms, limit);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      INFO("round " << round << ", place " << i);
      CHECK(found[i].work == expected[i].first);
      CHECK(found[i].score == Approx(static_cast<double>(expected[i].second) / (1024 * 255)).epsilon(1e-12));
    }
    // The order of the terms does not matter.
    std::ranges::reverse(terms);
    const auto again = index.best(terms, limit);
    CHECK(std::ranges::equal(again, found, [](const auto& a, const auto& b) { return a.work == b.work && a.score == b.score; }));
  }
  CHECK(index.best({}, 10).empty());
}

TEST_CASE("text index: editions of a work are one text; the newest speaks, and what only others name counts once") {
  const Scratch scratch;
  const std::string path = scratch.path("map.db");
  Record old = record("ISO 60000:2010", "Zebra signing of models", "The old abstract, long enough to say something.");
  old.published = Date::parse("2010-01-01");
  import(path, {old, record("ISO 60000:2020", "Signing of models", "Short."),
                record("ISO 60001:2020", "Zebra crossings and paint"), record("ISO 60002:2020", "Paint")});
  const Store store(path);
  NearWorks near(store);
  // Both works have "zebra": the one whose title of today has it is nearer.
  CHECK(titles_of(near, {"Zebra crossings", ""}, 5) ==
        std::vector<std::string>{"Zebra crossings and paint", "Signing of models"});
  // The abstract of the old edition stands in for one that says nothing.
  CHECK(titles_of(near, {"old abstract", ""}, 5) == std::vector<std::string>{"Signing of models"});
  const auto answer = near.nearest({"signing", ""}, 5);
  REQUIRE(answer.size() == 1);
  CHECK(answer[0].face.facts.entry == "ISO 60000:2020");
  const auto of = [](double n) { return std::log(1 + (3 - n + 0.5) / (n + 0.5)); };
  CHECK(near.rarity("zebra") == Approx(of(2)).epsilon(1e-12));
  CHECK(near.rarity("sign") == Approx(of(1)).epsilon(1e-12));
  CHECK(near.rarity("unheard") == Approx(of(1)).epsilon(1e-12));
}

TEST_CASE("text index: it follows a catalogue that comes again with other texts, and without some") {
  const Scratch scratch;
  const std::string path = scratch.path("map.db");
  std::vector<Record> records = {record("ISO 60000:2020", "Signing of models"), record("ISO 60001:2020", "Zebra crossings"),
                                 record("ISO 60002:2020", "Detection of attacks")};
  import(path, records);
  const auto nearest = [&](const std::string& title) {
    const Store store(path);
    NearWorks near(store);
    return titles_of(near, {title, ""}, 5);
  };
  CHECK(nearest("zebra") == std::vector<std::string>{"Zebra crossings"});
  records[1] = record("ISO 60001:2020", "Crossings for horses");
  import(path, records);
  CHECK(nearest("zebra").empty());
  CHECK(nearest("horse") == std::vector<std::string>{"Crossings for horses"});
  records.erase(records.begin());
  import(path, records);
  CHECK(nearest("signing").empty());
  CHECK(nearest("attack") == std::vector<std::string>{"Detection of attacks"});
  // The same records once more: the same index, byte for byte.
  const auto postings = [&] {
    const Connection db(path, Connection::Is::map);
    std::string all;
    Statement rows = db.prepare("SELECT term, works, postings FROM text_term ORDER BY term");
    while (rows.step())
      all += fmt::format("{} {} {}\n", rows.text(0), rows.number(1), rows.blob(2).size()) + std::string(rows.blob(2));
    return all;
  };
  const std::string before = postings();
  import(path, records);
  CHECK(postings() == before);
}

TEST_CASE("text index: an empty catalogue, and a damaged row, answer what is there") {
  const Scratch scratch;
  const std::string path = scratch.path("map.db");
  import(path, {});
  {
    const Store store(path);
    NearWorks near(store);
    CHECK(near.nearest({"Signing of models", ""}, 5).empty());
  }
  import(path, {record("ISO 60000:2020", "Signing of models"), record("ISO 60001:2020", "Models of zebras")});
  {
    Connection db(path, Connection::Is::part);
    db.run("UPDATE text_term SET postings = substr(postings, 1, 3) WHERE term = 'model'");
    db.run("UPDATE text_term SET postings = x'ffffffffffffffff' WHERE term = 'sign'");
  }
  const Connection db(path, Connection::Is::map);
  TextIndex index(db);
  const std::uint32_t model = index.vocabulary().tokens("model").front().term;
  const std::uint32_t sign = index.vocabulary().tokens("sign").front().term;
  CHECK(index.best({{model, 1}}, 5).size() == 1);
  CHECK(index.best({{sign, 1}}, 5).empty());
}
