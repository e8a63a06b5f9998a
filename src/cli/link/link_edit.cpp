// link add, set, remove: links by hand, of every relation.
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/edits.hpp"
#include "cli/link/link.hpp"

namespace lacuna {
namespace {

struct LinkEditArguments : EditOptions {
  std::string from;
  std::string relation;
  std::string to;
  std::string of;
  std::string degree;
  std::string rationale;
  std::vector<std::string> members;
};

void declare_ends(CommandLine& line, LinkEditArguments& arguments, bool relation) {
  line.add("FROM", &arguments.from, "The node it goes from: of covers the deliverable")
      .required()
      .check(NotEmpty{})
      .called("NAME")
      .offers(NamesOnMap{"node"});
  if (relation)
    line.add("RELATION", &arguments.relation, join(names_in(words<Relation>()), ", "))
        .required()
        .check(OneOf{names_in(words<Relation>())})
        .called("RELATION");
  line.add("TO", &arguments.to, "The node it goes to: of covers the need")
      .required()
      .check(NotEmpty{})
      .called("NAME")
      .offers(NamesOnMap{"node"});
  if (relation) return;
  line.add("--relation", &arguments.relation, "Which, where several join the two")
      .check(OneOf{names_in(words<Relation>())})
      .called("RELATION");
  line.add("--of", &arguments.of, "Whose, where several people say so").check(NotEmpty{}).called("NAME");
}

LinkNamed named(const LinkEditArguments& arguments) {
  LinkNamed link{arguments.from, arguments.to, std::nullopt, arguments.of};
  if (!arguments.relation.empty()) link.relation = parse<Relation>(arguments.relation);
  return link;
}

void declare_link_add(CommandLine& line, Context& context) {
  auto& arguments = line.hold<LinkEditArguments>();
  declare_ends(line, arguments, true);
  line.add("--degree", &arguments.degree, "Of covers, to what degree: full, partial or none")
      .check(OneOf{names_in(words<Degree>())})
      .called("DEGREE");
  line.add("--rationale", &arguments.rationale, "Why, in one sentence, as it will stand on the map")
      .check(NotEmpty{})
      .called("TEXT");
  add_members_option(line, arguments.members, ItemKey::Of::link);
  add_edit_options(line, arguments);
  line.runs([&context, &arguments] {
    std::vector<std::string> members = arguments.members;
    if (!arguments.degree.empty()) members.push_back("degree=" + arguments.degree);
    if (!arguments.rationale.empty()) members.push_back("rationale=" + arguments.rationale);
    const bool judges = arguments.relation == name_of(Relation::covers) || arguments.relation == name_of(Relation::mentions);
    if (judges && arguments.by.empty())
      throw Error(ErrorCode::usage, "--by", "is needed: whoever judges a pair says who they are");
    tell_edit(context, arguments, add_link(context.map_path, named(arguments), members, occasion_of(arguments)));
  });
}

void declare_link_set(CommandLine& line, Context& context) {
  auto& arguments = line.hold<LinkEditArguments>();
  declare_ends(line, arguments, false);
  add_members_option(line, arguments.members, ItemKey::Of::link).required();
  add_edit_options(line, arguments);
  line.runs([&context, &arguments] {
    tell_edit(context, arguments, set_link(context.map_path, named(arguments), arguments.members, occasion_of(arguments)));
  });
}

void declare_link_remove(CommandLine& line, Context& context) {
  auto& arguments = line.hold<LinkEditArguments>();
  declare_ends(line, arguments, false);
  add_edit_options(line, arguments);
  line.runs([&context, &arguments] {
    tell_edit(context, arguments, remove_link(context.map_path, named(arguments), occasion_of(arguments)));
  });
}

}  // namespace

extern const LinkAction link_add{"add", "say by hand that two nodes are linked", declare_link_add};
extern const LinkAction link_set{"set", "change what a link says", declare_link_set};
extern const LinkAction link_remove{"remove", "take a link away", declare_link_remove};

}  // namespace lacuna
