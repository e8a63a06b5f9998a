// What the parts of a page share: names of places in it, states as cells, addresses that may be followed.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/page.hpp"

namespace lacuna {

/// A page while it is written.
struct PageContext {
  const MapPage& page;
  std::vector<LinkId> links;             ///< Links between documents and needs that the page tells, by need.
  std::map<LinkId, std::size_t> places;  ///< Their positions.
  std::vector<LinkId> others;            ///< All other links between nodes that the page tells of.
  std::vector<bool> told;                ///< By link: it is one of these.

  [[nodiscard]] const Graph& graph() const { return page.graph(); }
  [[nodiscard]] bool tells(LinkId link) const { return told[index(link)]; }
};
PageContext page_context(const MapPage& page);

/// Text between tags and in attributes.
std::string html_text(std::string_view text);
/// The id of the place where something of that kind stands: "need=RC27"; blanks, which no id may have, are "_".
std::string place_id(std::string_view kind, std::string_view id);
/// As an attribute's value that leads there: "#need=RC27".
std::string place_link(std::string_view kind, std::string_view id);
/// The kind of place at which a node stands; empty where the page has none for it.
std::string_view place_kind(Kind kind);
/// The node's identifier, as a link to its place.
std::string node_link(const Graph& graph, NodeId id);
std::string node_links(const Graph& graph, const std::vector<NodeId>& ids);
/// What a node is linked to but by the relations that are told elsewhere, as a paragraph with the id "node=…"; with `states`,
/// those that needs and documents have as the page was made.
std::string near_text(const PageContext& context, NodeId id, std::initializer_list<Relation> told, bool states);
/// The text as a link where the address is one of http, https or mailto; else the text alone.
std::string outer_link(std::string_view address, std::string_view text);

/// "s-partly-covered": the class of what shows a state.
std::string state_class(CoverageState state);
/// Sign and word of a state, as a cell's content.
std::string state_text(CoverageState state);
/// "● 3 ◐ 10": how many needs in which state, those that occur; with `covering`, only states in which the scope has something,
/// each in its colour.
std::string tally_signs(const EnumArray<CoverageState, std::size_t>& tally, bool covering);

/// The views of the page, each a section.
std::string matrix_view(const PageContext& context);
std::string gaps_view(const PageContext& context);
std::string ways_view(const PageContext& context);
std::string needs_view(const PageContext& context);
std::string groups_view(const PageContext& context);
std::string documents_view(const PageContext& context);
std::string searches_view(const PageContext& context);
std::string near_view(const PageContext& context);
std::string picture_view(const PageContext& context);
std::string about_view(const PageContext& context);

/// The data of the page (data/schema/page-1.json) as it may stand in a script element.
std::string page_data(const PageContext& context);

/// The script and the style, as they stand in page.js and page.css.
std::string_view page_script();
std::string_view page_style();

}  // namespace lacuna
