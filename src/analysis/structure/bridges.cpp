// bridges: communities of groups that cover the same needs, the groups that hold them together, and pairs without a liaison.
#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <map>
#include <tuple>
#include <unordered_map>

#include "analysis/gaps.hpp"
#include "analysis/structure/structure.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// Two groups that cover the same needs, by position in `Network::groups`, the first the smaller.
struct GroupPair {
  std::size_t a = 0;
  std::size_t b = 0;
  std::vector<NodeId> needs;  ///< In natural order.
};

/// Groups joined where live deliverables of both cover a need.
struct Network {
  std::vector<NodeId> groups;    ///< That share a need with another, in natural order.
  std::vector<GroupPair> pairs;  ///< Sorted by groups.
  std::size_t alone = 0;         ///< Groups with live coverage that share no need.
  CutPairs cut;                  ///< Pairs that were not looked at; who is in none of the others is in no community.
};

/// O(links + pairs looked at).
Network network_of(const Situation& situation, const std::vector<NodeId>& needs) {
  const Graph& graph = situation.graph();
  std::vector<bool> covers(graph.size());
  std::vector<bool> shares(graph.size());
  std::unordered_map<std::uint64_t, std::vector<NodeId>> shared;
  const auto groups_of = [&](NodeId need) {
    std::vector<NodeId> groups;
    for (const Support& s : supports_of(situation, need)) {
      if (!s.live()) continue;
      const std::vector<NodeId> developers = graph.developers_of(s.deliverable);
      groups.insert(groups.end(), developers.begin(), developers.end());
    }
    sort_unique(groups);
    return groups;
  };
  Network network;
  std::vector<Party> parties;
  for (const NodeId need : needs) {
    const std::vector<NodeId> groups = groups_of(need);
    parties.clear();
    for (std::size_t i = 0; i < groups.size(); ++i) {
      covers[index(groups[i])] = true;
      if (groups.size() > 1) shares[index(groups[i])] = true;
      parties.push_back({groups[i], i});
    }
    const Pairs pairs = pairs_among(parties, most_pairs_of_need);
    if (pairs.all > pairs.first.size()) network.cut.needs.push_back({need, pairs.all});
    for (const auto& [a, b] : pairs.first) {
      const std::uint64_t key = index(groups[a]) << 32U | index(groups[b]);
      if (shared.size() < most_pairs || shared.contains(key)) {
        shared[key].push_back(need);
      } else {
        network.cut.more = true;
      }
    }
  }
  std::vector<std::uint64_t> keys;
  keys.reserve(shared.size());
  for (const auto& entry : shared) keys.push_back(entry.first);
  std::ranges::sort(keys);
  const auto first_of = [](std::uint64_t key) { return static_cast<NodeId>(key >> 32U); };
  const auto second_of = [](std::uint64_t key) { return static_cast<NodeId>(key & 0xffffffffU); };
  // A pair that was found elsewhere may be among those that were not looked at here.
  for (const CutPairs::Need& cut : network.cut.needs) {
    const std::vector<NodeId> groups = groups_of(cut.need);
    for (const std::uint64_t key : keys) {
      if (!std::ranges::binary_search(groups, first_of(key)) || !std::ranges::binary_search(groups, second_of(key))) continue;
      std::vector<NodeId>& both = shared[key];
      const auto at = std::ranges::lower_bound(both, cut.need);
      if (at == both.end() || *at != cut.need) both.insert(at, cut.need);
    }
  }
  for (const std::uint64_t key : keys) network.groups.insert(network.groups.end(), {first_of(key), second_of(key)});
  sort_unique(network.groups);
  const auto position = [&](NodeId group) {
    return static_cast<std::size_t>(std::ranges::lower_bound(network.groups, group) - network.groups.begin());
  };
  for (const std::uint64_t key : keys)
    network.pairs.push_back({position(first_of(key)), position(second_of(key)), std::move(shared[key])});
  network.alone = static_cast<std::size_t>(std::ranges::count(covers, true) - std::ranges::count(shares, true));
  return network;
}

/// A partition of the groups, with its modularity.
struct Partition {
  std::vector<std::size_t> of;  ///< By group: the first group of its community.
  double modularity = 0;
};

