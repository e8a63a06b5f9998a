// link review: the queue of suggested links, key by key on a terminal, or by way of a table.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

#include <unistd.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/diagnostics.hpp"
#include "cli/keys.hpp"
#include "cli/link/link.hpp"
#include "import/review_table.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"
#include "render/measure.hpp"
#include "render/terminal_text.hpp"
#include "workbench/checked.hpp"
#include "workbench/context_texts.hpp"
#include "workbench/review_queue.hpp"

namespace lacuna {
namespace {

struct LinkReviewArguments : ListingArguments {
  std::string by;
  std::string out;
  std::string in;
};

/// The text with these words marked: strong on a terminal, between « and » elsewhere.
class Marker {
 public:
  explicit Marker(const std::vector<SharedWord>& words) : words_(lower_words(words)) {
    const char* no_colour = std::getenv("NO_COLOR");
    strong_ = ::isatty(STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == '\0');
  }

  /// True where marks take no room.
  [[nodiscard]] bool strong() const { return strong_; }

  std::string operator()(std::string_view line) const {
    std::string out;
    for (const SharedStretch& stretch : stretches_of(line, words_)) {
      if (!stretch.shared)
        out += stretch.text;
      else
        out += strong_ ? fmt::format("\033[1;4m{}\033[0m", stretch.text) : fmt::format("«{}»", stretch.text);
    }
    return out;
  }

 private:
  std::set<std::string> words_;
  bool strong_ = false;
};

/// Two texts beside each other; what is longer than `most` lines ends in "…".
void print_beside(const std::vector<std::string>& left, const Marker& mark_left, const std::vector<std::string>& right,
                  const Marker& mark_right, std::size_t width, std::string& out) {
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string l = i < left.size() ? left[i] : "";
    const std::string r = i < right.size() ? right[i] : "";
    const std::string marked = mark_left(l);
    const std::size_t seen = mark_left.strong() ? cells_of(l) : cells_of(marked);
    out += fmt::format("{}{} │ {}\n", marked, std::string(width - std::min(width, seen), ' '), mark_right(r));
  }
}

std::vector<std::string> lines_of(const std::vector<std::string>& paragraphs, std::size_t width, std::size_t most) {
  std::vector<std::string> lines;
  for (const std::string& p : paragraphs) {
    for (std::string& line : lines_of_cells(harmless(p), width)) lines.push_back(std::move(line));
  }
  if (lines.size() > most) {
    lines.resize(most);
    lines.back() = cut_to_cells(lines.back() + " …………", std::max<std::size_t>(1, width));
  }
  return lines;
}

constexpr std::string_view keys_help =
    "f covers in full   p in part   = equal  > superset  < subset  ~ intersects (requirements, capabilities)\n"
    "x reject   d dispute   s skip   u undo   q quit   ? help; every verdict asks why\n"
    "closes: severity of the need's gap × probability; teaches: 1 where nobody can guess, 0 where it is plain\n";

class Review {
 public:
  Review(const LinkReviewArguments& arguments, Context& context)
      : arguments_(arguments),
        map_path_(context.map_path),
        bench_(context.map_path, context.profile(), asked_by(arguments), Store::Texts::load),
        graph_(bench_.graph()),
        review_(bench_),
        queue_(review_.links()) {
    review_.limit(arguments.limit);
  }

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] const std::vector<QueuedLink>& queue() const { return queue_; }

