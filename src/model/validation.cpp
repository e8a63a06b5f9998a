#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/identity.hpp"
#include "base/text.hpp"
#include "lacuna/model.hpp"

namespace lacuna {
namespace {

constexpr std::size_t longest_id = 200;

/// True for an identifier that prints as it is: no control characters, nothing that turns the direction of writing, no blanks at
/// its ends, not empty, not too long, and something to see.
bool is_printable_id(std::string_view id) {
  if (id.empty() || id.size() > longest_id || id.front() == ' ' || id.back() == ' ') return false;
  if (id.find("\u00A0") != std::string_view::npos) return false;
  return harmless(id) == id && !identity_of(id).empty();
}

class Validator {
 public:
  explicit Validator(const Map& map) : map_(map) {}

  std::vector<Diagnostic> run() {
    index_nodes();
    check_info();
    for (const Node& node : map_.nodes) check_node(node);
    check_aliases();
    for (const Link& link : map_.links) check_link(link);
    check_repeated_links();
    for (const Search& search : map_.searches) check_search(search);
    check_life();
    return std::move(diagnostics_);
  }

 private:
  void say(Severity severity, const Where& where, std::string message) {
    diagnostics_.push_back(
        {severity, where.file < map_.files.size() ? map_.files[where.file] : std::string(), where.line, std::move(message)});
  }
  void error(const Where& where, std::string message) { say(Severity::error, where, std::move(message)); }
  void warning(const Where& where, std::string message) { say(Severity::warning, where, std::move(message)); }

  std::string place(const Where& where) const {
    return where.file < map_.files.size() ? fmt::format("{}:{}", map_.files[where.file], where.line) : std::string("?");
  }

  void index_nodes() {
    for (const Node& node : map_.nodes) {
      ids_.push_back(node.id);
      const auto [first, fresh] = nodes_.emplace(identity_of(node.id), &node);
      if (fresh) continue;
      error(node.where, fmt::format("the id \"{}\" is used twice, first at {}; give one of them another id", node.id,
                                    place(first->second->where)));
    }
  }

  const Node* resolve(std::string_view id) const {
    const auto found = nodes_.find(identity_of(id));
    return found == nodes_.end() ? nullptr : found->second;
  }

  /// The node, or nothing after a diagnostic. An id in another letter case is an error: the text form spells one way.
  const Node* need_node(const Where& where, std::string_view role, const std::string& id) {
    const Node* node = resolve(id);
    if (node == nullptr && std::ranges::find(map_.broken, id) != map_.broken.end()) return nullptr;
    if (node == nullptr) {
      error(where, fmt::format("{} \"{}\" is no node of the map{}", role, shortened(id, 80), nearest(id)));
    } else if (node->id != id) {
      error(where, fmt::format("{} \"{}\" is spelt \"{}\" where it is defined; use that spelling", role, id, node->id));
    }
    return node;
  }

  std::string nearest(std::string_view id) {
    // Looking for a near spelling costs time per fault; a map with many dangling links shows the same fault again and again.
    if (++guesses_ > 100) return "; add it or remove this";
    const std::string hint = did_you_mean(id, ids_);
    return hint.empty() ? "; add it or remove this" : hint;
  }

  void check_info() {
    if (map_.info.title.empty()) error(map_.info.where, "the map has no title; add \"map\": {\"title\": …}");
    std::unordered_set<std::string_view> listed;
    for (const std::string& group : map_.info.groups) {
      const Node* node = need_node(map_.info.where, "the group", group);
      if (node != nullptr && node->kind != Kind::group) {
        error(map_.info.where,
              fmt::format("\"{}\" is {}; the groups of a map are groups", group, with_article(name_of(node->kind))));
      }
      if (!listed.insert(group).second) error(map_.info.where, fmt::format("the map lists the group \"{}\" twice", group));
    }
  }

