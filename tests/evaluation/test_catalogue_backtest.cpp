#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <set>

#include "evaluation/catalogue_backtest.hpp"
#include "evaluation/need_phrases.hpp"
#include "evaluation/split_files.hpp"
#include "evaluation/trial.hpp"
#include "forecast/uptake_forecast.hpp"
#include "lacuna/error.hpp"
#include "lacuna/identifier.hpp"
#include "support/process.hpp"

using namespace lacuna;
using namespace lacuna::evaluation;

namespace {

constexpr Day from = static_cast<Day>(20190121);
constexpr Day to = static_cast<Day>(20240121);

CatalogueText record(int number, std::string_view published, std::string title, std::string abstract = "",
                     std::string group = "ISO/TC 9901") {
  CatalogueText text;
  text.catalogue = "made-up";
  text.identifier = fmt::format("ISO {}:{}", number, published.substr(0, 4));
  text.work = parse_identifier(text.identifier).work();
  text.published = Date::parse(published);
  text.title = std::move(title);
  text.abstract = std::move(abstract);
  text.group = std::move(group);
  return text;
}

/// Six concepts in twelve works each, among six hundred works on nothing else; a chain of meetings; and what came in 2020.
std::vector<CatalogueText> made_up() {
  const char* const names[] = {"key escrow", "mail relays", "signed logs", "route filters", "tide gauges", "paint drying"};
  std::vector<CatalogueText> records;
  int number = 90000;
  for (int k = 0; k < 600; ++k) records.push_back(record(++number, "2010", fmt::format("Filler{} matters{}", k, k)));
  for (const char* name : names) {
    for (int k = 0; k < 10; ++k) records.push_back(record(++number, "2012", fmt::format("{} - Part {}", name, k + 1)));
  }
  for (int k = 0; k + 1 < 4; ++k) {
    for (const char* year : {"2016", "2017"})
      records.push_back(record(++number, year, fmt::format("Use of {}", names[k]),
                               fmt::format("Specifies {} with {}.", names[k], names[k + 1]), "ISO/TC 9902"));
  }
  CatalogueText draft = record(++number, "2018", "Nothing", "Signed logs of tide gauges");
  draft.given = State::draft;
  records.push_back(draft);
  records.push_back(record(99990, "2020-03", "Signed logs for key escrow"));
  records.push_back(record(90610, "2020-04", "Mail relays - Part 10", "Now with route filters"));  // A later edition.
  return records;
}

std::vector<std::string> names(const Split& split) {
  std::vector<std::string> list;
  for (const auto& entry : split.concepts) list.push_back(entry.shown);
  std::ranges::sort(list);
  return list;
}

}  // namespace

TEST_CASE("split: concepts are declared labels in ten works or more and in no more than one of forty") {
  const Catalogues catalogues(made_up());
  const Split split = catalogues.split(from, to);
  CHECK(names(split) ==
        std::vector<std::string>{"key escrow", "mail relays", "paint drying", "route filters", "signed logs", "tide gauges"});
  CHECK(split.before.size() == 666);
}

TEST_CASE("split: only first editions are new, and drafts cover what they hold") {
  const Catalogues catalogues(made_up());
  const Split split = catalogues.split(from, to);
  REQUIRE(split.after.size() == 1);
  CHECK(split.after[0].base == "I:99990");
  CHECK(split.after[0].concepts == split.after[0].title);
  const Trial trial = make_trial(split);
  const auto place = [&](std::string_view name) {
    return static_cast<std::uint32_t>(std::ranges::find(split.concepts, name, &Split::Concept::shown) - split.concepts.begin());
  };
  CHECK(trial.find(place("signed logs"), place("tide gauges")) == Candidates::no_pair);
  CHECK(trial.find(place("signed logs"), place("key escrow")) != Candidates::no_pair);
  CHECK(trial.taken.size() == 1);
  CHECK(catalogues.find("I:99990")->title == "Signed logs for key escrow");
  CHECK(catalogues.find("I:1") == nullptr);
}

