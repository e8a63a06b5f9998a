// Parts of a map as values: in its text form, in answers.
#pragma once

#include "lacuna/model.hpp"
#include "lacuna/value.hpp"

namespace lacuna {

/// Members that are left out where there is nothing to say.
void set_unless_empty(Value& value, std::string_view name, const std::string& text);
void set_unless_empty(Value& value, std::string_view name, const std::vector<std::string>& texts);
void set_unless_empty(Value& value, std::string_view name, const std::optional<Date>& date);
/// `source`: name, address, the day on which it was seen.
void set_unless_empty(Value& value, const Source& source);
/// `dates`: by what happened on them.
void set_unless_empty(Value& value, const std::vector<NodeDate>& dates);

/// What a Link or an EdgeText says of its pair: set relation, strength, why, what was read, how, who and when, where.
template <class Said>
void set_what_is_said(Value& value, const Said& said) {
  if (said.set_relation) value.set("set_relation", name_of(*said.set_relation));
  if (said.strength) value.set("strength", *said.strength);
  set_unless_empty(value, "rationale", said.rationale);
  set_unless_empty(value, "evidence", said.evidence);
  set_unless_empty(value, "clause", said.clause);
  if (said.method) value.set("method", name_of(*said.method));
  set_unless_empty(value, "by", said.by);
  set_unless_empty(value, "on", said.on);
  set_unless_empty(value, said.source);
}

Value text_values(const std::vector<std::string>& texts);
/// An item of a map as its text form says it; what there is nothing to say of is left out.
Value value_of(const MapInfo& info);
Value value_of(const Node& node);
Value value_of(const Link& link);
Value value_of(const Search& search);
/// All that a search record says; `needs` leaves out or in for which needs.
Value search_value(const Search& search, bool needs);

}  // namespace lacuna
