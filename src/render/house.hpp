// What all HTML documents share.
#pragma once

#include <string>
#include <string_view>

#include "base/sha256.hpp"

namespace lacuna {

/// The style of every document, in light, in dark and on paper: house.css.
std::string_view house_style();
/// Colours and edges of coverage states, as classes: "s-partly-covered".
std::string state_style();

/// The element by which a document lets in its own style and script alone, and nothing of any network.
inline std::string own_policy(std::string_view style, std::string_view script = {}) {
  const auto hash = [](std::string_view bytes) { return "'sha256-" + base64(sha256(bytes)) + "'"; };
  return "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; " +
         (script.empty() ? std::string() : "script-src " + hash(script) + "; ") + "style-src " + hash(style) +
         "; img-src data:; base-uri 'none'; form-action 'none'\">\n";
}

}  // namespace lacuna
