#include "server/site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "base/percent.hpp"
#include "base/text.hpp"
#include "change/apply.hpp"
#include "formats/json.hpp"
#include "formats/xml.hpp"
#include "lacuna/graph.hpp"
#include "lacuna/identifier.hpp"
#include "lacuna/store.hpp"
#include "render/html_listing.hpp"
#include "server/assets.hpp"
#include "server/file_state.hpp"
#include "server/guard.hpp"
#include "server/job.hpp"
#include "server/syncing.hpp"
#include "workbench/catalogue_file.hpp"
#include "workbench/device.hpp"

namespace lacuna {

std::string html(std::string_view text) { return xml::escaped(harmless(text)); }

std::string html_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += html(text.substr(0, end));
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string hidden(std::string_view name, std::string_view value) {
  return fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", html(name), xml::escaped(value));
}

namespace {

constexpr std::string_view person_cookie = "lacuna-by";

std::string decoded(std::string_view text) {
  std::string out = percent_decoded(text);
  return is_clean_utf8(out) ? out : std::string();
}

}  // namespace

std::string person_of(const Request& request) {
  if (const std::string& by = value_of(request.form, "by"); !by.empty()) return by;
  const std::string by = decoded(value_of(request.cookies(), person_cookie));
  return by.empty() ? user_name() : by;
}

void remember_person(Reply& reply, const std::string& person) {
  reply.headers.emplace_back(
      "Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000", person_cookie, encoded(person)));
}

std::string told_before(const Request& request) {
  const std::string& told = value_of(request.query, "told");
  return told.empty() ? "" : fmt::format("<p class=\"done\" role=\"status\">{}</p>\n", html_lines(told));
}

std::string with_told(const std::string& address, std::string_view told) {
  return fmt::format("{}{}told={}", address, address.find('?') == std::string::npos ? "?" : "&", encoded(told));
}

std::string who_field(const Request& request) {
  return fmt::format("<label>Who <input name=\"by\" value=\"{}\" required autocomplete=\"name\"></label>\n",
                     html(person_of(request)));
}

std::string who_fields(const Request& request, std::string_view why_label) {
  return fmt::format("<label>{} <textarea name=\"why\" rows=\"2\"></textarea></label>\n{}", why_label, who_field(request));
}

std::string options(const std::vector<std::string>& names, std::string_view chosen) {
  std::string out;
  for (const std::string& name : names)
    out += fmt::format("<option{}>{}</option>\n", name == chosen ? " selected" : "", html(name));
  return out;
}

/// The names of a map, as of a state of its file.
struct Site::Names {
  FileState state;
  MapInfo info;
  std::unordered_set<std::string> ids;
  std::size_t suggested = 0;
  std::size_t contested = 0;
};

Site::Site(Served served) : served_(std::move(served)) {}
Site::~Site() = default;

const ServedCommand* Site::command(std::string_view name) const {
  const auto found = std::ranges::find(served_.commands, name, &ServedCommand::name);
  return found == served_.commands.end() ? nullptr : &*found;
}

const Site::Names& Site::names() {
  const FileState now = state_of_file(served_.map);
  if (names_ && names_->state == now) return *names_;
  auto names = std::make_unique<Names>();
  names->state = now;
  const Map map = Store(served_.map).map();
  names->info = map.info;
  for (const Node& node : map.nodes) {
    names->ids.insert(node.id);
    names->ids.insert(node.aliases.begin(), node.aliases.end());
  }
  // Who develops what comes along with a suggestion of what it covers.
  for (const Link& link : map.links)
    names->suggested += link.status == Status::suggested && link.relation != Relation::develops ? 1 : 0;
  names->contested = contests_of(map).size();
  names_ = std::move(names);
  return *names_;
}

AddressOf Site::addresses() {
  // Both live as long as the answer that is written.
  const Names& known = names();
  auto seen = std::make_shared<std::unordered_map<std::string, bool>>();
  return [&known, seen](std::string_view name, bool is_document) -> std::string {
    if (name.empty() || name.size() > 120) return {};
    if (is_document) return "/show?NAME=" + encoded(name);
    const auto [found, is_new] = seen->try_emplace(std::string(name));
    if (is_new) {
      found->second = known.ids.contains(found->first);
      if (!found->second && name.find_first_of("0123456789") != std::string_view::npos) {
        const Identifier identifier = parse_identifier(name);
        found->second = identifier.is_numbered() && !body_of(identifier.space).empty();
      }
    }
    return found->second ? "/show?NAME=" + encoded(name) : std::string();
  };
}

