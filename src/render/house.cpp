#include "render/house.hpp"

#include <fmt/format.h>

#include "model/state_looks.hpp"

namespace lacuna {

std::string state_style() {
  std::string out;
  for (const CoverageState state : all_of<CoverageState>()) {
    const StateLook& look = look_of(state);
    const bool heavy = look.edge == StateLook::Edge::heavy;
    out += fmt::format(".s-{}{{background:{};color:{};outline:{} {} {};outline-offset:-{}}}\n", name_of(state), look.fill,
                       look.text, heavy ? "2px" : "1px", look.edge == StateLook::Edge::dashed ? "dashed" : "solid", look.border,
                       heavy ? "2px" : "1px");
    out += fmt::format(".s-{} a{{color:{}}}\n", name_of(state), look.text);
  }
  return out;
}

}  // namespace lacuna
