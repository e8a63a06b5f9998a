// add, set, remove, rename: nodes of a map by hand.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "change/typed_members.hpp"
#include "cli/edits.hpp"

namespace lacuna {
namespace {

struct EditArguments : EditOptions {
  std::string kind;
  std::string name;
  std::string id;
  std::vector<std::string> members;
  bool with_links = false;
};

void declare_add(CommandLine& line, Context& context) {
  auto& arguments = line.hold<EditArguments>();
  line.add("KIND", &arguments.kind, join(names_in(words<Kind>()), ", "))
      .required()
      .check(OneOf{names_in(words<Kind>())})
      .called("KIND");
  line.add("NAME", &arguments.name, "Its identifier; of a deliverable in any spelling that the catalogues know")
      .required()
      .check(NotEmpty{})
      .called("NAME");
  add_members_option(line, arguments.members, ItemKey::Of::node);
  add_edit_options(line, arguments);
  line.runs([&context, &arguments] {
    tell_edit(
        context, arguments,
        add_node(context.map_path, *parse<Kind>(arguments.kind), arguments.name, arguments.members, occasion_of(arguments)));
  });
}

void declare_set(CommandLine& line, Context& context) {
  auto& arguments = line.hold<EditArguments>();
  line.add("NAME", &arguments.name, "The node, by any of its names; \"map\" for the map itself; or a search record")
      .required()
      .check(NotEmpty{})
      .called("NAME")
      .offers(NamesOnMap{"node"});
  add_members_option(line, arguments.members, ItemKey::Of::node).required();
  add_edit_options(line, arguments);
  line.runs([&context, &arguments] {
    tell_edit(context, arguments, set_members(context.map_path, arguments.name, arguments.members, occasion_of(arguments)));
  });
}

void declare_remove(CommandLine& line, Context& context) {
  auto& arguments = line.hold<EditArguments>();
  line.add("NAME", &arguments.name, "The node, by any of its names")
      .required()
      .check(NotEmpty{})
      .called("NAME")
      .offers(NamesOnMap{"node"});
  line.add("--with-links", &arguments.with_links, "Take its links, and what search records say of it, away, too");
  add_edit_options(line, arguments);
  line.runs([&context, &arguments] {
    tell_edit(context, arguments, remove_node(context.map_path, arguments.name, arguments.with_links, occasion_of(arguments)));
  });
}

void declare_rename(CommandLine& line, Context& context) {
  auto& arguments = line.hold<EditArguments>();
  line.add("NAME", &arguments.name, "The node, by any of its names")
      .required()
      .check(NotEmpty{})
      .called("NAME")
      .offers(NamesOnMap{"node"});
  line.add("NEW-NAME", &arguments.id, "Its identifier from now on").required().check(NotEmpty{}).called("NEW-NAME");
  add_edit_options(line, arguments);
  line.runs([&context, &arguments] {
    tell_edit(context, arguments, give_identifier(context.map_path, arguments.name, arguments.id, occasion_of(arguments)));
  });
}

constexpr Example add_examples[] = {
    {"lacuna add requirement RC91 title=\"Watermarks survive fine-tuning\" priority=2 --why \"asked for in session 3\"",
     "A need that was missing."},
    {"lacuna add deliverable \"ITU-T X.1254 (09/2020)\" title=\"Entity authentication assurance framework\" "
     "dates.published=2020-09",
     "A document; where the catalogues know it, title, state, dates and group come along, and need not be typed."},
    {"lacuna add group \"ITU-T FG-AINN\" title=\"Focus Group on AI Native for Telecommunication Networks\" --dry-run",
     "What it would do."},
};
constexpr Example set_examples[] = {
    {"lacuna set RC27 priority=1", "One member of a node."},
    {"lacuna set RC27 aliases+=\"membership inference\" attributes.owner=SG17", "An alias more, and an attribute of one's own."},
    {"lacuna set X.1753 dates.published=2025-12 state=published --why \"in force since the plenary\"",
     "A date and the state of a deliverable."},
};
constexpr Example remove_examples[] = {
    {"lacuna remove RC90", "A node on which nothing rests."},
    {"lacuna remove RC90 --with-links --why \"the same as RC27\"", "With its links, and what search records say of it."},
    {"lacuna undo", "And all of it back."},
};
constexpr Example rename_examples[] = {
    {"lacuna rename X.sgGenAI \"ITU-T X.1234 (06/2026)\"",
     "A work item that became a Recommendation; its links follow, the earlier name stays as an alias."},
    {"lacuna rename RC90 RC92 --dry-run", "What it would do."},
    {"lacuna log RC90", "What was done to it under either name."},
};

constexpr std::string_view edit_diagnostics =
    "Status 1 when the rules of the map forbid it, saying which; 2 when the name is taken or a member is none.";

}  // namespace

extern const Command cmd_add{
    "add",
    "add a node to a map",
    "Members are typed as NAME=VALUE. A deliverable that the catalogues know comes with its record. One change in the "
    "log; lacuna undo takes it back. Many at once: a file in the text form of maps, and lacuna apply.",
    add_examples,
    edit_diagnostics,
    declare_add};
extern const Command cmd_set{
    "set",
    "change what a node, a search record or the map itself says",
    "Members are typed as NAME=VALUE; NAME= leaves nothing there; of lists NAME+=VALUE and NAME-=VALUE, with "
    "semicolons between several. Where somebody else gave the member another value at the same time, "
    "that is settled.",
    set_examples,
    edit_diagnostics,
    declare_set};
extern const Command cmd_remove{
    "remove",        "take a node from a map", "A node that links or search records speak of stays, unless these are to go, too.",
    remove_examples, edit_diagnostics,         declare_remove};
extern const Command cmd_rename{
    "rename",
    "give a node another identifier",
    "Links, search records and the groups that are shown follow. The earlier identifier stays as an alias: what "
    "others still say of it arrives.",
    rename_examples,
    edit_diagnostics,
    declare_rename};

}  // namespace lacuna