/// Greedy agglomeration by modularity (Clauset, Newman & Moore 2004, Phys. Rev. E 70, 066111; weighted as in Newman 2004, Phys.
/// Rev. E 70, 056131): every group begins alone; the two joined communities whose union adds most to the modularity become one,
/// until none adds any. Ties go to the pair that stands first. In whole numbers (gains × total weight² / 2), so that no rounding
/// decides. O(groups × pairs).
Partition communities_of(const Network& network) {
  const std::size_t n = network.groups.size();
  std::vector<std::map<std::size_t, std::int64_t>> between(n);
  std::vector<std::int64_t> strength(n, 0);
  std::vector<std::int64_t> inside(n, 0);
  std::int64_t total = 0;  // Twice the weight of all pairs.
  for (const GroupPair& pair : network.pairs) {
    const auto weight = static_cast<std::int64_t>(pair.needs.size());
    between[pair.a][pair.b] = between[pair.b][pair.a] = weight;
    strength[pair.a] += weight;
    strength[pair.b] += weight;
    total += 2 * weight;
  }
  Partition partition;
  partition.of.resize(n);
  for (std::size_t i = 0; i < n; ++i) partition.of[i] = i;
  while (true) {
    std::int64_t best = 0;
    std::size_t a = 0;
    std::size_t b = 0;
    for (std::size_t i = 0; i < n; ++i) {
      for (auto it = between[i].upper_bound(i); it != between[i].end(); ++it) {
        const std::int64_t gain = it->second * total - strength[i] * strength[it->first];
        if (gain <= best) continue;
        best = gain;
        a = i;
        b = it->first;
      }
    }
    if (best == 0) break;
    inside[a] += inside[b] + 2 * between[a][b];
    inside[b] = 0;
    strength[a] += strength[b];
    strength[b] = 0;
    between[a].erase(b);
    for (const auto& [other, weight] : between[b]) {
      between[other].erase(b);
      if (other == a) continue;
      between[a][other] += weight;
      between[other][a] += weight;
    }
    between[b].clear();
    for (std::size_t& of : partition.of) {
      if (of == b) of = a;
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double share = static_cast<double>(strength[i]) / static_cast<double>(total);
    partition.modularity += static_cast<double>(inside[i]) / static_cast<double>(total) - share * share;
  }
  return partition;
}

/// Betweenness of each group (Freeman 1977; Brandes 2001, through Boost.Graph): the share of the pairs of other groups between
/// which it lies on the shortest way, where k ways of one length count 1/k each. A pair that shares n needs is 1/n long, in whole
/// numbers (lcm(1 … 36) / n, rounded beyond 36 needs) so that ways of one length are found to be so. O(groups × pairs × log
/// groups).
std::vector<double> betweenness_of(const Network& network) {
  using Weighted = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                                         boost::property<boost::edge_weight_t, std::int64_t>>;
  using Edge = boost::graph_traits<Weighted>::edge_descriptor;
  constexpr std::int64_t unit = 144'403'552'893'600;
  const std::size_t n = network.groups.size();
  Weighted graph(n);
  for (const GroupPair& pair : network.pairs) {
    const auto needs = static_cast<std::int64_t>(pair.needs.size());
    boost::add_edge(pair.a, pair.b, (unit + needs / 2) / needs, graph);
  }
  std::vector<double> centrality(n, 0);
  std::vector<double> dependency(n, 0);
  std::vector<std::int64_t> distance(n, 0);
  std::vector<double> paths(n, 0);
  std::vector<std::vector<Edge>> incoming(n);
  const auto by_vertex = [&](auto& values) {
    return boost::make_iterator_property_map(values.begin(), boost::get(boost::vertex_index, graph));
  };
  boost::brandes_betweenness_centrality(graph, by_vertex(centrality), boost::dummy_property_map(), by_vertex(incoming),
                                        by_vertex(distance), by_vertex(dependency), by_vertex(paths),
                                        boost::get(boost::vertex_index, graph), boost::get(boost::edge_weight, graph));
  if (n > 2) {
    for (double& c : centrality) c /= static_cast<double>(n - 1) * static_cast<double>(n - 2) / 2;
  }
  return centrality;
}

struct Community {
  std::vector<std::size_t> groups;  ///< Positions in the network.
  std::vector<NodeId> inside;       ///< Needs that two of its groups cover.
  std::vector<NodeId> outside;      ///< Needs that one of its groups and a group of another community cover.
};

/// Largest first.
std::vector<Community> numbered(const Network& network, const Partition& partition, std::vector<std::size_t>& community) {
  std::vector<Community> all(network.groups.size());
  for (std::size_t g = 0; g < network.groups.size(); ++g) all[partition.of[g]].groups.push_back(g);
  const auto add = [](std::vector<NodeId>& to, const std::vector<NodeId>& needs) {
    to.insert(to.end(), needs.begin(), needs.end());
  };
  for (const GroupPair& pair : network.pairs) {
    const std::size_t a = partition.of[pair.a];
    const std::size_t b = partition.of[pair.b];
    if (a == b) {
      add(all[a].inside, pair.needs);
    } else {
      add(all[a].outside, pair.needs);
      add(all[b].outside, pair.needs);
    }
  }
  std::erase_if(all, [](const Community& c) { return c.groups.empty(); });
  for (Community& c : all) {
    sort_unique(c.inside);
    sort_unique(c.outside);
  }
  std::ranges::stable_sort(all, [](const Community& a, const Community& b) {
    return std::pair(a.groups.size(), a.inside.size()) > std::pair(b.groups.size(), b.inside.size());
  });
  community.resize(network.groups.size());
  for (std::size_t c = 0; c < all.size(); ++c) {
    for (const std::size_t g : all[c].groups) community[g] = c + 1;
  }
  return all;
}

/// Topics that most of the needs are part of, up to three: what a community is about.
std::vector<std::pair<NodeId, std::size_t>> topics_of(const Situation& situation, const std::vector<NodeId>& needs) {
  const Graph& graph = situation.graph();
  std::map<NodeId, std::size_t> counts;
  for (const NodeId need : needs) {
    for (const LinkId l : graph.out(need, Relation::part_of)) {
      if (situation.counts(l) && graph.node(graph.edge(l).to).kind == Kind::topic) ++counts[graph.edge(l).to];
    }
  }
  std::vector<std::pair<NodeId, std::size_t>> ranked(counts.begin(), counts.end());
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.second > b.second; });
  if (ranked.size() > 3) ranked.resize(3);
  return ranked;
}

