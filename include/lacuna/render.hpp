// Turning results into bytes. Every output is one function and one row of a table.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "lacuna/coverage.hpp"
#include "lacuna/graph.hpp"
#include "lacuna/result.hpp"

namespace lacuna {

/// How a listing is to be written.
struct ListingOptions {
  std::size_t width = 0;  ///< Columns of the terminal that tables must fit; 0 means no limit.
};

/// A format for results made of tables.
struct Listing {
  std::string_view name;
  std::string_view help;
  std::string (*render)(const Result&, const ListingOptions&);
  bool binary = false;  ///< Nothing for a terminal.
};
std::span<const Listing> listings();

std::string render_table(const Result& result, const ListingOptions& options);
std::string render_json(const Result& result, const ListingOptions& options);
/// The same bytes, piece by piece as they are made: rows on demand are never in memory together.
void write_json(const Result& result, const std::function<void(std::string_view)>& take);
std::string render_csv(const Result& result, const ListingOptions& options);
std::string render_markdown(const Result& result, const ListingOptions& options);
/// A workbook: a sheet that says what was asked and answered, and a sheet a table. Throws Error(io) when its temporary file
/// cannot be written.
std::string render_xlsx(const Result& result, const ListingOptions& options);

/// A format for pictures.
struct PictureFormat {
  std::string_view name;
  std::string_view help;
  bool binary = false;          ///< Nothing for a terminal.
  bool takes_template = false;  ///< Can stand on the user's own layout: see render_pptx.
};
std::span<const PictureFormat> picture_formats();

/// The picture as a file of that format, on a 16:9 page (taller where a matrix has too many rows for one; for pptx, on more
/// slides). The same picture gives the same bytes. Throws Error(internal) when Graphviz fails, Error(usage) for an unknown
/// format.
std::string render_picture(const Picture& picture, std::string_view format);

/// The pages of a picture: itself, or, where a grid has more rows than one page has room for, parts whose titles say which of how
/// many they are. On one page, a taller one, render_picture() draws it all the same.
std::vector<Picture> pages_of(const Picture& picture);

/// A format in which other programs read a map. Every one of them holds less than the map does.
struct ExchangeFormat {
  std::string_view name;
  std::string_view help;
  std::string_view leaves_out;                                 ///< What it has no place for.
  std::string (*write)(const Situation& situation) = nullptr;  ///< The same bytes for the same map and day.
};
/// Those there are, in the order in which help lists them. A graph that is written needs its texts.
std::span<const ExchangeFormat> exchange_formats();

/// The files of the canonical text form of a map by name: map.json, nodes.json, links.json, searches.json; of what one file would
/// hold too much of for a reader, links-2.json, links-3.json and so on beside it.
std::map<std::string, std::string> render_map(const Map& map);
/// The same, one file after the other: takes the memory of the largest, some 200 MB.
using TextFileSink = std::function<void(const std::string& name, std::string&& bytes)>;
void render_map(const Map& map, const TextFileSink& sink);
/// Some parts of a map ("map", "nodes", "links", "searches") as one document.
std::string render_parts(const Map& map, const std::vector<std::string>& parts);
/// True for a name that render_map() may give to a file.
bool is_text_file_of_map(std::string_view name);

/// The sign that tells a coverage state without colour: ● ◐ ◔ ◌ ✕ ?
std::string_view sign_of(CoverageState state);

}  // namespace lacuna
