// What the files of the PPTX output share. Lengths are points from the upper left corner; one is 12,700 EMU.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/package.hpp"
#include "lacuna/deck.hpp"

namespace lacuna::pptx {

constexpr std::size_t longest_title = 4000;  ///< More has no room on a slide; it would be copied for each one.

struct Frame {
  double x = 0, y = 0, w = 0, h = 0;
};

// ---- what slides stand on -----------------------------------------------------------------------------------------------------

/// A placeholder of a layout.
struct Holder {
  std::string type;  ///< "title", "ctrTitle", "subTitle", "body", "ftr", "sldNum"; empty: any content.
  std::string idx;   ///< As it stands there; empty where it has none.
  Frame frame;
  double size = 0;       ///< Of its text.
  double more_size = 0;  ///< Of its second level.
  bool told = true;      ///< The template says these sizes itself.
};

struct Layout {
  std::string part;
  std::optional<Holder> title, subtitle, body, footer, number;
};

/// A presentation without slides: theme, masters, layouts.
struct Base {
  Package package;
  std::string presentation;  ///< The name of its main part.
  double width = 960;
  double height = 540;
  Layout opening;  ///< For title slides.
  Layout content;  ///< Title and body.
  Layout bare;     ///< Title only: for tables and pictures.
  Frame area;      ///< Where tables and pictures may stand.
  std::string notes_master;
  std::string table_style;  ///< Its GUID.
  double widen = 1;         ///< How much wider the text font is than Arial.
};

/// Our own.
Package house();
/// The package of the user's own presentation or template. Throws Error(bad_input).
Package guest(std::string_view bytes);
/// Reads a presentation's size, layouts and placeholders, takes its slides out, and adds what it lacks: a notes master, a table
/// style.
Base base_of(Package package);

/// The main part anew: what it said of masters, sizes, fonts and default texts, with the notes master and the slides of these
/// relationships.
std::string presentation_xml(const Package& package, const std::string& presentation, const std::vector<std::string>& slide_ids);

// ---- XML ----------------------------------------------------------------------------------------------------------------------

extern const std::string_view declaration;  ///< What an XML part begins with.
extern const std::string_view namespaces;   ///< a, r and p, for a root element.
extern const std::string_view empty_group;  ///< What the tree of shapes begins with.

/// Text for XML: nothing in it is markup, control characters are blanks.
std::string safe(std::string_view text);
/// Points as EMU.
long emu(double points);
/// <a:xfrm> or, with another prefix, <p:xfrm>; `flags` are attributes such as flipV="1".
std::string xfrm(const Frame& frame, std::string_view prefix = "a", std::string_view flags = "");

/// How a text is set; what is left out comes from the placeholder or the presentation.
struct Face {
  double size = 0;
  bool bold = false;
  std::string colour = {};  ///< "#rrggbb", or a colour of the theme: "tx1".
};
/// <a:solidFill> of a colour as in Face; `alpha` in percent.
std::string fill_of(std::string_view colour, int alpha = 100);
/// One <a:p>. `align` is "l", "ctr", "r" or empty. Text that begins with a letter of a script written from right to left is set
/// so.
std::string paragraph(std::string_view text, const Face& face = {}, std::string_view align = "", int level = 0);

/// Lines that a text takes in a width, in a font of `size` points; `widen` as in Base. Of more than `most`, one more than these:
/// no more of the text is looked at.
std::size_t lines_in(std::string_view text, double width, double size, double widen, std::size_t most);
/// The part of the text that fits into so many lines, without the blank at its end; the whole text when all does. Looks at no
/// more than these lines.
std::string_view fitting(std::string_view text, double width, double size, double widen, std::size_t lines);

// ---- slides -------------------------------------------------------------------------------------------------------------------

/// One slide of the file.
struct Leaf {
  enum class Kind : std::uint8_t { opening, content, bare } kind = Kind::bare;
  std::string title;
  std::string subtitle;
  std::string footer;
  struct Point {
    std::string text;
    bool more = false;
  };
  std::vector<Point> points;
  std::string shapes;    ///< XML of everything but the placeholders.
  unsigned last_id = 9;  ///< Of its shapes; placeholders have the lower ones.
  std::string says;      ///< What its title says of it beside "(2 of 3)".
  std::vector<std::string> notes;
};

/// Adds the slides of a grid; the first rows go into `under` (the last leaf, below its points) where it has a height.
void add_table(const Slide::Grid& grid, const Slide& slide, const Base& base, std::optional<Frame> under,
               std::vector<Leaf>& leaves);
/// Adds the slides of a picture.
void add_picture(const Picture& picture, const Slide& slide, const Base& base, std::vector<Leaf>& leaves);
/// All slides of a deck.
std::vector<Leaf> leaves_of(const Deck& deck, const Base& base);

/// A part of a picture that has room on a slide.
struct PicturePart {
  Picture picture;
  std::vector<std::string> notes;  ///< The lines to boxes on other slides, in full.
};
/// A picture as parts that have room on a ground of that size; `first` is the number of the slide that the first part stands on.
/// Every box stands on at least one part and every line is drawn or told on at least one.
std::vector<PicturePart> parts_of(const Picture& picture, double width, double height, std::size_t first);

std::string slide_xml(const Leaf& leaf, const Base& base);
std::string notes_xml(const Leaf& leaf);
/// A notes master of our own; its theme is a part of its own.
std::string notes_master_xml();
std::string theme_xml();
/// GUID of our table style, and the part that holds it.
extern const std::string_view house_table_style;
std::string table_styles_xml();

}  // namespace lacuna::pptx
