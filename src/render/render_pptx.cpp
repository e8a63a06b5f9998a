// A deck as a package of PresentationML.
#include <fmt/format.h>

#include <chrono>

#include "base/text.hpp"
#include "lacuna/date.hpp"
#include "lacuna/error.hpp"
#include "render/pptx.hpp"

namespace lacuna {
namespace {

using namespace pptx;

/// <dcterms:created> of the day of SOURCE_DATE_EPOCH; nothing without, so that the same deck gives the same bytes.
std::string created() {
  const auto epoch = source_date_epoch();
  if (!epoch) return {};
  const auto day = std::chrono::floor<std::chrono::days>(*epoch);
  const std::chrono::hh_mm_ss time(*epoch - day);
  return fmt::format("<dcterms:created xsi:type=\"dcterms:W3CDTF\">{}T{:02}:{:02}:{:02}Z</dcterms:created>",
                     to_string(day_of(day)), time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string core_xml(const Deck& deck) {
  return fmt::format(
      "{}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>Lacuna</dc:creator>{}</"
      "cp:coreProperties>",
      declaration, safe(deck.title), created());
}

std::string app_xml(std::size_t slides, std::size_t notes) {
  return fmt::format(
      "{}<Properties "
      "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Lacuna</"
      "Application><Slides>{}</Slides><Notes>{}</Notes></Properties>",
      declaration, slides, notes);
}

}  // namespace

Deck deck_of(const Result& result) {
  Deck deck;
  deck.title = result.title;
  Slide slide;
  slide.title = result.title;
  slide.picture = result.picture;
  slide.notes = result.summary;
  const Value head(result.head);
  if (const std::string* map = head["map"].if_text()) deck.footer = *map;
  if (const std::string* day = head["as_of"].if_text())
    deck.footer += fmt::format("{}as of {}", deck.footer.empty() ? "" : ", ", *day);
  deck.slides.push_back(std::move(slide));
  return deck;
}

std::string render_pptx(const Deck& deck, std::string_view layout) {
  Base base = base_of(layout.empty() ? house() : guest(layout));
  Package& package = base.package;
  const std::vector<Leaf> leaves = leaves_of(deck, base);
  std::vector<std::string> ids;
  std::size_t notes = 0;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const Leaf& leaf = leaves[i];
    const std::string part = fmt::format("ppt/slides/slide{}.xml", i + 1);
    put_part(package, part, "application/vnd.openxmlformats-officedocument.presentationml.slide+xml", slide_xml(leaf, base));
    const Layout& on = leaf.kind == Leaf::Kind::opening   ? base.opening
                       : leaf.kind == Leaf::Kind::content ? base.content
                                                          : base.bare;
    add_relationship(package, part, office_relationship("slideLayout"), on.part);
    ids.push_back(add_relationship(package, base.presentation, office_relationship("slide"), part));
    if (leaf.notes.empty()) continue;
    const std::string note = fmt::format("ppt/notesSlides/notesSlide{}.xml", ++notes);
    put_part(package, note, "application/vnd.openxmlformats-officedocument.presentationml.notesSlide+xml", notes_xml(leaf));
    add_relationship(package, part, office_relationship("notesSlide"), note);
    add_relationship(package, note, office_relationship("notesMaster"), base.notes_master);
    add_relationship(package, note, office_relationship("slide"), part);
  }
  package.parts[base.presentation] = presentation_xml(package, base.presentation, ids);
  put_part(package, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", core_xml(deck));
  put_part(package, "docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml",
           app_xml(leaves.size(), notes));
  add_relationship(package, "", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                   "docProps/core.xml");
  add_relationship(package, "", office_relationship("extended-properties"), "docProps/app.xml");
  return write_package(package);
}

}  // namespace lacuna
