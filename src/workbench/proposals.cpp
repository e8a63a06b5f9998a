#include "workbench/proposals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "lacuna/version.hpp"
#include "workbench/checked.hpp"
#include "workbench/verdicts.hpp"

namespace lacuna {
namespace {

/// "lacuna 0.1.0", as links that the program makes say who made them.
std::string program_name() { return fmt::format("lacuna {}", version); }

}  // namespace

std::size_t prune(Map& map) {
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

class Proposer::Proposing {
 public:
  Proposing(Workbench& bench, ProposalQuestion question, std::function<void(std::string_view)> stage)
      : bench_(bench),
        question_(std::move(question)),
        stage_(std::move(stage)),
        store_(bench.store()),
        graph_(bench.graph()),
        params_(bench.params()),
        situation_(graph_, *params_.profile, params_.as_of),
        texts_(store_, graph_) {}

  [[nodiscard]] const Situation& situation() const { return situation_; }

  Proposals propose() {
    stage_("reading the texts of the map …");
    const LinkTexts& texts = texts_.for_links(question_.on_map);
    if (!question_.between.empty()) return between(texts);
    Subjects asked = subjects(texts);
    stage_("learning from the accepted links …");
    LinkModel model(situation_, texts, {asked.needs, asked.deliverables});
    std::optional<double> bound;
    if (question_.accept > 0) bound = bound_for(model);
    stage_(fmt::format("looking at {} …", asked.deliverables.empty() ? count_of(asked.needs.size(), "need")
                                                                     : count_of(asked.deliverables.size(), "deliverable")));
    std::vector<LinkProposal> list =
        asked.deliverables.empty()
            ? model.for_needs(asked.needs, question_.limit, question_.least)
            : model.for_deliverables(asked.deliverables, needs_asked(situation_, params_), question_.limit, question_.least);
    return {std::move(asked), std::move(list), basis_of(model), looked_at(), bound};
  }

  /// Puts proposals onto the map, as suggestions, or accepted unseen above the bound. Earlier suggestions on what was asked for
  /// give way; deliverables that only they had brought go with them.
  ProposalsTaken take(const Proposals& proposals) {
    const Subjects& asked = proposals.subjects;
    std::set<std::string> renewed;
    for (const NodeId need : asked.needs) renewed.insert(graph_.node(need).id);
    for (const DeliverableText& d : asked.deliverables) renewed.insert(d.id);
    // Of deliverables, only what the filters leave is asked for.
    std::set<std::string> within;
    if (!asked.deliverables.empty()) {
      for (const NodeId need : needs_asked(situation_, params_)) within.insert(graph_.node(need).id);
    }
    ProposalsTaken taken;
    const Occasion occasion{.by = program_name(),
                            .why = fmt::format("link suggest: {} proposed", count_of(proposals.list.size(), "link"))};
    change_checked(bench_.path(), occasion, [&](Map& map) {
      taken = {};
      taken.gone = std::erase_if(map.links, [&](const Link& l) {
        return (l.relation == Relation::covers) == question_.between.empty() && l.relation != Relation::develops &&
               is_own_suggestion(l) && (renewed.contains(l.from) || renewed.contains(l.to)) &&
               (asked.deliverables.empty() || within.contains(l.to));
      });
      std::set<std::string> nodes;
      for (const Node& n : map.nodes) nodes.insert(n.id);
      for (const LinkProposal& p : proposals.list) {
        if (nodes.insert(p.deliverable.id).second) {
          map.nodes.push_back(node_brought(p.deliverable));
          ++taken.brought;
          if (const auto group = developer_on(graph_, *p.deliverable.record)) {
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
        Link link = link_of(p, proposals.bound, proposals.basis);
        const bool is_accepted = link.status == Status::asserted;
        map.links.push_back(std::move(link));
        if (!is_accepted) {
          ++taken.suggested;
          continue;
        }
        ++taken.accepted;
        keep_deliverable(map, p.deliverable.id);
      }
      taken.left = prune(map);
    });
    return taken;
  }

 private:
  Proposals between(const LinkTexts& texts) {
    Subjects asked;
    std::vector<std::vector<NodeId>> sides;
    for (const std::string& name : question_.between) {
      std::vector<NodeId> needs;
      for (const NodeId root : side_of(graph_, name).roots) {
        if (is_need(graph_.node(root).kind))
          needs.push_back(root);
        else
          for (const NodeId need : needs_asked(situation_, params_, root)) needs.push_back(need);
      }
      if (needs.empty())
        throw Error(ErrorCode::not_found, name,
                    "holds no needs; name a framework (source:NAME), a topic, an objective or a session");
      sides.push_back(std::move(needs));
    }
    asked.needs = sides[0];
    stage_(fmt::format("looking at {} and {} …", count_of(sides[0].size(), "need"), sides[1].size()));
    std::vector<LinkProposal> list = propose_between(situation_, texts, sides[0], sides[1], question_.limit, question_.least);
    return {std::move(asked), std::move(list),
            fmt::format("constants, and on what is linked to {} already", question_.between[1]), "", std::nullopt};
  }

  [[nodiscard]] std::string looked_at() const {
    if (texts_.catalogues().empty()) return "Looked at: the map; it holds no catalogue, see: lacuna import --help";
    if (question_.on_map) return "Looked at: the map alone";
    return fmt::format("Looked at: the map and {}", count_of(texts_.catalogues().size(), "catalogue"));
  }

  double bound_for(const LinkModel& model) const {
    const auto bound = model.bound_for(question_.accept);
    if (bound) return *bound;
    throw Error(ErrorCode::usage, "--auto-accept",
                fmt::format("on this map no twenty proposals were right in {:.0f} % of the cases; see: lacuna link evaluate",
                            question_.accept * 100));
  }

  Subjects subjects(const LinkTexts& texts) {
    Subjects asked;
    for (const std::string& name : question_.names) {
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
    for (const std::string& name : question_.groups) {
      static constexpr Kind group[] = {Kind::group};
      add_group(name, graph_.named(name).empty() ? std::nullopt : std::optional(graph_.find(name, group)), texts, asked);
    }
    if (question_.groups.empty() && !question_.new_since.empty() && !asked_for_group_) add_catalogue({}, asked);
    if (!asked.deliverables.empty() && !asked.needs.empty())
      throw Error(ErrorCode::usage, "", "names needs and deliverables; ask for one kind at a time");
    if (asked.needs.empty() && asked.deliverables.empty()) {
      if (!question_.groups.empty() || !question_.new_since.empty())
        throw Error(ErrorCode::not_found, "", "no deliverable is of that group and time");
      asked.needs = needs_asked(situation_, params_);
    }
    return asked;
  }

  bool add_works(const std::string& name, Subjects& asked) {
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

  void add_group(const std::string& name, std::optional<NodeId> group, const LinkTexts& texts, Subjects& asked) {
    std::vector<std::string> names{name};
    if (group) {
      const auto own = graph_.deliverables_of(*group);
      for (const DeliverableText& d : texts.on_map) {
        if (std::ranges::binary_search(own, *d.node) && is_new(*d.node) && in_force(*d.node)) asked.deliverables.push_back(d);
      }
      names.push_back(graph_.node(*group).id);
      names.insert(names.end(), graph_.node(*group).aliases.begin(), graph_.node(*group).aliases.end());
    }
    asked_for_group_ = true;
    if (question_.on_map || texts_.catalogues().empty()) return;
    try {
      add_catalogue(names, asked);
    } catch (const Error& error) {
      // A group of the map need not be one of the catalogues.
      if (!group || error.code() != ErrorCode::not_found) throw;
    }
  }

  [[nodiscard]] bool is_new(NodeId deliverable) const {
    if (question_.new_since.empty()) return true;
    const auto life = graph_.life(deliverable);
    return !life.empty() && life.front().day >= day_of(question_.new_since, "--new-since");
  }

  /// What has ended needs no new links.
  [[nodiscard]] bool in_force(NodeId deliverable) const {
    const auto state = situation_.state(deliverable);
    return state && *state <= State::published;
  }

  /// Works of the catalogues that are not on the map, and new where that is asked for.
  void add_catalogue(const std::vector<std::string>& groups, Subjects& asked) {
    SearchQuery query;
    query.groups = groups;
    query.since = Date::parse(question_.new_since) ? std::optional(Date::parse(question_.new_since)->first_day()) : std::nullopt;
    if (!query.since && !question_.new_since.empty())
      throw Error(ErrorCode::usage, "--new-since",
                  fmt::format("\"{}\" is no date; write YYYY-MM-DD", shortened(question_.new_since, 40)));
    std::set<std::string> there;
    for (const NodeId d : graph_.of_kind(Kind::deliverable)) there.insert(parse_identifier(graph_.node(d).id).work());
    for (RecordRow& face : store_.faces(query)) {
      if (face.state <= State::published && !there.contains(face.facts.identifier.work()))
        asked.deliverables.push_back(text_of(std::move(face)));
    }
  }

  static Node node_brought(const DeliverableText& d) {
    Node node = node_of(*d.record);
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
    link.on = Date::of(today());
    link.source.name = fmt::format("profile \"{}\" {}, {}", params_.profile->name, params_.profile->hash, basis);
    link.status = bound && p.probability >= *bound ? Status::asserted : Status::suggested;
    if (link.status == Status::asserted)
      link.rationale +=
          fmt::format("; accepted unseen: on this map proposals from {:.2f} on were right in at least {:.0f} % of the cases",
                      *bound, question_.accept * 100);
    return link;
  }

  Workbench& bench_;
  const ProposalQuestion question_;
  const std::function<void(std::string_view)> stage_;
  const Store& store_;
  const Graph& graph_;
  const Params& params_;
  const Situation situation_;
  ContextTexts texts_;
  bool asked_for_group_ = false;
};

Proposer::Proposer(Workbench& bench, ProposalQuestion question, std::function<void(std::string_view)> stage)
    : proposing_(std::make_unique<Proposing>(bench, std::move(question), std::move(stage))) {}
Proposer::Proposer(Proposer&&) noexcept = default;
Proposer::~Proposer() = default;
const Situation& Proposer::situation() const { return proposing_->situation(); }
Proposals Proposer::propose() { return proposing_->propose(); }
ProposalsTaken Proposer::take(const Proposals& proposals) { return proposing_->take(proposals); }

}  // namespace lacuna
