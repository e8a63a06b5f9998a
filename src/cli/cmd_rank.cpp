// rank: candidates for texts, from files, with nothing else.
#include <fmt/format.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/diagnostics.hpp"
#include "import/rank_lines.hpp"
#include "lacuna/import.hpp"
#include "match/ranker.hpp"
#include "workbench/checked.hpp"

namespace lacuna {
namespace {

struct RankArguments {
  std::string candidates;
  std::string links;
  std::string queries;
  std::string output;
  std::size_t limit = 0;
  bool probability = false;
  bool explain = false;
};

/// A file in which every line could be read. Throws Error(bad_input) when all faults have been told.
template <class Record>
std::vector<Record> records_of(const std::string& path,
                               std::vector<Record> (*read)(std::string_view, const std::string&, std::vector<Diagnostic>&)) {
  std::vector<Diagnostic> diagnostics;
  std::vector<Record> records = read(read_file(path), path, diagnostics);
  if (diagnostics.empty()) return records;
  say_stage("");
  print_diagnostics(diagnostics);
  throw Error(ErrorCode::bad_input, path, fmt::format("{}; nothing was ranked", faults_text(diagnostics)));
}

/// Columns are parted by tabs and rows by line ends: identifiers must hold neither.
template <class Record>
void need_plain_ids(const std::vector<Record>& records, const std::string& path) {
  for (const Record& record : records) {
    if (record.id.find_first_of("\t\n\r") != std::string::npos)
      throw Error(ErrorCode::bad_input, path,
                  fmt::format("the id \"{}\" holds a tab or a line end; take it out", harmless(record.id)));
  }
}

std::string spoken_text(const std::vector<Spoken>& words) {
  std::vector<std::string> parts;
  for (const Spoken& w : words) parts.push_back(fmt::format("{} {:.2f}", harmless(w.word), w.weight));
  return join(parts, ", ");
}

/// What speaks for the first candidates of each query, as comments of the table.
void explain(const Ranker& ranker, const RankQuery& query, const Ranked& ranked, std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t s = 0; s < signals; ++s) {
    if (ranked.parts[s] > 0.0000005) parts.push_back(fmt::format("{} {:.3f}", words<Signal>()[s].name, ranked.parts[s]));
  }
  text += fmt::format("#   {}\n", parts.empty() ? "no signal" : join(parts, " + "));
  const RankReason reason = ranker.why(query, ranked.candidate);
  if (!reason.words.empty()) text += fmt::format("#   words: {}\n", spoken_text(reason.words));
  if (reason.nearest)
    text += fmt::format("#   nearest linked text: {} ({:.2f}), {}\n", harmless(ranker.links()[*reason.nearest].id),
                        reason.nearness, spoken_text(reason.nearest_words));
}

void explain_teaching(const Ranker& ranker, const RankQuery& query, std::string& text) {
  const Teaching& teaching = ranker.teaching(query);
  std::vector<std::string> weights;
  for (std::size_t s = 0; s < signals; ++s) {
    if (teaching.weights[s] > 0.0005) weights.push_back(fmt::format("{} {:.3f}", words<Signal>()[s].name, teaching.weights[s]));
  }
  const std::string how = teaching.learned ? fmt::format("learned, leaving out one {} at a time", teaching.left_out) : "constant";
  text +=
      fmt::format("# {}: {}; weights ({}): {}\n", harmless(query.id), count_of(teaching.links, "link"), how, join(weights, ", "));
}

void run_rank(const RankArguments& arguments) {
  say_stage("reading …");
  std::vector<RankCandidate> candidates = records_of(arguments.candidates, read_rank_candidates);
  std::vector<RankLink> links;
  if (!arguments.links.empty()) links = records_of(arguments.links, read_rank_links);
  const std::vector<RankQuery> queries = records_of(arguments.queries, read_rank_queries);
  if (candidates.empty()) throw Error(ErrorCode::bad_input, arguments.candidates, "holds no candidate; give at least one line");
  need_plain_ids(candidates, arguments.candidates);
  need_plain_ids(queries, arguments.queries);

  say_stage(links.empty() ? "reading the texts …" : fmt::format("learning from {} …", count_of(links.size(), "link")));
  const Ranker ranker(std::move(candidates), std::move(links));
  for (const RankQuery& query : queries) (void)ranker.teaching(query);
  std::string text;
  constexpr std::size_t portion = 500;  // told one after the other
  for (std::size_t first = 0; first < queries.size(); first += portion) {
    say_stage(fmt::format("ranking: {} of {}", first, count_of(queries.size(), "query")));
    const std::span<const RankQuery> some(&queries[first], std::min(portion, queries.size() - first));
    const auto answers = ranker.rank(some, arguments.limit);
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (arguments.explain) explain_teaching(ranker, some[i], text);
      for (const Ranked& ranked : answers[i]) {
        text += fmt::format("{}\t{}\t{:.6f}", some[i].id, ranker.candidates()[ranked.candidate].id, ranked.score);
        if (arguments.probability) text += fmt::format("\t{:.6f}", ranked.probability);
        text += '\n';
        if (arguments.explain) explain(ranker, some[i], ranked, text);
      }
    }
  }
  say_stage("");
  deliver(text, arguments.output);
}

