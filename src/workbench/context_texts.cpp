#include "workbench/context_texts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/shared_words.hpp"
#include "workbench/verdicts.hpp"

namespace lacuna {
namespace {

constexpr std::size_t looked_at = 120;  ///< Works that are compared word by word.

/// A record without abstract speaks through another record of its work.
void complete(const Store& store, RecordRow& record) {
  if (!record.abstract.empty()) return;
  for (const WorkRecords& work : store.works(record.facts.identifier.text)) {
    for (const RecordRow& other : work.records) {
      if (other.abstract.size() > record.abstract.size()) record.abstract = other.abstract;
    }
  }
}

}  // namespace

DeliverableText text_of(RecordRow record) {
  DeliverableText text;
  text.id = record.facts.identifier.text;
  text.work = record.facts.identifier.work();
  text.writing = writing_of(record);
  text.record = std::move(record);
  return text;
}

Node node_of(const RecordRow& record) {
  Node node;
  node.id = record.facts.identifier.text;
  node.kind = Kind::deliverable;
  const std::string title = writing_of(record).title;
  node.title = title.empty() ? node.id : title;
  node.state = record.state;
  if (record.state >= State::published && record.facts.published)
    node.dates.push_back({std::string(name_of(State::published)), *record.facts.published});
  if (record.state != State::published && record.since && (node.dates.empty() || !(*record.since < node.dates.front().date)))
    node.dates.push_back({std::string(name_of(record.state)), *record.since});
  node.address = record.address;
  node.source = {fmt::format("{}, {}", record.facts.catalogue, record.facts.entry), "", record.facts.catalogue_date};
  return node;
}

std::optional<std::string> developer_on(const Graph& graph, const RecordRow& record) {
  for (const NodeId id : graph.named(record.group)) {
    if (graph.node(id).kind == Kind::group) return graph.node(id).id;
  }
  return std::nullopt;
}

ContextTexts::ContextTexts(const Store& store, const Graph& graph)
    : store_(store), graph_(graph), catalogues_(store.catalogues()) {
  if (!catalogues_.empty()) {
    works_.emplace(store);
    rarity_ = [this](const std::string& stem) { return works_->rarity(stem); };
    comparison_.emplace(
        rarity_, [this](const std::string& part) { return works_->titles_with(part); }, works_->short_forms());
    return;
  }
  std::vector<std::string> texts;
  std::vector<std::string> titles;
  for (const Node& node : graph.nodes()) {
    texts.push_back(node.title + "\n" + node.text);
    titles.push_back(node.title);
  }
  rarity_ = rarity_in(texts);
  comparison_.emplace(rarity_, titles_with_part(titles), std::vector<ShortForm>());
}

std::vector<NearWork> ContextTexts::nearest(const Writing& writing) {
  return works_ ? works_->nearest(writing, looked_at) : std::vector<NearWork>();
}

const LinkTexts& ContextTexts::for_links(bool map_alone) {
  if (links_) return *links_;
  links_.emplace();
  links_->comparison = &*comparison_;
  links_->rarity = rarity_;
  for (const NodeId d : graph_.of_kind(Kind::deliverable)) {
    const Node& node = graph_.node(d);
    DeliverableText text;
    if (auto record = store_.record_of(node)) {
      complete(store_, *record);
      text = text_of(std::move(*record));
    }
    if (text.writing.title.empty()) text.writing.title = node.title;
    if (text.writing.text.empty()) text.writing.text = node.text;
    text.id = node.id;
    text.work = parse_identifier(node.id).work();
    text.node = d;
    text.guest = std::ranges::any_of(node.attributes, [](const auto& a) { return a.first == brought; });
    links_->on_map.push_back(std::move(text));
  }
  if (works_ && !map_alone) {
    links_->nearest = [this](const Writing& writing, std::size_t limit) {
      std::vector<DeliverableText> list;
      for (NearWork& near : works_->nearest(writing, limit)) list.push_back(text_of(std::move(near.face)));
      return list;
    };
  }
  return *links_;
}

}  // namespace lacuna
