#include "server/http.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/loaded_library.hpp"
#include "base/percent.hpp"
#include "base/separated.hpp"
#include "base/text.hpp"
#include "lacuna/error.hpp"

namespace lacuna {

const std::string& value_of(const NamedTexts& texts, std::string_view name) {
  static const std::string none;
  const auto found = std::ranges::find(texts, name, [](const auto& text) { return std::string_view(text.first); });
  return found == texts.end() ? none : found->second;
}

std::string encoded(std::string_view text) { return percent_encoded(text, "-._~"); }

std::size_t number_of(const NamedTexts& texts, std::string_view name) {
  const std::string& typed = value_of(texts, name);
  std::size_t number = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return number;
}

std::string query_text(const NamedTexts& query) {
  std::string out;
  for (const auto& [name, value] : query) out += fmt::format("{}{}={}", out.empty() ? "" : "&", encoded(name), encoded(value));
  return out;
}

std::optional<std::string> Request::header(std::string_view name) const {
  std::optional<std::string> found;
  for (const auto& [n, value] : headers) {
    if (n != name) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

NamedTexts Request::cookies() const {
  NamedTexts list;
  for (const std::string& part : parts_between(header("cookie").value_or(""), ';')) {
    const std::size_t equals = std::min(part.find('='), part.size());
    list.emplace_back(part.substr(0, equals), part.substr(std::min(equals + 1, part.size())));
  }
  return list;
}

Reply see_other(std::string address) {
  return {303, "text/plain; charset=utf-8", "see " + address + "\n", {{"Location", std::move(address)}}};
}

namespace {

/// What is used of the library. It brings GnuTLS along, and linked it would make every command start 4 ms later.
struct Library {
  LoadedLibrary library{"libmicrohttpd.so.12", "libmicrohttpd12"};  // That the header describes.

  decltype(&MHD_add_response_header) add_response_header = library["MHD_add_response_header"];
  decltype(&MHD_create_post_processor) create_post_processor = library["MHD_create_post_processor"];
  decltype(&MHD_create_response_from_buffer) create_response_from_buffer = library["MHD_create_response_from_buffer"];
  decltype(&MHD_destroy_post_processor) destroy_post_processor = library["MHD_destroy_post_processor"];
  decltype(&MHD_destroy_response) destroy_response = library["MHD_destroy_response"];
  decltype(&MHD_get_connection_values) get_connection_values = library["MHD_get_connection_values"];
  decltype(&MHD_get_daemon_info) get_daemon_info = library["MHD_get_daemon_info"];
  decltype(&MHD_post_process) post_process = library["MHD_post_process"];
  decltype(&MHD_queue_response) queue_response = library["MHD_queue_response"];
  decltype(&MHD_start_daemon) start_daemon = library["MHD_start_daemon"];
  decltype(&MHD_stop_daemon) stop_daemon = library["MHD_stop_daemon"];
};

const Library& mhd() {
  static const Library library;
  return library;
}

MHD_Result keep(void* to, MHD_ValueKind /*kind*/, const char* name, const char* value) {
  static_cast<NamedTexts*>(to)->emplace_back(name, value == nullptr ? "" : value);
  return MHD_YES;
}

MHD_Result keep_header(void* to, MHD_ValueKind /*kind*/, const char* name, const char* value) {
  static_cast<NamedTexts*>(to)->emplace_back(lower(name), value == nullptr ? "" : value);
  return MHD_YES;
}

/// A request while its body comes.
struct Incoming {
  Request request;
  MHD_PostProcessor* body = nullptr;
  std::size_t most = 0;
  std::size_t seen = 0;
  bool refused = false;

  Incoming() = default;
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;
  ~Incoming() {
    if (body != nullptr) mhd().destroy_post_processor(body);
  }

  /// A piece of a field. Pieces of one field come one after the other, the first at offset 0.
  static MHD_Result take(void* to, MHD_ValueKind /*kind*/, const char* key, const char* file, const char* /*type*/,
                         const char* /*transfer*/, const char* data, std::uint64_t offset, std::size_t size) {
    Request& request = static_cast<Incoming*>(to)->request;
    if (file != nullptr) {
      if (offset == 0) {
        std::string_view name(file);
        name.remove_prefix(std::min(name.find_last_of("/\\") + 1, name.size()));
        request.uploads.push_back({key, std::string(name), {}});
      }
      request.uploads.back().bytes.append(data, size);
    } else {
      if (offset == 0) request.form.emplace_back(key, "");
      request.form.back().second.append(data, size);
    }
    return MHD_YES;
  }
};

MHD_Result send(MHD_Connection* connection, Reply&& reply) {
  MHD_Response* response = mhd().create_response_from_buffer(reply.body.size(), reply.body.data(), MHD_RESPMEM_MUST_COPY);
  if (response == nullptr) return MHD_NO;
  mhd().add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply.type.c_str());
  for (const auto& [name, value] : reply.headers) mhd().add_response_header(response, name.c_str(), value.c_str());
  const MHD_Result queued = mhd().queue_response(connection, reply.status, response);
  mhd().destroy_response(response);
  return queued;
}

Reply too_large(std::size_t most) {
  return {413, "text/plain; charset=utf-8", fmt::format("more than {} bytes are not taken\n", thousands(most))};
}

}  // namespace

class HttpServer::Daemon {
 public:
  Daemon(std::uint16_t port, Site site, const HttpLimits& limits) : site_(std::move(site)), limits_(limits) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    daemon_ = mhd().start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, port, nullptr, nullptr, &Daemon::handle, this,
                                 MHD_OPTION_SOCK_ADDR, reinterpret_cast<sockaddr*>(&address), MHD_OPTION_CONNECTION_LIMIT,
                                 limits.connections, MHD_OPTION_CONNECTION_TIMEOUT, limits.idle_seconds,
                                 MHD_OPTION_CONNECTION_MEMORY_LIMIT, 2 * limits.header_bytes, MHD_OPTION_NOTIFY_COMPLETED,
                                 &Daemon::completed, nullptr, MHD_OPTION_END);
    if (daemon_ == nullptr) {
      throw Error(ErrorCode::io, fmt::format("127.0.0.1:{}", port),
                  fmt::format("cannot be listened on: {}; name another port with --port, or 0 for any", std::strerror(errno)));
    }
  }
  ~Daemon() { mhd().stop_daemon(daemon_); }
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  [[nodiscard]] std::uint16_t port() const { return mhd().get_daemon_info(daemon_, MHD_DAEMON_INFO_BIND_PORT)->port; }

