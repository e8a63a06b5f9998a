#include "formats/xml.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <exception>
#include <string>
#include <unordered_set>

#include "base/text.hpp"

namespace lacuna::xml {

struct Stream::State {
  std::string file;
  Handler handler;
  XML_Parser parser = XML_ParserCreateNS(nullptr, '\n');
  std::size_t depth = 0;
  std::size_t text = 0;
  std::uint64_t fed = 0;
  std::unordered_set<std::string> names;
  std::string refused;
  std::exception_ptr thrown;  ///< By the handler: it must not fly through expat.

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { XML_ParserFree(parser); }

  [[nodiscard]] std::uint32_t line() const { return static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser)); }

  void stop(std::string why) {
    refused = std::move(why);
    XML_StopParser(parser, XML_FALSE);
  }

  template <class F>
  void call(F f) {
    if (thrown || !refused.empty()) return;  // The parser tells an empty element's end even after it was stopped at its start.
    try {
      f();
    } catch (...) {
      thrown = std::current_exception();
      XML_StopParser(parser, XML_FALSE);
    }
  }

  static std::string_view local(const XML_Char* name) {
    const std::string_view whole(name);
    const std::size_t at = whole.rfind('\n');
    return at == std::string_view::npos ? whole : whole.substr(at + 1);
  }

  static std::string_view space(const XML_Char* name) {
    const std::string_view whole(name);
    const std::size_t at = whole.rfind('\n');
    return at == std::string_view::npos ? std::string_view() : whole.substr(0, at);
  }

  void meet(const XML_Char* name) {
    if (names.insert(name).second && names.size() > most_names)
      stop(fmt::format("holds more than {} different names of elements and attributes", most_names));
  }

  static void on_begin(void* self, const XML_Char* name, const XML_Char** attributes) {
    State& s = *static_cast<State*>(self);
    s.text = 0;
    s.meet(name);
    for (const XML_Char** a = attributes; *a != nullptr; a += 2) s.meet(*a);
    if (!s.refused.empty()) return;
    if (++s.depth > deepest) return s.stop(fmt::format("elements are nested deeper than {} levels", deepest));
    s.call([&] { s.handler.begin(local(name), s.line(), Attributes(space(name), attributes)); });
  }

  static void on_end(void* self, const XML_Char* name) {
    State& s = *static_cast<State*>(self);
    --s.depth;
    s.text = 0;
    s.call([&] { s.handler.end(local(name)); });
  }

  static void on_text(void* self, const XML_Char* text, int length) {
    State& s = *static_cast<State*>(self);
    const bool over = s.text > longest_text;
    s.text += static_cast<std::size_t>(length);
    if (s.text > longest_text) {
      if (!s.handler.too_long) return s.stop(fmt::format("a text is longer than {} MiB", longest_text >> 20));
      if (!over) s.call(s.handler.too_long);
      return;
    }
    s.call([&] { s.handler.text({text, static_cast<std::size_t>(length)}); });
  }

  static void on_namespace(void* self, const XML_Char* prefix, const XML_Char* /*address*/) {
    if (prefix != nullptr) static_cast<State*>(self)->meet(prefix);
  }

  static void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<State*>(self)->stop("document type declarations and entities are not read");
  }
};

Stream::Stream(std::string file, Handler handler) : state_(std::make_unique<State>()) {
  if (state_->parser == nullptr) throw std::bad_alloc();
  state_->file = std::move(file);
  state_->handler = std::move(handler);
  XML_SetUserData(state_->parser, state_.get());
  XML_SetElementHandler(state_->parser, State::on_begin, State::on_end);
  XML_SetCharacterDataHandler(state_->parser, State::on_text);
  XML_SetStartNamespaceDeclHandler(state_->parser, State::on_namespace);
  XML_SetStartDoctypeDeclHandler(state_->parser, State::on_doctype);
}

Stream::~Stream() = default;

void Stream::feed(std::string_view bytes, bool last) {
  State& s = *state_;
  if (XML_Parse(s.parser, bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0) == XML_STATUS_OK) {
    s.fed += bytes.size();
    const auto done = XML_GetCurrentByteIndex(s.parser);
    if (last || done < 0 || s.fed - static_cast<std::uint64_t>(done) <= longest_tag) return;
    s.refused = fmt::format("a tag or comment is longer than {} MiB", longest_tag >> 20);
  }
  if (s.thrown) std::rethrow_exception(s.thrown);
  const std::string why =
      s.refused.empty() ? fmt::format("is no valid XML: {}", XML_ErrorString(XML_GetErrorCode(s.parser))) : s.refused;
  throw Error(ErrorCode::bad_input, fmt::format("{}:{}", s.file, s.line()), why);
}

std::string_view Attributes::operator[](std::string_view name) const {
  for (const char** a = list_; *a != nullptr; a += 2) {
    const std::string_view whole = a[0];
    if (whole.substr(whole.rfind('\n') + 1) == name) return a[1];
  }
  return {};
}

void Attributes::each(const std::function<void(std::string_view, std::string_view, std::string_view)>& tell) const {
  for (const char** a = list_; *a != nullptr; a += 2) {
    const std::string_view whole = a[0];
    const std::size_t at = whole.rfind('\n');
    if (at == std::string_view::npos)
      tell({}, whole, a[1]);
    else
      tell(whole.substr(0, at), whole.substr(at + 1), a[1]);
  }
}

void read(std::string_view bytes, const std::string& part, const Events& events) {
  std::string text;
  Handler handler;
  handler.begin = [&](std::string_view name, std::uint32_t, const Attributes& attributes) {
    text.clear();
    events.start(name, attributes);
  };
  handler.end = [&](std::string_view name) {
    events.end(name, text);
    text.clear();
  };
  handler.text = [&](std::string_view more) { text += more; };
  Stream stream("", std::move(handler));
  try {
    constexpr std::size_t piece = longest_tag;
    for (std::size_t at = 0; at <= bytes.size(); at += piece) stream.feed(bytes.substr(at, piece), bytes.size() - at < piece);
  } catch (const Error& error) {
    // ":12: why" is the stream's own; other errors are the events'.
    if (!error.where().starts_with(":")) throw;
    const std::string message = error.what();
    throw Error(ErrorCode::bad_input, "",
                fmt::format("{}, line {}: {}", part, error.where().substr(1), message.substr(error.where().size() + 2)));
  }
}

std::string clean(std::string_view text) {
  std::string out = harmless(text);
  for (std::size_t at = out.find("\xEF\xBF"); at != std::string::npos; at = out.find("\xEF\xBF", at)) {
    if (static_cast<unsigned char>(out[at + 2]) >= 0xBE)
      out.erase(at, 3);
    else
      at += 3;
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : clean(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace lacuna::xml
