// Who may ask: a browser on this machine that was given the key, on a page of ours.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "server/http.hpp"

namespace lacuna {

class Guard {
 public:
  /// Makes a key that nobody can guess.
  Guard();

  /// The port of which addresses are ours. Until it is known, nothing is let in.
  void listens_on(std::uint16_t port) { port_ = port; }
  /// "http://127.0.0.1:8017/?key=…".
  [[nodiscard]] std::string address() const;

  /// What to answer to a request that may not come in: 421 for another host (a name that leads here is no proof that we are
  /// meant), 403 without the key or from another site. A request that brings the key in its address is led to the same place
  /// without it, with a cookie.
  [[nodiscard]] std::optional<Reply> refuse(const Request& request) const;
  /// The headers of every reply: nothing is fetched from elsewhere, framed, kept or told to others.
  [[nodiscard]] static NamedTexts headers();

 private:
  [[nodiscard]] std::string cookie() const;
  [[nodiscard]] bool ours(std::string_view host) const;

  std::string key_;
  std::atomic<std::uint16_t> port_ = 0;
};

}  // namespace lacuna
