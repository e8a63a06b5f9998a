#include "server/guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include <sys/random.h>

#include "lacuna/error.hpp"

namespace lacuna {
namespace {

std::string random_key() {
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw Error(ErrorCode::io, "", "the system gives no random numbers for a key");
  std::string key;
  for (const unsigned char byte : bytes) key += fmt::format("{:02x}", byte);
  return key;
}

/// Takes as long whatever differs.
bool same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned char differs = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differs |= static_cast<unsigned char>(a[i] ^ b[i]);
  return differs == 0;
}

Reply refusal(unsigned status, std::string_view why) {
  return {status, "text/plain; charset=utf-8", std::string(why) + "\n", Guard::headers()};
}

}  // namespace

Guard::Guard() : key_(random_key()) {}

std::string Guard::address() const { return fmt::format("http://127.0.0.1:{}/?key={}", port_.load(), key_); }

std::string Guard::cookie() const { return fmt::format("lacuna-{}", port_.load()); }

bool Guard::ours(std::string_view host) const {
  const auto named = [&](std::string_view name) { return host == fmt::format("{}:{}", name, port_.load()); };
  return named("127.0.0.1") || named("localhost");
}

std::optional<Reply> Guard::refuse(const Request& request) const {
  const std::string host = request.header("host").value_or("");
  if (!ours(host)) return refusal(421, "this is another host; open the address that lacuna serve has printed");
  if (request.method != "GET" && request.method != "HEAD" && request.method != "POST")
    return refusal(405, "only GET, HEAD and POST are answered here");
  const std::string given = value_of(request.query, "key");
  if (!given.empty() && !request.changes()) {
    if (!same_secret(given, key_))
      return refusal(403, "that is not the key of this server; open the address that it has printed");
    NamedTexts rest = request.query;
    std::erase_if(rest, [](const auto& part) { return part.first == "key"; });
    Reply reply = see_other(request.path + (rest.empty() ? "" : "?" + query_text(rest)));
    for (auto& header : headers()) reply.headers.push_back(std::move(header));
    reply.headers.emplace_back("Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie(), key_));
    return reply;
  }
  const NamedTexts cookies = request.cookies();
  const bool known =
      std::ranges::any_of(cookies, [&](const auto& c) { return c.first == cookie() && same_secret(c.second, key_); });
  if (!known) return refusal(403, "open the address that lacuna serve has printed: it holds the key");
  if (!request.changes()) return std::nullopt;
  const auto site = request.header("sec-fetch-site");
  const bool same = site ? *site == "same-origin" : request.header("origin").value_or("") == "http://" + host;
  if (!same) return refusal(403, "only pages of this server change the map");
  return std::nullopt;
}

NamedTexts Guard::headers() {
  return {{"Content-Security-Policy",
           "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
           "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
          {"X-Content-Type-Options", "nosniff"},
          {"Referrer-Policy", "no-referrer"},
          {"Cache-Control", "no-store"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cross-Origin-Resource-Policy", "same-origin"}};
}

}  // namespace lacuna