void declare_rank(CommandLine& line, Context&) {
  auto& arguments = line.hold<RankArguments>();
  line.add("--candidates", &arguments.candidates,
           "What is ranked: JSON lines with id and text; context, parents, tags, related, group where there are such")
      .required()
      .check(ExistingFile{})
      .called("FILE");
  line.add("--links", &arguments.links,
           "Texts that are linked already: id, text, targets; source, group, context, refused where there are such")
      .check(ExistingFile{})
      .called("FILE");
  line.add("--queries", &arguments.queries,
           "What candidates are ranked for: id, text; title, context and exclusions where there are such")
      .required()
      .check(ExistingFile{})
      .called("FILE");
  line.add("-o,--output", &arguments.output, "Write to this file instead of standard output").check(NotEmpty{}).called("PATH");
  line.add("--limit", &arguments.limit, "At most so many candidates a query; default: all")
      .check(WholeNumber{1, 1'000'000})
      .called("N");
  line.add("--probability", &arguments.probability, "A fourth column: how likely the link is right");
  line.add("--explain", &arguments.explain,
           "Below each candidate what speaks for it, in lines that begin with #; best with --limit");
  line.runs([&arguments] { run_rank(arguments); });
}

constexpr Example rank_examples[] = {
    {"lacuna rank --candidates requirements.jsonl --links known.jsonl --queries new-standard.jsonl -o ranking.tsv",
     "All candidates for each text, best first."},
    {"lacuna rank --candidates requirements.jsonl --links known.jsonl --queries new-standard.jsonl --limit 5 --probability "
     "--explain",
     "The first five, how sure each is, and why."},
    {"lacuna rank --candidates controls.jsonl --queries controls.jsonl --limit 10",
     "Which controls of a catalogue belong together, from their texts alone."},
};

}  // namespace

extern const Command cmd_rank{
    "rank",
    "which items of a framework texts belong to, from files alone",
    "Ranks candidates (requirements, controls, codes of a classification) for texts. Needs no map: the three files hold one JSON "
    "object a line. Writes lines of query, candidate and score, "
    "parted by tabs; scores compare within one query, equal ones stand by id.\n\n"
    "Candidates have id and text, and may have context, parents, tags, related (parents and the like by their texts) and group. "
    "Links have id, text and targets, and may have source, "
    "group, context and refused: candidates that somebody has rejected for the text. Queries have id and text, and may have "
    "title and context. Members that are not named here are passed over.\n\n"
    "A query may exclude: exclude_source (no link of these sources is known to it, nor what was learned from them), exclude_link "
    "(nor these links), exclude_group (nor links of these groups, and "
    "their candidates are not ranked), exclude_candidates (never ranked). A query with the id of a candidate is that candidate: "
    "it is not ranked for itself. Links that a query excludes one "
    "by one or by group still have their say in the weights of the signals, but in no signal; those of excluded sources have "
    "none at all.\n\n"
    "Signals speak for a candidate: words that it, or texts linked to it, share with the query (BM25, Robertson and Zaragoza "
    "2009, over stems by Porter 2, pairs of them, and a table of concepts of "
    "security); spelling of its name; likeness to the sum of its linked texts (Rocchio 1971); the thirty nearest linked texts; "
    "the same two on a logarithmic scale; and, with 500 links of one or two "
    "sources or more, a softmax trained on all of them. Their weights are never negative and make the right candidates of links "
    "likely, each link ranked without its own source (with three sources "
    "or more) or group; with few links they stay near constants, and below 30 they are these. Between candidates, latent "
    "semantic analysis (Deerwester et al. 1990), families and mentions count too. "
    "Probabilities are calibrated on the same left-out links (beta calibration, Kull et al. 2017); a candidate that nothing "
    "speaks for has 0.\n\n"
    "Time: a few seconds for thousands of links, half a minute for 25,000 links to 900 candidates, which take 1 GB; each further "
    "set of excluded sources learns anew. Same input, same bytes, on one "
    "core or many.",
    rank_examples,
    "A line that cannot be read is told as FILE:LINE, and nothing is ranked: exit status 1. Wrong options: 2.",
    declare_rank};

}  // namespace lacuna