/// A group with needs in common with other communities.
struct Bridge {
  std::size_t group = 0;
  double betweenness = 0;
  std::vector<std::size_t> reaches;     ///< Numbers of communities, ascending.
  std::vector<const GroupPair*> pairs;  ///< With groups of other communities, most needs first.
  std::vector<NodeId> needs;            ///< Of these pairs.
};

std::vector<Bridge> bridges_of(const Network& network, const std::vector<std::size_t>& community) {
  const std::vector<double> betweenness = betweenness_of(network);
  std::vector<Bridge> result(network.groups.size());
  for (std::size_t g = 0; g < result.size(); ++g) {
    result[g].group = g;
    result[g].betweenness = rounded(betweenness[g]);
  }
  for (const GroupPair& pair : network.pairs) {
    if (community[pair.a] == community[pair.b]) continue;
    for (const auto& [own, other] : {std::pair(pair.a, pair.b), std::pair(pair.b, pair.a)}) {
      Bridge& bridge = result[own];
      bridge.reaches.push_back(community[other]);
      bridge.pairs.push_back(&pair);
      bridge.needs.insert(bridge.needs.end(), pair.needs.begin(), pair.needs.end());
    }
  }
  std::erase_if(result, [](const Bridge& b) { return b.pairs.empty(); });
  for (Bridge& b : result) {
    sort_unique(b.reaches);
    std::ranges::stable_sort(b.pairs, [](const GroupPair* x, const GroupPair* y) { return x->needs.size() > y->needs.size(); });
    sort_unique(b.needs);
  }
  std::ranges::stable_sort(result, [](const Bridge& a, const Bridge& b) {
    return std::tuple(a.betweenness, a.reaches.size(), a.needs.size()) >
           std::tuple(b.betweenness, b.reaches.size(), b.needs.size());
  });
  return result;
}

/// What the map says of a liaison between two groups.
enum class Tie : std::uint8_t { none, same_body, liaison };
constexpr std::string_view tie_names[] = {"none", "same body", "on the map"};

