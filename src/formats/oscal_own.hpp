// What export adds to an OSCAL mapping beside what the format has a place for, and import reads back.
#pragma once

#include <string_view>

namespace lacuna::oscal {

/// The namespace of our own properties.
constexpr std::string_view own_namespace = "urn:lacuna:oscal";

}  // namespace lacuna::oscal
