#include "workbench/named_documents.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/explain.hpp"
#include "base/text.hpp"

namespace lacuna {
std::vector<Citation> documents_in(std::string_view text) {
  std::vector<Citation> found;
  for (Citation& citation : find_citations(text)) {
    const auto is_it = [&](const Citation& c) { return c.identifier.document() == citation.identifier.document(); };
    if (citation.sure && !citation.within && std::ranges::none_of(found, is_it)) found.push_back(std::move(citation));
  }
  return found;
}

std::vector<NamedDocument> named_documents(const Store& store, const Graph& graph, const std::vector<CatalogueInfo>& catalogues,
                                           const Writing& writing) {
  std::vector<NamedDocument> list;
  for (const Citation& citation : documents_in(writing.title + "\n" + writing.text)) {
    const Identifier& identifier = citation.identifier;
    const std::string& name = identifier.text;
    NamedDocument document;
    document.identifier = name;
    for (WorkRecords& work : store.works(name)) {
      if (work.records.empty() || document.record) continue;
      document.record = work.records.front();
      if (const auto meant = record_meant(work, identifier)) document.record = std::move(work.records[*meant]);
    }
    document.on_map = std::ranges::any_of(graph.named(name), [&](NodeId id) { return graph.node(id).kind == Kind::deliverable; });
    std::vector<std::string> of_body;
    const std::string body = lower(name.substr(0, name.find_first_of(" /-")));
    for (const CatalogueInfo& c : catalogues) {
      if (lower(c.name).find(body) == std::string::npos) continue;
      of_body.push_back(dated_source(c.name, c.date));
    }
    document.catalogues = join(of_body, ", ");
    list.push_back(std::move(document));
  }
  return list;
}

}  // namespace lacuna
