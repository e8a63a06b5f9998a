// link suggest: proposals onto the map, as suggested links that wait for somebody.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include <unistd.h>

#include "base/text.hpp"
#include "cli/ground.hpp"
#include "cli/link/link.hpp"

namespace lacuna {
namespace {

struct LinkSuggestArguments : ListingArguments {
  std::vector<std::string> names;
  std::vector<std::string> groups;
  std::vector<std::string> between;
  std::string new_since;
  double least = 0.2;
  double accept = 0;
  bool dry_run = false;
};

/// What the names mean: needs of the map, deliverables of the map or of the catalogues.
struct Asked {
  std::vector<NodeId> needs;
  std::vector<DeliverableText> deliverables;
};

class Suggesting {
 public:
  Suggesting(const LinkSuggestArguments& arguments, Context& context)
      : arguments_(arguments), context_(context), store_(context.map_path), graph_(store_.graph(Store::Texts::load)), params_(params_of(arguments, graph_, context, &store_)),
        situation_(graph_, *params_.profile, params_.as_of), ground_(store_, graph_) {}

  void run() {
    say_stage("reading the texts of the map …");
    const LinkGround& texts = ground_.for_links();
    if (!arguments_.between.empty()) return between(texts);
    const Asked asked = this->asked(texts);
    say_stage("learning from the accepted links …");
    LinkModel model(situation_, texts, {asked.needs, asked.deliverables});
    std::optional<double> bound;
    if (arguments_.accept > 0) bound = bound_for(model);
    say_stage(fmt::format("looking at {} …", asked.deliverables.empty() ? count_of(asked.needs.size(), "need") : count_of(asked.deliverables.size(), "deliverable")));
    const std::vector<LinkProposal> proposals = asked.deliverables.empty() ? model.for_needs(asked.needs, arguments_.limit, arguments_.least) : model.for_deliverables(asked.deliverables, needs_asked(situation_, params_), arguments_.limit, arguments_.least);
    finish(asked, proposals, basis_of(model), bound);
  }

 private:
  void between(const LinkGround& texts) {
    Asked asked;
    std::vector<std::vector<NodeId>> sides;
    for (const std::string& name : arguments_.between) {
      std::vector<NodeId> needs;
      for (const NodeId root : side_of(graph_, name).roots) {
        if (is_need(graph_.node(root).kind)) needs.push_back(root);
        else for (const NodeId need : needs_asked(situation_, params_, root)) needs.push_back(need);
      }
      if (needs.empty()) throw Error(ErrorCode::not_found, name, "holds no needs; name a framework (source:NAME), a topic, an objective or a session");
      sides.push_back(std::move(needs));
    }
    asked.needs = sides[0];
    say_stage(fmt::format("looking at {} and {} …", count_of(sides[0].size(), "need"), sides[1].size()));
    finish(asked, propose_between(situation_, texts, sides[0], sides[1], arguments_.limit, arguments_.least), fmt::format("constants, and on what is linked to {} already", arguments_.between[1]), std::nullopt);
  }

  void finish(const Asked& asked, const std::vector<LinkProposal>& proposals, const std::string& basis, std::optional<double> bound) {
    say_stage("");
    if (!arguments_.dry_run) write(asked, proposals, basis, bound);
    print(query_proposals(situation_, params_, basis, proposals), arguments_);
    if (!arguments_.dry_run) std::fputs(harmless(told_).append("\n").c_str(), stderr);
  }

  double bound_for(const LinkModel& model) const {
    const auto bound = model.bound_for(arguments_.accept);
    if (bound) return *bound;
    throw Error(ErrorCode::usage, "--auto-accept", fmt::format("on this map no twenty proposals were right in {:.0f} % of the cases; see: lacuna link evaluate", arguments_.accept * 100));
  }

  Asked asked(const LinkGround& texts) {
    Asked asked;
    for (const std::string& name : arguments_.names) {
      const auto on_map = graph_.named(name);
      if (on_map.empty() && add_works(name, asked)) continue;
      const NodeId id = graph_.find(name);
      const Kind kind = graph_.node(id).kind;
      if (kind == Kind::deliverable) {
        for (const DeliverableText& d : texts.on_map) {
          if (d.node == id) asked.deliverables.push_back(d);
        }
      } else if (is_need(kind)) {
        asked.needs.push_back(id);
      } else if (kind == Kind::group) {
        add_group(name, id, texts, asked);
      } else {
        for (const NodeId need : needs_asked(situation_, params_, id)) asked.needs.push_back(need);
      }
    }
    for (const std::string& name : arguments_.groups) {
      static constexpr Kind group[] = {Kind::group};
      add_group(name, graph_.named(name).empty() ? std::nullopt : std::optional(graph_.find(name, group)), texts, asked);
    }
    if (arguments_.groups.empty() && !arguments_.new_since.empty()) add_catalogue({}, asked);
    if (!asked.deliverables.empty() && !asked.needs.empty()) throw Error(ErrorCode::usage, "", "names needs and deliverables; ask for one kind at a time");
    if (asked.needs.empty() && asked.deliverables.empty()) {
      if (!arguments_.groups.empty() || !arguments_.new_since.empty()) throw Error(ErrorCode::not_found, "", "no deliverable is of that group and time");
      asked.needs = needs_asked(situation_, params_);
    }
    return asked;
  }

