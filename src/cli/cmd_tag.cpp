// tag: named states of a map.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/command.hpp"

namespace lacuna {
namespace {

struct TagArguments : ListingArguments {
  std::string name;
  std::string about;
  std::string made;
  bool replace = false;
  bool remove = false;
};

Result listed(const std::vector<Tag>& tags) {
  using enum Column::Format;
  Result result;
  result.schema = "tags-1";
  result.title = "Tags";
  result.summary.push_back(tags.empty() ? "none; make one with: lacuna tag NAME" : count_of(tags.size(), "tag"));
  Table table{"tags",
              "",
              {{"name", "tag", text},
               {"made", "made", text},
               {"nodes", "nodes", number},
               {"links", "links", number},
               {"bytes", "bytes", number},
               {"about", "about", text}},
              {}};
  for (const Tag& tag : tags) {
    Value row = Value::object();
    row.set("name", tag.name)
        .set("made", to_string(tag.made))
        .set("nodes", tag.nodes)
        .set("links", tag.links)
        .set("bytes", tag.bytes)
        .set("about", tag.about);
    table.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(table));
  return result;
}

void run_tag(const TagArguments& arguments, Context& context) {
  if (arguments.name.empty()) {
    if (arguments.remove || arguments.replace || !arguments.about.empty() || !arguments.made.empty())
      throw Error(ErrorCode::usage, "", "name the tag");
    return context.print(listed(Store(context.map_path).tags()), arguments);
  }
  if (arguments.remove) {
    remove_tag(context.map_path, arguments.name);
    return tell_change(context.map_path, fmt::format("{}: tag \"{}\" removed\n", context.map_path, arguments.name));
  }
  const std::optional<Date> made = arguments.made.empty() ? Date::of(today()) : Date::parse(arguments.made);
  if (!made)
    throw Error(ErrorCode::usage, "--made", fmt::format("\"{}\" is no date; write YYYY-MM-DD", shortened(arguments.made, 40)));
  const Tag tag = put_tag(context.map_path, arguments.name, *made, arguments.about, arguments.replace);
  tell_change(context.map_path,
              fmt::format("{}: tag \"{}\" of {}: {}, {}, {} bytes\n", context.map_path, tag.name, to_string(tag.made),
                          count_of(tag.nodes, "node"), count_of(tag.links, "link"), tag.bytes));
}

void declare_tag(CommandLine& line, Context& context) {
  auto& arguments = line.hold<TagArguments>();
  line.add("NAME", &arguments.name, "Name of the state; without it, the tags there are").check(NotEmpty{}).called("NAME");
  line.add("--about", &arguments.about, "What it is, in a sentence").check(NotEmpty{}).called("TEXT");
  line.add("--made", &arguments.made, "The day that stands beside it; default: today").check(NotEmpty{}).called("DATE");
  auto& replace = line.add("--replace", &arguments.replace, "Put it in the place of a tag of that name");
  line.add("--remove", &arguments.remove, "Remove the tag").excludes(replace);
  add_listing_options(line, arguments, {.scope = false, .filters = false, .limit = false, .as_of = false, .explain = false});
  line.runs([&context, &arguments] { run_tag(arguments, context); });
}

constexpr Example tag_examples[] = {
    {"lacuna tag before-geneva --about \"as shown to the plenary\"", "Keeps the map as it stands now."},
    {"lacuna diff before-geneva", "What has changed since."},
    {"lacuna gaps --tag before-geneva", "Any question, answered from the kept state."},
    {"lacuna tag", "The tags there are."},
};

}  // namespace

extern const Command cmd_tag{"tag",
                             "keep the state of a map under a name",
                             "Keeps nodes, links and search records as they stand, packed inside the map: a tenth of their size "
                             "or less. Catalogues are not kept with it. Tags stay when the map is built again from its "
                             "text form. Every question takes --tag NAME; diff compares with a tag.",
                             tag_examples,
                             "",
                             declare_tag};

}  // namespace lacuna
