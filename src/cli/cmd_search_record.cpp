// search-record: the protocol of a search, from the documents nobody has judged to a signed record.
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "import/review_table.hpp"
#include "workbench/checked.hpp"
#include "workbench/search_protocol.hpp"

namespace lacuna {
namespace {

struct SearchRecordArguments : ListingArguments {
  std::vector<std::string> needs;
  std::string out;
  std::string in;
  std::string by;
  std::string id;
  std::string read = "titles and abstracts";
  std::vector<std::string> not_searched;
  bool sign = false;
};

std::vector<NodeId> needs_of(const Graph& graph, const std::vector<std::string>& names) {
  std::vector<NodeId> result;
  for (const std::string& name : names) result.push_back(graph.find(name, need_kinds));
  return result;
}

void write_sheet(const Workbench& bench, const std::vector<NodeId>& needs, std::size_t limit, const std::string& path) {
  const Graph& graph = bench.graph();
  std::vector<ReviewRow> rows;
  for (const UnjudgedDocument& d : unjudged_documents(bench, needs, limit)) {
    ReviewRow row;
    row.deliverable = d.document.id;
    row.deliverable_title = d.document.writing.title;
    if (d.document.record) row.state = name_of(d.document.record->state);
    row.need = graph.node(d.need).id;
    row.need_title = graph.node(d.need).title;
    row.need_text = graph.node(d.need).text;
    row.suggestion = fmt::format("near ({:.2f})", d.overlap);
    rows.push_back(std::move(row));
  }
  deliver(write_review(rows, path.ends_with(".xlsx")), path);
  fmt::print(
      "{}: {} to judge; accept what covers the need, reject what does not, with a reason; then: lacuna search-record NEED… --in "
      "{} --by NAME --sign\n",
      path, count_of(rows.size(), "document"), path);
}

/// What people put into the sheet; rows without a verdict were not judged.
std::vector<JudgedCandidate> judged_in(const std::string& path, const Graph& graph, const std::vector<std::string>& needs) {
  std::vector<JudgedCandidate> candidates;
  for (const ReviewRow& row : read_review(path)) {
    const std::string verdict = lower(row.verdict);
    if (verdict.empty() || verdict == "skip") continue;
    const std::string need = graph.node(graph.find(row.need)).id;
    const auto fault = [&](const std::string& message) {
      return Error(ErrorCode::bad_input, fmt::format("{}:{}", path, row.line), message);
    };
    if (std::ranges::find(needs, need) == needs.end())
      throw fault(fmt::format("judges a document for {}, which was not named; name it too", need));
    if (verdict != "accept" && verdict != "reject")
      throw fault(fmt::format("the verdict \"{}\" is none of a search record: accept or reject", shortened(row.verdict, 40)));
    candidates.push_back(
        {need, row.deliverable, verdict == "accept" ? Finding::covers : Finding::does_not_cover, row.reason, row.by});
  }
  return candidates;
}

void run_search_record(const SearchRecordArguments& arguments, Context& context) {
  Asked asked;
  const Workbench bench(context.map_path, context.profile(), asked, Store::Texts::load);
  const Graph& graph = bench.graph();
  const std::vector<NodeId> needs = needs_of(graph, arguments.needs);
  const std::size_t limit = arguments.limit == 0 ? 10 : arguments.limit;
  if (arguments.in.empty()) {
    if (!arguments.out.empty()) return write_sheet(bench, needs, limit, arguments.out);
    return print(unjudged_answer(bench, needs, limit), arguments);
  }
  if (arguments.by.empty()) throw Error(ErrorCode::usage, "--by", "a search record says who looked; name yourself");
  ProtocolQuestion question;
  for (const NodeId need : needs) question.needs.push_back(graph.node(need).id);
  question.candidates = judged_in(arguments.in, graph, question.needs);
  question.by = arguments.by;
  question.id = arguments.id;
  question.read = arguments.read;
  question.not_searched = arguments.not_searched;
  question.sign = arguments.sign;
  const Search search = protocol_of(bench, question);
  change_checked(context.map_path, [&](Map& map) { map.searches.push_back(search); });
  const auto covering = std::ranges::count(search.candidates, Finding::covers, &JudgedCandidate::finding);
  fmt::print("{}: {} judged for {}{}\n", search.id, count_of(search.candidates.size(), "document"), join(search.needs, ", "),
             search.signature ? fmt::format(", signed by {}", search.signature->by) : "; not signed, so nothing is confirmed");
  if (covering > 0)
    fmt::print("{} said to cover a need: link it, or the need stays uncovered; see: lacuna link accept --help\n",
               count_of(static_cast<std::size_t>(covering), "document"));
}

void declare_search_record(CommandLine& line, Context& context) {
  auto& arguments = line.hold<SearchRecordArguments>();
  line.add("NEED", &arguments.needs, "Needs that were looked for").required().called("NEED…");
  line.add("--out", &arguments.out, "Write what is to be judged to this .xlsx or .csv, with columns for verdict and reason")
      .check(NotEmpty{})
      .called("PATH");
  auto& in = line.add("--in", &arguments.in, "Make the record from this sheet, filled in").check(NotEmpty{}).called("FILE");
  line.add("--by", &arguments.by, "Who looked and judged").check(NotEmpty{}).called("NAME");
  line.add("--sign", &arguments.sign,
           "Answer for the record by name: with documents judged, what nothing covers is then a confirmed gap")
      .needs(in);
  line.add("--id", &arguments.id, "Identifier of the record; default: search: and the day").check(NotEmpty{}).called("ID");
  line.add("--read", &arguments.read, "What was read of what was found").check(NotEmpty{}).shows_default().called("TEXT");
  line.add("--not-searched", &arguments.not_searched, "Bodies of which nothing was searched (commas between)")
      .commas()
      .check(NotEmpty{})
      .called("BODY,…");
  add_listing_options(line, arguments, {.filters = false, .as_of = false, .explain = false});
  line.runs([&context, &arguments] { run_search_record(arguments, context); });
}

constexpr Example search_record_examples[] = {
    {"lacuna search-record RC11 RC12", "The documents nearest to two needs that nobody has judged for them."},
    {"lacuna search-record RC11 --out near.xlsx", "The same as a sheet to fill in."},
    {"lacuna search-record RC11 --in near.xlsx --by \"A. Rapporteur\" --sign --not-searched NIST,3GPP",
     "The record of a search, judged and signed."},
};

}  // namespace

extern const Command cmd_search_record{
    "search-record",
    "who looked for a need, where, and what was found: documents to judge, and the signed record",
    "A gap is only as good as the search for what might fill it. Lists the documents of the map and of its catalogues that are "
    "nearest to a need and that nobody has judged "
    "for it: neither linked nor rejected, nor a candidate of an earlier record. They go out as a sheet (--out) in which "
    "somebody accepts what covers the need and rejects "
    "what does not, each with a reason; --in makes the record from it: who looked and when, the catalogues of the map with their "
    "dates and sizes, what was read, which bodies "
    "were not searched, the words of each need with their hits, and what was judged.\n\n"
    "A record without judged documents or without signature makes a need that nothing covers not-found; signed with documents "
    "judged, a confirmed gap, unless two people "
    "differ about one of them.",
    search_record_examples,
    "",
    declare_search_record};

}  // namespace lacuna
