// Reading inputs into maps. Every importer is one file, with its row of the table, and its name in importers.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lacuna/catalogue.hpp"
#include "lacuna/error.hpp"
#include "lacuna/match.hpp"
#include "lacuna/model.hpp"
#include "lacuna/profile.hpp"

namespace lacuna {

/// What an importer made of its input. Records that could not be read are missing from `map` and told in `diagnostics`.
struct Imported {
  Map map;
  std::vector<Diagnostic> diagnostics;
  bool readable = true;  ///< False when a whole input could not be read: what is missing from the map says nothing then.
  MergeRules onto = {};  ///< How it goes onto a map that is there.
};

/// One named input.
struct Input {
  std::string file;  ///< For diagnostics.
  std::string_view bytes;
};

/// Where the records of a catalogue go. All but `known` are called from the thread that reads, in the order of the entries.
struct CatalogueSink {
  /// True when the entry is in the map with that fingerprint: it is not read again. Called from several threads at once.
  std::function<bool(std::string_view entry, std::uint64_t fingerprint)> known;
  std::function<void(Record&&)> record;
  std::function<void(std::string_view entry)> unchanged;
  std::function<void(Diagnostic&&)> skipped;
  /// How much of the input has been read, 0 to 1; less than 0 where nobody can know. May throw to give up.
  std::function<void(double part)> progress;
};

/// Reads one entry of a catalogue; returns why it could not be read.
using EntryReader = std::optional<Diagnostic> (*)(const Input& entry, std::uint32_t first_line, Record& record);
/// Appends the next bytes of an input; false at its end.
using ByteSource = std::function<bool(std::string& bytes)>;
/// Reads a catalogue that is one long file, as a stream.
using StreamReader = void (*)(const std::string& file, const ByteSource& source, const CatalogueSink& sink);

/// How a table says what the columns of nodes and links say, where its own headings do not.
struct TableLayout {
  struct Column {
    std::string name;  ///< Of nodes or links: "id", "title", "from".
    std::vector<std::string>
        headings;  ///< Of the table, in any letter case; of several, the first that a row has filled says it.
  };
  std::string name;  ///< Of one that comes with the program.
  std::vector<Column> columns;
  std::vector<std::pair<std::string, std::string>> constants;  ///< What every row has in a column: kind, relation, degree.
  struct Word {
    std::string column, theirs, ours;
  };
  std::vector<Word> words;  ///< What a word of theirs means in a column; blanks, hyphens and letter case aside.
  std::string split;        ///< Letters that stand between several ids in a cell, beside semicolons and line ends.

  [[nodiscard]] bool empty() const { return columns.empty() && constants.empty() && split.empty(); }
};

/// A layout from a list "id=req_id,title=req_description", the name of one that comes with the program, or a JSON file
/// (data/tables has examples). Throws Error(usage) and Error(bad_input) saying what is wrong, Error(io).
TableLayout table_layout(const std::string& columns);

/// An input format: of maps (`read` is set; of tables `read_table`, too) or of catalogues (`read_entry` or `read_stream` is).
struct Importer {
  std::string_view name;
  std::string_view help;
  std::string_view extension;  ///< Of the files of a folder that belong to it, with the dot.
  std::span<const std::string_view> more_extensions = {};
  std::string_view only_file = {};  ///< Where set, only a file of that name, in any letter case, is taken for one without asking.
  Imported (*read)(std::span<const Input> inputs) = nullptr;
  Imported (*read_table)(std::span<const Input> inputs, const TableLayout& layout) = nullptr;
  /// As read, where the input may name what the map holds already.
  Imported (*read_onto)(std::span<const Input> inputs, const Map& map) = nullptr;
  EntryReader read_entry = nullptr;
  StreamReader read_stream = nullptr;
  std::string_view first_heading =
      {};  ///< Of a table, what tells the format: the first of its headings, below lines that begin with "#".
  std::string_view members = {};  ///< Of a JSON object, what tells the format: names of members, with blanks between.
  std::string_view rules = {};    ///< What the importer makes of odd input, for help and manual: one rule a line.

  [[nodiscard]] bool is_catalogue() const { return read == nullptr; }
};

/// All importers, in the order in which help lists them.
std::span<const Importer> importers();
/// The importer of that name. Throws Error(usage) naming those there are.
const Importer& importer(std::string_view name);
/// The importer for a path by its extension. Throws Error(usage) where several formats or none use it.
const Importer& importer_for(const std::string& path);

/// Reads a file, or all files of a folder that carry the importer's extension, in natural order; tables as `layout` says. Throws
/// Error(io) when the path cannot be read, Error(bad_input) when a folder holds no such file, and Error(usage) where a layout is
/// given for what is no table. `onto` is the map that it will go onto.
Imported import_path(const Importer& importer, const std::string& path, const TableLayout& layout = {},
                     const Map* onto = nullptr);

/// Reads a catalogue from a folder (with the folders inside), an archive (.tar, packed or not, .zip), a file or, for "-",
/// standard input, with all cores and bounded memory: some tens of MiB, whatever the size. Returns the day on which the newest
/// file of an archive was changed: the day on which the catalogue stood so; nothing for other inputs. Throws Error(io) when it
/// cannot be opened, and Error(bad_input), after everything before has gone to the sink, when it is cut off, damaged or a bomb.
std::optional<Date> read_catalogue(const Importer& importer, const std::string& path, const CatalogueSink& sink);

/// The text form of a map: JSON objects with `map`, `nodes`, `links`, `searches`, each optional, spread over any number of files.
Imported import_map(std::span<const Input> inputs);

/// A change to a map in its text form: nodes, links and searches as in import_map. Of a node that `base` holds, only the
/// identifier and what changes need be said; its other dates stay. A link without `by` changes the one verdict that stands on the
/// pair. `map` is the whole changed map; diagnostics speak of the change alone.
Imported import_change(std::span<const Input> inputs, const Map& base);

/// A workbook for the importer "xlsx": empty tables with drop-down lists and a note on every column, and a sheet that explains
/// them. The same bytes every time. Throws Error(io).
std::string table_template();

/// A proposed work item from a file, by its ending: an A.1 justification or any text as .docx, Markdown (.md) or plain text.
/// Throws Error(io) and Error(bad_input) saying why.
Proposal read_proposal(const std::string& path);
/// A work programme from a table (.csv, .xlsx) with the columns title and, where there are such, scope (or summary, text) and id
/// (or identifier, reference). Rows without a title are told and left out. Throws Error(io), and Error(bad_input) where no sheet
/// has a column "title".
std::vector<Proposal> read_proposals(const std::string& path, std::vector<Diagnostic>& diagnostics);

/// A profile from its file's bytes; a weight that the file leaves out is that of `left_out`. Throws Error(bad_input) with the
/// line and what is unknown or out of range.
Profile read_profile(std::string_view bytes, const std::string& file, const Profile& left_out = default_profile());

}  // namespace lacuna
