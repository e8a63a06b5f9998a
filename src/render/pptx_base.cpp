// What a presentation offers to slides: size, layouts and the places of their placeholders; ours and the user's alike.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "lacuna/error.hpp"
#include "render/pptx.hpp"

namespace lacuna::pptx {
namespace {

/// A placeholder as it stands in a layout or a master.
struct Seen {
  std::string type;
  std::string idx;
  std::optional<Frame> frame;
  std::array<double, 2> sizes{};  ///< Of the first two levels of its text; 0 where it does not say.
};

/// A layout or a master.
struct Sheet {
  std::string part;
  std::string type;
  std::vector<Seen> holders;
  std::array<double, 2> title_sizes{};  ///< Of a master's text styles.
  std::array<double, 2> body_sizes{};
};

double number_of(std::string_view text) {
  long value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return static_cast<double>(value);
}

/// Reads what a sheet says of its placeholders.
class SheetReader {
 public:
  Sheet read(const Package& package, const std::string& part) {
    sheet_.part = part;
    xml::read(package.parts.at(part), part,
              {[this](std::string_view name, const xml::Attributes& a) { start(name, a); },
               [this](std::string_view name, std::string&) { end(name); }});
    return std::move(sheet_);
  }

 private:
  void start(std::string_view name, const xml::Attributes& a) {
    if (name == "sldLayout") sheet_.type = a["type"];
    if (name == "sp") {
      shape_ = Seen{};
      held_ = false;
    }
    if (name == "ph") {
      held_ = true;
      shape_.type = a["type"];
      shape_.idx = a["idx"];
    }
    if (name == "spPr" || name == "lstStyle" || name == "titleStyle" || name == "bodyStyle" || name == "otherStyle")
      where_ = name;
    if (where_ == "spPr" && name == "off") place_ = {number_of(a["x"]) / 12700, number_of(a["y"]) / 12700, 0, 0};
    if (where_ == "spPr" && name == "ext" && a.has("cx") && !shape_.frame) {
      shape_.frame = place_;
      shape_.frame->w = number_of(a["cx"]) / 12700;
      shape_.frame->h = number_of(a["cy"]) / 12700;
    }
    if (name.size() == 7 && name.starts_with("lvl") && name.ends_with("pPr")) level_ = static_cast<std::size_t>(name[3] - '1');
    if (name == "defRPr" && a.has("sz") && level_ < 2) {
      const double size = number_of(a["sz"]) / 100;
      if (where_ == "lstStyle") shape_.sizes[level_] = size;
      if (where_ == "titleStyle") sheet_.title_sizes[level_] = size;
      if (where_ == "bodyStyle") sheet_.body_sizes[level_] = size;
    }
  }

  void end(std::string_view name) {
    if (name == where_) where_.clear();
    if (name == "sp" && held_) sheet_.holders.push_back(shape_);
  }

