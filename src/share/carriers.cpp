#include "share/carriers.hpp"
#include "base/files.hpp"

namespace lacuna {

std::span<const CarrierKind> carrier_kinds() {
  static const CarrierKind list[] = {postgresql_carrier, sqlite_carrier, folder_carrier};
  return list;
}

const CarrierKind& carrier_kind(const std::string& address) {
  const auto list = carrier_kinds();
  for (const CarrierKind& kind : list) {
    if (kind.is_meant(address)) return kind;
  }
  return list.back();
}

}  // namespace lacuna
