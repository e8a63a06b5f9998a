#include "formats/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "base/text.hpp"

namespace lacuna::json {
namespace {

/// How far the parser has read.
struct Progress {
  std::uint32_t line = 1;
  char last = 0;
};

/// Feeds bytes to the parser and counts the lines that it has read. The parser copies its iterators, so the count is shared.
struct CountingIterator {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at = nullptr;
  Progress* progress = nullptr;

  reference operator*() const { return *at; }
  CountingIterator& operator++() {
    if (*at == '\n') ++progress->line;
    progress->last = *at;
    ++at;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at == other.at; }
};

/// Keeps the names of the members of the outermost object.
class RootMembers : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::vector<std::string> names;

  bool null() override { return depth_ > 0; }
  bool boolean(bool) override { return depth_ > 0; }
  bool number_integer(number_integer_t) override { return depth_ > 0; }
  bool number_unsigned(number_unsigned_t) override { return depth_ > 0; }
  bool number_float(number_float_t, const string_t&) override { return depth_ > 0; }
  bool string(string_t&) override { return depth_ > 0; }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return ++depth_ <= deepest; }
  bool end_object() override { return --depth_ > 0; }
  bool start_array(std::size_t) override { return depth_ > 0 && ++depth_ <= deepest; }
  bool end_array() override { return --depth_ > 0; }
  bool key(string_t& name) override {
    if (depth_ == 1) names.push_back(name);
    return names.size() <= most_members;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  std::size_t depth_ = 0;
};

/// Builds the tree from the parser's events. Not recursive: nesting costs no stack.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(Progress& progress, std::size_t most) : progress_(progress), most_(most) {}

  bool null() override { return add(Json{}); }
  bool boolean(bool value) override {
    Json json;
    json.type = Json::Type::boolean;
    json.boolean = value;
    return add(std::move(json));
  }
  bool number_integer(number_integer_t value) override {
    Json json;
    json.type = Json::Type::integer;
    json.integer = value;
    return add_number(std::move(json));
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) {
      return fail_number(fmt::format("the number {} is too large", value));
    }
    return number_integer(static_cast<number_integer_t>(value));
  }
  bool number_float(number_float_t value, const string_t& text) override {
    // A whole number that fits no integer arrives here, too.
    const bool whole = text.find_first_of(".eE") == std::string::npos;
    if (whole || !std::isfinite(value)) return fail_number(fmt::format("the number {} is too large", shortened(text, 40)));
    Json json;
    json.type = Json::Type::real;
    json.real = value;
    return add_number(std::move(json));
  }
  bool string(string_t& value) override {
    if (!is_usable(value)) return false;
    Json json;
    json.type = Json::Type::text;
    json.text = std::move(value);
    return add(std::move(json));
  }
  bool binary(binary_t& /*value*/) override { return fail("binary data is not JSON"); }
  bool start_object(std::size_t /*elements*/) override { return open(Json::Type::object); }
  bool start_array(std::size_t /*elements*/) override { return open(Json::Type::array); }
  bool key(string_t& name) override {
    if (!is_usable(name)) return false;
    Json& object = stack_.back();
    if (object.names.size() >= most_members) return fail(fmt::format("an object of more than {} members", most_members));
    // Objects with many members are rare; only those pay for a set.
    constexpr std::size_t few = 32;
    std::unordered_set<std::string>& names = names_[stack_.size() - 1];
    if (object.names.size() == few) names = {object.names.begin(), object.names.end()};
    if (object.names.size() < few ? std::ranges::find(object.names, name) != object.names.end() : !names.insert(name).second) {
      return fail(fmt::format("\"{}\" stands twice in one object; keep one", shortened(name, 60)));
    }
    object.names.push_back(std::move(name));
    return true;
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t /*position*/, const std::string& last_token, const nlohmann::detail::exception& problem) override {
    // The parser's own sentence is "[json.exception.parse_error.101] parse error at line …: syntax error while … - REASON".
    std::string reason = problem.what();
    constexpr int out_of_range = 406;  // The parser's number of a fault. The sentence holds the input and may say anything.
    if (const auto number = reason.find('\''); problem.id == out_of_range && number != std::string::npos) {
      reason.erase(0, number + 1);
      return fail_number(fmt::format("the number {} is too large", shortened(reason.substr(0, reason.find('\'')), 40)));
    }
    if (const auto dash = reason.find(" - "); dash != std::string::npos) reason.erase(0, dash + 3);
    if (const auto token = reason.find("; last read"); token != std::string::npos) reason.erase(token);
    (void)last_token;
    return fail(fmt::format("not JSON: {}", shortened(reason, 160)));
  }

  std::optional<Json> root;
  std::string message;
  std::uint32_t error_line = 0;

 private:
  bool fail(std::string why) {
    message = std::move(why);
    error_line = progress_.line;
    return false;
  }
  bool fail_number(std::string why) {
    fail(std::move(why));
    error_line -= progress_.last == '\n' ? 1 : 0;
    return false;
  }
  bool is_usable(const std::string& text) {
    if (text.size() > longest_text) {
      return fail(fmt::format("a text of {} bytes is too long; at most {}", text.size(), longest_text));
    }
    if (!is_clean_utf8(text)) return fail("a text holds NUL or malformed UTF-8; remove it");
    return true;
  }
  bool open(Json::Type type) {
    if (stack_.size() >= deepest) return fail(fmt::format("nested deeper than {} levels", deepest));
    Json json;
    json.type = type;
    json.line = progress_.line;
    stack_.push_back(std::move(json));
    return true;
  }
  bool close() {
    Json json = std::move(stack_.back());
    stack_.pop_back();
    return place(std::move(json));
  }
  bool add(Json json) {
    json.line = progress_.line;
    return place(std::move(json));
  }
  /// A number ends only where something else begins: the parser has read one character too many.
  bool add_number(Json json) {
    json.line = progress_.line - (progress_.last == '\n' ? 1 : 0);
    return place(std::move(json));
  }
  bool place(Json json) {
    if (++values_ > most_) return fail(fmt::format("more than {} values", most_));
    if (stack_.empty()) {
      root = std::move(json);
    } else {
      stack_.back().items.push_back(std::move(json));
    }
    return true;
  }

  const Progress& progress_;
  std::vector<Json> stack_;
  std::array<std::unordered_set<std::string>, deepest> names_;  ///< Of the open objects, where there are many.
  std::size_t most_;
  std::size_t values_ = 0;
};

}  // namespace

