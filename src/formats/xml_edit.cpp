#include "formats/xml_edit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lacuna/error.hpp"

namespace lacuna::xml {

void each_tag(std::string_view document, const std::function<void(const Tag&)>& tell) {
  const auto behind = [&](std::string_view what, std::size_t from) {
    const std::size_t at = document.find(what, from);
    return at == std::string_view::npos ? document.size() : at + what.size();
  };
  for (std::size_t at = document.find('<'); at != std::string_view::npos; at = document.find('<', at)) {
    const std::string_view rest = document.substr(at);
    if (rest.starts_with("<!--")) {
      at = behind("-->", at + 4);
    } else if (rest.starts_with("<![CDATA[")) {
      at = behind("]]>", at);
    } else if (rest.starts_with("<?")) {
      at = behind("?>", at);
    } else {
      Tag tag;
      tag.begin = at;
      tag.kind = rest.starts_with("</") ? Tag::Kind::close : Tag::Kind::open;
      const std::size_t name = at + (tag.kind == Tag::Kind::close ? 2 : 1);
      std::size_t end = std::min(document.find_first_of(" \t\r\n/>", name), document.size());
      tag.name = document.substr(name, end - name);
      tag.name.remove_prefix(tag.name.find(':') + 1);  // Without a colon, npos + 1 = 0.
      // Values of attributes may hold ">".
      for (; end < document.size() && document[end] != '>'; ++end) {
        if (document[end] == '"' || document[end] == '\'')
          end = std::min(document.find(document[end], end + 1), document.size() - 1);
      }
      if (end > at && document[end - 1] == '/') tag.kind = Tag::Kind::empty;
      tag.end = at = std::min(end + 1, document.size());
      tell(tag);
    }
  }
}

Skeleton skeleton_of(std::string_view document) {
  Skeleton skeleton;
  std::size_t depth = 0;
  each_tag(document, [&](const Tag& tag) {
    if (tag.kind == Tag::Kind::close) --depth;
    if (depth == 0 && tag.kind != Tag::Kind::close) {
      skeleton.root_begin = tag.begin;
      skeleton.inside = skeleton.inside_end = tag.end;
    }
    if (depth == 0 && tag.kind == Tag::Kind::close) skeleton.inside_end = tag.begin;
    if (depth == 1 && tag.kind != Tag::Kind::close) skeleton.children.push_back({tag.name, tag.begin, tag.end});
    if (depth == 1 && tag.kind == Tag::Kind::close) skeleton.children.back().end = tag.end;
    if (tag.kind == Tag::Kind::open) ++depth;
  });
  return skeleton;
}

std::vector<Span> elements_of(std::string_view document, Span within, std::string_view name) {
  std::vector<Span> found;
  std::size_t depth = 0;  // Inside of one that was found.
  each_tag(document.substr(within.begin, within.end - within.begin), [&](const Tag& tag) {
    if (tag.name != name) return;
    if (tag.kind == Tag::Kind::close) {
      if (--depth == 0) found.back().end = within.begin + tag.end;
      return;
    }
    if (depth == 0) found.push_back({name, within.begin + tag.begin, within.begin + tag.end});
    if (tag.kind == Tag::Kind::open) ++depth;
  });
  return found;
}

std::string ready_for(std::string_view document, std::string_view prefix, std::string_view address) {
  const Skeleton skeleton = skeleton_of(document);
  std::string_view tag = document.substr(skeleton.root_begin, skeleton.inside - skeleton.root_begin);
  const bool empty = tag.ends_with("/>");
  tag.remove_suffix(empty ? 2 : 1);
  std::string out(document.substr(0, skeleton.root_begin));
  out += tag;
  bool declared = false;
  for (std::size_t at = 0; (at = tag.find(fmt::format("xmlns:{}", prefix), at)) != std::string_view::npos; ++at) {
    std::string_view value = tag.substr(at + 6 + prefix.size());
    value.remove_prefix(std::min(value.find_first_not_of(" \t\r\n"), value.size()));
    if (!value.starts_with('=')) continue;
    value.remove_prefix(std::min(value.find_first_of("\"'"), value.size()));
    if (value.empty()) break;
    value = value.substr(1, value.find(value[0], 1) - 1);
    if (value != address)
      throw Error(ErrorCode::bad_input, "",
                  fmt::format("is written in an unusual way (\"{}\" means {}); save it anew with Word", prefix, value));
    declared = true;
  }
  if (!declared) out += fmt::format(" xmlns:{}=\"{}\"", prefix, address);
  if (!empty) return out + std::string(document.substr(skeleton.inside - 1));
  std::string_view name = tag.substr(1);
  name = name.substr(0, name.find_first_of(" \t\r\n"));
  return out + fmt::format("></{}>", name) + std::string(document.substr(skeleton.inside));
}

}  // namespace lacuna::xml
