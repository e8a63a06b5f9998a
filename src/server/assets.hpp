// The style and the script of the server's pages: site.css and site.js, compiled in.
#pragma once

#include <string>
#include <string_view>

namespace lacuna {

/// With the style of the house and the colours of states.
std::string site_style();
std::string_view site_script();

}  // namespace lacuna
