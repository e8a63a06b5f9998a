#include "formats/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lacuna::yaml {

Reader::Reader(std::string_view bytes, std::size_t most) : bytes_(bytes), most_(most) {
  if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
  yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  try {
    next();  // The stream.
    next();
    if (event_.type == YAML_STREAM_END_EVENT) fail("is empty");
    next();
  } catch (...) {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
    throw;
  }
}

Reader::~Reader() {
  yaml_event_delete(&event_);
  yaml_parser_delete(&parser_);
}

std::string_view Reader::text() const {
  if (event_.type != YAML_SCALAR_EVENT) return {};
  return {reinterpret_cast<const char*>(event_.data.scalar.value), event_.data.scalar.length};
}

void Reader::fail(const std::string& message) const { throw Fault{inside(event_.start_mark.line), message}; }

std::uint32_t Reader::inside(std::size_t line) const {
  const auto breaks = static_cast<std::size_t>(std::count(bytes_.begin(), bytes_.end(), '\n'));
  const bool others = bytes_.find('\r') != std::string_view::npos;  // Also a line break, then.
  return static_cast<std::uint32_t>((others ? line : std::min(line, breaks)) + 1);
}

void Reader::next() {
  yaml_event_delete(&event_);
  ++moves_;
  if (yaml_parser_parse(&parser_, &event_) == 0) {
    const std::string problem = parser_.problem == nullptr ? "unknown fault" : parser_.problem;
    std::size_t line = parser_.problem_mark.line != 0 ? parser_.problem_mark.line : parser_.mark.line;
    if (parser_.error == YAML_READER_ERROR) {  // Found while reading ahead: its place is told in bytes.
      const std::string_view before = bytes_.substr(0, parser_.problem_offset);
      line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    }
    throw Fault{inside(line), "is no valid YAML: " + problem};
  }
  if (event_.type == YAML_ALIAS_EVENT) fail("aliases are not read");
  if (event_.type == YAML_SCALAR_EVENT) {
    if (event_.data.scalar.anchor != nullptr) fail("anchors are not read");
    if (++texts_ > most_) fail(fmt::format("holds more than {} texts", most_));
    if (event_.data.scalar.length > longest_text) fail(fmt::format("a text is longer than {} MiB", longest_text >> 20));
    if (text().find('\0') != std::string_view::npos) fail("a text holds NUL");
  }
  if (event_.type == YAML_MAPPING_START_EVENT && event_.data.mapping_start.anchor != nullptr) fail("anchors are not read");
  if (event_.type == YAML_SEQUENCE_START_EVENT && event_.data.sequence_start.anchor != nullptr) fail("anchors are not read");
}

void Reader::enter() {
  if (++depth_ > deepest) fail(fmt::format("is nested deeper than {} levels", deepest));
  next();
}

void Reader::leave() {
  --depth_;
  next();
}

void Reader::skip() {
  std::size_t open = 0;
  do {
    if (event_.type == YAML_MAPPING_START_EVENT || event_.type == YAML_SEQUENCE_START_EVENT) {
      if (depth_ + ++open > deepest) fail(fmt::format("is nested deeper than {} levels", deepest));
    } else if (event_.type == YAML_MAPPING_END_EVENT || event_.type == YAML_SEQUENCE_END_EVENT) {
      --open;
    }
    next();
  } while (open > 0);
}

bool Reader::next_document() {
  while (event_.type != YAML_DOCUMENT_START_EVENT && event_.type != YAML_STREAM_END_EVENT) next();
  if (event_.type == YAML_STREAM_END_EVENT) return false;
  texts_ = 0;
  next();
  return true;
}

}  // namespace lacuna::yaml
