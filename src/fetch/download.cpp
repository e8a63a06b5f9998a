#include "fetch/download.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/files.hpp"
#include "base/loaded_library.hpp"
#include "base/text.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

/// What is used of libcurl. It brings OpenSSL, Kerberos, LDAP and more along.
struct Library {
  LoadedLibrary library{"libcurl.so.4", "libcurl4"};  // That the header describes.

  decltype(&curl_easy_cleanup) cleanup = library["curl_easy_cleanup"];
  decltype(&curl_easy_init) init = library["curl_easy_init"];
  decltype(&curl_easy_perform) perform = library["curl_easy_perform"];
  CURLcode (*set)(CURL*, CURLoption, ...) = library["curl_easy_setopt"];
  CURLcode (*info)(CURL*, CURLINFO, ...) = library["curl_easy_getinfo"];
  decltype(&curl_easy_strerror) error_text = library["curl_easy_strerror"];
  decltype(&curl_slist_append) append = library["curl_slist_append"];
  decltype(&curl_slist_free_all) free_list = library["curl_slist_free_all"];
  decltype(&curl_url) url = library["curl_url"];
  decltype(&curl_url_cleanup) url_cleanup = library["curl_url_cleanup"];
  decltype(&curl_url_get) url_get = library["curl_url_get"];
  decltype(&curl_url_set) url_set = library["curl_url_set"];
  decltype(&curl_free) free_text = library["curl_free"];
};

const Library& curl() {
  static const Library library;
  return library;
}

constexpr int most_redirects = 5;
constexpr long seconds_to_connect = 20;
constexpr long seconds_without_progress = 30;
constexpr std::size_t most_of_a_header = 8 << 10;
constexpr std::uint64_t most_of_a_refusal = 1 << 20;

struct Place {
  std::string scheme;
  std::string host;  ///< With its port, where that is named.
};

Place place_of(const std::string& address) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl().url(), curl().url_cleanup);
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    std::string out;
    if (curl().url_get(url.get(), which, &text, 0) == CURLUE_OK && text != nullptr) out = text;
    curl().free_text(text);
    return out;
  };
  if (curl().url_set(url.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK)
    throw Error(ErrorCode::usage, address, "is no address; write https://HOST/…");
  const std::string port = part(CURLUPART_PORT);
  return {lower(part(CURLUPART_SCHEME)), lower(part(CURLUPART_HOST)) + (port.empty() ? "" : ":" + port)};
}

// What an earlier run has begun is gone on with only where the server says that it is the same file: beside it stands by what it
// tells that.
std::string note_beside(const std::string& to) { return to + ".of"; }

void forget(const std::string& to) {
  std::error_code none;
  std::filesystem::remove(note_beside(to), none);
  std::filesystem::remove(to, none);
}

void begin(const std::string& to, const Validators& validators) {
  forget(to);
  // A weak tag does not tell bytes apart (RFC 9110, 8.8.1).
  const bool strong = !validators.etag.empty() && !validators.etag.starts_with("W/");
  const std::string& which = strong ? validators.etag : validators.modified;
  if (!which.empty()) write_file(note_beside(to), which);
}

/// One request and what comes of it.
class Transfer {
 public:
  Transfer(const Remote& remote, std::string address) : remote_(remote), address_(std::move(address)) {}
  ~Transfer() {
    curl().free_list(headers_);
    if (file_ != nullptr) std::fclose(file_);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  void header(const std::string& line) { headers_ = curl().append(headers_, line.c_str()); }
  void conditions(const Validators& last) {
    if (!last.etag.empty()) header("If-None-Match: " + last.etag);
    if (!last.modified.empty()) header("If-Modified-Since: " + last.modified);
  }
  void without_body() { head_ = true; }
  /// Into that file; from `at` on where the server answers that it goes on there.
  void into(const std::string& path, std::uint64_t at, const DownloadWatcher& watch) {
    path_ = path;
    at_ = at;
    watch_ = &watch;
  }
  void run();

  long status = 0;
  std::string leads_to;
  Validators validators;

 private:
  std::size_t take_header(std::string_view line);
  std::size_t take_body(const char* bytes, std::size_t size);

  const Remote& remote_;
  std::string address_;
  curl_slist* headers_ = nullptr;
  bool head_ = false;
  std::string path_;
  std::uint64_t at_ = 0;
  const DownloadWatcher* watch_ = nullptr;
  std::FILE* file_ = nullptr;
  std::uint64_t claimed_ = 0;
  std::uint64_t refusal_ = 0;  ///< Bytes of a page that is not taken.
  std::string range_;          ///< Content-Range.
  std::uint64_t received_ = 0;
  std::string fault_;
  CURL* handle_ = nullptr;
};

std::size_t Transfer::take_header(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (line.starts_with("HTTP/")) validators = {};
  if (colon == std::string_view::npos || line.size() > most_of_a_header) return line.size();
  const std::string name = lower(line.substr(0, colon));
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && static_cast<unsigned char>(value.back()) <= ' ') value.remove_suffix(1);
  // What is kept is sent again: no sign of it may end a line.
  if (harmless(value) != value || !is_clean_utf8(value)) return line.size();
  if (name == "content-range") range_ = value;
  if (name == "etag") validators.etag = value;
  if (name == "last-modified") validators.modified = value;
  return line.size();
}

