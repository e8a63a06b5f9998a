// Profiles: told, or weights within their bounds.
#include "fuzz/fuzz.hpp"
#include "lacuna/import.hpp"
#include "lacuna/profile.hpp"

using namespace lacuna;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const Profile profile = read_profile(fuzz::text_of(data, size), "profile.json");
    for (const Knob& knob : knobs(profile)) {
      fuzz::claim(knob.value >= 0 && knob.value <= knob.most, "a weight is within its bounds", knob.name);
    }
  } catch (const Error& error) {
    fuzz::claim_told(error);
  }
  return 0;
}