const MapInfo& Site::info() { return names().info; }

std::string Site::address_of(std::string_view name) { return addresses()(name, false); }

const std::string* Site::kept(const std::string& question) {
  const std::array<FileState, 2> now{state_of_file(served_.map), state_of_file(catalogues_file())};
  if (now != kept_of_) {
    kept_.clear();
    kept_bytes_ = 0;
    kept_of_ = now;
  }
  const auto found = kept_.find(question);
  return found == kept_.end() ? nullptr : &found->second;
}

void Site::keep(const std::string& question, const std::string& answer) {
  constexpr std::size_t most = std::size_t{32} << 20;
  kept_bytes_ += question.size() + answer.size();
  if (kept_bytes_ > most) {
    kept_.clear();
    kept_bytes_ = question.size() + answer.size();
  }
  if (kept_bytes_ <= most) kept_.insert_or_assign(question, answer);
}

std::string Site::rows_of(std::string_view name, const NamedTexts& values) {
  const Answered answered = command(name)->ask(values, {}, "");
  return html_listing(*answered.rows, addresses());
}

namespace {

/// "as-of", "NEED" as people read it: "As of", "Need".
std::string heading_of(std::string_view name) {
  std::string out = lower(name);
  std::ranges::replace(out, '-', ' ');
  if (!out.empty() && is_letter(out.front())) out.front() = static_cast<char>(out.front() & ~32);
  return out;
}

}  // namespace

namespace {

/// Whether others have what was done here, in words; empty where the map is not shared.
std::string shared_text(const Served& served) {
  const Syncing::Stand stand = served.syncing == nullptr ? Syncing::Stand() : served.syncing->stand();
  if (!stand.place) return {};
  std::string text = fmt::format("Shared as “{}”", stand.place->name);
  if (!stand.at.empty()) text += fmt::format(", in step at {}", stand.at);
  if (!stand.trouble.empty()) text += "; " + stand.trouble;
  return text;
}

/// Differs when the map does.
std::string state_text(const Served& served) {
  const FileState state = state_of_file(served.map);
  return fmt::format("{}-{}-{}", state.inode, state.changes, state.size);
}

}  // namespace

Reply Site::page(std::string_view title, std::string_view at, const std::string& body, unsigned status) {
  const Names* known = nullptr;
  try {
    known = &names();
  } catch (const Error&) {
    // The page itself says what is wrong with the map.
  }
  const std::string map = known == nullptr            ? "Lacuna"
                          : known->info.title.empty() ? "A map of standardization"
                                                      : known->info.title;
  const auto entry = [&](std::string_view path, std::string_view label) {
    return fmt::format("<li><a href=\"{}\"{}>{}</a></li>\n", path, path == at ? " aria-current=\"page\"" : "", html(label));
  };
  std::string bar;
  for (const Route& route : routes()) {
    if (route.title.empty() || (served_.read_only && route.post != nullptr)) continue;
    std::string label(route.title);
    if (known != nullptr && route.path == "/review" && known->suggested > 0) label += fmt::format(" ({})", known->suggested);
    if (known != nullptr && route.path == "/conflicts" && known->contested > 0) label += fmt::format(" ({})", known->contested);
    bar += entry(route.path, label);
  }
  std::string commands;
  for (const ServedCommand& c : served_.commands) {
    const std::string path = "/" + c.name;
    if (route_at(path) == nullptr) commands += entry(path, heading_of(c.name));
  }
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += fmt::format(
      "<title>{} – {}</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/style.css\">\n"
      "<script src=\"/script.js\" defer></script>\n</head>\n<body>\n",
      html(title), html(map));
  out += fmt::format(
      "<a class=\"skip\" href=\"#main\">To the content</a>\n<header>\n<p class=\"map\"><a href=\"/\">{}</a></p>\n"
      "<p class=\"shared\" data-map=\"{}\" role=\"status\">{}</p>\n"
      "<nav aria-label=\"Work\"><ul>\n<li class=\"bar\">Work</li>{}</ul></nav>\n<nav aria-label=\"Questions\"><ul>\n<li "
      "class=\"bar\">Questions</li>{}</ul></nav>\n</header>\n",
      html(map), state_text(served_), html_lines(shared_text(served_)), bar, commands);
  out += fmt::format("<main id=\"main\" tabindex=\"-1\">\n{}</main>\n</body>\n</html>\n", body);
  return {status, "text/html; charset=utf-8", std::move(out), Guard::headers()};
}