std::size_t Transfer::take_body(const char* bytes, std::size_t size) {
  long code = 0;
  curl().info(handle_, CURLINFO_RESPONSE_CODE, &code);
  if (code != 200 && code != 206) {  // What a fault's page says is not taken, nor waited for without end.
    if ((refusal_ += size) <= most_of_a_refusal) return size;
    fault_ = fmt::format("answers with status {} and a page without end; nothing was taken", code);
    return 0;
  }
  if (file_ == nullptr) {
    curl_off_t length = 0;
    curl().info(handle_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    if (code == 200) at_ = 0;
    claimed_ = length > 0 ? at_ + static_cast<std::uint64_t>(length) : 0;
    if (claimed_ > remote_.most) {
      fault_ = fmt::format("is said to hold {} bytes, more than the {} that its row allows; nothing was taken",
                           thousands(claimed_), thousands(remote_.most));
      return 0;
    }
    if (code == 206 && (at_ == 0 || !range_.starts_with(fmt::format("bytes {}-", at_)))) {
      fault_ = "sends another part than was asked for; nothing was taken";
      forget(path_);
      return 0;
    }
    if (code == 200) begin(path_, validators);
    file_ = std::fopen(path_.c_str(), code == 206 ? "ab" : "wb");
    if (file_ == nullptr) {
      fault_ = fmt::format("cannot be kept at {}", path_);
      return 0;
    }
  }
  received_ += size;
  if (at_ + received_ > remote_.most) {
    fault_ = fmt::format("goes on after the {} bytes that its row allows; nothing was taken", thousands(remote_.most));
    forget(path_);
    return 0;
  }
  if (std::fwrite(bytes, 1, size, file_) != size) {
    fault_ = fmt::format("cannot be kept at {}: the disk is full or cannot be written", path_);
    return 0;
  }
  if (*watch_) (*watch_)(at_ + received_, claimed_);
  return size;
}

void Transfer::run() {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl().init(), curl().cleanup);
  handle_ = handle.get();
  if (handle_ == nullptr) throw std::bad_alloc();
  const auto set = [&](CURLoption option, auto value) { curl().set(handle_, option, value); };
  set(CURLOPT_URL, address_.c_str());
  set(CURLOPT_PROTOCOLS_STR, remote_.insecure ? "http,https" : "https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT, seconds_to_connect);
  set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(CURLOPT_LOW_SPEED_TIME, seconds_without_progress);
  set(CURLOPT_USERAGENT, "lacuna");
  set(CURLOPT_HTTPHEADER, headers_);
  if (head_) set(CURLOPT_NOBODY, 1L);
  set(
      CURLOPT_WRITEFUNCTION, +[](const char* bytes, std::size_t one, std::size_t size, void* self) {
        return static_cast<Transfer*>(self)->take_body(bytes, one * size);
      });
  set(CURLOPT_WRITEDATA, this);
  set(
      CURLOPT_HEADERFUNCTION, +[](const char* bytes, std::size_t one, std::size_t size, void* self) {
        return static_cast<Transfer*>(self)->take_header({bytes, one * size});
      });
  set(CURLOPT_HEADERDATA, this);
  const CURLcode code = curl().perform(handle_);
  curl().info(handle_, CURLINFO_RESPONSE_CODE, &status);
  char* redirect = nullptr;
  curl().info(handle_, CURLINFO_REDIRECT_URL, &redirect);
  if (redirect != nullptr) leads_to = redirect;
  const bool taken = file_ != nullptr;
  if (taken) {
    if (std::fclose(file_) != 0 && fault_.empty()) fault_ = fmt::format("cannot be kept at {}: the disk is full", path_);
    file_ = nullptr;
  }
  if (!fault_.empty()) throw Error(ErrorCode::io, address_, fault_);
  if (code != CURLE_OK)
    throw Error(ErrorCode::io, address_,
                fmt::format("{}{}", code == CURLE_PARTIAL_FILE ? "broke off" : lower(curl().error_text(code)),
                            received_ > 0 ? "; the next update goes on from there, where the server can" : ""));
  if (head_ || (status != 200 && status != 206)) return;
  if (!taken) {  // Nor is what an earlier run has left the file that was asked for.
    forget(path_);
    throw Error(ErrorCode::io, address_, "sends nothing; nothing was taken");
  }
  if (status == 206 && range_.substr(range_.rfind('/') + 1) != std::to_string(at_ + received_))
    throw Error(ErrorCode::io, address_, "sends less than the rest; the next update goes on from there, where the server can");
}

/// Asks until there is no other place to ask.
void follow(const Remote& remote, const std::function<void(Transfer&)>& prepare, const std::function<void(Transfer&)>& use) {
  std::string address = remote.address;
  const std::string own = place_of(address).host;
  for (int redirects = 0;; ++redirects) {
    const Place place = place_of(address);
    const bool known = place.host == own || std::ranges::find(remote.hosts, place.host) != remote.hosts.end();
    if (!known)
      throw Error(ErrorCode::io, remote.address,
                  fmt::format("leads to another host, {}, which its row does not name; nothing was taken", harmless(place.host)));
    if (place.scheme != "https" && !(place.scheme == "http" && remote.insecure))
      throw Error(
          ErrorCode::io, remote.address,
          fmt::format(
              "{} {}, which is not encrypted; only a row of your own may allow that (\"insecure\": true); nothing was taken",
              redirects > 0 ? "leads to" : "is", harmless(address)));
    Transfer transfer(remote, address);
    prepare(transfer);
    transfer.run();
    if (transfer.status < 300 || transfer.status >= 400 || transfer.status == 304) return use(transfer);
    if (transfer.leads_to.empty() || redirects == most_redirects)
      throw Error(ErrorCode::io, remote.address, "leads from one place to another without end; nothing was taken");
    address = transfer.leads_to;
  }
}

[[noreturn]] void refused(const Remote& remote, long status) {
  throw Error(ErrorCode::io, remote.address,
              fmt::format("answers with status {}{}; nothing was taken", status,
                          status == 404 ? ", not found: has it moved? A row of your own can say where to" : ""));
}

}  // namespace

