// Search records: the documents nearest to a need that nobody has judged, and the record that is made of the verdicts.
#include <fmt/format.h>

#include <algorithm>

#include "base/separated.hpp"
#include "base/text.hpp"
#include "formats/table.hpp"
#include "server/site.hpp"
#include "workbench/search_protocol.hpp"

namespace lacuna {
namespace {

Workbench bench_for_records(Site& site) { return {site.served().map, *site.served().profile, {}, Store::Texts::load}; }

std::string candidate(Site& site, const Graph& graph, const UnjudgedDocument& d, std::size_t number) {
  const std::string state = state_text(graph, d.document);
  const bool told = d.document.record && !d.document.record->abstract.empty();
  std::string shared;
  for (const SharedWord& word : d.overlap.shared) shared += (shared.empty() ? "" : ", ") + word.word;
  std::string out = fmt::format(
      "<fieldset>\n<legend dir=\"auto\"><a href=\"{}\">{}</a>{}{}</legend>\n<p dir=\"auto\"><b>{}</b></p>\n"
      "<p dir=\"auto\">{}</p>\n<p class=\"note\">near {:.2f}{}</p>\n",
      html(site.address_of(d.document.id)), html(d.document.id), state.empty() ? "" : ", " + html(state),
      d.since ? fmt::format(", waits since {}", to_string(*d.since)) : "", html(d.document.writing.title),
      html(shortened(told ? d.document.record->abstract : d.document.writing.text, 900)), d.overlap.degree,
      shared.empty() ? "" : "; shares " + html(shortened(shared, 120)));
  out += hidden(fmt::format("document{}", number), d.document.id) + "<p class=\"keys\">";
  const auto choice = [&](std::string_view value, std::string_view label, bool checked) {
    return fmt::format("<label class=\"choice\"><input type=\"radio\" name=\"says{}\" value=\"{}\"{}> {}</label>\n", number,
                       value, checked ? " checked" : "", label);
  };
  out += choice("skip", "not judged", true);
  for (const JudgingKey& key : judging_keys()) out += choice({&key.key, 1}, key.help, false);
  return out + fmt::format("</p>\n<label>Why <input name=\"reason{}\"></label>\n</fieldset>\n", number);
}

}  // namespace

Reply record_page(Site& site, const Request& request) {
  static constexpr Kind needs[] = {Kind::requirement, Kind::capability, Kind::use_case, Kind::threat};
  std::string body = "<h1>Search for a need</h1>\n" + told_before(request);
  const std::string& name = value_of(request.query, "need");
  body += fmt::format(
      "<form class=\"ask\" method=\"get\" action=\"/record\">\n<div class=\"fields\"><div class=\"field\"><label "
      "for=\"need\">Need</label>"
      "<input id=\"need\" name=\"need\" value=\"{}\" data-names=\"need\" required></div></div>\n<p class=\"buttons\">"
      "<button>List the documents nearest to it</button></p>\n</form>\n",
      html(name));
  if (name.empty()) {
    body += site.rows_of("gaps", {{"unjudged", "yes"}, {"limit", "15"}});
    return site.page("Search for a need", "/record", body);
  }
  const Workbench bench = bench_for_records(site);
  const Graph& graph = bench.graph();
  const NodeId id = graph.find(name, needs);
  const Node& need = graph.node(id);
  const std::vector<UnjudgedDocument> near = unjudged_documents(bench, {id}, near_limit);
  body +=
      fmt::format("<h2 dir=\"auto\">{} – {}</h2>\n<p dir=\"auto\">{}</p>\n", html(need.id), html(need.title), html(need.text));
  if (near.empty()) {
    body += "<p>Nobody needs to judge anything: all documents near it are judged.</p>\n";
    return site.page("Search for " + need.id, "/record", body);
  }
  // What the latest record for it left out is left out again, unless somebody has looked there.
  std::vector<std::string> left_out;
  for (const SearchRecord& earlier : graph.searches()) {
    if (std::ranges::find(earlier.needs, id) != earlier.needs.end()) left_out = earlier.record.not_searched;
  }
  body += "<form class=\"change\" method=\"post\" action=\"/record\">\n" + hidden("need", need.id);
  for (std::size_t i = 0; i < near.size(); ++i) body += candidate(site, graph, near[i], i);
  body += fmt::format(
      "<label>Bodies of which nothing was searched, with commas between <input name=\"not_searched\" value=\"{}\"></label>\n",
      html(join(left_out, ", ")));
  body +=
      "<p>What is left not judged does not stand in the record. Whoever signs answers for it that the nearest documents were "
      "judged.</p>\n<label class=\"choice\"><input type=\"checkbox\" name=\"sign\" value=\"yes\"> I sign it: what nothing covers "
      "is then a "
      "confirmed gap</label>\n";
  body += who_field(request) + "<p class=\"buttons\"><button>Make the record</button></p>\n</form>\n";
  return site.page("Search for " + need.id, "/record", body);
}

Reply record_post(Site& site, const Request& request) {
  const Workbench bench = bench_for_records(site);
  ProtocolQuestion question;
  question.needs = {bench.graph().node(bench.graph().find(value_of(request.form, "need"))).id};
  question.by = person_of(request);
  question.sign = !value_of(request.form, "sign").empty();
  question.read = "titles and abstracts";
  question.not_searched = parts_between(value_of(request.form, "not_searched"), ',');
  for (std::size_t i = 0; !value_of(request.form, fmt::format("document{}", i)).empty(); ++i) {
    const std::string& says = value_of(request.form, fmt::format("says{}", i));
    const auto key =
        std::ranges::find_if(judging_keys(), [&](const JudgingKey& k) { return says == std::string_view(&k.key, 1); });
    if (key == judging_keys().end()) continue;
    const std::string document = value_of(request.form, fmt::format("document{}", i));
    const std::string reason(trimmed(value_of(request.form, fmt::format("reason{}", i))));
    if (reason.empty()) throw Error(ErrorCode::usage, document, "was judged without a reason; say why; nothing was written");
    question.candidates.push_back({question.needs.front(), document, key->finding, std::string(key->before_reason) + reason, ""});
  }
  if (question.candidates.empty()) throw Error(ErrorCode::usage, "", "nothing was judged, and nothing was written");
  const RecordMade made = make_record(bench, question);
  Workbench after = bench_for_records(site);
  const Situation situation(after.graph(), *site.served().profile, after.params().as_of);
  const std::string& need = question.needs.front();
  const std::string state(name_of(situation.state_of(after.graph().find(need))));
  Reply reply = see_other(with_told("/record?need=" + encoded(need), fmt::format("{}{} is now: {}", told(made), need, state)));
  remember_person(reply, question.by);
  return reply;
}

}  // namespace lacuna