namespace {

std::string type_of(std::string_view format) {
  const std::string_view ending = format.substr(format.rfind('-') + 1);
  struct Row {
    std::string_view ending;
    std::string_view type;
  };
  static constexpr Row rows[] = {
      {"json", "application/json"},
      {"csv", "text/csv; charset=utf-8"},
      {"tsv", "text/tab-separated-values; charset=utf-8"},
      {"md", "text/markdown; charset=utf-8"},
      {"html", "text/html; charset=utf-8"},
      {"svg", "image/svg+xml"},
      {"png", "image/png"},
      {"pdf", "application/pdf"},
      {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
  };
  const auto row = std::ranges::find(rows, ending, &Row::ending);
  return std::string(row == std::end(rows) ? "application/octet-stream" : row->type);
}

/// What is shown inside a page of ours rather than saved: a picture or a paper.
bool is_shown(std::string_view format) { return format == "svg" || format == "html"; }

Reply file_reply(const ServedCommand& command, const std::string& format, std::string bytes, bool shown) {
  Reply reply{200, type_of(format), std::move(bytes), Guard::headers()};
  if (shown) {
    // A document of its own: it may run its script, which its own policy names, and touch nothing of ours.
    for (auto& [name, value] : reply.headers) {
      if (name == "Content-Security-Policy")
        value = "frame-ancestors 'self'; sandbox allow-scripts allow-popups allow-downloads allow-modals";
    }
  } else {
    const std::string ending = format.substr(format.rfind('-') + 1);
    reply.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", command.name, ending));
  }
  return reply;
}

constexpr std::string_view fill = "fill.";  ///< Before the words of a blank, as the name of a field.

std::string field_text(const Field& field, const NamedTexts& values, std::size_t number) {
  const std::string id = fmt::format("f{}", number);
  const std::string& value = value_of(values, field.name);
  const std::string common = fmt::format("id=\"{0}\" name=\"{1}\" aria-describedby=\"{0}h\"", id, html(field.name));
  std::string control;
  switch (field.kind) {
    case Field::Kind::flag:
      control = fmt::format("<input type=\"checkbox\" {} value=\"yes\"{}>", common, value.empty() ? "" : " checked");
      break;
    case Field::Kind::choice: {
      control = fmt::format("<select {}{}>\n<option value=\"\">{}</option>\n", common, field.required ? " required" : "",
                            field.initial.empty() ? "" : html(field.initial + " (default)"));
      control += options(field.choices, value) + "</select>";
      break;
    }
    case Field::Kind::file: control = fmt::format("<input type=\"file\" {}>", common); break;
    case Field::Kind::number:
      control = fmt::format("<input type=\"number\" min=\"0\" {} value=\"{}\" placeholder=\"{}\">", common, html(value),
                            html(field.initial));
      break;
    case Field::Kind::date:
    case Field::Kind::text: {
      std::string all = value;
      if (field.many && !field.names_of.empty()) {
        all.clear();
        for (const auto& [name, v] : values) {
          if (name == field.name && !v.empty()) all += (all.empty() ? "" : ",") + v;
        }
      }
      control =
          fmt::format("<input {} value=\"{}\" placeholder=\"{}\"{}{}>", common, html(all),
                      html(field.kind == Field::Kind::date ? "YYYY-MM-DD" : field.initial), field.required ? " required" : "",
                      field.names_of.empty() ? "" : fmt::format(" data-names=\"{}\"", html(field.names_of)));
      break;
    }
  }
  return fmt::format("<div class=\"field\"><label for=\"{0}\">{1}</label> {2}\n<p class=\"help\" id=\"{0}h\">{3}</p></div>\n", id,
                     html(heading_of(field.name)), control, html(field.help));
}

std::string format_buttons(const ServedCommand& command) {
  std::string out;
  for (const FileFormat& format : command.formats)
    out += fmt::format("<button name=\"format\" value=\"{0}\">{0}</button>\n", html(format.name));
  return out;
}

/// The form of a command: what it must be told, the rest folded, and a button for each form of the answer.
std::string form_of(const ServedCommand& command, const NamedTexts& values) {
  std::string first;
  std::string rest;
  std::vector<std::string> set;
  bool files = false;
  std::size_t number = 0;
  for (const Field& field : command.fields) {
    if (field.name + "." == fill) continue;  // By blank, once the paper is there.
    const bool given = !value_of(values, field.name).empty();
    const bool ahead = field.required || field.argument || field.name == "scope" || field.name == "view";
    (ahead ? first : rest) += field_text(field, values, ++number);
    if (given && !ahead) set.push_back(lower(heading_of(field.name)));
    files = files || field.kind == Field::Kind::file;
  }
  std::string out =
      fmt::format("<form class=\"ask\" action=\"/{}\" method=\"get\" data-live=\"{}\">\n<div class=\"fields\">\n{}</div>\n",
                  command.name, command.name == "search" || command.name == "check" ? "yes" : "", first);
  if (!rest.empty())
    out += fmt::format("<details><summary>More options{}</summary>\n<div class=\"fields\">\n{}</div></details>\n",
                       set.empty() ? "" : " (set: " + html(join(set, ", ")) + ")", rest);
  out += "<p class=\"buttons\">";
  if (!command.makes_file) out += "<button>Ask</button>\n";
  for (const FileFormat& format : command.formats) {
    if (command.makes_file && is_shown(format.name))
      out += fmt::format("<button name=\"show\" value=\"{0}\">Show</button>\n", format.name);
  }
  // Of rows, the answer offers its files.
  if (command.makes_file) out += format_buttons(command);
  for (const auto& [name, value] : values) {
    if (name + "." == fill)
      out += hidden(fmt::format("{}{}", fill, value.substr(0, value.find('='))), value.substr(value.find('=') + 1));
  }
  if (files)
    out += "<button formmethod=\"post\" formenctype=\"multipart/form-data\"" +
           std::string(command.makes_file ? fmt::format(" name=\"format\" value=\"{}\"", command.formats.front().name) : "") +
           ">Ask, with the files chosen above</button>\n";
  return out + "</p>\n</form>\n";
}

std::string command_line(const std::string& text) {
  return fmt::format("<p class=\"command\"><code>{}</code> <button type=\"button\" class=\"copy\" hidden>Copy</button></p>\n",
                     html(text));
}

/// Fields for what a paper leaves to be filled in, and what was filled in already.
std::string blank_fields(const ServedCommand& command, const NamedTexts& values, const std::vector<std::string>& blanks) {
  if (blanks.empty()) return {};
  std::string out = fmt::format("<form class=\"ask\" action=\"/{}\" method=\"get\">\n<h2>To be filled in</h2>\n", command.name);
  for (const auto& [name, value] : values) {
    if (name + "." != fill) out += hidden(name, value);
  }
  out += "<div class=\"fields\">\n";
  std::size_t number = 0;
  for (const std::string& blank : blanks) {
    std::string text;
    for (const auto& [name, value] : values) {
      if (name + "." == fill && value.starts_with(blank + "=")) text = value.substr(blank.size() + 1);
    }
    out += fmt::format(
        "<div class=\"field\"><label for=\"b{0}\">{1}</label> <input id=\"b{0}\" name=\"{2}{1}\" value=\"{3}\"></div>\n",
        ++number, html(blank), fill, html(text));
  }
  return out + "</div>\n<p class=\"buttons\"><button name=\"show\" value=\"html\">Show</button>\n" + format_buttons(command) +
         "</p>\n</form>\n";
}

unsigned status_for(const Error& error) {
  switch (error.code()) {
    case ErrorCode::not_found: return 404;
    case ErrorCode::usage:
    case ErrorCode::ambiguous:
    case ErrorCode::bad_input: return 400;
    default: return 500;
  }
}

NamedTexts without(NamedTexts values, std::string_view name) {
  std::erase_if(values, [&](const auto& value) { return value.first == name || value.second.empty(); });
  return values;
}

/// What can be done with the node that is shown.
std::string actions_on(Site& site, const std::string& name) {
  const Graph graph = Store(site.served().map).graph(Store::Texts::skip);
  const auto named = graph.named(name);
  if (named.size() != 1) {
    if (site.served().read_only || !named.empty()) return {};
    return fmt::format("<p class=\"actions\"><a href=\"/add?kind=deliverable&amp;name={}\">Put it on the map</a></p>\n",
                       encoded(name));
  }
  const Node& node = graph.node(named.front());
  const std::string id = encoded(node.id);
  std::string out = "<p class=\"actions\">";
  if (!site.served().read_only) {
    out += fmt::format("<a href=\"/edit?name={0}\">Edit</a> <a href=\"/link?name={0}\">Link</a> ", id);
    if (is_need(node.kind)) out += fmt::format("<a href=\"/record?need={0}\">Search for it</a> ", id);
  }
  out += fmt::format(
      "<a href=\"/render?view=around&amp;NAME={0}&amp;show=svg\">Picture</a> "
      "<a href=\"/blame?NAME={0}\">Who said so</a> <a href=\"/log?NAME={0}\">What was done to it</a>",
      id);
  return out + "</p>\n";
}

Reply command_reply(Site& site, const ServedCommand& command, const Request& request) {
  const NamedTexts& given = request.changes() ? request.form : request.query;
  const std::string show = value_of(given, "show");
  const std::string format = value_of(given, "format");
  NamedTexts values = without(without(without(without(given, "format"), "show"), "inside"), "told");
  for (auto& [name, value] : values) {
    if (!name.starts_with(fill)) continue;
    value = name.substr(fill.size()) + "=" + value;
    name = fill.substr(0, fill.size() - 1);
  }
  for (const auto& [name, value] : values) {
    if (!request.changes() && std::ranges::find(command.fields, name, &Field::name) == command.fields.end())
      throw Error(ErrorCode::usage, name, fmt::format("is nothing that {} can be told", command.name));
  }
  const auto has = [&](const std::string& name) {
    return std::ranges::find(command.formats, name, &FileFormat::name) != command.formats.end();
  };
  for (const std::string& wanted : {show, format}) {
    if (!wanted.empty() && !has(wanted))
      throw Error(ErrorCode::usage, "format", fmt::format("{} gives no {}", command.name, wanted));
  }
  const auto kept_as = [&](std::string_view part, const std::string& name) {
    return fmt::format("{}?{}&{}={} {}", command.name, query_text(values), part, name, to_string(today()));
  };
  if (!format.empty()) {
    const bool inside = !value_of(given, "inside").empty() && is_shown(format);
    const std::string* bytes = inside && !request.changes() ? site.kept(kept_as("format", format)) : nullptr;
    if (bytes != nullptr) return file_reply(command, format, *bytes, inside);
    Answered answered = command.ask(values, request.uploads, format);
    if (!answered.bytes) throw Error(ErrorCode::usage, "", "that gives no file");
    return file_reply(command, format, std::move(*answered.bytes), inside);
  }
  const std::string question = kept_as("show", show);
  // The log offers each person an undoing of their own: it is not kept for others.
  const bool personal = command.name == "log" && !site.served().read_only;
  const bool lasts = !request.changes() && value_of(given, "told").empty() && !personal;
  if (const std::string* answer = lasts ? site.kept(question) : nullptr; answer != nullptr)
    return site.page(heading_of(command.name), "/" + command.name, *answer);
  std::string body = fmt::format("<h1>{}</h1>\n<p class=\"what\">{}</p>\n{}{}", heading_of(command.name), html(command.help),
                                 told_before(request), form_of(command, values));
  unsigned status = 200;
  try {
    if (!show.empty()) {
      body += command_line(command.command(values, request.uploads, show));
      NamedTexts inside = values;
      inside.emplace_back("format", show);
      inside.emplace_back("inside", "yes");
      const std::string address = html(fmt::format("/{}?{}", command.name, query_text(inside)));
      // Faults are told here, not in a frame.
      const Answered answered = command.ask(values, {}, show);
      if (lasts && answered.bytes) site.keep(kept_as("format", show), *answered.bytes);
      body += blank_fields(command, values, answered.blanks);
      body += show == "svg"
                  ? fmt::format("<p><img class=\"shown\" src=\"{}\" alt=\"The picture that the command draws\"></p>\n", address)
                  : fmt::format("<iframe class=\"shown\" src=\"{}\" title=\"What the command writes\"></iframe>\n", address);
    } else if (!command.makes_file && command.is_complete(values, request.uploads)) {
      const Answered answered = command.ask(values, request.uploads, "");
      body += "<div id=\"answer\" aria-live=\"polite\">\n" + command_line(command.command(values, request.uploads, ""));
      for (const std::string& note : answered.notes) body += fmt::format("<p class=\"note\">{}</p>\n", html(note));
      if (personal) body += undo_form(site, request, "/log");
      if (command.name == "show") body += actions_on(site, value_of(values, "NAME"));
      if (request.uploads.empty()) {
        body += "<p class=\"files\">As a file: ";
        for (const FileFormat& f : command.formats) {
          NamedTexts with = values;
          with.emplace_back("format", f.name);
          body += fmt::format("<a href=\"/{}?{}\" download>{}</a> ", command.name, html(query_text(with)), html(f.name));
        }
        body += "</p>\n";
      }
      if (answered.rows) body += html_listing(*answered.rows, site.addresses());
      body += "</div>\n";
    } else {
      body += "<div id=\"answer\" aria-live=\"polite\"></div>\n";
    }
  } catch (const Error& error) {
    // Before anything was asked, what is still to be said is no fault.
    if (values.empty() && error.code() == ErrorCode::usage)
      return site.page(heading_of(command.name), "/" + command.name, body + "<div id=\"answer\" aria-live=\"polite\"></div>\n");
    status = status_for(error);
    body += fmt::format("<div id=\"answer\" aria-live=\"polite\"><p class=\"error\" role=\"alert\">{}</p></div>\n",
                        html(error.what()));
  }
  if (lasts && status == 200) site.keep(question, body);
  return site.page(heading_of(command.name), "/" + command.name, body, status);
}

Reply overview(Site& site, const Request& /*request*/) {
  const std::string question = "/ " + to_string(today());
  if (const std::string* answer = site.kept(question); answer != nullptr) return site.page("Overview", "/", *answer);
  const Store store(site.served().map, catalogues_file());
  const MapInfo& info = site.info();
  std::string body = fmt::format("<h1 dir=\"auto\">{}</h1>\n<p dir=\"auto\">{}</p>\n",
                                 html(info.title.empty() ? "Overview" : info.title), html(info.about));
  std::vector<std::string> catalogues;
  for (const CatalogueInfo& c : store.catalogues())
    catalogues.push_back(c.date ? fmt::format("{} of {}", c.name, to_string(*c.date)) : c.name);
  body += fmt::format("<p>{}</p>\n",
                      html(catalogues.empty() ? "No catalogue is loaded: documents are known as far as the map has them."
                                              : "Catalogues: " + join(catalogues, ", ")));
  body +=
      "<p class=\"actions\"><a href=\"/page?show=html\">The map as one page</a> <a "
      "href=\"/render?view=relationship&amp;show=svg\">"
      "The relationship map</a> <a href=\"/suggest\">Ways forward</a></p>\n";
  body += site.rows_of("coverage", {});
  body += site.rows_of("gaps", {{"limit", "10"}});
  site.keep(question, body);
  return site.page("Overview", "/", body);
}

Reply names_reply(Site& site, const Request& request) {
  const std::string of = value_of(request.query, "of");
  Value list = Value::array();
  const Store store(site.served().map, of == "catalogue" ? catalogues_file() : std::string());
  if (of == "catalogue") {
    const std::string words = value_of(request.query, "words");
    if (!store.catalogues().empty() && (!words_of(words).empty() || parse_identifier(words).is_numbered())) {
      for (const SearchHit& hit : store.search({.words = words, .limit = 10}).hits)
        list.push(Value(Value::Array{hit.face.facts.identifier.text, shortened(hit.face.title, 80)}));
    }
  } else if (of == "tag") {
    for (const Tag& tag : store.tags()) list.push(Value(Value::Array{tag.name, tag.about}));
  } else {
    const Graph graph = store.graph(Store::Texts::skip);
    for (std::size_t i = 0; i < graph.size(); ++i) {
      const Node& node = graph.node(static_cast<NodeId>(i));
      if (of == "node" || of == name_of(node.kind) || (of == "need" && is_need(node.kind)))
        list.push(Value(Value::Array{node.id, shortened(node.title, 80)}));
    }
  }
  Value answer = Value::object();
  answer.set("names", std::move(list));
  return {200, "application/json", json::write_compact(answer), Guard::headers()};
}

/// What a page asks now and then: whether the map is still the one that it shows.
Reply shared_reply(Site& site, const Request& /*request*/) {
  Value answer = Value::object();
  answer.set("map", state_text(site.served())).set("text", shared_text(site.served()));
  return {200, "application/json", json::write_compact(answer), Guard::headers()};
}

Reply style_reply(Site& /*site*/, const Request& /*request*/) {
  return {200, "text/css; charset=utf-8", site_style(), Guard::headers()};
}
Reply script_reply(Site& /*site*/, const Request& /*request*/) {
  return {200, "text/javascript; charset=utf-8", std::string(site_script()), Guard::headers()};
}

}  // namespace

std::span<const Site::Route> Site::routes() {
  static constexpr Route list[] = {
      {"/", "Overview", overview},
      {"/review", "Review", review_page, review_post},
      {"/record", "Search for a need", record_page, record_post},
      {"/add", "Add", add_page, add_post},
      {"/link", "Link", link_page, link_post},
      {"/conflicts", "Conflicts", settle_page, settle_post},
      {"/import", "Import", import_page, import_post},
      {"/propose", "", nullptr, propose_post},
      {"/apply", "", nullptr, apply_post},
      {"/tag", "", nullptr, tag_post},
      {"/job", "", job_page, job_post},
      {"/edit", "", edit_page, edit_post},
      {"/undo", "", nullptr, undo_post},
      {"/names", "", names_reply},
      {"/shared", "", shared_reply},
      {"/style.css", "", style_reply},
      {"/script.js", "", script_reply},
  };
  return list;
}

const Site::Route* Site::route_at(std::string_view path) {
  const auto found = std::ranges::find(routes(), path, &Route::path);
  return found == routes().end() ? nullptr : &*found;
}

Reply Site::answer(const Request& request) {
  const auto fault = [&](unsigned status, std::string_view what) -> Reply {
    // Of what is only tried, a fault is an answer.
    if (!value_of(request.form, "dry").empty())
      return {200, "text/plain; charset=utf-8", fmt::format("✕ {}\n", what), Guard::headers()};
    return page("That did not work", "",
                fmt::format("<h1>That did not work</h1>\n<p class=\"error\" role=\"alert\">{}</p>\n<p>{}</p>\n", html(what),
                            request.changes() ? "Going back in the browser leads to the form, with what was typed." : ""),
                status);
  };
  try {
    const auto clean = [](const NamedTexts& texts) {
      return std::ranges::all_of(texts, [](const auto& t) { return is_clean_utf8(t.first) && is_clean_utf8(t.second); });
    };
    if (!clean(request.query) || !clean(request.form) || !is_clean_utf8(request.path))
      return fault(400, "The request holds bytes that are no UTF-8.");
    if (const Route* route = route_at(request.path); route != nullptr) {
      if (request.changes() && route->post != nullptr) {
        if (served_.read_only) return fault(403, "This server was started with --read-only: nothing is changed.");
        Reply reply = route->post(*this, request);
        if (served_.syncing != nullptr && reply.status == 303) served_.syncing->hurry();
        return reply;
      }
      if (!request.changes() && route->get != nullptr) return route->get(*this, request);
      return fault(405, request.changes() ? "Nothing is sent there." : "There is nothing to read there; a form leads to it.");
    }
    if (const ServedCommand* found = command(std::string_view(request.path).substr(1)))
      return command_reply(*this, *found, request);
    return fault(404, "There is no such page.");
  } catch (const Error& error) {
    return fault(status_for(error), error.what());
  } catch (const std::bad_alloc&) {
    return fault(500, "Out of memory; nothing was changed.");
  } catch (const std::exception& error) {
    return fault(500, fmt::format("Internal error: {}; please report it", error.what()));
  }
}

bool ServedCommand::is_complete(const NamedTexts& values, const std::vector<Upload>& uploads) const {
  return std::ranges::all_of(fields, [&](const Field& field) {
    return !field.required || !value_of(values, field.name).empty() ||
           std::ranges::any_of(uploads, [&](const Upload& upload) { return upload.field == field.name; });
  });
}

}  // namespace lacuna
