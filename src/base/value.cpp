#include "lacuna/value.hpp"

#include <algorithm>
#include <cassert>

namespace lacuna {

const Value& Value::operator[](std::string_view name) const {
  static const Value null;
  if (const Object* object = if_object()) {
    const auto found = std::ranges::find(*object, name, [](const auto& member) { return std::string_view(member.first); });
    if (found != object->end()) return found->second;
  }
  return null;
}

Value& Value::set(std::string_view name, Value value) {
  Object* object = std::get_if<Object>(&data_);
  assert(object != nullptr);
  const auto found = std::ranges::find(*object, name, [](const auto& member) { return std::string_view(member.first); });
  if (found != object->end()) {
    found->second = std::move(value);
  } else {
    object->emplace_back(std::string(name), std::move(value));
  }
  return *this;
}

Value& Value::push(Value value) {
  Array* array = std::get_if<Array>(&data_);
  assert(array != nullptr);
  array->push_back(std::move(value));
  return *this;
}

std::size_t Value::size() const {
  if (const Array* array = if_array()) return array->size();
  if (const Object* object = if_object()) return object->size();
  return 0;
}

}  // namespace lacuna
