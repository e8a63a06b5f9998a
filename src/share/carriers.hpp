// The rows of the table of carriers.
#pragma once

#include "share/carrier.hpp"

namespace lacuna {

extern const CarrierKind folder_carrier;
extern const CarrierKind postgresql_carrier;
extern const CarrierKind sqlite_carrier;

}  // namespace lacuna
