// What the catalogues in the map add to the ways forward of a group.
#pragma once

#include <mutex>
#include <unordered_map>

#include "analysis/outlook.hpp"
#include "forecast/uptake_forecast.hpp"
#include "lacuna/analysis.hpp"
#include "workbench/context_texts.hpp"

namespace lacuna {

/// Keeps what it was asked: a sensitivity asks again and again, on all cores; one question is answered at a time. Store, graph
/// and parameters must outlive it.
class CatalogueOutlook {
 public:
  /// Of the group `params.scope` as of the day; empty where no catalogue is loaded.
  CatalogueOutlook(const Store& store, const Graph& graph, const Params& params);
  CatalogueOutlook(const CatalogueOutlook&) = delete;
  CatalogueOutlook& operator=(const CatalogueOutlook&) = delete;

  [[nodiscard]] const Outlook& outlook() const { return outlook_; }

 private:
  std::vector<NearDocument> nearest(const Writing& writing);
  std::optional<RecordRow> standing(const RecordRow& face) const;
  void add_works();
  double rarity(const std::string& stem);
  Prospect prospect(const Writing& writing);

  const Store& store_;
  const Graph& graph_;
  const Params& params_;
  std::mutex one_at_a_time_;  ///< The comparison, the catalogues and what was asked are not for several threads at once.
  std::optional<ContextTexts> texts_;
  std::map<std::pair<std::string, std::string>, std::vector<NearDocument>> asked_;
  std::unordered_map<std::int64_t, Prepared> texts_read_;  ///< By record: proposals have their neighbours in common.
  std::optional<forecast::UptakeForecast> uptake_;         ///< Made when it is first asked.
  Outlook outlook_;
};

}  // namespace lacuna