struct Crossing {
  const GroupPair* pair = nullptr;
  Tie tie = Tie::none;
};

std::vector<Crossing> crossings_of(const Graph& graph, const Network& network, const std::vector<std::size_t>& community) {
  const Liaisons liaisons(graph);
  std::vector<Crossing> result;
  for (const GroupPair& pair : network.pairs) {
    if (community[pair.a] == community[pair.b]) continue;
    const NodeId a = network.groups[pair.a];
    const NodeId b = network.groups[pair.b];
    result.push_back({&pair, liaisons.between(a, b)                 ? Tie::liaison
                             : graph.body_of(a) == graph.body_of(b) ? Tie::same_body
                                                                    : Tie::none});
  }
  std::ranges::stable_sort(result, [](const Crossing& a, const Crossing& b) {
    return std::pair(a.tie, -static_cast<std::ptrdiff_t>(a.pair->needs.size())) <
           std::pair(b.tie, -static_cast<std::ptrdiff_t>(b.pair->needs.size()));
  });
  return result;
}

/// What holds communities of groups together. Pairs are those of the network.
struct Bridges {
  Network network;
  double modularity = 0;
  std::vector<std::size_t> community;  ///< By group: its number, from 1.
  std::vector<Community> communities;  ///< Largest first.
  std::optional<Bridge> first;         ///< Of all groups, that which holds most together.
  std::vector<Bridge> list;            ///< Highest betweenness first.
  std::vector<Crossing> crossings;     ///< Pairs in different communities, those without a liaison first.
};

/// The network, its communities and the betweenness are those of all groups, whatever the scope; with a scope, bridges and pairs
/// are told where the group or one inside it takes part.
Bridges find_bridges(const Inquiry& q) {
  Bridges found{network_of(q.situation, q.needs)};
  const Network& network = found.network;
  const Partition partition = communities_of(network);
  found.modularity = partition.modularity;
  found.communities = numbered(network, partition, found.community);
  found.list = bridges_of(network, found.community);
  found.crossings = crossings_of(q.graph, network, found.community);
  if (!found.list.empty()) found.first = found.list.front();
  if (q.params.scope) {
    const std::vector<NodeId> inside = q.graph.whole(*q.params.scope);
    const auto ours = [&](std::size_t group) { return std::ranges::binary_search(inside, network.groups[group]); };
    std::erase_if(found.list, [&](const Bridge& b) { return !ours(b.group); });
    std::erase_if(found.crossings, [&](const Crossing& c) { return !ours(c.pair->a) && !ours(c.pair->b); });
  }
  return found;
}

/// "2", "1 and 3", "1, 3 and 4".
std::string numbers_text(const std::vector<std::size_t>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : i + 1 == numbers.size() ? " and " : ", ", numbers[i]);
  return text;
}

std::string communities_text(const std::vector<std::size_t>& numbers) {
  return fmt::format("{} {}", numbers.size() == 1 ? "community" : "communities", numbers_text(numbers));
}

std::string percent(double share) {
  if (share <= 0) return "none";
  return share < 0.005 ? "less than 1 %" : fmt::format("{:.0f} %", share * 100);
}

/// Live deliverables of a group that cover one of the needs. O(links of the deliverables of the group).
std::vector<NodeId> texts_of(const Situation& situation, NodeId group, const std::vector<NodeId>& needs) {
  const Graph& graph = situation.graph();
  std::vector<NodeId> result;
  for (const LinkId develops : graph.out(group, Relation::develops)) {
    const NodeId deliverable = graph.edge(develops).to;
    const auto state = situation.state(deliverable);
    if (graph.edge(develops).status != Status::asserted || !state) continue;
    const bool live = std::ranges::any_of(graph.out(deliverable, Relation::covers), [&](LinkId l) {
      const Edge& link = graph.edge(l);
      return link.degree != Degree::none && situation.counts(l) && std::ranges::binary_search(needs, link.to) &&
             verdict(link.degree, *state, situation.suspect(l)) <= CoverageState::in_progress;
    });
    if (live) result.push_back(deliverable);
  }
  sort_unique(result);
  return result;
}

