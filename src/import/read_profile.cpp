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

  /// Reads a member into `target`, which stays as it is where the file leaves the member out.
  void read(std::string_view name, double& target, double low, double high) {
    if (has(name)) target = number(name, low, high);
  }
  void read(std::string_view name, int& target, int low, int high) {
    if (has(name)) target = whole(name, low, high);
  }
  /// The same for one number for each word of a closed list, from 0 to `most`.
  template <class E, class T>
  void read(std::string_view name, EnumArray<E, T>& target, T most) {
    section(name, [&](Section& numbers) {
      for (const E e : all_of<E>()) numbers.read(name_of(e), target[e], T{0}, most);
    });
  }
  /// Hands the object of that name to `f`, where there is one.
  template <class F>
  void section(std::string_view name, F&& f) {
    if (!has(name)) return;
    Section inner(member(name), fmt::format("\"{}\"", name), file_);
    f(inner);
    inner.finish();
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

Profile read_profile(std::string_view bytes, const std::string& file, const Profile& left_out) {
  std::vector<Diagnostic> diagnostics;
  const auto document = json::read(bytes, file, diagnostics);
  if (!document) throw error_of(diagnostics.front());
  Profile profile = left_out;
  Section top(*document, "the profile", file);
  const Json& schema = top.member("schema");
  if (schema.text != "lacuna:schema/profile-1.json") {
    throw Error(ErrorCode::bad_input, fmt::format("{}:{}", file, schema.line),
                "the schema must be \"lacuna:schema/profile-1.json\"");
  }
  profile.name = top.text("name");
  top.text("about");
  top.read("degree", profile.degree, 1.0);
  top.read("maturity", profile.maturity, 1.0);
  top.read("gap", profile.gap, 1.0);
  top.read("order", profile.order, 1.0);
  top.read("rank", profile.rank, 1.0);
  top.read("affinity", profile.affinity, 1.0);
  top.section("grouping", [&](Section& grouping) {
    grouping.read("threshold", profile.grouping_threshold, 0, 1);
    grouping.read("largest", profile.grouping_largest, 1, 100);
    grouping.read("pool", profile.grouping_pool, 1, 2000);
  });
  top.read("demand_half", profile.demand_half, 0.1, 1000);
  top.read("exposure_half", profile.exposure_half, 0.1, 1000);
  top.read("nearness_half", profile.nearness_half, 0.1, 1000);
  top.section("compare", [&](Section& compare) {
    compare.read("penalty", profile.penalty, 20);
    compare.read("class", profile.path_class, 200);
    if (!std::ranges::is_sorted(profile.path_class)) compare.fail_at("class", "\"class\" must ascend from direct to weak");
  });
  top.section("check", [&](Section& check) {
    check.read("same_subject", profile.same_subject, 0, 1);
    check.read("same_title", profile.same_title, 0, 1);
    check.read("neighbouring", profile.neighbouring, 0, 1);
    if (profile.neighbouring > profile.same_subject)
      check.fail_at("neighbouring", "\"neighbouring\" must not be above \"same_subject\"");
  });
  top.finish();
  profile.hash = fingerprint(weights_text(profile));
  return profile;
}

}  // namespace lacuna
