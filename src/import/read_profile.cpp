#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/json.hpp"
#include "lacuna/import.hpp"

namespace lacuna {
namespace {

using json::Json;

/// Reads the members of one object of the profile, each exactly once.
class Section {
 public:
  Section(const Json& object, std::string name, const std::string& file) : object_(object), name_(std::move(name)), file_(file) {
    if (object.type != Json::Type::object) fail(object.line, fmt::format("{} must be an object", name_));
    used_.resize(object.items.size());
  }

  [[nodiscard]] bool has(std::string_view name) const { return std::ranges::find(object_.names, name) != object_.names.end(); }

  const Json& member(std::string_view name) {
    for (std::size_t i = 0; i < object_.items.size(); ++i) {
      if (object_.names[i] == name) {
        used_[i] = true;
        return object_.items[i];
      }
    }
    fail(object_.line, fmt::format("{} needs \"{}\"", name_, name));
  }

  double number(std::string_view name, double low, double high) {
    const Json& v = member(name);
    const double value = v.type == Json::Type::integer ? static_cast<double>(v.integer) : v.real;
    if (v.type != Json::Type::integer && v.type != Json::Type::real) fail(v.line, fmt::format("\"{}\" must be a number", name));
    if (value < low || value > high) fail(v.line, fmt::format("\"{}\" is {}; it must be from {} to {}", name, value, low, high));
    return value;
  }

  int whole(std::string_view name, int low, int high) {
    const Json& v = member(name);
    if (v.type != Json::Type::integer) fail(v.line, fmt::format("\"{}\" must be a whole number", name));
    return static_cast<int>(number(name, low, high));
  }

  std::string text(std::string_view name) {
    const Json& v = member(name);
    if (v.type != Json::Type::text) fail(v.line, fmt::format("\"{}\" must be a text", name));
    return v.text;
  }

  /// One weight for every word of a closed list. `target` keeps what it has for a word from `newer` on that the file does not
  /// name: a copy from before there was that weight stays good.
  template <class E, std::size_t N>
  void weights(std::string_view name, std::array<double, N>& target, std::size_t newer = N) {
    Section section(member(name), fmt::format("\"{}\"", name), file_);
    for (std::size_t i = 0; i < N; ++i) {
      if (i < newer || section.has(words<E>()[i].name)) target[i] = section.number(words<E>()[i].name, 0, 1);
    }
    section.finish();
  }

  /// One number of points for every word of a closed list.
  template <class E, std::size_t N>
  void points(std::string_view name, std::array<int, N>& target, int most) {
    Section section(member(name), fmt::format("\"{}\"", name), file_);
    for (std::size_t i = 0; i < N; ++i) target[i] = section.whole(words<E>()[i].name, 0, most);
    section.finish();
  }

  /// A fault in one of the members.
  [[noreturn]] void fail_at(std::string_view name, const std::string& message) { fail(member(name).line, message); }

  void finish() const {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (!used_[i])
        fail(object_.items[i].line, fmt::format("{} has no weight \"{}\"; remove it", name_, shortened(object_.names[i], 60)));
    }
  }

 private:
  [[noreturn]] void fail(std::uint32_t line, const std::string& message) const {
    throw Error(ErrorCode::bad_input, fmt::format("{}:{}", file_, line), message);
  }

  const Json& object_;
  std::string name_;
  const std::string& file_;
  std::vector<bool> used_;
};

/// All numbers in a fixed order: the hash speaks of the weights, not of names, remarks and blanks.
std::string weights_text(const Profile& p) {
  std::string text = fmt::format("{} {} {} {} {} {}", p.grouping_threshold, p.grouping_largest, p.grouping_pool, p.demand_half,
                                 p.exposure_half, p.nearness_half);
  const auto add = [&](const auto& weights) { text += fmt::format(" {}", fmt::join(weights, " ")); };
  add(p.degree);
  add(p.maturity);
  add(p.gap);
  add(p.order);
  add(p.rank);
  add(p.affinity);
  add(p.penalty);
  add(p.path_class);
  text += fmt::format(" {} {} {}", p.same_subject, p.same_title, p.neighbouring);
  return text;
}

}  // namespace

