// A JSON-like value: free attributes of nodes, and the results of queries before they are rendered.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace lacuna {

/// Null, boolean, integer, real, text, list or object. Objects keep the order in which their members were added, so that
/// every output is deterministic.
class Value {
 public:
  using Array = std::vector<Value>;
  using Object = std::vector<std::pair<std::string, Value>>;

  Value() = default;
  Value(bool v) : data_(v) {}
  Value(int v) : data_(static_cast<std::int64_t>(v)) {}
  Value(std::int64_t v) : data_(v) {}
  Value(std::size_t v) : data_(static_cast<std::int64_t>(v)) {}
  Value(double v) : data_(v) {}
  Value(std::string v) : data_(std::move(v)) {}
  Value(std::string_view v) : data_(std::string(v)) {}
  Value(const char* v) : data_(std::string(v)) {}
  Value(Array v) : data_(std::move(v)) {}
  Value(Object v) : data_(std::move(v)) {}

  static Value array() { return Value(Array{}); }
  static Value object() { return Value(Object{}); }

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  [[nodiscard]] const bool* if_bool() const { return std::get_if<bool>(&data_); }
  [[nodiscard]] const std::int64_t* if_integer() const { return std::get_if<std::int64_t>(&data_); }
  [[nodiscard]] const double* if_real() const { return std::get_if<double>(&data_); }
  [[nodiscard]] const std::string* if_text() const { return std::get_if<std::string>(&data_); }
  [[nodiscard]] const Array* if_array() const { return std::get_if<Array>(&data_); }
  [[nodiscard]] const Object* if_object() const { return std::get_if<Object>(&data_); }

  /// The member of that name, or null when this is no object or has none. Linear in the number of members.
  [[nodiscard]] const Value& operator[](std::string_view name) const;
  /// Adds a member (this must be an object); an existing one of that name is replaced.
  Value& set(std::string_view name, Value value);
  /// Adds an element (this must be a list).
  Value& push(Value value);
  /// Elements of a list or members of an object; 0 otherwise.
  [[nodiscard]] std::size_t size() const;

  friend bool operator==(const Value&, const Value&) = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> data_;
};

}  // namespace lacuna
