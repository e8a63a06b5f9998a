// link accept, reject, dispute: one verdict on one pair.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/link/link.hpp"
#include "cli/report.hpp"
#include "cli/version.hpp"

namespace lacuna {
namespace {

bool joins(const Link& l, const Verdict& v) {
  return l.from == v.from && l.to == v.to && (l.relation == Relation::covers || l.relation == Relation::part_of || l.relation == Relation::needs || l.relation == Relation::counters || l.relation == Relation::faces);
}

/// The suggestion on the pair, else what somebody holds for right, else what was rejected or is in dispute; of equal ones the latest.
const Link* stands_on(const Map& map, const Verdict& v) {
  const auto weight = [](const Link& l) { return l.status == Status::suggested ? 2 : l.status == Status::asserted ? 1 : 0; };
  const auto day = [](const Link& l) { return l.on ? l.on->last_day() : Day::before_everything; };
  const Link* found = nullptr;
  for (const Link& l : map.links) {
    if (!joins(l, v)) continue;
    if (found == nullptr || weight(l) > weight(*found) || (weight(l) == weight(*found) && day(l) >= day(*found))) found = &l;
  }
  return found;
}

struct LinkVerdictArguments {
  std::string from;
  std::string to;
  std::string by;
  std::string relation;
  std::string reason;
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
  if (!arguments.relation.empty()) set_degree(verdict, arguments.relation, need.kind);
  std::string told;
  change_checked(context.map_path, [&](Map& map) { told = judge(map, verdict).told; });
  tell_change(context.map_path, told + "\n");
}

void declare_pair(CommandLine& line, LinkVerdictArguments& arguments) {
  line.add("DELIVERABLE", &arguments.from, "The deliverable (or the first of two needs)").required().called("NAME");
  line.add("NEED", &arguments.to, "The need").required().called("NAME");
  line.add("--by", &arguments.by, "Who looked").required().check(NotEmpty{}).called("NAME");
}

std::vector<std::string> degree_names() {
  std::vector<std::string> names = names_in(words<Degree>());
  for (const Word& w : words<SetRelation>()) names.emplace_back(w.name);
  return names;
}

void declare_accept(CommandLine& line, Context& context) {
  auto& arguments = line.hold<LinkVerdictArguments>();
  declare_pair(line, arguments);
  line.add("--relation", &arguments.relation, "full, partial or none; of requirements and capabilities also a set relation: " + join(names_in(words<SetRelation>()), ", ") + ". Default: as suggested")
      .check(OneOf{degree_names()}).called("RELATION");
  line.add("--rationale", &arguments.reason, "Why, in one sentence; default: what the suggestion says").check(NotEmpty{}).called("TEXT");
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

std::string program_name() { return fmt::format("lacuna {}", version); }

bool is_own_suggestion(const Link& link) { return link.status == Status::suggested && link.method == Method::automation && link.by.starts_with("lacuna "); }

void set_degree(Verdict& verdict, const std::string& word, Kind need) {
  if (const auto set = parse<SetRelation>(word)) {
    if (need != Kind::requirement && need != Kind::capability) {
      throw Error(ErrorCode::usage, "relation", fmt::format("{} is for requirements and capabilities, and {} is a {}; write full, partial or none", word, verdict.to, name_of(need)));
    }
    verdict.set_relation = set;
    verdict.degree = degree_of(*set);
    return;
  }
  verdict.degree = parse<Degree>(word);
  if (!verdict.degree) throw Error(ErrorCode::usage, "relation", fmt::format("\"{}\" is none; one of {}", shortened(word, 40), join(degree_names(), ", ")));
}

Kept keep_deliverable(Map& map, const std::string& id) {
  Kept kept;
  for (Node& n : map.nodes) {
    if (n.id != id) continue;
    const auto mark = std::ranges::find_if(n.attributes, [](const auto& a) { return a.first == brought; });
    if (mark == n.attributes.end()) continue;
    kept.brought = std::move(mark->second);
    n.attributes.erase(mark);
  }
  for (Link& l : map.links) {
    if (l.relation != Relation::develops || l.to != id || l.status != Status::suggested) continue;
    l.status = Status::asserted;
    kept.developers.push_back(l.from);
  }
  return kept;
}

Judged judge(Map& map, const Verdict& v) {
  const Link* before = stands_on(map, v);
  if (before == nullptr) throw Error(ErrorCode::not_found, "", fmt::format("nothing links {} to {}; see the suggestions with: lacuna link review --by NAME", v.from, v.to));
  if (v.says == Verdict::Says::accept && v.reason.empty() && before->status != Status::suggested && before->status != Status::asserted) {
    throw Error(ErrorCode::bad_input, "", fmt::format("{} {} {} – {} (\"{}\"); say why it holds", before->by.empty() ? "somebody" : harmless(before->by),
                                                      before->status == Status::rejected ? "has rejected" : "disputes", v.to, v.from, harmless(before->rationale)));
  }
  // What speaks for one degree does not speak for another.
  if (v.says == Verdict::Says::accept && v.reason.empty() && before->status == Status::asserted && v.degree && v.degree != before->degree) {
    throw Error(ErrorCode::bad_input, "", fmt::format("{} holds that {} – {} is {} (\"{}\"); say why it is {}", before->by.empty() ? "somebody" : harmless(before->by), v.to, v.from,
                                                      before->degree ? name_of(*before->degree) : "so", harmless(before->rationale), name_of(*v.degree)));
  }
  Link link = *before;
  const bool machine = before->status == Status::suggested;
  link.by = v.by;
  link.on = Date::parse(to_string(today()));
  link.method = machine ? Method::hybrid : Method::human;
  link.source = {};
  if (!machine && v.says != Verdict::Says::accept) link.strength.reset();
  if (!v.reason.empty()) link.rationale = v.reason;
  switch (v.says) {
    case Verdict::Says::accept: link.status = Status::asserted; break;
    case Verdict::Says::reject: link.status = Status::rejected; break;
    case Verdict::Says::dispute: link.status = Status::disputed; break;
  }
  if (v.degree && link.relation == Relation::covers) {
    link.degree = v.degree;
    link.set_relation = v.set_relation;
  }
  Judged judged;
  std::erase_if(map.links, [&](Link& l) {
    if (!joins(l, v) || (l.status != Status::suggested && l.by != v.by)) return false;
    judged.replaced.push_back(std::move(l));
    return true;
  });
  std::string what = v.says == Verdict::Says::reject ? "rejected" : v.says == Verdict::Says::dispute ? "disputed" : "accepted";
  if (v.says == Verdict::Says::accept && link.relation == Relation::covers) {
    what += fmt::format(" ({})", link.set_relation ? name_of(*link.set_relation) : name_of(*link.degree));
    judged.kept = keep_deliverable(map, v.from);
  }
  judged.told = fmt::format("{} – {}: {} by {} on {}", v.to, v.from, what, harmless(v.by), to_string(*link.on));
  judged.made = link;
  map.links.push_back(std::move(link));
  return judged;
}

void take_back(Map& map, const Judged& judged) {
  const Link& made = judged.made;
  const auto same_pair = [&](const Link& l) { return l.relation == made.relation && l.from == made.from && l.to == made.to; };
  const std::size_t gone = std::erase_if(map.links, [&](const Link& l) {
    return same_pair(l) && l.by == made.by && l.status == made.status && l.degree == made.degree && l.rationale == made.rationale && l.on == made.on;
  });
  if (gone == 0) throw Error(ErrorCode::not_found, "", fmt::format("{} – {}: that verdict has been changed meanwhile; nothing was undone", made.to, made.from));
  // Whoever has judged the pair meanwhile has judged the suggestion too.
  const bool judged_by_others = std::ranges::any_of(map.links, same_pair);
  for (const Link& l : judged.replaced) {
    if (l.status != Status::suggested || !judged_by_others) map.links.push_back(l);
  }
  const std::string& id = made.from;
  const bool held = std::ranges::any_of(map.links, [&](const Link& l) { return (l.from == id || l.to == id) && l.relation != Relation::develops && l.status != Status::suggested; });
  if (held || !judged.kept.brought) return;
  for (Node& n : map.nodes) {
    if (n.id == id) n.attributes.emplace_back(std::string(brought), *judged.kept.brought);
  }
  for (Link& l : map.links) {
    if (l.relation == Relation::develops && l.to == id && std::ranges::find(judged.kept.developers, l.from) != judged.kept.developers.end()) l.status = Status::suggested;
  }
}

void change_checked(const std::string& path, const std::function<void(Map&)>& change) {
  change_map(path, [&](Map& map) {
    change(map);
    Imported changed{map, {}, true};
    check(changed);
    if (count_errors(changed.diagnostics) == 0) return;
    for (Diagnostic& d : changed.diagnostics) d.file = d.file.empty() ? path : d.file;
    print_diagnostics(changed.diagnostics);
    throw Error(ErrorCode::bad_input, path, "would not be valid; nothing was changed");
  });
}

extern const LinkAction link_accept{"accept", "a suggested link holds", declare_accept};
extern const LinkAction link_reject{"reject", "a suggested link does not hold; it is not suggested again unless the texts change", declare_reject};
extern const LinkAction link_dispute{"dispute", "people differ: both verdicts stay side by side", declare_dispute};

}  // namespace lacuna
