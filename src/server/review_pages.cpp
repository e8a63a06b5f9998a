// The review: suggestions one by one, both texts beside each other, and what is held of them.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/table.hpp"
#include "lacuna/store.hpp"
#include "server/site.hpp"
#include "workbench/checked.hpp"
#include "workbench/review_queue.hpp"

namespace lacuna {
namespace {

/// The text with the words that the other has marked.
std::string marked(std::string_view text, const std::vector<SharedWord>& words) {
  std::string out;
  for (const SharedStretch& stretch : stretches_of(text, lower_words(words)))
    out += stretch.shared ? fmt::format("<mark>{}</mark>", html(stretch.text)) : html(stretch.text);
  return out;
}

std::string side(Site& site, const Node& node, std::string_view about, const Writing& writing,
                 const std::vector<SharedWord>& words) {
  return fmt::format(
      "<section>\n<h2 dir=\"auto\"><a href=\"{}\">{}</a></h2>\n<p class=\"note\" dir=\"auto\">{}</p>\n"
      "<p dir=\"auto\"><b>{}</b></p>\n<p dir=\"auto\">{}</p>\n</section>\n",
      html(site.address_of(node.id)), html(node.id), html(about), marked(writing.title, words),
      marked(shortened(writing.text, 4000), words));
}

/// What a step was told: by the form, or by the address.
const NamedTexts& told_to(const Request& request) { return request.changes() ? request.form : request.query; }

std::size_t place_of(const Request& request) { return number_of(told_to(request), "at"); }

/// The filters of the queue, which every step carries along.
NamedTexts filters(const Request& request) {
  NamedTexts kept;
  for (const char* name : {"objective", "topic"}) {
    const std::string& value = value_of(told_to(request), name);
    if (!value.empty()) kept.emplace_back(name, value);
  }
  return kept;
}

std::string step(const Request& request, std::size_t at) {
  NamedTexts query = filters(request);
  query.emplace_back("at", std::to_string(at));
  return "/review?" + query_text(query);
}

Workbench bench_for(Site& site, const Request& request) {
  const NamedTexts kept = filters(request);
  Asked asked;
  asked.objective = value_of(kept, "objective");
  asked.topic = value_of(kept, "topic");
  return {site.served().map, *site.served().profile, asked, Store::Texts::load};
}

}  // namespace

std::string undo_form(Site& site, const Request& request, const std::string& back) {
  const std::vector<PastChange> past = past_changes(Store(site.served().map));
  for (auto change = past.rbegin(); change != past.rend(); ++change) {
    if (change->set.undoes || change->undone_by || change->set.by != person_of(request)) continue;
    return fmt::format(
        "<form class=\"change\" action=\"/undo\" method=\"post\">\n{}{}{}<p>Your last change: {}</p>\n"
        "<p class=\"buttons\"><button data-key=\"u\">Undo <kbd>u</kbd></button></p>\n</form>\n",
        hidden("change", std::to_string(change->place)), hidden("back", back), hidden("by", person_of(request)),
        html(change->set.why));
  }
  return {};
}

namespace {

std::string verdict_form(Site& site, const Request& request, ReviewQueue& queue, const Graph& graph, std::size_t at) {
  const SuggestedPair pair = queue.pair(at);
  const Node& from = graph.node(pair.from);
  const Node& to = graph.node(pair.to);
  std::string out = fmt::format(
      "<p>{} of {} · <b dir=\"auto\">{}</b> covers <b dir=\"auto\">{}</b>? probability {:.2f}, closes {:.2f}, teaches "
      "{:.2f}</p>\n",
      at + 1, queue.links().size(), html(from.id), html(to.id), pair.queued.probability, pair.queued.closes, pair.queued.teaches);
  out += "<div class=\"pair\">\n" + side(site, from, pair.from_about, pair.from_text, pair.shared_from) +
         side(site, to, pair.to_about, pair.to_text, pair.shared_to) + "</div>\n";
  out += fmt::format("<p dir=\"auto\">{}</p>\n", html(pair.rationale));
  if (pair.nearest) {
    const Node& near = graph.node(*pair.nearest);
    out += fmt::format("<p dir=\"auto\">Linked with it already, and nearest: <a href=\"{}\">{}</a> – {}</p>\n",
                       html(site.address_of(near.id)), html(near.id), html(near.title));
  }
  if (site.served().read_only) return out;
  out += "<form class=\"change\" id=\"review\" action=\"/review\" method=\"post\">\n";
  out += hidden("from", from.id) + hidden("to", to.id) + hidden("at", std::to_string(at));
  for (const auto& [name, value] : filters(request)) out += hidden(name, value);
  out +=
      "<p class=\"chosen\" aria-live=\"polite\">Say why, then press what you hold of it; by keys: one of those on the buttons, "
      "the reason, Enter.</p>\n<label>Why <textarea name=\"reason\" rows=\"2\" required></textarea></label>\n";
  out += "<label>Clause, where it says so <input name=\"clause\"></label>\n";
  out += who_field(request) + "<p class=\"keys\">";
  for (const VerdictKey& key : verdict_keys()) {
    if (!fits(key, to.kind)) continue;
    out += fmt::format("<button name=\"key\" value=\"{0}\" data-key=\"{0}\">{1} <kbd>{0}</kbd></button>\n", html({&key.key, 1}),
                       html(key.help));
  }
  out += fmt::format("<a href=\"{}\" data-key=\"s\">skip <kbd>s</kbd></a></p>\n</form>\n", html(step(request, at + 1)));
  return out;
}

}  // namespace

Reply review_page(Site& site, const Request& request) {
  Workbench bench = bench_for(site, request);
  ReviewQueue queue(bench);
  const std::size_t at = place_of(request);
  std::string body = "<h1>Review</h1>\n" + told_before(request);
  if (queue.links().empty())
    body += "<p>Nothing waits for review.</p>\n";
  else if (at >= queue.links().size())
    body += fmt::format("<p>That was the last; {} left open. <a href=\"{}\">From the beginning</a></p>\n", queue.links().size(),
                        html(step(request, 0)));
  else
    body += verdict_form(site, request, queue, bench.graph(), at);
  if (!site.served().read_only) body += undo_form(site, request, step(request, at)) + propose_form(request);
  return site.page("Review", "/review", body);
}

Reply review_post(Site& site, const Request& request) {
  const std::string& key = value_of(request.form, "key");
  const auto row = std::ranges::find_if(verdict_keys(), [&](const VerdictKey& k) { return key == std::string_view(&k.key, 1); });
  if (row == verdict_keys().end()) throw Error(ErrorCode::usage, "key", "says nothing that is known; press one of the buttons");
  Verdict verdict = verdict_of(*row, value_of(request.form, "from"), value_of(request.form, "to"));
  verdict.reason = trimmed(value_of(request.form, "reason"));
  verdict.clause = trimmed(value_of(request.form, "clause"));
  verdict.by = person_of(request);
  if (verdict.reason.empty()) throw Error(ErrorCode::usage, "", "a reason is needed; nothing was changed");
  std::string told;
  Occasion occasion{.by = verdict.by};
  change_checked(site.served().map, occasion, [&](Map& map) {
    told = judge(map, verdict).told;
    occasion.why = told;
  });
  Reply reply = see_other(with_told(step(request, place_of(request)), told));
  remember_person(reply, verdict.by);
  return reply;
}

Reply undo_post(Site& site, const Request& request) {
  const std::size_t place = number_of(request.form, "change");
  if (place == 0) throw Error(ErrorCode::usage, "change", "names no change of the log");
  const std::string told = undo(site.served().map, place, Occasion{.by = person_of(request)});
  const std::string& back = value_of(request.form, "back");
  const std::string to = back.starts_with('/') && !back.starts_with("//") && back.find('\\') == std::string::npos ? back : "/log";
  return see_other(with_told(to, told));
}

}  // namespace lacuna
