// HTTP on the loopback interface: requests and replies as values. What speaks the protocol is libmicrohttpd, and nobody else
// knows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lacuna {

using NamedTexts = std::vector<std::pair<std::string, std::string>>;
/// The first of that name; empty where there is none.
const std::string& value_of(const NamedTexts& texts, std::string_view name);
/// In an address, behind "?" or "=": what is no letter, digit or one of "-._~" as %XX.
std::string encoded(std::string_view text);
/// What a field says as a number; 0 where it is none.
std::size_t number_of(const NamedTexts& texts, std::string_view name);
/// "a=1&b=x%20y".
std::string query_text(const NamedTexts& query);

/// A file that came with a form.
struct Upload {
  std::string field;
  std::string name;  ///< As the browser calls it; never a path.
  std::string bytes;
};

struct Request {
  std::string method;
  std::string path;    ///< Decoded, from "/" on.
  NamedTexts query;    ///< Of the address, decoded.
  NamedTexts headers;  ///< As they came; names in lower case.
  NamedTexts form;     ///< Of the body.
  std::vector<Upload> uploads;

  /// The header where it came exactly once.
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
  /// As the browser keeps them, not decoded.
  [[nodiscard]] NamedTexts cookies() const;
  [[nodiscard]] bool changes() const { return method != "GET" && method != "HEAD"; }
};

struct Reply {
  unsigned status = 200;
  std::string type = "text/html; charset=utf-8";
  std::string body;
  NamedTexts headers = {};
};
/// Leads the browser elsewhere, with GET.
Reply see_other(std::string address);

struct HttpLimits {
  std::size_t header_bytes = std::size_t{16} << 10;  ///< Of a request, all together.
  std::size_t form_bytes = std::size_t{1} << 20;
  std::size_t upload_bytes = std::size_t{16} << 20;  ///< Of a body that brings files.
  unsigned connections = 32;
  unsigned idle_seconds = 10;
};

/// Listens on 127.0.0.1 until it is destroyed. Requests are answered one after the other.
class HttpServer {
 public:
  struct Site {
    /// Looks at a request whose body has not come yet; a reply refuses it, and its body is never read.
    std::function<std::optional<Reply>(const Request&)> refuse;
    std::function<Reply(Request&&)> answer;
  };
  /// Port 0: any that is free. Throws Error(io).
  HttpServer(std::uint16_t port, Site site, const HttpLimits& limits = {});
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;

 private:
  class Daemon;
  std::unique_ptr<Daemon> daemon_;
};

}  // namespace lacuna