Table community_table(const Inquiry& q, const Bridges& found) {
  using enum Column::Format;
  const Graph& graph = q.graph;
  return table_of(
      "communities", "Communities, largest first: groups that share more needs with each other than chance would have it",
      {{"number", "#", number},
       {"group_count", "groups", number},
       {"need_count", "needs inside", number},
       {"outside", "needs outside", number},
       {"topics", "topics", list, {}, 60},
       {"groups", "members", list, {}, 80},
       {"why", "why", prose}},
      found.communities.size(), q.params, [&](std::size_t c) {
        const Community& community = found.communities[c];
        std::vector<NodeId> members;
        for (const std::size_t g : community.groups) members.push_back(found.network.groups[g]);
        Value row = Value::object();
        row.set("number", c + 1).set("group_count", members.size()).set("groups", id_values(graph, members));
        row.set("need_count", community.inside.size()).set("outside", community.outside.size());
        Value topics = Value::array();
        std::vector<std::string> about;
        for (const auto& [topic, needs] : topics_of(q.situation, community.inside)) {
          topics.push(graph.node(topic).title);
          about.push_back(fmt::format("{} {}", graph.node(topic).title, needs));
        }
        row.set("topics", std::move(topics));
        const std::string why = fmt::format("its groups share {} with each other{} and {} with groups of other communities",
                                            count_of(community.inside.size(), "need"),
                                            about.empty() ? "" : " (most: " + join(about, ", ") + ")", community.outside.size());
        row.set("why", why);
        if (q.params.evidence) row.set("needs", id_values(graph, community.inside));
        q.explain(row, "", why, community.inside);
        return row;
      });
}

Table bridge_table(const Inquiry& q, const Bridges& found) {
  using enum Column::Format;
  const Graph& graph = q.graph;
  const auto id_of = [&](std::size_t group) -> const std::string& { return graph.node(found.network.groups[group]).id; };
  return table_of(
      "bridges", "Groups that hold communities together, highest betweenness first",
      {{"group", "group", text, {}, 40},
       {"title", "title", title},
       {"betweenness", "betweenness", score},
       {"community", "community", number},
       {"reaches", "reaches", list},
       {"need_count", "needs", number},
       {"why", "why", prose}},
      found.list.size(), q.params, [&](std::size_t i) {
        const Bridge& b = found.list[i];
        const GroupPair& strongest = *b.pairs.front();
        Value row = Value::object();
        row.set("group", id_of(b.group))
            .set("title", graph.node(found.network.groups[b.group]).title)
            .set("betweenness", b.betweenness)
            .set("community", found.community[b.group]);
        Value reaches = Value::array();
        for (const std::size_t c : b.reaches) reaches.push(c);
        row.set("reaches", std::move(reaches)).set("need_count", b.needs.size());
        const std::string& partner = id_of(strongest.a == b.group ? strongest.b : strongest.a);
        const std::string with = b.pairs.size() == 1
                                     ? fmt::format("{} of {}", partner, communities_text(b.reaches))
                                     : fmt::format("{} of {}, most with {} ({})", count_of(b.pairs.size(), "group"),
                                                   communities_text(b.reaches), partner, strongest.needs.size());
        const std::string why = fmt::format("shares {} with {}; lies on {} of the shortest ways between other groups",
                                            count_of(b.needs.size(), "need"), with, percent(b.betweenness));
        row.set("why", why);
        if (q.params.evidence) {
          Value partners = Value::array();
          for (const GroupPair* pair : b.pairs) {
            const std::size_t other = pair->a == b.group ? pair->b : pair->a;
            Value one = Value::object();
            one.set("group", id_of(other)).set("community", found.community[other]).set("need_count", pair->needs.size());
            partners.push(std::move(one));
          }
          row.set("partners", std::move(partners)).set("needs", id_values(graph, b.needs));
        }
        q.explain(row, id_of(b.group), why, b.needs);
        return row;
      });
}

