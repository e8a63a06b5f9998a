// A map as one SQLite file, readable with any SQL tool.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/catalogue.hpp"
#include "lacuna/graph.hpp"
#include "lacuna/match.hpp"
#include "lacuna/model.hpp"

namespace lacuna {

/// A named state of a map.
struct Tag {
  std::string name;
  Date made;
  std::string about;
  std::size_t nodes = 0;
  std::size_t links = 0;
  std::size_t bytes = 0;  ///< That it takes in the map.
};

/// Keeps the map as it stands now under a name; catalogues are not kept with it. One that exists is replaced only with `replace`.
/// O(n) and a copy of the file; a tag takes a tenth of the map's own rows. Returns what was kept. Throws Error(usage) when there
/// is a tag of that name.
Tag put_tag(const std::string& path, const std::string& name, Date made, const std::string& about, bool replace);
/// Throws Error(not_found) with the names there are.
void remove_tag(const std::string& path, const std::string& name);

/// A change set as the log of a map keeps it.
struct LoggedChange {
  std::string device;  ///< Whose numbers ascend.
  std::int64_t number = 0;
  std::int64_t clock = 0;  ///< Lamport's: above that of every change set that was there before.
  std::string made;        ///< In UTC: "2026-11-30T18:00:00Z".
  std::string by;
  std::string why;
  std::string content;  ///< data/schema/change-1.json.
};
/// Which entry of the log it is, and what its content says.
struct LogKey {
  std::string device;
  std::int64_t number = 0;
  std::int64_t clock = 0;
  std::string hash;  ///< fingerprint() of the content.
};
/// Makes the entry for a change of a map, which stands at `clock` now; nothing where nothing is to be logged. Both maps are in
/// canonical order.
using Logging = std::function<std::optional<LoggedChange>(const Map& before, const Map& after, std::int64_t clock)>;

/// What became of a map that was written.
struct MapWritten {
  bool catalogues_kept = false;   ///< The file held catalogues, and still does.
  std::vector<std::string> told;  ///< What those catalogues changed in the map: states, dates, later editions.
};

/// Writes a valid map to `path`, beside it first and then renamed: an interrupted or failed write leaves what was there before.
/// Same map, same bytes. Puts the map into canonical order. Catalogues that the file holds stay, and the deliverables are tied to
/// them again. O(n log n). Throws Error(io); Error(not_a_map), Error(newer_map) or Error(damaged_map) when what stands there is
/// no map, one of a newer program, or not as it was written: with `force`, it goes all the same, and what can be kept of it is
/// kept.
/// A map that held one with a log keeps it, and `log` goes on with it.
/// `beside` as for Store: where the map that stood there was tied to these catalogues, the new one is, too.
MapWritten write_map(Map& map, const std::string& path, bool force = false, const Logging& log = {},
                     const std::string& beside = {});

/// Changes an existing map in one transaction: reads it, lets `change` work on it, and writes the rows that differ, with an entry
/// of the log. What `change` throws, or a process that is killed, leaves the map as it was. The result must be valid. Others that
/// change it wait for a few seconds, and whoever reads sees the one or the other. A map of an earlier version is written anew.
/// With `to`, the map stays as it is, and a copy that is changed so, catalogues, tags and log with it, comes to stand there, in
/// one step. Deliverables that came or changed are tied to their records: to those in the map, else to those in the file
/// `beside`. O(n) in time; on the disk, what differs.
void change_map(const std::string& path, const std::function<void(Map&)>& change, const Logging& log = {},
                const std::string& to = {}, const std::string& beside = {});

/// Changes a map together with its log, in one transaction, as change_map() does: `change` gets and leaves all entries, each
/// under another device and number. Nothing is logged beside, and nothing is tied to records. Where there is no map, begins with
/// an empty one.
void change_map_with_log(const std::string& path, const std::function<void(Map&, std::vector<LoggedChange>&)>& change);

/// Makes a copy of a map, with its tags and its log, at another place: without catalogues, or with those that answer for it
/// inside: for somebody else, who gets one file. Throws as write_map().
void copy_map(const std::string& path, const std::string& beside, const std::string& to, bool with_catalogues);

class NearWorks;
struct CatalogueText;  // lacuna/records.hpp
struct UptakeTable;    // model/uptake_table.hpp

/// An open map; nothing is ever changed through it.
class Store {
 public:
  /// Throws Error(io) when the file cannot be opened, Error(not_a_map) when it is something else, Error(newer_map) when a newer
  /// program wrote it, Error(damaged_map) when SQLite finds it broken, or its schema holds what is not Lacuna's: triggers, views,
  /// indexes.
  /// Where the map holds no catalogues, those of the map `beside` answer, a file of its own for many maps; it is opened when they
  /// are first asked, and need not be there.
  explicit Store(const std::string& path, std::string beside = {});
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// What the explanations cost: most questions are answered without them.
  enum class Texts : bool { skip, load };
  /// The whole map as a graph. Linear.
  [[nodiscard]] Graph graph(Texts texts = Texts::load) const;
  /// The whole map in its text form, in canonical order. Linear.
  [[nodiscard]] Map map() const;
  /// The named states, in the order in which they were made.
  [[nodiscard]] std::vector<Tag> tags() const;
  /// The map as it stood when it was tagged. Throws Error(not_found) with the names there are.
  [[nodiscard]] Graph tagged_graph(std::string_view name) const;
  [[nodiscard]] Map tagged_map(std::string_view name) const;
  /// The change sets that made the map what it is since it has a log, by clock, device and number. Throws Error(damaged_map).
  [[nodiscard]] std::vector<LoggedChange> log() const;
  /// The same without what they say, which is not read.
  [[nodiscard]] std::vector<LogKey> log_keys() const;
  /// The catalogues that answer, by name: those in the map, else those beside it.
  [[nodiscard]] std::vector<CatalogueInfo> catalogues() const;
  /// True when those in the map answer.
  [[nodiscard]] bool holds_catalogues() const;
  /// Those to which the deliverables of the map were tied last, by name: where they are not those that answer, states, dates and
  /// editions may be older or newer than what the catalogues say here.
  [[nodiscard]] std::vector<CatalogueInfo> tied_catalogues() const;
  /// The works that `name` may mean, whole: an identifier in any spelling, or a bare number. O(records of the works).
  [[nodiscard]] std::vector<WorkRecords> works(std::string_view name) const;
  /// All records of the work that a record belongs to, twins aside, as they came. Some tens of microseconds a record.
  [[nodiscard]] std::vector<RecordRow> beside(const RecordRow& record) const;
  /// Works whose records hold all the words, best first; see SearchQuery. Milliseconds for rare words, some tens for common ones.
  [[nodiscard]] SearchAnswer search(const SearchQuery& query) const;
  /// The records that stand for the works which pass the filters of a query, whatever its words, by work. Linear in the works.
  [[nodiscard]] std::vector<RecordRow> faces(const SearchQuery& query) const;
  /// All records of all catalogues with their texts, in the order of the import. Linear: half a second for 166,000.
  [[nodiscard]] std::vector<CatalogueText> texts() const;
  /// What forecasts of the catalogues rest on, as of the last day of which they tell, without the ranks; nothing where an earlier
  /// version of the program imported them, or no record has a date.
  [[nodiscard]] std::optional<UptakeTable> uptake() const;
  /// The ranks of one of its concepts. Microseconds.
  [[nodiscard]] std::string uptake_ranks(std::size_t entry) const;
  /// Words of the catalogues that are spelled nearly like `word`, nearest first; at most three.
  [[nodiscard]] std::vector<std::string> near_words(std::string_view word) const;
  /// The records that stand for the works whose keys lie in [from, to), by key; at most `limit`.
  [[nodiscard]] std::vector<RecordRow> faces_between(std::string_view from, std::string_view to, std::size_t limit) const;
  /// The records that stand for the works of the same body whose keys differ by one sign, or by two that change places, from
  /// `key`, which no work has. Linear in the works of the body.
  [[nodiscard]] std::vector<RecordRow> near_numbers(std::string_view key) const;
  /// Where no work is meant by a name: the works that may be, likest first, at most three. Its parts, the number without what
  /// follows it, numbers of the same body that differ by one sign, the same number of another body. Linear in the works.
  [[nodiscard]] std::vector<RecordRow> nearest(std::string_view name) const;
  /// Documents of other works that say that they supersede one of that work, in natural order.
  [[nodiscard]] std::vector<std::string> superseding(std::string_view key) const;
  /// The catalogues of whose records at least a tenth belong to works of that body: whose keys begin with `space`.
  [[nodiscard]] std::vector<CatalogueInfo> holding(std::string_view space) const;
  /// The record of a deliverable, of exactly that document, by its identifier or one of its aliases.
  [[nodiscard]] std::optional<RecordRow> record_of(const Node& deliverable) const;
  /// Reads every page, checks every constraint, and compares what the map and its catalogues hold with what was written. Throws
  /// Error(damaged_map) saying what is broken.
  void check() const;
  /// Throws Error(damaged_map) when the map does not hold what Lacuna wrote last. Linear.
  void check_content() const;

