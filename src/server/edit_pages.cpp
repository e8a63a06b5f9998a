// Forms that change what the map says: nodes, links, and what two people said differently.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/names.hpp"
#include "base/text.hpp"
#include "change/apply.hpp"
#include "change/typed_members.hpp"
#include "formats/table.hpp"
#include "lacuna/graph.hpp"
#include "lacuna/store.hpp"
#include "model/values.hpp"
#include "server/guard.hpp"
#include "server/site.hpp"
#include "workbench/editing.hpp"

namespace lacuna {
namespace {

struct MemberField {
  std::string name;
  std::string label;
  bool long_text = false;
};

/// What can be filled in of a node of that kind, and what it has beside.
std::vector<MemberField> fields_of(const Node& node) {
  std::vector<MemberField> fields{{"title", "Title"}, {"text", "Text", true}, {"aliases", "Other names, with ; between"}};
  if (is_need(node.kind)) fields.push_back({"priority", "Priority, 1 to 5"});
  if (node.kind == Kind::deliverable) fields.push_back({"state", "State"});
  for (const NodeDate& date : node.dates) fields.push_back({"dates." + date.what, "Date: " + date.what});
  if (node.kind == Kind::deliverable && node.dates.empty()) fields.push_back({"dates.published", "Date: published"});
  fields.push_back({"address", "Address"});
  return fields;
}

std::string input(const MemberField& field, const std::string& value) {
  const std::string name = html("is." + field.name);
  return field.long_text
             ? fmt::format("<label>{} <textarea name=\"{}\" rows=\"5\">\n{}</textarea></label>\n", html(field.label), name,
                           html(value))
             : fmt::format("<label>{} <input name=\"{}\" value=\"{}\"></label>\n", html(field.label), name, html(value));
}

/// Line ends of forms are CR LF.
std::string as_typed(std::string text) {
  std::erase(text, '\r');
  return text;
}

Node node_called(Site& site, const std::string& name) {
  const Graph graph = Store(site.served().map).graph(Store::Texts::load);
  return graph.node(graph.find(name));
}

std::string shown(Site& site, const std::string& id) {
  return fmt::format("<a href=\"{}\">{}</a>", html(site.address_of(id)), html(id));
}

std::string lines_text(const ChangeSet& set) {
  const std::vector<std::string> lines = lines_of(set);
  return lines.empty() ? "nothing was changed: it says so already" : join(lines, "\n");
}

/// Somebody is still typing: what would be done is told, and nothing is.
bool only_tried(const Request& request) { return !value_of(request.form, "dry").empty(); }

Occasion occasion_of(const Request& request) {
  return {.by = person_of(request), .why = std::string(trimmed(value_of(request.form, "why"))), .dry = only_tried(request)};
}

Reply tried(const std::string& told) { return {200, "text/plain; charset=utf-8", told + "\n", Guard::headers()}; }

Reply done(const std::string& to, const std::string& told, const std::string& person) {
  Reply reply = see_other(with_told(to, "Saved. " + told));
  remember_person(reply, person);
  return reply;
}

}  // namespace

Reply edit_page(Site& site, const Request& request) {
  const Node node = node_called(site, value_of(request.query, "name"));
  const Value whole = value_of(node);
  std::string body = fmt::format("<h1 dir=\"auto\">Edit {}</h1>\n{}", shown(site, node.id), told_before(request));
  body += "<form class=\"change\" action=\"/edit\" method=\"post\" data-try=\"yes\">\n" + hidden("name", node.id);
  for (const MemberField& field : fields_of(node)) {
    const std::string value = typed_value(whole, field.name);
    body += hidden("was." + field.name, value) + input(field, value);
  }
  body += who_fields(request, "What the change is for, in a sentence, for the log; may be empty");
  body += "<p class=\"buttons\"><button>Save</button></p>\n</form>\n";
  body += "<form class=\"change\" action=\"/edit\" method=\"post\">\n" + hidden("name", node.id);
  body += "<label><input type=\"checkbox\" name=\"with_links\" value=\"yes\"> with all its links</label>\n";
  body += who_fields(request, "Why it goes") +
          "<p class=\"buttons\"><button name=\"remove\" value=\"yes\">Take it off the map</button></p>\n</form>\n";
  return site.page("Edit " + node.id, "/edit", body);
}

Reply edit_post(Site& site, const Request& request) {
  const std::string& name = value_of(request.form, "name");
  const Occasion occasion = occasion_of(request);
  if (!value_of(request.form, "remove").empty()) {
    const ChangeSet set = remove_node(site.served().map, name, !value_of(request.form, "with_links").empty(), occasion);
    return done("/log", lines_text(set), occasion.by);
  }
  std::vector<std::string> seen;
  std::vector<std::string> typed;
  for (const auto& [field, value] : request.form) {
    const std::string is = as_typed(value);
    const std::string member = field.substr(std::min<std::size_t>(3, field.size()));
    if (!field.starts_with("is.")) continue;
    const std::string was = as_typed(value_of(request.form, "was." + member));
    if (is == was) continue;
    seen.push_back(member + "=" + was);
    typed.push_back(member + "=" + is);
  }
  const Edited edited = set_members_seen(site.served().map, name, seen, typed, occasion);
  if (only_tried(request)) return tried(lines_text(edited.set));
  if (edited.conflicts.empty()) return done("/edit?name=" + encoded(name), lines_text(edited.set), occasion.by);
  std::vector<std::string> lines;
  for (const Conflict& conflict : edited.conflicts) lines.push_back(told(conflict));
  return done("/conflicts", fmt::format("Somebody else has changed the same meanwhile; both are kept:\n{}", join(lines, "\n")),
              occasion.by);
}

Reply add_page(Site& site, const Request& request) {
  const std::string& kind = value_of(request.query, "kind");
  std::string body = "<h1>Add to the map</h1>\n" + told_before(request);
  body += "<form class=\"change\" action=\"/add\" method=\"post\" data-try=\"yes\">\n";
  body += fmt::format("<label>Kind <select name=\"kind\">\n{}</select></label>\n",
                      options(names_in(words<Kind>()), kind.empty() ? "deliverable" : kind));
  body += fmt::format(
      "<label>Identifier; of a deliverable in any spelling that the catalogues know <input name=\"name\" value=\"{}\" "
      "data-catalogue=\"yes\" required></label>\n",
      html(value_of(request.query, "name")));
  body +=
      "<label>Title; of what the catalogues know it may be left out <input name=\"title\"></label>\n"
      "<label>Text <textarea name=\"text\" rows=\"4\"></textarea></label>\n";
  body +=
      who_fields(request, "What for, in a sentence, for the log") + "<p class=\"buttons\"><button>Add</button></p>\n</form>\n";
  return site.page("Add", "/add", body);
}

Reply add_post(Site& site, const Request& request) {
  const auto kind = parse<Kind>(value_of(request.form, "kind"));
  if (!kind) throw Error(ErrorCode::usage, "kind", "is no kind of node");
  std::vector<std::string> typed;
  for (const char* member : {"title", "text"}) {
    const std::string value = as_typed(value_of(request.form, member));
    if (!trimmed(value).empty()) typed.push_back(fmt::format("{}={}", member, value));
  }
  const std::string id(trimmed(value_of(request.form, "name")));
  if (id.empty()) throw Error(ErrorCode::usage, "", "an identifier is needed; nothing was changed");
  const Occasion occasion = occasion_of(request);
  const ChangeSet set = add_node(site.served().map, *kind, id, typed, occasion);
  if (only_tried(request)) return tried(lines_text(set));
  const auto added = std::ranges::find_if(set.changes, [](const Change& c) { return c.item.of == ItemKey::Of::node; });
  return done("/edit?name=" + encoded(added == set.changes.end() ? id : added->item.id), lines_text(set), occasion.by);
}

Reply link_page(Site& site, const Request& request) {
  const std::string& name = value_of(request.query, "name");
  std::string from = value_of(request.query, "from");
  std::string to = value_of(request.query, "to");
  std::string body = "<h1>Link</h1>\n" + told_before(request);
  if (!from.empty() && !to.empty() && name.empty())
    body += fmt::format("<p>What the map says now: {}, {}</p>\n", shown(site, from), shown(site, to));
  if (!name.empty()) {
    const Node node = node_called(site, name);
    (is_need(node.kind) ? to : from) = node.id;
  }
  body += "<form class=\"change\" action=\"/link\" method=\"post\" data-try=\"yes\">\n";
  body += fmt::format(
      "<label>From: the deliverable that covers, the group that develops, … <input name=\"from\" value=\"{}\" "
      "data-names=\"node\" required></label>\n",
      html(from));
  body += fmt::format("<label>Relation <select name=\"relation\">\n{}</select></label>\n",
                      options(names_in(words<Relation>()), "covers"));
  body += fmt::format(
      "<label>To: the need that is covered, the deliverable that is developed, … <input name=\"to\" value=\"{}\" "
      "data-names=\"node\" required></label>\n",
      html(to));
  body += fmt::format(
      "<label>Where it covers, to what degree <select name=\"degree\">\n<option value=\"\"></option>\n{}</select></label>\n",
      options(names_in(words<Degree>()), ""));
  body +=
      "<label>Why it holds, as it will stand on the map <textarea name=\"rationale\" rows=\"2\"></textarea></label>\n"
      "<label>Clause <input name=\"clause\"></label>\n";
  body += who_fields(request, "What the change is for, in a sentence, for the log; may be empty");
  body +=
      "<p class=\"buttons\"><button name=\"do\" value=\"add\">Link</button> <button name=\"do\" value=\"set\">Change the "
      "link</button> "
      "<button name=\"do\" value=\"remove\">Take the link away</button></p>\n</form>\n";
  return site.page("Link", "/link", body);
}

Reply link_post(Site& site, const Request& request) {
  LinkNamed link{
      value_of(request.form, "from"), value_of(request.form, "to"), parse<Relation>(value_of(request.form, "relation")), {}};
  if (!link.relation) throw Error(ErrorCode::usage, "relation", "is none of the relations there are");
  const Occasion occasion = occasion_of(request);
  std::vector<std::string> typed;
  for (const char* member : {"degree", "rationale", "clause"}) {
    const std::string value = as_typed(value_of(request.form, member));
    if (!trimmed(value).empty()) typed.push_back(fmt::format("{}={}", member, value));
  }
  const std::string& what = value_of(request.form, "do");
  ChangeSet set;
  if (what == "add") {
    set = add_link(site.served().map, link, typed, occasion);
  } else {
    // What others say of the pair stays.
    link.by = occasion.by;
    set = what == "remove" ? remove_link(site.served().map, link, occasion) : set_link(site.served().map, link, typed, occasion);
  }
  if (only_tried(request)) return tried(lines_text(set));
  return done(fmt::format("/link?from={}&to={}", encoded(link.from), encoded(link.to)), lines_text(set), occasion.by);
}

Reply settle_page(Site& site, const Request& request) {
  const Store store(site.served().map);
  const Map map = store.map();
  const std::vector<Contest> contests = contests_of(map);
  std::string body = "<h1>Conflicts</h1>\n" + told_before(request);
  if (contests.empty()) body += "<p>No member was said differently by two people at the same time.</p>\n";
  std::map<std::pair<std::string, std::string>, std::vector<Said>> blame;  // Of a node, or of the links of a pair, asked once.
  for (const Contest& contest : contests) {
    std::string here_by = "somebody";
    std::string here_when;
    const auto link = link_of_contest(map, contest.node, contest.member);
    const auto [said_of, is_new] = blame.try_emplace({contest.node, link ? link->to : ""});
    if (is_new) said_of->second = find_blame(store, contest.node, link ? link->to : "");
    for (const Said& said : said_of->second) {
      if (link ? contested_member(key_of(*link), said.member) != contest.member || said.item != name_of(key_of(*link))
               : said.member != contest.member)
        continue;
      here_by = said.by.empty() ? here_by : said.by;
      here_when = said.made;
    }
    const auto side = [&](std::string_view heading, const std::string& value, const std::string& by, const std::string& made) {
      std::string out = fmt::format("<section>\n<h2>{}</h2>\n<p dir=\"auto\">{}</p>\n<p class=\"note\">{}{}</p>\n", heading,
                                    value.empty() ? "(nothing)" : html(value), html(by), made.empty() ? "" : ", " + html(made));
      if (!site.served().read_only)
        out += "<form action=\"/conflicts\" method=\"post\">\n" + hidden("node", contest.node) +
               hidden("member", contest.member) + hidden("value", value) + hidden("by", person_of(request)) +
               "<button>This stands</button>\n</form>\n";
      return out + "</section>\n";
    };
    body += fmt::format("<h2 dir=\"auto\">{}: {}</h2>\n<div class=\"pair\">\n", shown(site, contest.node), html(contest.member));
    body += side("The map says", contest.here, here_by, here_when) +
            side("Also said", contest.there, contest.by, day_text(contest.made)) + "</div>\n";
  }
  return site.page("Conflicts", "/conflicts", body);
}

Reply settle_post(Site& site, const Request& request) {
  const std::string person = person_of(request);
  const ChangeSet set = settle_contest(site.served().map, value_of(request.form, "node"), value_of(request.form, "member"),
                                       as_typed(value_of(request.form, "value")), Occasion{.by = person});
  return done("/conflicts", lines_text(set), person);
}

}  // namespace lacuna
