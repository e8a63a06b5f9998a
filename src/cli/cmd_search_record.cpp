// search-record: the protocol of a search, from the documents nobody has judged to a signed record.
#include <fmt/format.h>

#include <algorithm>

#include <unistd.h>

#include "analysis/shared_words.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/keys.hpp"
#include "import/review_table.hpp"
#include "lacuna/render.hpp"
#include "render/terminal_text.hpp"
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
  bool judge = false;
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
    row.state = state_text(graph, d.document);
    row.need = graph.node(d.need).id;
    row.need_title = graph.node(d.need).title;
    row.need_text = graph.node(d.need).text;
    row.suggestion =
        fmt::format("near ({:.2f}){}", d.overlap.degree, d.since ? fmt::format(", waits since {}", to_string(*d.since)) : "");
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

/// Makes the record, and says what it is.
void make_record(const SearchRecordArguments& arguments, const Workbench& bench, ProtocolQuestion question) {
  question.id = arguments.id;
  question.read = arguments.read;
  question.not_searched = arguments.not_searched;
  tell_change(bench.path(), told(make_record(bench, question)));
}

constexpr std::string_view judging_help =
    "n not about it   m mentions it   p covers it in part   f covers it in full   s skip   q stop   ? help\n";

/// Document by document: what it is, a verdict, a reason. What was judged before the end is kept.
class Judging {
 public:
  Judging(const Graph& graph, std::vector<UnjudgedDocument> near) : graph_(graph), near_(std::move(near)) {}

  void run() {
    deliver(fmt::format("{} to judge\n{}", count_of(near_.size(), "document"), judging_help), "");
    for (; at_ < near_.size() && !stopped_; ++at_) {
      show();
      decide();
    }
  }

  [[nodiscard]] const std::vector<JudgedCandidate>& judged() const { return judged_; }
  /// False where somebody stopped before a verdict for this need: nobody has looked for it.
  [[nodiscard]] bool looked_for(NodeId need) const {
    return !stopped_ || std::ranges::find(judged_, graph_.node(need).id, &JudgedCandidate::need) != judged_.end();
  }
  Keys& keys() { return keys_; }

 private:
  void show() const {
    const std::size_t width = screen_width();
    constexpr std::size_t first_lines = 5;
    const UnjudgedDocument& d = near_[at_];
    const std::string state = state_text(graph_, d.document);
    const Node& need = graph_.node(d.need);
    std::string out = fmt::format("\n[{}/{}] {}: {}\n", at_ + 1, near_.size(), need.id, harmless(need.title));
    out += fmt::format("{}{}{}\n", harmless(d.document.id), state.empty() ? "" : ", " + state,
                       d.since ? fmt::format(", waits since {}", to_string(*d.since)) : "");
    for (const std::string& line : lines_of_cells(harmless(d.document.writing.title), width)) out += line + "\n";
    const bool told = d.document.record && !d.document.record->abstract.empty();
    std::vector<std::string> lines =
        lines_of_cells(harmless(told ? d.document.record->abstract : d.document.writing.text), width - 2);
    if (lines.size() > first_lines) {
      lines.resize(first_lines);
      lines.back() += " …";
    }
    for (const std::string& line : lines) out += "  " + line + "\n";
    if (lines.empty() || lines.front().empty()) out += "  (no abstract)\n";
    out += d.overlap.shared.empty()
               ? fmt::format("near {:.2f}\n", d.overlap.degree)
               : fmt::format("near {:.2f}; shares {}\n", d.overlap.degree, harmless(words_text(d.overlap.shared, 8)));
    deliver(out, "");
  }

  /// Asks until the document is judged, skipped, or somebody stops.
  void decide() {
    while (true) {
      deliver("n m p f s q? ", "");
      const char key = keys_.next();
      deliver(fmt::format("{}\n", harmless(std::string(1, key))), "");
      switch (key) {
        case 'q': stopped_ = true; return;
        case 's': return;
        case '?': deliver(std::string(judging_help), ""); continue;
        default: break;
      }
      const auto row = std::ranges::find(judging_keys(), key, &JudgingKey::key);
      if (row == judging_keys().end())
        deliver(fmt::format("\"{}\" is no key here; ? lists them\n", harmless(std::string(1, key))), "");
      else if (note(row->finding, row->before_reason))
        return;
    }
  }

  /// Asks for the reason. False where there was none.
  bool note(Finding finding, std::string_view degree) {
    deliver("why? ", "");
    const std::string reason = keys_.line().value_or("");
    if (reason.empty()) {
      deliver(keys_.ended() ? "\n" : "a reason is needed; nothing was noted\n", "");
      return false;
    }
    const UnjudgedDocument& d = near_[at_];
    judged_.push_back({graph_.node(d.need).id, d.document.id, finding, std::string(degree) + reason, ""});
    return true;
  }

  const Graph& graph_;
  std::vector<UnjudgedDocument> near_;
  std::size_t at_ = 0;
  bool stopped_ = false;
  std::vector<JudgedCandidate> judged_;
  Keys keys_;
};

