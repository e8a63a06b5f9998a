// What proposals and needs are held against: the catalogues, the map, and what its links teach.
#pragma once

#include <optional>

#include "analysis/linking/linking.hpp"
#include "lacuna/store.hpp"

namespace lacuna {

/// Made once for many questions. Store and graph must outlive it.
class ContextTexts {
 public:
  ContextTexts(const Store& store, const Graph& graph);
  ContextTexts(const ContextTexts&) = delete;
  ContextTexts& operator=(const ContextTexts&) = delete;

  [[nodiscard]] const std::vector<CatalogueInfo>& catalogues() const { return catalogues_; }
  Comparison& comparison() { return *comparison_; }
  /// How rare a stem is, among the works of the catalogues or else the texts of the map.
  [[nodiscard]] double rarity(const std::string& stem) const { return rarity_(stem); }
  /// The nearest works of the catalogues.
  std::vector<NearWork> nearest(const Writing& writing);
  /// Texts of all deliverables of the map, and the way to those of the catalogues unless only the map is asked for. Reads a
  /// record for each deliverable, the first time.
  const LinkTexts& for_links(bool map_alone = false);

 private:
  const Store& store_;
  const Graph& graph_;
  std::vector<CatalogueInfo> catalogues_;
  std::optional<NearWorks> works_;
  std::function<double(const std::string&)> rarity_;
  std::optional<Comparison> comparison_;
  std::optional<LinkTexts> links_;
};

/// A work of a catalogue as matching sees it.
DeliverableText text_of(RecordRow record);
/// A record as a deliverable of a map: identifier, title, state, dates, address, and where it was read.
Node node_of(const RecordRow& record);
/// The group on the map that develops what the committee of a record does; nothing where none is called so.
std::optional<std::string> developer_on(const Graph& graph, const RecordRow& record);

}  // namespace lacuna