TEST_CASE("split: nothing that comes later changes what is known on the day") {
  std::vector<CatalogueText> records = made_up();
  const Split whole = Catalogues(records).split(from, to);
  std::erase_if(records, [](const CatalogueText& r) { return r.published->year >= 2019; });
  const Split cut = Catalogues(records).split(from, to);
  CHECK(names(cut) == names(whole));
  CHECK(cut.also == whole.also);
  CHECK(cut.before.size() == whole.before.size());
  CHECK(cut.after.empty());
}

TEST_CASE("uptake: a text scores by the places of its pairs, and says which they are") {
  UptakeForecast uptake(uptake_table(made_up(), from));
  const auto score = uptake.score({"Key escrow", "For signed logs with mail relays"});
  CHECK(score.concepts.size() == 3);
  CHECK(score.met == 2);
  REQUIRE(score.pairs.size() == 1);
  CHECK(std::set{score.pairs[0].first, score.pairs[0].second} == std::set<std::string>{"key escrow", "signed logs"});
  CHECK(score.score == score.pairs[0].place);
  CHECK(score.score > 0.5);
  CHECK_THAT(score.why, Catch::Matchers::StartsWith("nobody has yet put \"") && Catch::Matchers::Contains("together"));
  CHECK(uptake.score({"Key escrow", "with mail relays"}).why ==
        "all pairs of its 2 concepts stand together in some record already");
  CHECK(uptake.score({"Paint drying", "with mail relays"}).score < score.score);
  CHECK(uptake.score({"Nothing known", ""}).score == 0);
}

TEST_CASE("uptake: the reason counts what became of the pairs of five years before") {
  // On the second day, one of the pairs that were apart on the first had come together: signed logs and key escrow.
  const Trial trial = make_trial(Catalogues(made_up()).split(from, to));
  const auto score = UptakeForecast(uptake_table(made_up(), to)).score({"Paint drying", "with mail relays"});
  REQUIRE(score.pairs.size() == 1);
  CHECK(score.pairs[0].came == 1);
  CHECK(score.pairs[0].looked == trial.pairs());
  CHECK(score.why ==
        fmt::format("nobody has yet put \"{}\" and \"{}\" together; bodies did so with 1 of the {} most similar pairs "
                    "within five years",
                    score.pairs[0].first, score.pairs[0].second, trial.pairs()));
}

TEST_CASE("back-test: a table says what became of the first pairs") {
  const Catalogues catalogues(made_up());
  const Split split = catalogues.split(from, to);
  const Result result = query_backtest_catalogues(split, nullptr, &catalogues, {.limit = 2});
  CHECK(result.schema == "backtest-catalogues-1");
  REQUIRE(result.tables.size() == 4);
  CHECK(result.tables[0].rows.size() == 6);  // Without an earlier split nothing is learned.
  CHECK(result.tables[3].rows.size() == 2);
}

namespace {

/// Two needs that are linked, the second one dated.
std::vector<MapNeed> two_needs() {
  return {{{"Training log poisoning"}, "Signed logs hold what an attacker wants.", {1}, false},
          {{"Proof of \"safe words\" by key escrow", "LP"}, "", {0}, true}};
}

std::vector<CatalogueText> with_poisoning() {
  std::vector<CatalogueText> records = made_up();
  records.push_back(record(99991, "2021-05", "Training log poisoning and key escrow"));
  return records;
}

}  // namespace