 private:
  friend class NearWorks;
  friend class MapEdit;
  class Database;
  explicit Store(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

/// The works of all catalogues as something to hold writings against. Keeps what it has read: make one for many questions. The
/// store must outlive it. Not for several threads at once.
class NearWorks {
 public:
  /// Throws Error(bad_input) where an earlier version of the program imported the catalogues.
  explicit NearWorks(const Store& store);
  NearWorks(NearWorks&&) noexcept;
  ~NearWorks();

  /// The works that share most with the writing, by BM25F over stems: words of its title count 1, those of its text a third and
  /// more when repeated; of a long text the rarest forty. No work is skipped on the way. Milliseconds.
  std::vector<NearWork> nearest(const Writing& writing, std::size_t limit);
  /// How rare a stem is among all works: ln(1 + (N − n + ½) / (n + ½)), in nats.
  double rarity(const std::string& stem);
  /// How many works have that part in their title before the last one, where two or more have.
  std::size_t titles_with(const std::string& part);
  /// What the catalogues explain themselves; readings that less than a fifth of the records mean are left out.
  [[nodiscard]] const std::vector<ShortForm>& short_forms() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What an import made of catalogues that were there before.
struct Renewal {
  std::vector<std::string> catalogues;  ///< Those that came anew.
  /// Which of these brought a work, by the key of the work, that none of the catalogues named held before; empty where none did.
  std::function<std::string(const std::string& work, std::span<const std::string> named)> brought_by;
};

/// Takes catalogues into a map, or into the file beside it, all of them in one step: until commit() both stay as they were.
class CatalogueWriter {
 public:
  /// Begins with the map at `path`, or an empty one. Catalogues go into the file `beside`, which is made where it is not there,
  /// and takes over those that the map holds; where both hold some, or with no such file, they go into the map. Throws Error(io)
  /// when another command is changing one of them.
  explicit CatalogueWriter(const std::string& path, const std::string& beside = {});
  ~CatalogueWriter();
  CatalogueWriter(const CatalogueWriter&) = delete;
  CatalogueWriter& operator=(const CatalogueWriter&) = delete;

  /// The records that follow belong to this catalogue. The whole catalogue comes: what does not come again is gone.
  void begin(const CatalogueInfo& catalogue);
  /// True when the entry is there with that fingerprint. May be called from several threads between begin() and end().
  [[nodiscard]] bool known(std::string_view entry, std::uint64_t fingerprint) const;
  void put(Record&& record);
  void unchanged(std::string_view entry);
  void skipped();
  /// Ends the catalogue. `complete` is false where the input broke off: then nothing counts as gone. `date` is the day on which
  /// it stood so, where begin() did not say.
  ImportSummary end(bool complete, std::optional<Date> date);

  /// Merges a map into the one in the file: nodes by identifier, links by both ends, relation and who says so. What is there
  /// stands in the first file of map(); where what came was read, in the others.
  ImportSummary merge(Map&& map, std::string name, const MergeRules& rules = {});
  /// The map as it will be written.
  const Map& map();

  /// May change the search records of the map before it is written, asking the map as it will be; returns what it did.
  using Ageing = std::function<std::vector<std::string>(const Store& renewed, Map& map, const Renewal& renewal)>;
  /// Settles the editions, ties the deliverables of the map to their records, lets the search records age where a catalogue was
  /// renewed, and puts what became of it in place: the map first, then the catalogues. Returns what changed in the map.
  std::vector<std::string> commit(std::vector<ImportSummary>& summaries, const Ageing& age = {}, const Logging& log = {});

  /// Where the catalogues stand, once commit() is done.
  enum class Place : std::uint8_t {
    map,        ///< In the map, and nowhere else.
    map_alone,  ///< In the map, which holds its own: those of the file beside it are not asked.
    file,       ///< In the file beside the map, as before.
    new_file,   ///< In that file, which was not there before.
    moved       ///< In that file, which took them over from the map.
  };
  [[nodiscard]] Place place() const;

  /// Makes what forecasts rest on from all records; see Store::uptake().
  using Forecasting = std::function<std::optional<UptakeTable>(const std::vector<CatalogueText>& records)>;
  /// Has it made when the catalogues have changed, and kept with them; without, there is none then.
  void keep_forecast(Forecasting make);

 private:
  [[nodiscard]] Renewal renewal() const;

  class Rows;
  class Work;
  std::unique_ptr<Work> work_;
};

/// The SQL that makes an empty map: tables and views, with comments.
std::string schema_sql();

}  // namespace lacuna