Table pair_table(const Inquiry& q, const Bridges& found) {
  using enum Column::Format;
  const Graph& graph = q.graph;
  return table_of("pairs", "Pairs of groups in different communities that share needs, those without a liaison first",
                  {{"first", "group", text, {}, 40},
                   {"first_community", "in", number},
                   {"second", "and", text, {}, 40},
                   {"second_community", "in", number},
                   {"need_count", "needs", number},
                   {"liaison", "liaison known", text},
                   {"why", "why", prose}},
                  found.crossings.size(), q.params, [&](std::size_t i) {
                    const Crossing& c = found.crossings[i];
                    const NodeId a = found.network.groups[c.pair->a];
                    const NodeId b = found.network.groups[c.pair->b];
                    Value row = Value::object();
                    row.set("first", graph.node(a).id)
                        .set("first_community", found.community[c.pair->a])
                        .set("second", graph.node(b).id)
                        .set("second_community", found.community[c.pair->b]);
                    row.set("need_count", c.pair->needs.size()).set("liaison", tie_names[static_cast<std::size_t>(c.tie)]);
                    static constexpr std::string_view ends[] = {"no liaison between them is on the map",
                                                                "no liaison between them is on the map, but they are of one body",
                                                                "a liaison between them is on the map"};
                    const std::string why =
                        fmt::format("both cover {}; {}", names_text(graph, c.pair->needs), ends[static_cast<std::size_t>(c.tie)]);
                    row.set("why", why);
                    if (q.params.evidence) {
                      row.set("needs", node_values(graph, c.pair->needs));
                      row.set("first_deliverables", id_values(graph, texts_of(q.situation, a, c.pair->needs)));
                      row.set("second_deliverables", id_values(graph, texts_of(q.situation, b, c.pair->needs)));
                    }
                    q.explain(row, graph.node(a).id, why, c.pair->needs);
                    return row;
                  });
}

Result answer_bridges(const Inquiry& q, const Bridges& found) {
  const Network& network = found.network;
  Result result = q.answer("bridges", "Bridges between communities of groups");
  Value counts = Value::object();
  counts.set("groups", network.groups.size()).set("groups_alone", network.alone).set("pairs", network.pairs.size());
  counts.set("communities", found.communities.size())
      .set("modularity", found.communities.empty() ? Value() : Value(rounded(found.modularity)));
  result.head.emplace_back("network", std::move(counts));
  if (found.communities.empty()) {
    result.summary.push_back("No two groups cover the same need, so there is nothing to bridge.");
  } else {
    std::string line =
        fmt::format("{} share needs with another group and form {} (modularity {:.2f})", count_of(network.groups.size(), "group"),
                    found.communities.size() == 1 ? "1 community" : fmt::format("{} communities", found.communities.size()),
                    found.modularity);
    if (network.alone > 0) {
      line += fmt::format("; {} no need with another",
                          network.alone == 1 ? "1 more group shares" : fmt::format("{} more groups share", network.alone));
    }
    result.summary.push_back(line + ".");
    if (!found.first) {
      result.summary.push_back("No group shares a need with a group of another community.");
    } else {
      const Bridge& first = *found.first;
      result.summary.push_back(fmt::format(
          "{} holds most together: it is in community {}, reaches {} and lies on {} of the shortest ways between other groups.",
          q.graph.node(network.groups[first.group]).id, found.community[first.group], communities_text(first.reaches),
          percent(first.betweenness)));
    }
  }
  for (const std::string& line : cut_texts(q.graph, network.cut)) result.summary.push_back(line + ".");
  if (q.params.scope) {
    result.summary.push_back(
        fmt::format("Communities are those of all groups; bridges and pairs are told where {} or a group inside it takes part.",
                    q.graph.node(*q.params.scope).id));
  }
  if (!found.crossings.empty()) {
    const auto of_tie = [&](Tie tie) {
      return static_cast<std::size_t>(std::ranges::count(found.crossings, tie, &Crossing::tie));
    };
    result.summary.push_back(
        fmt::format("{} in different communities {} needs: {} without a liaison on the map, {} of one body, {} with a liaison.",
                    count_of(found.crossings.size(), "pair"), found.crossings.size() == 1 ? "shares" : "share", of_tie(Tie::none),
                    of_tie(Tie::same_body), of_tie(Tie::liaison)));
  }
  result.tables.push_back(community_table(q, found));
  result.tables.push_back(bridge_table(q, found));
  result.tables.push_back(pair_table(q, found));
  return result;
}

}  // namespace

Result structure_bridges(const Graph& graph, const Params& params) {
  const Inquiry q(graph, params);
  return answer_bridges(q, find_bridges(q));
}

}  // namespace lacuna