 private:
  static MHD_Result handle(void* self, MHD_Connection* connection, const char* url, const char* method, const char* /*version*/,
                           const char* data, std::size_t* size, void** state) {
    // Nothing may be thrown through a library written in C.
    try {
      return static_cast<Daemon*>(self)->handle(connection, url, method, data, size, state);
    } catch (const std::exception&) {
      return MHD_NO;
    }
  }

  static void completed(void* /*self*/, MHD_Connection* /*connection*/, void** state, MHD_RequestTerminationCode /*how*/) {
    delete static_cast<Incoming*>(*state);
    *state = nullptr;
  }

  MHD_Result handle(MHD_Connection* connection, const char* url, const char* method, const char* data, std::size_t* size,
                    void** state) {
    if (*state == nullptr) return begin(connection, url, method, state);
    Incoming& incoming = *static_cast<Incoming*>(*state);
    if (*size > 0) {
      incoming.seen += *size;
      if (incoming.seen > incoming.most || incoming.body == nullptr) return MHD_NO;
      const MHD_Result taken = mhd().post_process(incoming.body, data, *size);
      *size = 0;
      return taken;
    }
    if (incoming.refused) return MHD_NO;
    if (incoming.body != nullptr) {
      // What is left in it comes out now; its end may be missing.
      mhd().destroy_post_processor(std::exchange(incoming.body, nullptr));
    }
    return send(connection, site_.answer(std::move(incoming.request)));
  }

  MHD_Result begin(MHD_Connection* connection, const char* url, const char* method, void** state) {
    auto incoming = std::make_unique<Incoming>();
    Request& request = incoming->request;
    request.method = method;
    request.path = url;
    mhd().get_connection_values(connection, MHD_GET_ARGUMENT_KIND, keep, &request.query);
    mhd().get_connection_values(connection, MHD_HEADER_KIND, keep_header, &request.headers);
    Incoming& kept = *incoming;
    *state = incoming.release();
    if (auto refusal = site_.refuse(kept.request)) {
      kept.refused = true;
      return send(connection, std::move(*refusal));
    }
    if (!kept.request.changes()) return MHD_YES;
    // Browsers say how long a body is; whoever does not may go on for ever.
    const std::string type = kept.request.header("content-type").value_or("");
    const std::string length = kept.request.header("content-length").value_or("");
    kept.most = type.starts_with("multipart/form-data") ? limits_.upload_bytes : limits_.form_bytes;
    if (length.empty() || length.size() > 12 || !std::ranges::all_of(length, is_digit)) {
      kept.refused = true;
      return send(connection, {411, "text/plain; charset=utf-8", "say how long the body is\n"});
    }
    if (std::stoull(length) > kept.most) {
      kept.refused = true;
      return send(connection, too_large(kept.most));
    }
    kept.body = mhd().create_post_processor(connection, std::size_t{64} << 10, &Incoming::take, &kept);
    if (kept.body == nullptr && length != "0") {
      kept.refused = true;
      return send(connection, {415, "text/plain; charset=utf-8", "send a form\n"});
    }
    return MHD_YES;
  }

  Site site_;
  HttpLimits limits_;
  MHD_Daemon* daemon_ = nullptr;
};

HttpServer::HttpServer(std::uint16_t port, Site site, const HttpLimits& limits)
    : daemon_(std::make_unique<Daemon>(port, std::move(site), limits)) {}
HttpServer::~HttpServer() = default;
std::uint16_t HttpServer::port() const { return daemon_->port(); }

}  // namespace lacuna