  bool add_works(const std::string& name, Asked& asked) {
    for (const WorkRecords& work : store_.works(name)) {
      RecordRow face = work.records[work.face];
      for (const RecordRow& other : work.records) {
        if (face.abstract.empty()) face.abstract = other.abstract;
      }
      asked.deliverables.push_back(text_of(std::move(face)));
      return true;
    }
    return false;
  }

  void add_group(const std::string& name, std::optional<NodeId> group, const LinkGround& texts, Asked& asked) {
    std::vector<std::string> names{name};
    if (group) {
      const auto own = graph_.deliverables_of(*group);
      for (const DeliverableText& d : texts.on_map) {
        if (std::ranges::binary_search(own, *d.node) && is_new(*d.node) && in_force(*d.node)) asked.deliverables.push_back(d);
      }
      names.push_back(graph_.node(*group).id);
      names.insert(names.end(), graph_.node(*group).aliases.begin(), graph_.node(*group).aliases.end());
    }
    if (!arguments_.new_since.empty()) add_catalogue(names, asked);
  }

  [[nodiscard]] bool is_new(NodeId deliverable) const {
    if (arguments_.new_since.empty()) return true;
    const auto life = graph_.life(deliverable);
    return !life.empty() && life.front().day >= day_of(arguments_.new_since, "--new-since");
  }

  /// What has ended needs no new links.
  [[nodiscard]] bool in_force(NodeId deliverable) const {
    const auto state = situation_.state(deliverable);
    return state && *state <= State::published;
  }

  /// Works of the catalogues that are new and not on the map.
  void add_catalogue(const std::vector<std::string>& groups, Asked& asked) {
    SearchQuery query;
    query.groups = groups;
    query.since = Date::parse(arguments_.new_since) ? std::optional(Date::parse(arguments_.new_since)->first_day()) : std::nullopt;
    if (!query.since) throw Error(ErrorCode::usage, "--new-since", fmt::format("\"{}\" is no date; write YYYY-MM-DD", shortened(arguments_.new_since, 40)));
    std::set<std::string> there;
    for (const NodeId d : graph_.of_kind(Kind::deliverable)) there.insert(parse_identifier(graph_.node(d).id).work());
    for (RecordRow& face : store_.faces(query)) {
      if (face.state <= State::published && !there.contains(face.facts.identifier.work())) asked.deliverables.push_back(text_of(std::move(face)));
    }
  }

  /// Group of the map that develops what a committee of the catalogues does.
  [[nodiscard]] std::optional<std::string> group_of(const RecordRow& record) const {
    for (const NodeId id : graph_.named(record.group)) {
      if (graph_.node(id).kind == Kind::group) return graph_.node(id).id;
    }
    return std::nullopt;
  }

  Node node_of(const DeliverableText& d) const {
    const RecordRow& record = *d.record;
    Node node;
    node.id = d.id;
    node.kind = Kind::deliverable;
    node.title = d.writing.title.empty() ? d.id : d.writing.title;
    node.state = record.state;
    if (record.state >= State::published && record.facts.published) node.dates.push_back({std::string(name_of(State::published)), *record.facts.published});
    if (record.state != State::published && record.since && (node.dates.empty() || !(*record.since < node.dates.front().date))) node.dates.push_back({std::string(name_of(record.state)), *record.since});
    node.address = record.address;
    node.source = {fmt::format("{}, {}", record.facts.catalogue, record.facts.entry), "", record.facts.catalogue_date};
    node.attributes.emplace_back(std::string(brought), Value("lacuna link suggest"));
    return node;
  }

  Link link_of(const LinkProposal& p, std::optional<double> bound, const std::string& basis) const {
    Link link;
    link.from = p.deliverable.id;
    link.relation = p.relation;
    link.to = graph_.node(p.need).id;
    if (p.relation == Relation::covers) link.degree = Degree::partial;
    link.rationale = rationale_of(graph_, p);
    link.evidence = evidence_of_pair(p.text);
    link.method = Method::automation;
    link.by = program_name();
    link.on = Date::parse(to_string(today()));
    link.source.name = fmt::format("profile \"{}\" {}, {}", params_.profile->name, params_.profile->hash, basis);
    link.status = bound && p.probability >= *bound ? Status::asserted : Status::suggested;
    if (link.status == Status::asserted) link.rationale += fmt::format("; accepted unseen: on this map proposals from {:.2f} on were right in at least {:.0f} % of the cases", *bound, arguments_.accept * 100);
    return link;
  }