/// Who answers for what was judged, as far as the options do not say so; then the record, as from a sheet.
void judge(const SearchRecordArguments& arguments, const Workbench& bench, const std::vector<NodeId>& needs, std::size_t limit) {
  need_catalogues(bench);
  std::vector<UnjudgedDocument> near = unjudged_documents(bench, needs, limit);
  if (near.empty()) return deliver("nobody needs to judge anything: all documents near it are judged\n", "");
  Judging judging(bench.graph(), std::move(near));
  judging.run();
  if (judging.judged().empty()) return deliver("nothing was judged, and nothing was written\n", "");
  ProtocolQuestion question;
  question.candidates = judging.judged();
  for (const NodeId need : needs) {
    if (judging.looked_for(need)) question.needs.push_back(bench.graph().node(need).id);
  }
  question.by = arguments.by;
  question.sign = arguments.sign;
  if (question.by.empty()) {
    deliver("\nWho judged? ", "");
    question.by = judging.keys().line().value_or("");
    if (question.by.empty())
      throw Error(ErrorCode::usage, "--by", "a search record says who looked; nothing was written, name yourself");
    if (!question.sign) {
      deliver("Do you sign it, so that what nothing covers is a confirmed gap? y n ", "");
      question.sign = judging.keys().next() == 'y';
      deliver(question.sign ? "y\n" : "n\n", "");
    }
  }
  deliver("\n", "");
  make_record(arguments, bench, std::move(question));
}

void run_search_record(const SearchRecordArguments& arguments, bool listed, Context& context) {
  Asked asked;
  const Workbench bench(context.map_path, context.profile(), asked, Store::Texts::load);
  context.tell_catalogues(bench.store());
  const Graph& graph = bench.graph();
  const std::vector<NodeId> needs = needs_of(graph, arguments.needs);
  const std::size_t limit = arguments.limit == 0 ? near_limit : arguments.limit;
  if (arguments.in.empty()) {
    if (!arguments.out.empty()) return write_sheet(bench, needs, limit, arguments.out);
    const bool terminals = ::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0;
    if (arguments.judge || (terminals && !listed)) return judge(arguments, bench, needs, limit);
    if (arguments.sign)
      throw Error(ErrorCode::usage, "--sign", "signs what was judged; judge with --judge, or give a sheet with --in");
    return context.print(unjudged_answer(bench, needs, limit), arguments);
  }
  if (arguments.by.empty()) throw Error(ErrorCode::usage, "--by", "a search record says who looked; name yourself");
  ProtocolQuestion question;
  for (const NodeId need : needs) question.needs.push_back(graph.node(need).id);
  question.candidates = judged_in(arguments.in, graph, question.needs);
  question.by = arguments.by;
  question.sign = arguments.sign;
  make_record(arguments, bench, std::move(question));
}

void declare_search_record(CommandLine& line, Context& context) {
  auto& arguments = line.hold<SearchRecordArguments>();
  line.add("NEED", &arguments.needs, "Needs that were looked for").required().called("NEED…");
  auto& out =
      line.add("--out", &arguments.out, "Write what is to be judged to this .xlsx or .csv, with columns for verdict and reason")
          .check(NotEmpty{})
          .called("PATH")
          .offers(Files{{".xlsx", ".csv"}});
  auto& in = line.add("--in", &arguments.in, "Make the record from this sheet, filled in")
                 .check(NotEmpty{})
                 .called("FILE")
                 .offers(Files{{".xlsx", ".csv"}});
  line.add("--by", &arguments.by, "Who looked and judged").check(NotEmpty{}).called("NAME");
  line.add("--sign", &arguments.sign,
           "Answer for the record by name: with documents judged, what nothing covers is then a confirmed gap");
  line.add("--judge", &arguments.judge,
           "Ask for a verdict document by document, key by key, and make the record of them; what happens on a terminal unless "
           "--format or -o asks for the list")
      .excludes(in)
      .excludes(out);
  line.add("--id", &arguments.id, "Identifier of the record; default: search: and the day").check(NotEmpty{}).called("ID");
  line.add("--read", &arguments.read, "What was read of what was found").check(NotEmpty{}).shows_default().called("TEXT");
  line.add("--not-searched", &arguments.not_searched, "Bodies of which nothing was searched (commas between)")
      .commas()
      .check(NotEmpty{})
      .called("BODY,…");
  add_listing_options(line, arguments, {.filters = false, .as_of = false, .explain = false});
  const Option& format = line.option("--format");
  const Option& output = line.option("--output");
  line.runs(
      [&context, &arguments, &format, &output] { run_search_record(arguments, format.given() || output.given(), context); });
}

constexpr Example search_record_examples[] = {
    {"lacuna search-record RC11 RC12", "The documents nearest to two needs that nobody has judged for them."},
    {"lacuna search-record RC11 --judge --by \"A. Rapporteur\" --sign",
     "One after the other, key by key, then the signed record."},
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
    "for it: neither linked nor rejected, nor a candidate of an earlier record. A machine's suggestion is no verdict. On a "
    "terminal it asks for each: n (not about it), m (mentions it), p or f (covers it in part or in full), with a reason; s "
    "skips, "
    "q or an interrupt ends, and what was judged is kept in one record. Elsewhere they go out as a sheet (--out) in which "
    "somebody accepts what covers the need and rejects "
    "what does not, each with a reason; --in makes the record from it: who looked and when, the catalogues of the map with their "
    "dates and sizes, what was read, which bodies "
    "were not searched, the words of each need with their hits, and what was judged.\n\n"
    "A record without judged documents or without signature makes a need that nothing covers not-found; signed with documents "
    "judged, a confirmed gap, unless two people "
    "differ about one of them. A record ages: where a catalogue that a signed record names is imported anew, the new works that "
    "would be listed for a need that it judged wait for judgement, and the need is not-found until a signed record has judged "
    "them; they stand first in the list.",
    search_record_examples,
    "",
    declare_search_record};

}  // namespace lacuna