  void check_node(const Node& node) {
    if (!is_printable_id(node.id)) {
      error(node.where,
            fmt::format(
                "the id \"{}\" is not usable; 1 to {} bytes, no blanks at the ends, no control characters or no-break spaces",
                shortened(node.id, 60), longest_id));
    }
    if (node.title.empty()) error(node.where, fmt::format("\"{}\" has no title", node.id));
    if (node.priority && (*node.priority < 1 || *node.priority > 5)) {
      error(node.where, fmt::format("the priority {} of \"{}\" is not in 1 to 5", *node.priority, node.id));
    }
    if (node.state && node.kind != Kind::deliverable) {
      error(node.where,
            fmt::format("\"{}\" is {} and has no state; only deliverables have one", node.id, with_article(name_of(node.kind))));
    }
    for (std::size_t i = 0; i < node.dates.size(); ++i) {
      const NodeDate& date = node.dates[i];
      const bool life = parse<State>(date.what).has_value();
      const bool span = date.what == "since" || date.what == "until";
      if (node.kind == Kind::deliverable ? !life : !span) {
        error(node.where,
              fmt::format("\"{}\" is no date of {}; {}", date.what, with_article(name_of(node.kind)),
                          node.kind == Kind::deliverable ? "use proposed, draft, approved, published, superseded or withdrawn"
                                                         : "use since or until"));
      }
      for (std::size_t j = 0; j < i; ++j) {
        if (node.dates[j].what == date.what) error(node.where, fmt::format("\"{}\" has two dates \"{}\"", node.id, date.what));
      }
    }
    check_date_order(node);
  }

  void check_date_order(const Node& node) {
    std::vector<std::pair<int, const NodeDate*>> steps;
    for (const NodeDate& date : node.dates) {
      if (const auto state = parse<State>(date.what)) {
        steps.emplace_back(static_cast<int>(*state), &date);
      } else {
        steps.emplace_back(date.what == "since" ? 0 : 1, &date);
      }
    }
    std::ranges::stable_sort(steps, {}, [](const auto& s) { return s.first; });
    for (std::size_t i = 1; i < steps.size(); ++i) {
      if (steps[i].second->date.last_day() < steps[i - 1].second->date.first_day()) {
        error(node.where,
              fmt::format("\"{}\" is {} {} and only later {} {}; one of the dates is wrong", node.id, steps[i].second->what,
                          to_string(steps[i].second->date), steps[i - 1].second->what, to_string(steps[i - 1].second->date)));
      }
    }
  }

  void check_aliases() {
    std::unordered_map<std::string, const Node*> owner;
    for (const Node& node : map_.nodes) {
      for (const std::string& alias : node.aliases) {
        const std::string key = identity_of(alias);
        if (!is_printable_id(alias)) {
          error(node.where,
                fmt::format("the alias \"{}\" of \"{}\" is not usable; see the rule for ids", shortened(alias, 60), node.id));
        }
        if (const Node* other = resolve(alias); other != nullptr && other != &node) {
          warning(node.where, fmt::format("the alias \"{}\" of \"{}\" is the id of another node; the id wins", alias, node.id));
        }
        const auto [first, fresh] = owner.emplace(key, &node);
        if (!fresh && first->second == &node) {
          error(node.where, fmt::format("the alias \"{}\" of \"{}\" stands twice", alias, node.id));
        } else if (!fresh) {
          warning(node.where, fmt::format("the alias \"{}\" stands for \"{}\" and \"{}\"; asking for it lists both", alias,
                                          first->second->id, node.id));
        }
      }
    }
  }

