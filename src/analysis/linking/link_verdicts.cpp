#include "analysis/linking/link_verdicts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/linking/linking.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::string_view mark = "[texts ";

}  // namespace

std::string text_of_pair(const Writing& deliverable, const Writing& need) {
  return fingerprint(deliverable.title + "\n" + deliverable.text + "\n\n" + need.title + "\n" + need.text);
}

std::string evidence_of_pair(const std::string& fingerprint) { return fmt::format("title, abstract {}{}]", mark, fingerprint); }

std::string fingerprint_in(const std::string& evidence) {
  const std::size_t at = evidence.find(mark);
  return at == std::string::npos ? std::string() : evidence.substr(at + mark.size(), 16);
}

bool Verdicts::accepted(NodeId deliverable, NodeId need) const {
  return std::ranges::any_of(graph_->out(deliverable, Relation::covers), [&](LinkId l) {
    const Edge& e = graph_->edge(l);
    return e.to == need && e.status == Status::asserted && e.degree != Degree::none;
  });
}

bool Verdicts::judged(NodeId deliverable, NodeId need, const std::string& fingerprint) const {
  for (const Relation relation : {Relation::covers, Relation::mentions}) {
    for (const LinkId l : graph_->out(deliverable, relation)) {
      const Edge& e = graph_->edge(l);
      if (e.to != need || e.status == Status::suggested) continue;
      if (e.status != Status::rejected) return true;
      const std::string meant = fingerprint_in(graph_->text(l).evidence);
      if (meant.empty() || meant == fingerprint) return true;
    }
  }
  return false;
}

}  // namespace lacuna
