// link accept, reject, dispute: one verdict on one pair.
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/link/link.hpp"

namespace lacuna {
namespace {

struct LinkVerdictArguments {
  std::string from;
  std::string to;
  std::string by;
  std::string relation;
  std::string reason;
  std::string clause;
};

void run_link_verdict(Verdict::Says says, const LinkVerdictArguments& arguments, Context& context) {
  const Graph graph = Store(context.map_path).graph(Store::Texts::skip);
  Verdict verdict;
  verdict.says = says;
  const Node& need = graph.node(graph.find(arguments.to));
  verdict.from = graph.node(graph.find(arguments.from)).id;
  verdict.to = need.id;
  verdict.by = arguments.by;
  verdict.reason = arguments.reason;
  verdict.clause = arguments.clause;
  if (!arguments.relation.empty()) set_degree(verdict, arguments.relation, need.kind);
  Occasion occasion{.by = verdict.by};
  change_checked(context.map_path, occasion, [&](Map& map) { occasion.why = judge(map, verdict).told; });
  tell_change(context.map_path, occasion.why + "\n");
}

void declare_pair(CommandLine& line, LinkVerdictArguments& arguments) {
  line.add("DELIVERABLE", &arguments.from, "The deliverable (or the first of two needs)")
      .required()
      .called("NAME")
      .offers(NamesOnMap{"deliverable"});
  line.add("NEED", &arguments.to, "The need").required().called("NAME").offers(NamesOnMap{"need"});
  line.add("--by", &arguments.by, "Who looked").required().check(NotEmpty{}).called("NAME");
}

void declare_accept(CommandLine& line, Context& context) {
  auto& arguments = line.hold<LinkVerdictArguments>();
  declare_pair(line, arguments);
  line.add("--degree,--relation", &arguments.relation,
           "full, partial or none; of requirements and capabilities also a set relation: " +
               join(names_in(words<SetRelation>()), ", ") + ". Default: as suggested")
      .check(OneOf{degree_names()})
      .called("DEGREE");
  line.add("--rationale", &arguments.reason,
           "Why, in one sentence, as it will stand on the map; needed for what the program suggests, else by default as it was")
      .check(NotEmpty{})
      .called("TEXT");
  line.add("--clause", &arguments.clause, "The clauses of the document on which it rests: \"7.2, 8.1\"; default: as it was")
      .check(NotEmpty{})
      .called("TEXT");
  line.runs([&context, &arguments] { run_link_verdict(Verdict::Says::accept, arguments, context); });
}

void declare_reject(CommandLine& line, Context& context) {
  auto& arguments = line.hold<LinkVerdictArguments>();
  declare_pair(line, arguments);
  line.add("--reason", &arguments.reason, "Why, in one sentence").required().check(NotEmpty{}).called("TEXT");
  line.runs([&context, &arguments] { run_link_verdict(Verdict::Says::reject, arguments, context); });
}

void declare_dispute(CommandLine& line, Context& context) {
  auto& arguments = line.hold<LinkVerdictArguments>();
  declare_pair(line, arguments);
  line.add("--reason", &arguments.reason, "What is in dispute, in one sentence").required().check(NotEmpty{}).called("TEXT");
  line.runs([&context, &arguments] { run_link_verdict(Verdict::Says::dispute, arguments, context); });
}

}  // namespace

extern const LinkAction link_accept{"accept", "a suggested link holds", declare_accept};
extern const LinkAction link_reject{"reject", "a suggested link does not hold; it is not suggested again unless the texts change",
                                    declare_reject};
extern const LinkAction link_dispute{"dispute", "people differ: both verdicts stay side by side", declare_dispute};

}  // namespace lacuna
