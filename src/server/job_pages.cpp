// Uploads into the map, proposals onto it, tags: what takes long is done as a job, which is watched and can be interrupted.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/files.hpp"
#include "base/names.hpp"
#include "base/text.hpp"
#include "formats/table.hpp"
#include "lacuna/import.hpp"
#include "lacuna/store.hpp"
#include "server/job.hpp"
#include "server/site.hpp"
#include "server/upload_folder.hpp"

namespace lacuna {
namespace {

/// The name of an upload as a file of ours: what a path could not be.
std::string file_name(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, 100)) out += is_letter(c) || is_digit(c) || c == '.' || c == '_' ? c : '-';
  while (out.starts_with('.') || out.starts_with('-')) out.erase(0, 1);
  return out.empty() ? "upload" : out;
}

/// `what` says it in the heading of its page.
Reply begin(Site& site, const std::string& what, std::vector<std::string> arguments, std::string folder,
            const std::string& person) {
  std::vector<std::string> all{"--map", std::filesystem::absolute(site.served().map).string()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  Reply reply = see_other(fmt::format("/job?number={}", site.jobs().start(what, std::move(all), std::move(folder), person)));
  remember_person(reply, person);
  return reply;
}

}  // namespace

std::size_t Jobs::start(const std::string& what, std::vector<std::string> arguments, std::string folder,
                        const std::string& person) {
  if (jobs_.size() >= most) jobs_.erase(jobs_.begin());
  jobs_.emplace(++last_, std::make_unique<Job>(what, std::move(arguments), std::move(folder), person));
  return last_;
}

Job& Jobs::at(std::size_t number) {
  const auto found = jobs_.find(number);
  if (found == jobs_.end())
    throw Error(ErrorCode::not_found, std::to_string(number),
                "is no work of this server; see the log of the map for what was done");
  return *found->second;
}

Jobs::Jobs() = default;
Jobs::~Jobs() = default;

Reply job_page(Site& site, const Request& request) {
  const std::size_t number = number_of(request.query, "number");
  Job& job = site.jobs().at(number);
  const Job::State state = job.look();
  std::string body = fmt::format("<h1>{}</h1>\n<p>{}</p>\n",
                                 state.running         ? "At work"
                                 : state.status == 0   ? "Done"
                                 : state.status == 130 ? "Interrupted"
                                                       : "Not done",
                                 html(job.what()));
  body += fmt::format("<p role=\"status\">{:.0f} s {}</p>\n<pre class=\"said\" dir=\"auto\">{}</pre>\n", state.seconds,
                      html(state.progress), html_lines(state.said));
  if (state.running)
    body += fmt::format(
        "<form class=\"change\" method=\"post\" action=\"/job\">\n{}<p class=\"buttons\"><button>Interrupt</button> "
        "<a href=\"/job?number={}\">How far is it?</a></p>\n</form>\n",
        hidden("number", std::to_string(number)), number);
  else
    body +=
        "<p class=\"actions\"><a href=\"/log\">What was done to the map</a> <a href=\"/review\">Review</a> <a "
        "href=\"/\">Overview</a></p>\n";
  Reply reply = site.page(state.running ? "At work" : "Done", "/import", body);
  if (state.running) reply.headers.emplace_back("Refresh", "1");
  return reply;
}

Reply job_post(Site& site, const Request& request) {
  const std::size_t number = number_of(request.form, "number");
  site.jobs().at(number).interrupt();
  return see_other("/job?number=" + std::to_string(number));
}

std::string propose_form(const Request& request) {
  return fmt::format(
      "<h2>More suggestions</h2>\n<form class=\"change\" method=\"post\" action=\"/propose\">\n"
      "<label>For a need, a deliverable, a topic, an objective or a group; nothing: for all needs <input name=\"name\" "
      "data-names=\"node\"></label>\n"
      "<label class=\"choice\"><input type=\"checkbox\" name=\"on_map\" value=\"yes\"> Only deliverables of the map</label>\n"
      "{}<p class=\"buttons\"><button>Suggest links, for review</button></p>\n</form>\n",
      who_field(request));
}