TEST_CASE("back-test, needs: which phrases enter as concepts, and what needs bring together") {
  const Catalogues catalogues(with_poisoning());
  const Split plain = catalogues.split(from, to);
  const Split split = with_needs(catalogues, plain, two_needs());
  std::vector<std::string> phrases;
  for (std::size_t c = 0; c < split.outside; ++c) phrases.push_back(split.concepts[c].shown);
  // No "log", which twelve works hold, no "training log", which ends nothing, no "key escrow", which is a concept.
  CHECK(phrases == std::vector<std::string>{"LP", "logs poisoning", "poisoning", "proof", "safe", "safe words", "training",
                                            "training logs poisoning", "words"});
  CHECK(split.concepts.size() == plain.concepts.size() + 9);
  REQUIRE(split.needs.size() == 2);
  const auto held = [&](const Split::Work& work) {
    std::vector<std::string> list;
    for (const std::uint32_t c : work.concepts) list.push_back(split.concepts[c].shown);
    std::ranges::sort(list);
    return list;
  };
  CHECK(held(split.needs[0]) == std::vector<std::string>{"key escrow", "logs poisoning", "poisoning", "signed logs", "training",
                                                         "training logs poisoning"});
  CHECK(held(split.needs[1]) ==
        std::vector<std::string>{"LP", "key escrow", "proof", "safe", "safe words", "signed logs", "words"});
  CHECK(split.needs[0].day == split.from);
  const Trial trial = make_trial(split);
  CHECK(positives_of(trial, Outcome::any).size() ==
        6);  // Four phrases with "key escrow", and "training" with two that do not hold the word.
}

TEST_CASE("back-test, needs: what comes later changes no phrase, and a phrase in two writings or a record enters") {
  std::vector<CatalogueText> records = with_poisoning();
  const Split whole = with_needs(Catalogues(records), Catalogues(records).split(from, to), two_needs());
  std::erase_if(records, [](const CatalogueText& r) { return r.published->year >= 2019; });
  const Catalogues cut(records);
  CHECK(names(with_needs(cut, cut.split(from, to), two_needs())) == names(whole));
  const auto enters = [&](const std::vector<MapNeed>& needs) {
    const std::vector<std::string> list = names(with_needs(Catalogues(records), Catalogues(records).split(from, to), needs));
    return std::ranges::find(list, "training logs") != list.end();
  };
  std::vector<MapNeed> needs = two_needs();
  CHECK_FALSE(enters(needs));
  needs[1].text = "A training log helps.";
  CHECK(enters(needs));
  records.push_back(record(99992, "2011", "Training log of ships"));
  CHECK(enters(two_needs()));
}

TEST_CASE("back-test, needs: those that name nothing new add no candidates, and a short form is its concept") {
  const Catalogues catalogues(made_up());
  Split plain = catalogues.split(from, to);
  const std::vector<MapNeed> known{{{"Key escrow", "Mail relays"}, "", {}, false}};
  const Split none = with_needs(catalogues, plain, known);
  CHECK(none.outside == 0);
  CHECK(make_trial(none).pairs() == 0);
  CHECK(query_backtest_catalogues(plain, nullptr, &catalogues, {.needs = known}).tables.back().rows.empty());

  const auto escrow = static_cast<std::uint32_t>(std::ranges::find(plain.concepts, "key escrow", &Split::Concept::shown) -
                                                 plain.concepts.begin());
  plain.concepts[escrow].alias = "KE";
  const Split split = with_needs(catalogues, plain, std::vector<MapNeed>{{{"KE poisoning"}, "", {}, false}});
  REQUIRE(split.outside == 2);
  CHECK(split.concepts[0].shown == "KE poisoning");
  CHECK(split.concepts[1].shown == "poisoning");
  const Trial trial = make_trial(split);
  CHECK(trial.find(0, escrow + 2) == Candidates::no_pair);
  CHECK(trial.find(1, escrow + 2) != Candidates::no_pair);
}