std::optional<Json> read(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics,
                         std::size_t most) {
  // The parser takes NUL for the end and would not see what stands behind it.
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    const auto line =
        1 + static_cast<std::uint32_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(nul), '\n'));
    diagnostics.push_back({Severity::error, file, line, "not JSON: a NUL byte; remove it"});
    return std::nullopt;
  }
  Progress progress;
  Builder builder(progress, most);
  const CountingIterator first{bytes.data(), &progress};
  const CountingIterator last{bytes.data() + bytes.size(), &progress};
  if (nlohmann::json::sax_parse(first, last, &builder) && builder.root) return std::move(builder.root);
  diagnostics.push_back(
      {Severity::error, file, builder.error_line, builder.message.empty() ? "not JSON: empty" : builder.message});
  return std::nullopt;
}

std::vector<std::string> root_members(std::string_view beginning) {
  RootMembers members;
  if (beginning.starts_with("\xEF\xBB\xBF")) beginning.remove_prefix(3);
  nlohmann::json::sax_parse(beginning.begin(), beginning.end(), &members);
  return std::move(members.names);
}

Value to_value(const Json& json) {
  switch (json.type) {
    case Json::Type::null: break;
    case Json::Type::boolean: return Value(json.boolean);
    case Json::Type::integer: return Value(json.integer);
    case Json::Type::real: return Value(json.real);
    case Json::Type::text: return Value(json.text);
    case Json::Type::array: {
      Value::Array items;
      for (const Json& item : json.items) items.push_back(to_value(item));
      return Value(std::move(items));
    }
    case Json::Type::object: {
      Value::Object members;
      for (std::size_t i = 0; i < json.items.size(); ++i) members.emplace_back(json.names[i], to_value(json.items[i]));
      return Value(std::move(members));
    }
  }
  return {};
}

std::string_view kind_of(const Json& json) {
  switch (json.type) {
    case Json::Type::null: return "null";
    case Json::Type::boolean: return "true or false";
    case Json::Type::integer:
    case Json::Type::real: return "a number";
    case Json::Type::text: return "a text";
    case Json::Type::array: return "a list";
    case Json::Type::object: return "an object";
  }
  return "something else";
}