Reply import_page(Site& site, const Request& request) {
  std::string body = "<h1>Import</h1>\n" + told_before(request);
  body +=
      "<form class=\"change\" method=\"post\" action=\"/import\" enctype=\"multipart/form-data\">\n"
      "<label>File: a workbook, a framework, a catalogue, a table <input type=\"file\" name=\"file\" required></label>\n"
      "<label>Format <select name=\"format\">\n<option value=\"\">by the ending of its name</option>\n";
  body += options(names_in(importers()), "");
  body +=
      "</select></label>\n<label class=\"choice\"><input type=\"checkbox\" name=\"sync\" value=\"yes\"> It is a workbook of this "
      "map: "
      "what was changed and removed there is changed and removed here</label>\n"
      "<label class=\"choice\"><input type=\"checkbox\" name=\"dry\" value=\"yes\" checked> Only say what would be "
      "done</label>\n";
  body += who_fields(request, "Of such a workbook: what for, in a sentence, for the log");
  body += "<p class=\"buttons\"><button>Import</button></p>\n</form>\n";
  body += "<h2>Tags</h2>\n<ul>\n";
  for (const Tag& tag : Store(site.served().map).tags())
    body += fmt::format("<li dir=\"auto\"><a href=\"/gaps?tag={}\">{}</a>, {} {}</li>\n", encoded(tag.name), html(tag.name),
                        to_string(tag.made), html(tag.about));
  body +=
      "</ul>\n<form class=\"change\" method=\"post\" action=\"/tag\">\n<label>Keep the map as it stands under the name <input "
      "name=\"name\" required></label>\n"
      "<label>What it is, in a sentence <input name=\"about\"></label>\n<p class=\"buttons\"><button>Tag</button></p>\n</form>\n";
  return site.page("Import", "/import", body);
}

namespace {

/// Work with the file that came, in a folder of its own: there it goes by the name that people know.
Reply begin_with_file(Site& site, const Request& request, std::string_view what, std::vector<std::string> arguments) {
  if (request.uploads.empty() || request.uploads.front().name.empty())
    throw Error(ErrorCode::usage, "", "choose a file; nothing was changed");
  const Upload& upload = request.uploads.front();
  const std::string folder = upload_folder();
  const std::string name = file_name(upload.name);
  write_file(folder + "/" + name, upload.bytes);
  arguments.push_back("./" + name);
  return begin(site, fmt::format("{} {}", what, upload.name), std::move(arguments), folder, person_of(request));
}

bool is_checked(const Request& request, std::string_view name) { return !value_of(request.form, name).empty(); }

}  // namespace

Reply import_post(Site& site, const Request& request) {
  std::vector<std::string> arguments{"import"};
  if (const std::string& format = value_of(request.form, "format"); !format.empty()) arguments.push_back("--format=" + format);
  if (is_checked(request, "sync")) {
    arguments.emplace_back("--sync");
    if (is_checked(request, "dry")) arguments.emplace_back("--dry-run");
    if (const std::string why(trimmed(value_of(request.form, "why"))); !why.empty()) arguments.push_back("--why=" + why);
  }
  return begin_with_file(site, request, is_checked(request, "dry") ? "Trying, without changing anything:" : "Import of",
                         std::move(arguments));
}

Reply apply_post(Site& site, const Request& request) {
  std::vector<std::string> arguments{"apply"};
  if (is_checked(request, "partly")) arguments.emplace_back("--partly");
  return begin_with_file(site, request, "Applying", std::move(arguments));
}

Reply propose_post(Site& site, const Request& request) {
  const std::string person = person_of(request);
  std::vector<std::string> arguments{"link", "suggest", "--write"};
  if (is_checked(request, "on_map")) arguments.emplace_back("--on-map");
  if (const std::string name(trimmed(value_of(request.form, "name"))); !name.empty()) {
    arguments.emplace_back("--");
    arguments.push_back(name);
  }
  return begin(site, "Suggesting links", std::move(arguments), "", person);
}

Reply tag_post(Site& site, const Request& request) {
  const Tag tag = put_tag(site.served().map, value_of(request.form, "name"), Date::of(today()),
                          std::string(trimmed(value_of(request.form, "about"))), false);
  return see_other(with_told(
      "/import", fmt::format("tag \"{}\": {}, {}", tag.name, count_of(tag.nodes, "node"), count_of(tag.links, "link"))));
}

}  // namespace lacuna
