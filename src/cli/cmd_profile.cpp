// profile: every weight, threshold and penalty, and what is odd about them.
#include <fmt/format.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "lacuna/import.hpp"

namespace lacuna {
namespace {

struct ProfileArguments : ListingArguments {
  std::string action;
  std::string file;
};

/// Settings that are allowed and make little sense.
std::vector<std::string> oddities(const Profile& p) {
  std::vector<std::string> list;
  if (p.degree[1] > p.degree[0])
    list.push_back("degree.partial is above degree.full: covering in part counts for more than covering in full");
  if (p.degree[2] > 0) list.push_back("degree.none is above 0: a text that does not cover a need adds to its score");
  for (std::size_t s = 1; s <= static_cast<std::size_t>(State::published); ++s) {
    if (p.maturity[s] < p.maturity[s - 1]) {
      list.push_back(fmt::format("maturity.{} is below maturity.{}: a deliverable loses by going on", words<State>()[s].name,
                                 words<State>()[s - 1].name));
    }
  }
  for (const State s : {State::superseded, State::withdrawn}) {
    if (p.maturity[s] > p.maturity[State::published])
      list.push_back(fmt::format("maturity.{} is above maturity.published", name_of(s)));
  }
  const auto all_zero = [](const auto& values) { return std::ranges::all_of(values, [](double v) { return v == 0; }); };
  if (all_zero(p.rank)) list.push_back("all weights of rank are 0: ways forward cannot be told apart");
  if (all_zero(p.gap)) list.push_back("all weights of gap are 0: gaps cannot be told apart");
  if (all_zero(p.affinity)) list.push_back("all weights of affinity are 0: no gaps are grouped");
  if (p.penalty[Penalty::partial] < p.penalty[Penalty::full])
    list.push_back("compare.penalty.partial is below compare.penalty.full");
  return list;
}

Result shown(const Profile& profile) {
  using enum Column::Format;
  Result result;
  result.schema = "profile-1";
  result.title = fmt::format("Profile \"{}\", {}", profile.name, profile.hash);
  Table table{
      "weights",
      "",
      {{"name", "weight", text}, {"value", "value", number}, {"default", "default", number}, {"meaning", "meaning", prose}},
      {}};
  const std::vector<Knob> own = knobs(profile);
  const std::vector<Knob> built_in = knobs(default_profile());
  for (std::size_t i = 0; i < own.size(); ++i) {
    Value row = Value::object();
    row.set("name", own[i].name)
        .set("value", own[i].value)
        .set("default", own[i].value == built_in[i].value ? Value() : Value(built_in[i].value))
        .set("meaning", own[i].meaning);
    table.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(table));
  return result;
}

std::string checked(const Profile& profile, const std::string& file) {
  const std::vector<Knob> own = knobs(profile);
  const std::vector<Knob> built_in = knobs(default_profile());
  std::vector<std::string> changes;
  for (std::size_t i = 0; i < own.size(); ++i) {
    if (own[i].value != built_in[i].value)
      changes.push_back(fmt::format("  {} {} (built in: {})\n", own[i].name, own[i].value, built_in[i].value));
  }
  std::string text = fmt::format(
      "{}: profile \"{}\", {}: {}", file, profile.name, profile.hash,
      changes.empty() ? "as built in\n" : fmt::format("{} of {} differ from the built-in profile\n", changes.size(), own.size()));
  for (const std::string& change : changes) text += change;
  for (const std::string& odd : oddities(profile)) text += fmt::format("  odd: {}\n", odd);
  return text;
}

void run_profile(const ProfileArguments& arguments, Context& context) {
  if (arguments.action == "check") {
    if (arguments.file.empty()) throw Error(ErrorCode::usage, "", "name the profile to check: lacuna profile check FILE");
    return context.deliver(checked(read_profile(read_file(arguments.file, most_of_a_profile), arguments.file), arguments.file),
                           arguments.output);
  }
  if (!arguments.file.empty()) context.profile_path = arguments.file;
  if (arguments.format != "json") return context.print(shown(context.profile()), arguments);
  // The file itself: something to begin one's own with.
  static_cast<void>(context.profile());
  context.deliver(
      context.profile_path.empty() ? std::string(default_profile_text()) : read_file(context.profile_path, most_of_a_profile),
      arguments.output);
}

void declare_profile(CommandLine& line, Context& context) {
  auto& arguments = line.hold<ProfileArguments>();
  line.add("ACTION", &arguments.action,
           "show (every weight with its meaning; with --format json, the file itself) or check (a file: faults, what differs, "
           "what is odd)")
      .required()
      .check(OneOf{{"show", "check"}})
      .called("ACTION");
  line.add("FILE", &arguments.file, "The profile; default for show: the one named by --profile, else the built-in one")
      .called("FILE");
  add_listing_options(line, arguments, {.scope = false, .filters = false, .limit = false, .as_of = false, .explain = false});
  line.runs([&context, &arguments] { run_profile(arguments, context); });
}

constexpr Example profile_examples[] = {
    {"lacuna profile show", "Every weight, threshold and penalty, and what it means."},
    {"lacuna profile show --format json -o mine.json", "A file to change and to name with --profile."},
    {"lacuna profile check mine.json",
     "Faults with their lines; what differs from the built-in profile; what makes little sense."},
};

}  // namespace

extern const Command cmd_profile{"profile",
                                 "the weights, thresholds and penalties behind every figure",
                                 "All of them stand in one file. Results name the profile and the hash of its values: two "
                                 "results with one hash were made with the same values. How far a ranking hangs on them, gaps "
                                 "--sensitivity and suggest --sensitivity say.",
                                 profile_examples,
                                 "check: status 1 with file and line of the first fault.",
                                 declare_profile};

}  // namespace lacuna