Downloaded ask_whether_changed(const Remote& remote, const Validators& last) {
  Downloaded done;
  const auto prepare = [&](Transfer& transfer) { transfer.conditions(last), transfer.without_body(); };
  follow(remote, prepare, [&](const Transfer& transfer) {
    if (transfer.status != 200 && transfer.status != 304) refused(remote, transfer.status);
    done.validators = transfer.validators;
    // Some servers heed only one of both conditions, or none for a request without a body.
    const bool same = !last.empty() &&
                      (last.etag.empty() ? transfer.validators.modified == last.modified : transfer.validators.etag == last.etag);
    done.changed = transfer.status == 200 && !same;
  });
  return done;
}

Downloaded download(const Remote& remote, const Validators& last, const std::string& to, const DownloadWatcher& watch) {
  Downloaded done;
  std::error_code none;
  const std::string begun = holds_something(note_beside(to)) ? read_file(note_beside(to)) : std::string();
  std::uint64_t at = begun.empty() ? 0 : std::filesystem::file_size(to, none);
  if (none) at = 0;
  const auto prepare = [&](Transfer& transfer) {
    if (at > 0) {
      transfer.header(fmt::format("Range: bytes={}-", at));
      transfer.header("If-Range: " + begun);
    } else {
      transfer.conditions(last);
    }
    transfer.into(to, at, watch);
  };
  long status = 0;
  const auto use = [&](const Transfer& transfer) {
    status = transfer.status;
    done.changed = status == 200 || status == 206;
    done.validators = transfer.validators;
  };
  follow(remote, prepare, use);
  if (status == 416) {  // There is nothing behind what is there: it is not known what that is.
    forget(to);
    at = 0;
    follow(remote, prepare, use);
  }
  if (!done.changed && status != 304) refused(remote, status);
  std::filesystem::remove(note_beside(to), none);
  return done;
}

}  // namespace lacuna