  /// Earlier suggestions on what was asked for give way; deliverables that only they had brought go with them.
  void write(const Asked& asked, const std::vector<LinkProposal>& proposals, const std::string& basis, std::optional<double> bound) {
    std::set<std::string> renewed;
    for (const NodeId need : asked.needs) renewed.insert(graph_.node(need).id);
    for (const DeliverableText& d : asked.deliverables) renewed.insert(d.id);
    // Of deliverables, only what the filters leave is asked for.
    std::set<std::string> within;
    if (!asked.deliverables.empty()) {
      for (const NodeId need : needs_asked(situation_, params_)) within.insert(graph_.node(need).id);
    }
    std::size_t gone = 0;
    std::size_t added = 0;
    std::size_t left = 0;
    std::size_t accepted = 0;
    change_checked(context_.map_path, [&](Map& map) {
      gone = std::erase_if(map.links, [&](const Link& l) { return (l.relation == Relation::covers) == arguments_.between.empty() && l.relation != Relation::develops && is_own_suggestion(l) && (renewed.contains(l.from) || renewed.contains(l.to)) && (asked.deliverables.empty() || within.contains(l.to)); });
      std::set<std::string> nodes;
      for (const Node& n : map.nodes) nodes.insert(n.id);
      for (const LinkProposal& p : proposals) {
        if (nodes.insert(p.deliverable.id).second) {
          map.nodes.push_back(node_of(p.deliverable));
          ++added;
          if (const auto group = group_of(*p.deliverable.record)) {
            Link develops;
            develops.from = *group;
            develops.relation = Relation::develops;
            develops.to = p.deliverable.id;
            develops.rationale = fmt::format("the catalogue names {}", p.deliverable.record->group);
            develops.method = Method::automation;
            develops.by = program_name();
            develops.source = map.nodes.back().source;
            develops.status = Status::suggested;
            map.links.push_back(std::move(develops));
          }
        }
        Link link = link_of(p, bound, basis);
        const bool is_accepted = link.status == Status::asserted;
        map.links.push_back(std::move(link));
        if (!is_accepted) continue;
        ++accepted;
        keep_deliverable(map, p.deliverable.id);
      }
      left = prune(map);
    });
    told_ = fmt::format("{}: {} suggested, {} accepted, {} earlier suggestions gone", context_.map_path, proposals.size() - accepted, accepted, gone);
    if (added > 0) told_ += fmt::format("; {} brought onto the map", count_of(added, "deliverable"));
    if (left > 0) told_ += fmt::format("; {} that only a suggestion held left it", count_of(left, "deliverable"));
    if (proposals.size() > accepted) told_ += "; review them with: lacuna link review --by NAME";
  }

  /// Takes off deliverables that suggestions had brought and nothing but a suggested group holds. How many.
  static std::size_t prune(Map& map) {
    std::set<std::string> held;
    for (const Link& l : map.links) {
      if (l.relation == Relation::develops && l.status == Status::suggested) continue;
      held.insert(l.from);
      held.insert(l.to);
    }
    std::set<std::string> gone;
    std::erase_if(map.nodes, [&](const Node& n) {
      const bool guest = std::ranges::any_of(n.attributes, [](const auto& a) { return a.first == brought; });
      if (!guest || held.contains(n.id)) return false;
      gone.insert(n.id);
      return true;
    });
    std::erase_if(map.links, [&](const Link& l) { return gone.contains(l.from) || gone.contains(l.to); });
    return gone.size();
  }

  const LinkSuggestArguments& arguments_;
  Context& context_;
  const Store store_;
  const Graph graph_;
  const Params params_;
  const Situation situation_;
  Ground ground_;
  std::string told_;
};

void declare_link_suggest(CommandLine& line, Context& context) {
  auto& arguments = line.hold<LinkSuggestArguments>();
  arguments.limit = 5;
  line.add("NAME", &arguments.names, "Needs (which deliverables may cover them?), deliverables of the map or identifiers of the catalogues (which needs may they cover?), topics, objectives or groups; default: all needs").called("NAME");
  line.add("--group", &arguments.groups, "Deliverables of this group; with --new-since also those of the catalogues (may be repeated)").check(NotEmpty{}).called("GROUP");
  line.add("--new-since", &arguments.new_since, "Documents of the catalogues published on that day or later: after an import, what is new for the map").check(NotEmpty{}).called("DATE");
  line.add("--between", &arguments.between, "Two frameworks (source:NAME), topics, objectives or sessions: which item of the first belongs to which of the second?").values(2).check(NotEmpty{}).called("A B")
      .excludes(line.option("NAME")).excludes(line.option("--group")).excludes(line.option("--new-since"));
  line.add("--least", &arguments.least, "No proposals below that probability").check(Share{0.0, 1.0}).shows_default().called("P");
  line.add("--auto-accept", &arguments.accept, "Accept unseen what lies above the probability from which on proposals were right in at least that share of the cases on this map; refused where no twenty proposals were")
      .check(Share{0.5, 1.0}).called("PRECISION");
  line.add("--dry-run", &arguments.dry_run, "Print the proposals, and leave the map as it is");
  add_listing_options(line, arguments, {.scope = false, .as_of = false});
  line.option("--limit").help("At most that many proposals a need or deliverable; default: 5");
  line.runs([&context, &arguments] { Suggesting(arguments, context).run(); });
}

}  // namespace

extern const LinkAction link_suggest{"suggest", "propose links between deliverables and needs, with what speaks for each", declare_link_suggest};

}  // namespace lacuna
