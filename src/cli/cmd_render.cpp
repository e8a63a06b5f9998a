#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/outputs.hpp"
#include "lacuna/deck.hpp"
#include "lacuna/render.hpp"

namespace lacuna {
namespace {

struct RenderArguments : ListingArguments {
  std::string view;
  std::string name;
  std::string as;
  std::string by = "objective";
  std::vector<std::string> groups;
  std::string layout;
};

void declare_render(CommandLine& line, Context& context) {
  auto& arguments = line.hold<RenderArguments>();
  std::string view_help = "What to draw:";
  for (const View& v : views()) view_help += fmt::format(" {} ({});", v.name, v.help);
  view_help.pop_back();
  line.add("--view", &arguments.view, view_help).required().check(OneOf{names_in(views())}).called("VIEW");
  line.add("NAME", &arguments.name, "The node that \"around\" is about, or the session (\"Session 2\", or 2)");
  add_output_options(line, picture_formats(), arguments.as, arguments.layout, "svg",
                     "The .pptx or .potx whose theme and layouts the slides take over; for pptx");
  add_listing_options(line, arguments, {.format = false, .limit = false, .explain = false});
  add_rows_option(line, arguments.by, "Rows of the coverage view");
  line.add("--groups", &arguments.groups, "Groups to show (commas between); default: those that cover most")
      .commas()
      .check(NotEmpty{})
      .called("GROUP,…");
  line.runs([&context, &arguments] {
    const PictureFormat& format = format_for(picture_formats(), arguments.as, arguments.output, "svg");
    if (format.binary) keep_from_terminal(format.name, arguments.output);
    if (!arguments.layout.empty() && !format.takes_template)
      throw Error(ErrorCode::usage, "--template", fmt::format("{} takes no template; pptx does", format.name));
    Workbench bench(context.map_path, context.profile(), arguments, Store::Texts::skip);
    const Graph& graph = bench.graph();
    ViewParams params{{bench.params()}};
    ask_for_rows(params, graph, arguments.by, arguments.groups);
    for (const View& view : views()) {
      if (view.name != arguments.view) continue;
      if (view.needs_subject && arguments.name.empty()) {
        throw Error(ErrorCode::usage, "",
                    fmt::format("the view {} needs a name: lacuna render --view {} NAME", view.name, view.name));
      }
      if (!view.needs_subject && !arguments.name.empty()) {
        throw Error(ErrorCode::usage, "",
                    fmt::format("the view {} takes no name, but \"{}\" was given", view.name, shortened(arguments.name, 40)));
      }
      if (view.needs_subject) {
        if (view.subject_kind == Kind::session) {
          static constexpr Kind session[] = {Kind::session};
          const bool number = arguments.name.find_first_not_of("0123456789") == std::string::npos;
          params.subject = graph.find(number ? "Session " + arguments.name : arguments.name, session);
        } else {
          params.subject = graph.find(arguments.name);
        }
      }
      const Result result = view.ask(graph, params);
      if (format.takes_template)
        return deliver(on_layout(arguments.layout, [&](std::string_view layout) { return render_pptx(deck_of(result), layout); }),
                       arguments.output);
      return deliver(render_picture(*result.picture, format.name), arguments.output);
    }
  });
}

constexpr Example render_examples[] = {
    {"lacuna render --view relationship -o map.svg", "The whole workshop on one slide."},
    {"lacuna render --view coverage --by topic -o coverage.pdf", "A heat map of topics against groups."},
    {"lacuna render --view gaps --scope SG17 -o gaps.png", "What is missing, and whom it concerns."},
    {"lacuna render --view around X.1753 -o x1753.svg", "One node and its neighbours."},
    {"lacuna render --view session 3 -o session-3.svg", "What Session 3 discusses."},
    {"lacuna render --view gaps --template house.potx -o gaps.pptx",
     "A slide in the style of the house, to be moved about in PowerPoint."},
};

}  // namespace

extern const Command cmd_render{
    "render",
    "draw the map for a slide",
    "Draws one view of the map on a 16:9 page. Title, as-of date, scope, denominator and legend stand on every picture. States "
    "differ by "
    "colour, by lightness and by sign, so that they survive a black-and-white printer. Labels are text, never markup.",
    render_examples,
    "",
    declare_render};

}  // namespace lacuna
