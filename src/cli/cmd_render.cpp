#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/outputs.hpp"
#include "lacuna/deck.hpp"
#include "lacuna/render.hpp"
#include "render/svg.hpp"

namespace lacuna {
namespace {

struct RenderArguments : ListingArguments {
  std::string view;
  std::string name;
  std::string as;
  std::string by = "objective";
  std::vector<std::string> groups;
  std::string layout;
  std::size_t page = 0;
};

/// One page as it is; several as files beside each other.
void deliver_pages(const std::vector<Picture>& pages, std::string_view format, const RenderArguments& arguments,
                   const Graph& graph, const Context& context) {
  const auto drawn = [&](const Picture& page) {
    return format == "svg" ? render_svg(page, &graph) : render_picture(page, format);
  };
  if (arguments.page > pages.size())
    throw Error(ErrorCode::usage, "--page", fmt::format("the picture has {}", count_of(pages.size(), "page")));
  if (pages.size() == 1 || arguments.page > 0)
    return context.deliver(drawn(pages[std::max<std::size_t>(1, arguments.page) - 1]), arguments.output);
  if (arguments.output.empty())
    throw Error(ErrorCode::usage, "-o",
                fmt::format("the picture has {}: name a file for them (map.{} becomes map-1.{} …), or one of them with --page",
                            count_of(pages.size(), "page"), format, format));
  const std::filesystem::path path(arguments.output);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    std::filesystem::path page = path;
    page.replace_filename(fmt::format("{}-{}{}", path.stem().string(), i + 1, path.extension().string()));
    context.deliver(drawn(pages[i]), page.string());
  }
}

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
  line.add("--page", &arguments.page,
           "Of a matrix with more rows than a page has room for, only this page; default: every page, as "
           "NAME-1, NAME-2, … beside each other")
      .called("N");
  line.runs([&context, &arguments] {
    const PictureFormat& format = format_for(picture_formats(), arguments.as, arguments.output, "svg");
    if (format.binary) context.keep_from_terminal(format.name, arguments.output);
    if (!arguments.layout.empty() && !format.takes_template)
      throw Error(ErrorCode::usage, "--template", fmt::format("{} takes no template; pptx does", format.name));
    Workbench bench(context.map_path, context.profile(), arguments, Store::Texts::skip);
    if (arguments.view == "session") {
      context.tell_catalogues(bench.store());
      bench.use_outlook();  // Its ways forward are those that suggest lists.
    }
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
        params.subject = view.subject_kind == Kind::session ? session_called(graph, arguments.name) : graph.find(arguments.name);
      }
      const Result result = view.ask(graph, params);
      if (format.takes_template)
        return context.deliver(
            on_layout(arguments.layout, [&](std::string_view layout) { return render_pptx(deck_of(result), layout); }),
            arguments.output);
      return deliver_pages(format.name == "dot" ? std::vector{*result.picture} : pages_of(*result.picture), format.name,
                           arguments, graph, context);
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
    "colour, by lightness and by sign, so that they survive a black-and-white printer. Labels are text, never markup. In an SVG "
    "file every box has an id and data-id "
    "after its node (box=RC27), its title for pointers and screen readers, and leads to the address of its node, where it has "
    "one.",
    render_examples,
    "",
    declare_render,
    Command::Makes::file};

}  // namespace lacuna