  /// The queue as a table to be filled in.
  [[nodiscard]] std::vector<ReviewRow> rows() {
    std::vector<ReviewRow> rows;
    ContextTexts texts(bench_.store(), graph_);
    std::map<NodeId, const DeliverableText*> of;
    for (const DeliverableText& d : texts.for_links(true).on_map) of[*d.node] = &d;
    for (const QueuedLink& q : queue_) {
      const Edge& e = graph_.edge(q.link);
      const Node& from = graph_.node(e.from);
      const Node& to = graph_.node(e.to);
      ReviewRow row;
      row.deliverable = from.id;
      row.deliverable_title = from.title;
      const auto state = review_.situation().state(e.from);
      row.state = state ? name_of(*state) : "";
      row.need = to.id;
      row.need_title = to.title;
      row.need_text = to.text;
      row.suggestion = graph_.text(q.link).rationale;
      row.probability = fmt::format("{:.2f}", q.probability);
      row.address = from.address;
      if (const auto text = of.find(e.from); text != of.end()) {
        const auto& record = text->second->record;
        row.abstract = record && !record->abstract.empty() ? record->abstract : from.text;
        if (row.address.empty() && record) row.address = record->address;
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

  void run() {
    if (queue_.empty()) return deliver("nothing waits for review; make suggestions with: lacuna link suggest --write\n", "");
    deliver(fmt::format("{}\n{}",
                        queue_.size() == 1
                            ? "1 suggestion waits"
                            : count_of(queue_.size(), "suggestion") + " wait; those that close or teach most come first",
                        keys_help),
            "");
    for (std::size_t i = 0;;) {
      const bool end = i == queue_.size();
      if (end && done_.empty()) break;
      if (!shown_ && end)
        deliver("\nthat was the last; q quits, u undoes\n", "");
      else if (!shown_)
        show(i);
      const char key = keys_.next();
      shown_ = true;
      if (key == 'q') break;
      if (key == '?')
        deliver(std::string(keys_help), "");
      else if (key == 'u')
        i = undo(i);
      else if (end)
        deliver("nothing is left; q quits, u undoes\n", "");
      else if (key == 's')
        ++i, shown_ = false;
      else if (const auto verdict = verdict_for(key, queue_[i]))
        i += decide(i, *verdict) ? 1 : 0;
      else if (std::ranges::find(verdict_keys(), key, &VerdictKey::key) == verdict_keys().end())
        deliver(fmt::format("\"{}\" is no key here; ? lists them\n", harmless(std::string(1, key))), "");
    }
    deliver(fmt::format("{} accepted, {} rejected, {} disputed, {} left\n", counts_[0], counts_[1], counts_[2],
                        queue_.size() - done_.size()),
            "");
  }

 private:
  struct Done {
    std::size_t at = 0;
    Verdict::Says says = Verdict::Says::accept;
    Judged judged;
  };

  void show(std::size_t i) {
    const SuggestedPair pair = review_.pair(i);
    const QueuedLink& q = pair.queued;
    const Marker mark_from(pair.shared_from);
    const Marker mark_to(pair.shared_to);
    const std::size_t half = (screen_width() - 3) / 2;
    std::string out = fmt::format("\n[{}/{}] {} {} {}? probability {:.2f}, closes {:.2f}, teaches {:.2f}\n", i + 1, queue_.size(),
                                  harmless(graph_.node(pair.from).id), name_of(graph_.edge(q.link).relation),
                                  harmless(graph_.node(pair.to).id), q.probability, q.closes, q.teaches);
    print_beside(lines_of({pair.from_about, pair.from_text.title, pair.from_text.text}, half, 14), mark_from,
                 lines_of({pair.to_about, pair.to_text.title, pair.to_text.text}, half, 14), mark_to, half, out);
    for (const std::string& line : lines_of_cells(harmless(pair.rationale), 2 * half)) out += line + "\n";
    show_marked(out);
  }

  std::string ask(std::string_view what) {
    deliver(std::string(what), "");
    return keys_.line().value_or("");
  }

  /// Nothing for a key that is none, or where the reason is missing.
  std::optional<Verdict> verdict_for(char key, const QueuedLink& q) {
    const auto row = std::ranges::find(verdict_keys(), key, &VerdictKey::key);
    if (row == verdict_keys().end()) return std::nullopt;
    const Edge& e = graph_.edge(q.link);
    if (!fits(*row, graph_.node(e.to).kind)) {
      deliver("only requirements and capabilities take a set relation; press f or p\n", "");
      return std::nullopt;
    }
    Verdict verdict = verdict_of(*row, graph_.node(e.from).id, graph_.node(e.to).id);
    verdict.by = arguments_.by;
    verdict.reason = ask("why? ");
    if (!verdict.reason.empty()) return verdict;
    deliver("a reason is needed; nothing was changed\n", "");
    return std::nullopt;
  }

  /// Each verdict is in the map before the next question. False where it cannot stand beside what others have said meanwhile.
  bool decide(std::size_t i, const Verdict& verdict) {
    Done done{i, verdict.says, {}};
    try {
      Occasion occasion{.by = verdict.by};
      change_checked(map_path_, occasion, [&](Map& map) {
        done.judged = judge(map, verdict);
        occasion.why = done.judged.told;
      });
    } catch (const Error& error) {
      if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::bad_input) throw;
      if (const auto* faulty = dynamic_cast<const FaultyInput*>(&error)) print_diagnostics(faulty->faults());
      deliver(fmt::format("{}; nothing was changed; s skips\n", error.what()), "");
      return false;
    }
    tell_change(map_path_, done.judged.told + "\n");
    ++counts_[static_cast<std::size_t>(verdict.says)];
    done_.push_back(std::move(done));
    shown_ = false;
    return true;
  }

  std::size_t undo(std::size_t i) {
    if (done_.empty()) {
      deliver("nothing to undo\n", "");
      return i;
    }
    const Done done = std::move(done_.back());
    done_.pop_back();
    const std::string pair = fmt::format("{} – {}", done.judged.made.to, done.judged.made.from);
    try {
      const Occasion occasion{.by = done.judged.made.by, .why = "taken back in review: " + done.judged.told};
      change_checked(map_path_, occasion, [&](Map& map) { take_back(map, done.judged); });
    } catch (const Error& error) {
      if (error.code() != ErrorCode::not_found) throw;
      deliver(fmt::format("{}\n", error.what()), "");
      return i;
    }
    --counts_[static_cast<std::size_t>(done.says)];
    tell_change(map_path_, fmt::format("undone: {}\n", pair));
    shown_ = false;
    return done.at;
  }

  const LinkReviewArguments& arguments_;
  std::string map_path_;
  Workbench bench_;
  const Graph& graph_;
  ReviewQueue review_;
  const std::vector<QueuedLink>& queue_;
  Keys keys_;
  bool shown_ = false;
  std::vector<Done> done_;
  std::array<std::size_t, 3> counts_{};  ///< By Verdict::Says.
};

/// Verdicts that come back in a table, all in one step or none.
void take_in(const LinkReviewArguments& arguments, Context& context) {
  std::vector<Verdict> verdicts;
  std::vector<Diagnostic> faults;
  std::size_t open = 0;
  const Graph graph = Store(context.map_path).graph(Store::Texts::skip);
  for (const ReviewRow& row : read_review(arguments.in)) {
    const std::string says = lower(row.verdict);
    if (says.empty() || says == "skip") {
      ++open;
      continue;
    }
    Verdict verdict;
    const auto fault = [&](const std::string& message) { faults.push_back({Severity::error, row.file, row.line, message}); };
    if (says == "accept")
      verdict.says = Verdict::Says::accept;
    else if (says == "reject")
      verdict.says = Verdict::Says::reject;
    else if (says == "dispute")
      verdict.says = Verdict::Says::dispute;
    else
      fault(fmt::format("the verdict \"{}\" is none; write accept, reject, dispute or skip", shortened(row.verdict, 40)));
    if (row.reason.empty()) fault(fmt::format("{} without a reason; say why", says));
    try {
      const Node& need = graph.node(graph.find(row.need));
      verdict.from = graph.node(graph.find(row.deliverable)).id;
      verdict.to = need.id;
      if (!row.relation.empty()) set_degree(verdict, lower(row.relation), need.kind);
    } catch (const Error& error) {
      fault(error.what());
    }
    verdict.by = row.by.empty() ? arguments.by : row.by;
    if (verdict.by.empty()) fault("nobody says who looked; fill the column \"by\" or name --by");
    verdict.reason = row.reason;
    verdicts.push_back(std::move(verdict));
  }
  std::string told;
  if (faults.empty() && !verdicts.empty()) {
    const Occasion occasion{.by = arguments.by,
                            .why = fmt::format("{} from {}", count_of(verdicts.size(), "verdict"), arguments.in)};
    change_checked(context.map_path, occasion, [&](Map& map) {
      for (const Verdict& v : verdicts) told += judge(map, v).told + "\n";
    });
  }
  print_diagnostics(faults);
  if (!faults.empty())
    throw Error(ErrorCode::bad_input, arguments.in, fmt::format("{}; nothing was changed", count_of(faults.size(), "fault")));
  tell_change(context.map_path, fmt::format("{}{}, {} left open\n", told, count_of(verdicts.size(), "verdict"), open));
}

void declare_link_review(CommandLine& line, Context& context) {
  auto& arguments = line.hold<LinkReviewArguments>();
  line.add("--by", &arguments.by, "Who looks; needed but for --out").check(NotEmpty{}).called("NAME");
  auto& out =
      line.add("--out", &arguments.out, "Write the queue as a table to fill in (.csv or .xlsx): verdict, relation, reason, by")
          .check(NotEmpty{})
          .called("PATH")
          .offers(Files{{".xlsx", ".csv"}});
  auto& in = line.add("--in", &arguments.in,
                      "Take the verdicts from such a table, all or none; rows without a verdict stay in the queue")
                 .check(ExistingFile{})
                 .called("FILE")
                 .offers(Files{{".xlsx", ".csv"}});
  add_need_filters(line, arguments.objective, arguments.topic);
  line.add("--limit", &arguments.limit, "At most that many suggestions; default: all")
      .called("N")
      .check(WholeNumber{1, 1'000'000});
  out.excludes(in);
  line.runs([&context, &arguments] {
    if (!arguments.in.empty()) return take_in(arguments, context);
    if (arguments.by.empty() && arguments.out.empty())
      throw Error(ErrorCode::usage, "--by", "says who looks; every verdict stands under a name");
    Review review(arguments, context);
    if (arguments.out.empty()) return review.run();
    const auto rows = review.rows();
    write_file(arguments.out, write_review(rows, lower(arguments.out).ends_with(".xlsx")));
    deliver(fmt::format("{}: {}\n", arguments.out, count_of(rows.size(), "suggestion")), "");
  });
}

}  // namespace

extern const LinkAction link_review{"review", "walk through what was suggested, those that close or teach most first",
                                    declare_link_review};

}  // namespace lacuna