namespace {

constexpr std::size_t line_width = 120;

void quote(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

/// On one line; gives up (false) once `out` is longer than `limit`.
bool flat(std::string& out, const Value& value, std::string_view separator, std::string_view colon, std::size_t limit) {
  if (out.size() > limit) return false;
  if (value.is_null()) {
    out += "null";
  } else if (const auto* b = value.if_bool()) {
    out += *b ? "true" : "false";
  } else if (const auto* i = value.if_integer()) {
    fmt::format_to(std::back_inserter(out), "{}", *i);
  } else if (const auto* d = value.if_real()) {
    // A real number that happens to be whole stays one: "1.0".
    const std::string digits = fmt::format("{}", *d);
    out += digits;
    if (digits.find_first_of(".en") == std::string::npos) out += ".0";
  } else if (const auto* t = value.if_text()) {
    quote(out, *t);
  } else if (const auto* items = value.if_array()) {
    out += '[';
    for (std::size_t k = 0; k < items->size(); ++k) {
      if (k > 0) out += separator;
      if (!flat(out, (*items)[k], separator, colon, limit)) return false;
    }
    out += ']';
  } else if (const auto* members = value.if_object()) {
    out += '{';
    for (std::size_t k = 0; k < members->size(); ++k) {
      if (k > 0) out += separator;
      quote(out, (*members)[k].first);
      out += colon;
      if (!flat(out, (*members)[k].second, separator, colon, limit)) return false;
    }
    out += '}';
  }
  return out.size() <= limit;
}

/// `column` is how much of the line is taken already, the comma behind the value included.
void tree(std::string& out, const Value& value, std::size_t indent, std::size_t column) {
  const auto* items = value.if_array();
  const auto* members = value.if_object();
  std::string line;
  const std::size_t room = line_width > column ? line_width - column : 0;
  if ((items == nullptr && members == nullptr) || value.size() == 0 || flat(line, value, ", ", ": ", room)) {
    if (line.empty() || (items == nullptr && members == nullptr)) {
      line.clear();
      flat(line, value, ", ", ": ", std::numeric_limits<std::size_t>::max());
    }
    out += line;
    return;
  }
  const std::string margin(indent + 2, ' ');
  out += items != nullptr ? "[\n" : "{\n";
  for (std::size_t k = 0; k < value.size(); ++k) {
    if (k > 0) out += ",\n";
    const std::size_t comma = k + 1 < value.size() ? 1 : 0;
    out += margin;
    if (items != nullptr) {
      tree(out, (*items)[k], indent + 2, indent + 2 + comma);
    } else {
      const std::size_t before = out.size();
      quote(out, (*members)[k].first);
      out += ": ";
      tree(out, (*members)[k].second, indent + 2, indent + 2 + out.size() - before + comma);
    }
  }
  out += '\n';
  out.append(indent, ' ');
  out += items != nullptr ? ']' : '}';
}

}  // namespace

std::string write(const Value& value) {
  std::string out;
  tree(out, value, 0, 0);
  out += '\n';
  return out;
}

namespace {

/// As flat(), of a list whose elements are made one by one: what does not fit is not made.
bool flat(std::string& out, const List& list, std::size_t limit) {
  out += '[';
  for (std::size_t i = 0; i < list.size; ++i) {
    if (i > 0) out += ", ";
    if (!flat(out, list.make(i), ", ", ": ", limit)) return false;
  }
  out += ']';
  return out.size() <= limit;
}

/// The same of an object with lists.
bool flat(std::string& out, const Value::Object& members, std::span<const List> lists) {
  const auto name = [&](const std::string& text) {
    out += out.empty() ? "{" : ", ";
    quote(out, text);
    out += ": ";
  };
  for (const auto& [text, value] : members) {
    name(text);
    if (!flat(out, value, ", ", ": ", line_width)) return false;
  }
  for (const List& list : lists) {
    name(list.name);
    if (!flat(out, list, line_width)) return false;
  }
  out += out.empty() ? "{}" : "}";
  return out.size() <= line_width;
}

}  // namespace

void write(const Value::Object& members, std::span<const List> lists, const std::function<void(std::string_view)>& take) {
  constexpr std::size_t piece = 1U << 16U;
  // An element takes three characters at least ("0, "): more of them do not stand on one line.
  const auto may_fit = [](const List& list) { return list.size <= line_width / 3; };
  std::string out;
  if (std::ranges::all_of(lists, may_fit) && flat(out, members, lists)) return take(out + '\n');
  out = "{\n";
  const std::size_t count = members.size() + lists.size();
  std::size_t begun = 0;
  // Returns how much of the line is taken, the comma behind the member included, as tree() counts.
  const auto begin = [&](const std::string& name) {
    const std::size_t before = out.size();
    out += "  ";
    quote(out, name);
    out += ": ";
    return out.size() - before + (++begun < count ? 1 : 0);
  };
  const auto end = [&] { out += begun < count ? ",\n" : "\n"; };
  for (const auto& [name, value] : members) {
    const std::size_t column = begin(name);
    tree(out, value, 2, column);
    end();
  }
  for (const List& list : lists) {
    const std::size_t column = begin(list.name);
    std::string line;
    if (list.size == 0 || (may_fit(list) && column < line_width && flat(line, list, line_width - column))) {
      out += list.size == 0 ? "[]" : line;
      end();
      continue;
    }
    out += "[\n";
    for (std::size_t i = 0; i < list.size; ++i) {
      const bool last = i + 1 == list.size;
      out += "    ";
      tree(out, list.make(i), 4, 4 + (last ? 0 : 1));
      out += last ? "\n" : ",\n";
      if (out.size() < piece) continue;
      take(out);
      out.clear();
    }
    out += "  ]";
    end();
  }
  out += "}\n";
  take(out);
}

std::string write_compact(const Value& value) {
  std::string out;
  flat(out, value, ",", ":", std::numeric_limits<std::size_t>::max());
  return out;
}

}  // namespace lacuna::json