  void check_link(const Link& link) {
    const Node* from = need_node(link.where, "\"from\"", link.from);
    const Node* to = need_node(link.where, "\"to\"", link.to);
    if (from != nullptr && to != nullptr) {
      if (from == to) {
        error(link.where, fmt::format("\"{}\" is linked to itself", link.from));
      } else if (!is_allowed(from->kind, link.relation, to->kind)) {
        // Without a line, the names say which link it is.
        const std::string which =
            link.where.line == 0 ? fmt::format("\"{}\" {} \"{}\": ", link.from, name_of(link.relation), link.to) : std::string();
        error(link.where, fmt::format("{}{} cannot be linked by {} to {}; {}", which, with_article(name_of(from->kind)),
                                      name_of(link.relation), with_article(name_of(to->kind)), what_is_allowed(link.relation)));
      }
    }
    const bool covers = link.relation == Relation::covers;
    if (covers && !link.degree) error(link.where, "a covers link needs a degree: full, partial or none");
    if (!covers && link.degree) {
      error(link.where, fmt::format("{} link has no degree; only covers has one", with_article(name_of(link.relation))));
    }
    if (!covers && link.relation != Relation::mentions && !link.clause.empty()) {
      error(link.where,
            fmt::format("{} link has no clause; only covers and mentions have one", with_article(name_of(link.relation))));
    }
    if (!covers && !link.questioned.empty()) {
      error(link.where, fmt::format("{} link is not questioned; only covers is", with_article(name_of(link.relation))));
    }
    if (link.set_relation && link.relation != Relation::maps_to) {
      if (!covers || (to != nullptr && to->kind != Kind::requirement && to->kind != Kind::capability)) {
        error(link.where, "a set_relation belongs to a covers link to a requirement or capability, or to a maps-to link");
      } else if (link.degree && degree_of(*link.set_relation) != *link.degree) {
        error(link.where, fmt::format("the set_relation {} means {}, but the degree says {}", name_of(*link.set_relation),
                                      name_of(degree_of(*link.set_relation)), name_of(*link.degree)));
      }
    }
    if (link.strength) {
      if (!covers && link.relation != Relation::maps_to)
        error(link.where,
              fmt::format("{} link has no strength; only covers and maps-to have one", with_article(name_of(link.relation))));
      if (*link.strength < 0 || *link.strength > 10) {
        error(link.where, fmt::format("the strength {} is not in 0 to 10", *link.strength));
      }
    }
    if (covers && link.status == Status::asserted && link.rationale.empty()) {
      warning(link.where, fmt::format("\"{}\" covers \"{}\" without a rationale; say why in one sentence", link.from, link.to));
    }
  }

  static std::string what_is_allowed(Relation relation) {
    std::vector<std::string> pairs;
    for (const Triple& t : allowed_triples()) {
      if (t.relation == relation) pairs.push_back(fmt::format("{} to {}", name_of(t.from), name_of(t.to)));
    }
    return fmt::format("{} links {}", name_of(relation), join(pairs, ", "));
  }

  /// The same statement by the same person twice; two people may say the same, or differ.
  void check_repeated_links() {
    std::unordered_map<std::string, const Link*> seen;
    seen.reserve(map_.links.size());
    for (const Link& link : map_.links) {
      std::string from = link.from;
      std::string to = link.to;
      if (is_symmetric(link.relation) && natural_less(to, from)) std::swap(from, to);
      std::string key = fmt::format("{}\n{}\n{}\n{}", from, static_cast<int>(link.relation), to, identity_of(link.by));
      const auto [first, fresh] = seen.emplace(std::move(key), &link);
      if (!fresh) {
        error(link.where,
              fmt::format("\"{}\" {} \"{}\" is said twice{}, first at {}; keep one", link.from, name_of(link.relation), link.to,
                          link.by.empty() ? "" : " by " + link.by, place(first->second->where)));
      }
    }
  }

