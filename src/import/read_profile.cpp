#include <fmt/format.h>

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

  /// One weight for every word of a closed list.
  template <class E, std::size_t N>
  void weights(std::string_view name, std::array<double, N>& target) {
    Section section(member(name), fmt::format("\"{}\"", name), file_);
    for (std::size_t i = 0; i < N; ++i) target[i] = section.number(words<E>()[i].name, 0, 1);
    section.finish();
  }

  void finish() const {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (!used_[i]) fail(object_.items[i].line, fmt::format("{} has no weight \"{}\"; remove it", name_, shortened(object_.names[i], 60)));
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
  std::string text = fmt::format("{} {} {} {}", p.grouping_threshold, p.grouping_largest, p.grouping_pool, p.demand_half);
  const auto add = [&](const auto& weights) { text += fmt::format(" {}", fmt::join(weights, " ")); };
  add(p.degree);
  add(p.maturity);
  add(p.gap);
  add(p.rank);
  add(p.affinity);
  return text;
}

}  // namespace

Profile read_profile(std::string_view bytes, const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  const auto document = json::read(bytes, file, diagnostics);
  if (!document) throw Error(ErrorCode::bad_input, fmt::format("{}:{}", file, diagnostics.front().line), diagnostics.front().message);
  Profile profile;
  Section top(*document, "the profile", file);
  const Json& schema = top.member("schema");
  if (schema.text != "lacuna:schema/profile-1.json") {
    throw Error(ErrorCode::bad_input, fmt::format("{}:{}", file, schema.line), "the schema must be \"lacuna:schema/profile-1.json\"");
  }
  profile.name = top.text("name");
  top.text("about");
  top.weights<Degree>("degree", profile.degree);
  top.weights<State>("maturity", profile.maturity);
  top.weights<GapKind>("gap", profile.gap);
  top.weights<Component>("rank", profile.rank);
  top.weights<Affinity>("affinity", profile.affinity);
  Section grouping(top.member("grouping"), "\"grouping\"", file);
  profile.grouping_threshold = grouping.number("threshold", 0, 1);
  profile.grouping_largest = grouping.whole("largest", 1, 100);
  profile.grouping_pool = grouping.whole("pool", 1, 2000);
  grouping.finish();
  profile.demand_half = top.number("demand_half", 0.1, 1000);
  top.finish();
  profile.hash = fingerprint(weights_text(profile));
  return profile;
}

}  // namespace lacuna