  Sheet sheet_;
  Seen shape_;
  Frame place_;
  std::string where_;
  std::size_t level_ = 0;
  bool held_ = false;
};

/// The kind of placeholder of a master from which one of a layout takes what it does not say.
std::string_view kin_of(std::string_view type) {
  if (type == "title" || type == "ctrTitle") return "title";
  if (type == "ftr" || type == "sldNum" || type == "dt") return type;
  return "body";
}

std::optional<Holder> holder_of(const Sheet& layout, const Sheet& master, std::initializer_list<std::string_view> types) {
  for (const std::string_view type : types) {
    const auto seen = std::ranges::find(layout.holders, type, &Seen::type);
    if (seen == layout.holders.end()) continue;
    const auto kin = std::ranges::find(master.holders, kin_of(type), &Seen::type);
    const bool inherits = kin != master.holders.end();
    const auto size = [&](std::size_t level) {
      if (seen->sizes[level] > 0) return seen->sizes[level];
      if (inherits && kin->sizes[level] > 0) return kin->sizes[level];
      const auto& style = kin_of(type) == "title" ? master.title_sizes : master.body_sizes;
      return kin_of(type) == "title" || kin_of(type) == "body" ? style[level] : 0;
    };
    Holder holder{seen->type, seen->idx, {}, size(0), size(1), size(0) > 0 && size(1) > 0};
    if (kin_of(type) == "title") holder.told = holder.size > 0;
    if (holder.size == 0) holder.size = kin_of(type) == "title" ? 28 : kin_of(type) == "body" ? 20 : 10;
    if (holder.more_size == 0) holder.more_size = 16;
    if (seen->frame)
      holder.frame = *seen->frame;
    else if (inherits && kin->frame)
      holder.frame = *kin->frame;
    if (holder.frame.w > 0 && holder.frame.h > 0) return holder;
  }
  return std::nullopt;
}

Layout layout_of(const Sheet& sheet, const Sheet& master) {
  Layout layout;
  layout.part = sheet.part;
  layout.title = holder_of(sheet, master, {"title", "ctrTitle"});
  layout.subtitle = holder_of(sheet, master, {"subTitle"});
  layout.body = holder_of(sheet, master, {"", "obj", "body"});
  layout.footer = holder_of(sheet, master, {"ftr"});
  layout.number = holder_of(sheet, master, {"sldNum"});
  return layout;
}

/// The first layout of one of the types, in their order; else the first for which `fits` holds.
template <class Fits>
const Sheet* choose(const std::vector<Sheet>& layouts, std::initializer_list<std::string_view> types, Fits fits) {
  for (const std::string_view type : types) {
    for (const Sheet& s : layouts) {
      if (s.type == type) return &s;
    }
  }
  const auto found = std::ranges::find_if(layouts, fits);
  return found == layouts.end() ? nullptr : &*found;
}

bool holds(const Sheet& sheet, std::initializer_list<std::string_view> types) {
  return std::ranges::any_of(
      types, [&](std::string_view type) { return std::ranges::find(sheet.holders, type, &Seen::type) != sheet.holders.end(); });
}

void read_size(Base& base) {
  xml::read(base.package.parts.at(base.presentation), base.presentation,
            {[&](std::string_view name, const xml::Attributes& a) {
               if (name != "sldSz") return;
               base.width = number_of(a["cx"]) / 12700;
               base.height = number_of(a["cy"]) / 12700;
             },
             [](std::string_view, std::string&) {}});
  if (base.width < 200 || base.height < 150 || base.width > 4100 || base.height > 4100) {
    const auto told = [](double points) { return fmt::format("{:.1f} cm", std::max(0.0, points / 72 * 2.54)); };
    throw Error(
        ErrorCode::bad_input, "template",
        fmt::format(
            "has slides that are {} wide and {} high; set their size in PowerPoint (Design, Slide Size) to between 10 and 140 cm",
            told(base.width), told(base.height)));
  }
}

/// Fonts that are wider than Arial, or narrower.
void read_font(Base& base, const std::string& master) {
  static constexpr std::pair<std::string_view, double> wide[] = {{"verdana", 1.2},    {"dejavu", 1.2},  {"century gothic", 1.15},
                                                                 {"montserrat", 1.2}, {"courier", 1.2}, {"consolas", 1.1}};
  const Relationship* theme = find_relationship(base.package, master, "theme");
  if (theme == nullptr || !base.package.parts.contains(theme->target)) return;
  bool minor = false;
  base.widen = 0.94;
  xml::read(base.package.parts.at(theme->target), theme->target,
            {[&](std::string_view name, const xml::Attributes& a) {
               if (name == "minorFont" || name == "majorFont") minor = true;
               if (name != "latin" || !minor) return;
               const std::string face = lower(a["typeface"]);
               if (!face.starts_with("calibri") && !face.starts_with("carlito")) base.widen = std::max(base.widen, 1.0);
               for (const auto& [font, widen] : wide) {
                 if (face.starts_with(font)) base.widen = std::max(base.widen, widen);
               }
             },
             [&](std::string_view name, std::string&) { minor = minor && name != "minorFont" && name != "majorFont"; }});
}

/// The part of a slide that tables and pictures may take: what the template gives to its texts, unless that is a corner only.
Frame area_of(const Base& base) {
  const double top = base.bare.title ? base.bare.title->frame.y + base.bare.title->frame.h + 6 : base.height * 0.14;
  if (base.content.body) {
    Frame f = base.content.body->frame;
    f.w = std::min(f.w, base.width - f.x);
    f.h = std::min(f.h, base.height - f.y);
    if (f.x >= 0 && f.y >= 0 && f.w >= 0.6 * base.width && f.h >= 0.5 * base.height) {
      if (top < 0.4 * base.height) return {f.x, top, f.w, f.h - (top - f.y)};
      return f;
    }
  }
  const double margin = 0.0375 * base.width;
  const double above = top < 0.4 * base.height ? top : margin;
  double below = base.height - 0.08 * base.height;
  if (base.bare.footer && base.bare.footer->frame.y > base.height / 2) below = base.bare.footer->frame.y - 4;
  return {margin, above, base.width - 2 * margin, std::max(100.0, below - above)};
}

}  // namespace

Base base_of(Package package) {
  Base base;
  base.package = std::move(package);
  base.presentation = find_relationship(base.package, "", "officeDocument")->target;
  read_size(base);
  const Relationship* first = find_relationship(base.package, base.presentation, "slideMaster");
  if (first == nullptr) throw Error(ErrorCode::bad_input, "template", "has no slide master; save it anew in PowerPoint");
  const std::string master_part = first->target;
  const Sheet master = SheetReader().read(base.package, master_part);
  std::vector<Sheet> layouts;
  for (const Relationship& r : base.package.relationships[master_part]) {
    if (r.type.ends_with("/slideLayout") && base.package.parts.contains(r.target))
      layouts.push_back(SheetReader().read(base.package, r.target));
  }
  if (layouts.empty()) throw Error(ErrorCode::bad_input, "template", "has no layouts of slides; save it anew in PowerPoint");
  const auto has_title = [](const Sheet& s) { return holds(s, {"title", "ctrTitle"}); };
  const Sheet* content = choose(layouts, {"obj", "tx"}, [&](const Sheet& s) {
    return has_title(s) && holds(s, {"", "obj", "body"});
  });
  if (content == nullptr) content = choose(layouts, {}, has_title);
  if (content == nullptr) throw Error(ErrorCode::bad_input, "template", "has no layout with a title; add one in PowerPoint");
  const Sheet* bare = choose(layouts, {"titleOnly"}, [&](const Sheet& s) {
    return has_title(s) && !holds(s, {"", "obj", "body", "subTitle", "pic", "tbl", "chart"});
  });
  const Sheet* opening =
      choose(layouts, {"title"}, [](const Sheet& s) { return holds(s, {"ctrTitle"}) || holds(s, {"subTitle"}); });
  base.content = layout_of(*content, master);
  base.bare = layout_of(bare != nullptr ? *bare : *content, master);
  base.opening = layout_of(opening != nullptr ? *opening : *content, master);
  base.area = area_of(base);
  read_font(base, master_part);

  if (const Relationship* notes = find_relationship(base.package, base.presentation, "notesMaster")) {
    base.notes_master = notes->target;
  } else {
    base.notes_master = "ppt/notesMasters/notesMaster1.xml";
    put_part(base.package, base.notes_master, "application/vnd.openxmlformats-officedocument.presentationml.notesMaster+xml",
             notes_master_xml());
    std::string theme = "ppt/theme/theme2.xml";
    for (int n = 3; base.package.parts.contains(theme); ++n) theme = fmt::format("ppt/theme/theme{}.xml", n);
    put_part(base.package, theme, "application/vnd.openxmlformats-officedocument.theme+xml", theme_xml());
    add_relationship(base.package, base.notes_master, office_relationship("theme"), theme);
    add_relationship(base.package, base.presentation, office_relationship("notesMaster"), base.notes_master);
  }
  // "Medium Style 2 - Accent 1", which every PowerPoint knows, takes the colours of the theme.
  base.table_style = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}";
  if (const Relationship* styles = find_relationship(base.package, base.presentation, "tableStyles")) {
    xml::read(base.package.parts.at(styles->target), styles->target,
              {[&](std::string_view name, const xml::Attributes& a) {
                 if (name == "tblStyleLst" && a["def"].size() == 38) base.table_style = a["def"];
               },
               [](std::string_view, std::string&) {}});
  }
  return base;
}

}  // namespace lacuna::pptx