TEST_CASE("back-test, needs: those of a map on a day, and the dated ones alone") {
  Map map;
  const auto add = [&](std::string id, Kind kind, std::string title, std::string_view since = "") {
    Node& node = map.nodes.emplace_back();
    node.id = std::move(id);
    node.kind = kind;
    node.title = std::move(title);
    if (!since.empty()) node.dates.push_back({"since", *Date::parse(since)});
  };
  add("A", Kind::use_case, "Use", "2018");
  add("B", Kind::threat, "Threat");
  add("C", Kind::requirement, "Answer", "2017");
  add("D", Kind::threat, "Later threat", "2023");
  map.nodes[1].aliases = {"Other name"};
  const auto tie = [&](const char* from_id, Relation relation, const char* to_id, Status status = Status::asserted) {
    Link& link = map.links.emplace_back();
    link.from = from_id;
    link.relation = relation;
    link.to = to_id;
    link.status = status;
  };
  tie("A", Relation::faces, "B");
  tie("A", Relation::needs, "C");
  tie("C", Relation::counters, "B", Status::suggested);
  tie("A", Relation::faces, "D");
  const Graph graph = graph_of(std::move(map));
  const Profile profile;
  const std::vector<MapNeed> needs = map_needs(Situation(graph, profile, from));
  REQUIRE(needs.size() == 3);
  CHECK(needs[0].linked == std::vector<std::uint32_t>{1, 2});
  CHECK(needs[1].labels == std::vector<std::string>{"Threat", "Other name"});
  CHECK(needs[1].linked == std::vector<std::uint32_t>{0});
  CHECK_FALSE(needs[1].dated);
  const std::vector<MapNeed> dated = dated_needs(needs);
  REQUIRE(dated.size() == 2);
  CHECK(dated[0].linked == std::vector<std::uint32_t>{1});
  CHECK(dated[1].labels.front() == "Answer");
  CHECK(dated[1].linked == std::vector<std::uint32_t>{0});
}

TEST_CASE("back-test, needs: a back-test tells apart what they add, and nothing else changes") {
  const Catalogues catalogues(with_poisoning());
  const Split split = catalogues.split(from, to);
  const Result plain = query_backtest_catalogues(split, nullptr, &catalogues, {.limit = 2});
  const Result more = query_backtest_catalogues(split, nullptr, &catalogues, {.limit = 2, .needs = two_needs()});
  REQUIRE(more.tables.size() == plain.tables.size() + 2);
  CHECK(more.head == plain.head);
  for (std::size_t t = 0; t < plain.tables.size(); ++t) CHECK(more.tables[t].rows == plain.tables[t].rows);
  const Table& needs = more.tables[plain.tables.size()];
  REQUIRE(needs.rows.size() == 6);  // Three rankers for both needs, three for the dated one.
  CHECK(needs.rows[0]["which"] == Value("all"));
  CHECK(needs.rows[0]["held"] == Value(4));
  CHECK(needs.rows[0]["taken_up"] == Value(6));
  CHECK(needs.rows[5]["which"] == Value("dated"));
  CHECK(needs.rows[5]["needs"] == Value(1));
  CHECK(needs.rows[5]["taken_up"] == Value(0));
  CHECK(more.tables.back().rows.size() == 2);
}

TEST_CASE("split files: a split from files, and what is wrong with them") {
  const test::Scratch scratch;
  const std::string folder = scratch.path();
  const auto write = [&](const std::string& name, const std::string& text) {
    CHECK_FALSE(scratch.file(name + ".tsv", text).empty());
    test::run_script("gzip -f *.tsv", folder);
  };
  write("groups", "35\n");
  write("concepts", "#id\n0\tkey escrow\tKE\t12\t35\n1\tmail relay\t\t11\t35\n2\tsigned log\t\t10\t35\n");
  write("works_pre", "61000\t0\t7\t0 1\n");
  write("works_new", "61800\t0\t8\tI:99990\t0 2\t2\n");
  write("covered_extra", "1\t2\n");
  write("positives", "");
  const Split split = read_split(folder, from, to);
  CHECK(split.concepts[0].alias == "KE");
  CHECK(split.before[0].day == 61000 - 43829);
  CHECK(split.before[0].concepts == std::vector<std::uint32_t>{0, 1});
  CHECK(split.after[0].concepts == std::vector<std::uint32_t>{0, 2});
  CHECK(make_trial(split).pairs() == 1);
  write("covered_extra", "1\tmany\n");
  CHECK_THROWS_WITH(read_split(folder, from, to), Catch::Matchers::EndsWith("covered_extra.tsv.gz:1: \"many\" is no number"));
  write("covered_extra", "1\t5\n");
  CHECK_THROWS_WITH(read_split(folder, from, to),
                    Catch::Matchers::EndsWith("covered_extra.tsv.gz:1: names 5, and there are only 3"));
  CHECK_THROWS_AS(read_split(folder + "/none", from, to), Error);
}