namespace {

/// Calls `f` with the name, meaning, most and value of everything that can be set, in the order of the file.
template <class P, class F>
void each_knob(P& p, F&& f) {
  const auto each = [&](std::string_view section, std::span<const Word> names, double most, auto& values) {
    for (std::size_t i = 0; i < names.size(); ++i)
      f(fmt::format("{}.{}", section, names[i].name), names[i].meaning, most, values[i]);
  };
  each("degree", words<Degree>(), 1, p.degree);
  each("maturity", words<State>(), 1, p.maturity);
  each("gap", words<GapKind>(), 1, p.gap);
  each("order", words<GapPart>(), 1, p.order);
  each("rank", words<Component>(), 1, p.rank);
  each("affinity", words<Affinity>(), 1, p.affinity);
  f("grouping.threshold", "groups of needs with at least this mean affinity become one candidate", 1, p.grouping_threshold);
  f("grouping.largest", "a candidate serves at most that many needs", 100, p.grouping_largest);
  f("grouping.pool", "at most that many gaps, the first by rank, are grouped", 2000, p.grouping_pool);
  f("demand_half", "that many objectives and use cases make a demand of 0.5", 1000, p.demand_half);
  f("exposure_half", "that many threats and cases make an exposure of 0.5", 1000, p.exposure_half);
  f("nearness_half", "that many mentions and links near by make a nearness of 0.5", 1000, p.nearness_half);
  each("compare.penalty", words<Penalty>(), 20, p.penalty);
  each("compare.class", words<PathClass>(), 200, p.path_class);
  f("check.same_subject", "a document with at least that degree of overlap has the subject of a proposal,", 1, p.same_subject);
  f("check.same_title", "where it has at least that share of the proposed title", 1, p.same_title);
  f("check.neighbouring", "with at least that degree, it is neighbouring", 1, p.neighbouring);
}

}  // namespace

std::vector<Knob> knobs(const Profile& profile) {
  std::vector<Knob> list;
  each_knob(profile, [&](std::string name, std::string_view meaning, double most, const auto& value) {
    list.push_back(
        {std::move(name), meaning, static_cast<double>(value), most, std::is_integral_v<std::remove_cvref_t<decltype(value)>>});
  });
  return list;
}

Profile with_knob(const Profile& profile, std::string_view name, double value) {
  Profile changed = profile;
  each_knob(changed, [&](const std::string& knob, std::string_view, double most, auto& target) {
    if (knob == name) target = static_cast<std::remove_reference_t<decltype(target)>>(std::min(value, most));
  });
  changed.hash = fingerprint(weights_text(changed));
  return changed;
}

Profile read_profile(std::string_view bytes, const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  const auto document = json::read(bytes, file, diagnostics);
  if (!document)
    throw Error(ErrorCode::bad_input, fmt::format("{}:{}", file, diagnostics.front().line), diagnostics.front().message);
  Profile profile;
  Section top(*document, "the profile", file);
  const Json& schema = top.member("schema");
  if (schema.text != "lacuna:schema/profile-1.json") {
    throw Error(ErrorCode::bad_input, fmt::format("{}:{}", file, schema.line),
                "the schema must be \"lacuna:schema/profile-1.json\"");
  }
  profile.name = top.text("name");
  top.text("about");
  top.weights<Degree>("degree", profile.degree);
  top.weights<State>("maturity", profile.maturity);
  top.weights<GapKind>("gap", profile.gap);
  if (top.has("order")) {  // A copy from before gaps had an order of their own stays good.
    top.weights<GapPart>("order", profile.order);
  } else {
    profile.order = default_profile().order;
  }
  constexpr Component uptake = Component::uptake;  // The newest.
  if (!Section(top.member("rank"), "\"rank\"", file).has(name_of(uptake))) profile.rank[uptake] = default_profile().rank[uptake];
  top.weights<Component>("rank", profile.rank, static_cast<std::size_t>(uptake));
  top.weights<Affinity>("affinity", profile.affinity);
  Section grouping(top.member("grouping"), "\"grouping\"", file);
  profile.grouping_threshold = grouping.number("threshold", 0, 1);
  profile.grouping_largest = grouping.whole("largest", 1, 100);
  profile.grouping_pool = grouping.whole("pool", 1, 2000);
  grouping.finish();
  profile.demand_half = top.number("demand_half", 0.1, 1000);
  profile.exposure_half = top.has("exposure_half") ? top.number("exposure_half", 0.1, 1000) : default_profile().exposure_half;
  profile.nearness_half = top.has("nearness_half") ? top.number("nearness_half", 0.1, 1000) : default_profile().nearness_half;
  if (top.has("compare")) {
    Section compare(top.member("compare"), "\"compare\"", file);
    compare.points<Penalty>("penalty", profile.penalty, 20);
    compare.points<PathClass>("class", profile.path_class, 200);
    if (!std::ranges::is_sorted(profile.path_class)) compare.fail_at("class", "\"class\" must ascend from direct to weak");
    compare.finish();
  } else {  // A copy from before there were comparisons stays good.
    profile.penalty = default_profile().penalty;
    profile.path_class = default_profile().path_class;
  }
  if (top.has("check")) {
    Section check(top.member("check"), "\"check\"", file);
    profile.same_subject = check.number("same_subject", 0, 1);
    profile.same_title = check.number("same_title", 0, 1);
    profile.neighbouring = check.number("neighbouring", 0, 1);
    if (profile.neighbouring > profile.same_subject)
      check.fail_at("neighbouring", "\"neighbouring\" must not be above \"same_subject\"");
    check.finish();
  } else {  // The same for the check of proposals.
    profile.same_subject = default_profile().same_subject;
    profile.same_title = default_profile().same_title;
    profile.neighbouring = default_profile().neighbouring;
  }
  top.finish();
  profile.hash = fingerprint(weights_text(profile));
  return profile;
}

}  // namespace lacuna
