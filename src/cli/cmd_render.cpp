#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "lacuna/deck.hpp"
#include "lacuna/render.hpp"

namespace lacuna {
namespace {

struct Arguments : ListingArguments {
  std::string view;
  std::string name;
  std::string as;
  std::string by = "objective";
  std::vector<std::string> groups;
  std::string layout;
};

/// The format that was asked for, else the one that the output's extension names, else SVG.
std::string format_of(const Arguments& arguments) {
  if (!arguments.as.empty()) return arguments.as;
  std::string extension = std::filesystem::path(arguments.output).extension().string();
  if (extension.empty()) return "svg";
  extension = lower(extension.substr(1));
  for (const PictureFormat& f : picture_formats()) {
    if (f.name == extension) return extension;
  }
  throw Error(ErrorCode::usage, arguments.output, fmt::format("no picture format is called \"{}\"; one of {}", extension, join(names_in(picture_formats()), ", ")));
}

/// Slides on the user's own layout; what is wrong with that is told of its file.
std::string slides_of(const Result& result, const std::string& layout) {
  const std::string bytes = read_file(layout);
  try {
    return render_pptx(deck_of(result), bytes);
  } catch (const Error& error) {
    const std::string before = error.where() + ": ";
    const std::string what = error.what();
    if (error.code() != ErrorCode::bad_input || !what.starts_with(before)) throw;
    throw Error(error.code(), layout, what.substr(before.size()));
  }
}

void declare(CLI::App& app, Context& context) {
  static Arguments arguments;
  std::string view_help = "What to draw:";
  for (const View& v : views()) view_help += fmt::format(" {} ({});", v.name, v.help);
  view_help.pop_back();
  app.add_option("--view", arguments.view, view_help)->required()->check(one_of(names_in(views())))->type_name("VIEW");
  app.add_option("NAME", arguments.name, "The node that \"around\" is about, or the session (\"Session 2\", or 2)");
  std::string format_help = "Picture format:";
  for (const PictureFormat& f : picture_formats()) format_help += fmt::format(" {} ({});", f.name, f.help);
  app.add_option("--format", arguments.as, format_help + " default: by the extension of -o, else svg")->check(one_of(names_in(picture_formats())))->type_name("FORMAT");
  add_listing_options(app, arguments, {.format = false, .limit = false, .explain = false});
  app.add_option("--by", arguments.by, "Rows of the coverage view: objective, topic, session or need")->check(one_of({"objective", "topic", "session", "need"}))->capture_default_str();
  app.add_option("--groups", arguments.groups, "Groups to show (commas between); default: those that cover most")->delimiter(',')->check(not_empty())->type_name("GROUP,…");
  app.add_option("--template", arguments.layout, "The .pptx or .potx whose theme and layouts the slides take over; for pptx")->check(existing_file())->type_name("FILE");
  app.callback([&context] {
    static constexpr Kind group[] = {Kind::group};
    const std::string format = format_of(arguments);
    const auto row = std::ranges::find(picture_formats(), format, &PictureFormat::name);
    if (row->binary) keep_from_terminal(format, arguments.output);
    if (!arguments.layout.empty() && !row->takes_template) throw Error(ErrorCode::usage, "--template", fmt::format("{} takes no template; pptx does", format));
    const Graph graph = graph_for(Store(context.map_path), arguments, Store::Texts::skip);
    Params params = params_of(arguments, graph, context);
    params.by = arguments.by == "need" ? Kind::requirement : parse<Kind>(arguments.by).value_or(Kind::objective);
    for (const std::string& name : arguments.groups) params.columns.push_back(graph.find(name, group));
    for (const View& view : views()) {
      if (view.name != arguments.view) continue;
      if (view.needs_subject && arguments.name.empty()) {
        throw Error(ErrorCode::usage, "", fmt::format("the view {} needs a name: lacuna render --view {} NAME", view.name, view.name));
      }
      if (!view.needs_subject && !arguments.name.empty()) {
        throw Error(ErrorCode::usage, "", fmt::format("the view {} takes no name, but \"{}\" was given", view.name, shortened(arguments.name, 40)));
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
      if (format == "pptx") return deliver(arguments.layout.empty() ? render_pptx(deck_of(result), "") : slides_of(result, arguments.layout), arguments.output);
      return deliver(render_picture(*result.picture, format), arguments.output);
    }
  });
}

constexpr Example examples[] = {
    {"lacuna render --view relationship -o map.svg", "The whole workshop on one slide."},
    {"lacuna render --view coverage --by topic -o coverage.pdf", "A heat map of topics against groups."},
    {"lacuna render --view gaps --scope SG17 -o gaps.png", "What is missing, and whom it concerns."},
    {"lacuna render --view around X.1753 -o x1753.svg", "One node and its neighbours."},
    {"lacuna render --view session 3 -o session-3.svg", "What Session 3 discusses."},
    {"lacuna render --view gaps --template house.potx -o gaps.pptx", "A slide in the style of the house, to be moved about in PowerPoint."},
};

}  // namespace

const Command cmd_render{
    "render", "draw the map for a slide",
    "Draws one view of the map on a 16:9 page. Title, as-of date, scope, denominator and legend stand on every picture. States differ by "
    "colour, by lightness and by sign, so that they survive a black-and-white printer. Labels are text, never markup.",
    examples, "", declare};

}  // namespace lacuna
