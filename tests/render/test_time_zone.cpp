#include <catch2/catch.hpp>

#include <cstdlib>
#include <string>

#include "lacuna/render.hpp"

using namespace lacuna;

TEST_CASE("picture: the time zone changes no byte of any format, and is the same afterwards") {
  Picture picture;
  picture.title = "Zones";
  const char* before = std::getenv("TZ");
  const std::string kept = before == nullptr ? "" : before;
  for (const PictureFormat& format : picture_formats()) {
    INFO(format.name);
    ::setenv("TZ", "UTC", 1);
    const std::string here = render_picture(picture, format.name);
    for (const char* zone : {"Pacific/Kiritimati", "America/St_Johns", "XYZ-13:45"}) {
      ::setenv("TZ", zone, 1);
      CHECK((render_picture(picture, format.name) == here));
      CHECK(std::getenv("TZ") == std::string(zone));
    }
  }
  if (before == nullptr)
    ::unsetenv("TZ");
  else
    ::setenv("TZ", kept.c_str(), 1);
}