  void check_search(const Search& search) {
    if (!is_printable_id(search.id))
      error(search.where, fmt::format("the id \"{}\" of the search is not usable", shortened(search.id, 60)));
    if (!search_ids_.insert(identity_of(search.id)).second) {
      error(search.where, fmt::format("the search id \"{}\" is used twice", search.id));
    }
    if (search.by.empty()) error(search.where, fmt::format("the search \"{}\" does not say who looked (by)", search.id));
    if (search.catalogues.empty())
      error(search.where, fmt::format("the search \"{}\" does not say which catalogues were searched", search.id));
    std::unordered_set<std::string_view> catalogues;
    for (const SearchedCatalogue& c : search.catalogues) {
      if (!catalogues.insert(c.name).second)
        error(search.where, fmt::format("the search \"{}\" lists the catalogue \"{}\" twice", search.id, c.name));
      if (c.records && *c.records < 0)
        error(search.where, fmt::format("the catalogue \"{}\" cannot have {} records", c.name, *c.records));
    }
    for (const JudgedCandidate& c : search.candidates) {
      if (std::ranges::find(search.needs, c.need) == search.needs.end()) {
        error(search.where, fmt::format("the search \"{}\" judges \"{}\" for \"{}\", which it does not list as a need", search.id,
                                        shortened(c.document, 60), c.need));
      }
      if (c.document.empty())
        error(search.where, fmt::format("the search \"{}\" judges a document without naming it", search.id));
    }
    std::set<std::pair<std::string_view, std::string_view>> waiting;
    for (const UnjudgedCandidate& c : search.unjudged) {
      if (std::ranges::find(search.needs, c.need) == search.needs.end()) {
        error(search.where,
              fmt::format("in the search \"{}\" \"{}\" waits to be judged for \"{}\", which it does not list as a need",
                          search.id, shortened(c.document, 60), c.need));
      }
      if (c.document.empty())
        error(search.where, fmt::format("in the search \"{}\" a document waits to be judged without being named", search.id));
      const bool searched = std::ranges::any_of(
          search.catalogues, [&](const SearchedCatalogue& s) { return identity_of(s.name) == identity_of(c.catalogue); });
      if (!searched) {
        error(search.where,
              fmt::format("in the search \"{}\" \"{}\" came with the catalogue \"{}\", which it does not list; name one "
                          "of its catalogues",
                          search.id, shortened(c.document, 60), shortened(c.catalogue, 60)));
      }
      if (!waiting.emplace(c.need, c.document).second) {
        error(search.where, fmt::format("in the search \"{}\" \"{}\" waits twice to be judged for \"{}\"; keep one", search.id,
                                        shortened(c.document, 60), c.need));
      }
    }
    if (search.signature && search.signature->by.empty()) {
      error(search.where,
            fmt::format("the search \"{}\" is signed by nobody; give a name, or leave the signature out", search.id));
    }
    for (const SearchedWords& q : search.queries) {
      if (q.hits && *q.hits < 0)
        error(search.where, fmt::format("the query \"{}\" cannot have {} hits", shortened(q.words, 60), *q.hits));
    }
    std::unordered_set<std::string_view> listed;
    for (const std::string& need : search.needs) {
      const Node* node = need_node(search.where, "the need", need);
      if (node != nullptr && !is_need(node->kind)) {
        error(search.where, fmt::format("\"{}\" is {}, which deliverables cannot cover; a search lists needs", need,
                                        with_article(name_of(node->kind))));
      }
      if (!listed.insert(need).second) error(search.where, fmt::format("the search \"{}\" lists \"{}\" twice", search.id, need));
    }
  }

  void check_life() {
    for (const Node& node : map_.nodes) {
      if (node.kind != Kind::deliverable) continue;
      if (!node.state && node.dates.empty()) {
        error(node.where,
              fmt::format(
                  "\"{}\" has neither a state nor a date; say proposed, draft, approved, published, superseded or withdrawn",
                  node.id));
      } else if (node.dates.empty() && !node.source.seen && !map_.info.date) {
        warning(node.where, fmt::format("\"{}\" has no date and no day on which it was seen; it counts on every date", node.id));
      }
      if (!node.state || node.dates.empty()) continue;
      State latest = State::proposed;
      for (const NodeDate& date : node.dates) {
        if (const auto state = parse<State>(date.what)) latest = std::max(latest, *state);
      }
      if (latest > *node.state) {
        error(node.where, fmt::format("\"{}\" has the state {} but a date {}; the state must be the last one reached", node.id,
                                      name_of(*node.state), name_of(latest)));
      }
    }
  }

  const Map& map_;
  std::vector<Diagnostic> diagnostics_;
  std::unordered_map<std::string, const Node*> nodes_;
  std::vector<std::string_view> ids_;
  std::unordered_set<std::string> search_ids_;
  int guesses_ = 0;
};

}  // namespace

std::vector<Diagnostic> validate(const Map& map) { return Validator(map).run(); }

}  // namespace lacuna
