// The SQL of a map. The views say in SQL what src/model/coverage.cpp and src/analysis/gaps.cpp say in C++; tests compare them.
#include <fmt/format.h>

#include "lacuna/vocabulary.hpp"
#include "store/schema.hpp"

namespace lacuna {
namespace {

/// 'a', 'b', 'c' for a CHECK.
template <class E>
std::string quoted() {
  std::string list;
  for (const Word& word : words<E>()) list += fmt::format("{}'{}'", list.empty() ? "" : ", ", word.name);
  return list;
}

constexpr std::string_view tables = R"sql(
CREATE TABLE info (            -- what the map is: title, about, date
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE setting (         -- as_of: the day for which the views answer, YYYY-MM-DD; without a row, today
  name  TEXT PRIMARY KEY CHECK (name IN ('as_of')),
  value TEXT NOT NULL CHECK (value IS date(value, '+0 days'))
) STRICT;

CREATE TABLE node (
  node           INTEGER PRIMARY KEY,  -- in the natural order of the identifiers
  id             TEXT NOT NULL UNIQUE COLLATE NOCASE,
  kind           TEXT NOT NULL CHECK (kind IN ({kinds})),
  title          TEXT NOT NULL,
  text           TEXT,
  priority       INTEGER CHECK (priority BETWEEN 1 AND 5),  -- 3 where NULL
  state          TEXT CHECK (state IN ({states})),
  address        TEXT,
  source_name    TEXT,
  source_address TEXT,
  source_seen    TEXT,
  attributes     TEXT CHECK (attributes IS NULL OR json_valid(attributes)),  -- a JSON object
  CHECK (kind = 'deliverable' OR state IS NULL)
) STRICT;

CREATE TABLE shown_group (     -- groups that pictures and matrices show unless asked otherwise
  place INTEGER PRIMARY KEY,
  node  INTEGER NOT NULL UNIQUE REFERENCES node
) STRICT;

CREATE TABLE alias (
  node  INTEGER NOT NULL REFERENCES node,
  alias TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (node, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE date (            -- dates as they were given
  node  INTEGER NOT NULL REFERENCES node,
  what  TEXT NOT NULL,         -- a state of a deliverable's life, or since, until
  value TEXT NOT NULL,         -- YYYY, YYYY-MM or YYYY-MM-DD
  day   TEXT NOT NULL CHECK (day IS date(day, '+0 days')),  -- the last day that value may mean
  PRIMARY KEY (node, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE milestone (       -- the life of each deliverable: from that day on it is in that state
  node  INTEGER NOT NULL REFERENCES node,
  step  INTEGER NOT NULL,
  day   TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ({states})),
  basis TEXT NOT NULL,         -- why we say so
  PRIMARY KEY (node, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
  link         INTEGER PRIMARY KEY,
  "from"       INTEGER NOT NULL REFERENCES node,
  relation     TEXT NOT NULL CHECK (relation IN ({relations})),
  "to"         INTEGER NOT NULL REFERENCES node,
  degree       TEXT CHECK (degree IN ({degrees})),
  set_relation TEXT CHECK (set_relation IN ({set_relations})),
  strength     INTEGER CHECK (strength BETWEEN 0 AND 10),
  rationale    TEXT,
  evidence     TEXT,
  method       TEXT CHECK (method IN ({methods})),
  by           TEXT,
  "on"         TEXT,
  source_name    TEXT,
  source_address TEXT,
  source_seen    TEXT,
  status       TEXT NOT NULL CHECK (status IN ({statuses})),
  CHECK ("from" <> "to"),
  CHECK ((relation = 'covers') = (degree IS NOT NULL))
) STRICT;

CREATE TABLE search (          -- somebody looked for deliverables that cover these needs
  search INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE COLLATE NOCASE,
  by     TEXT NOT NULL,
  "on"   TEXT NOT NULL,
  method TEXT,
  note   TEXT
) STRICT;

CREATE TABLE search_catalogue (
  search  INTEGER NOT NULL REFERENCES search,
  name    TEXT NOT NULL,
  records INTEGER,
  date    TEXT,
  PRIMARY KEY (search, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_need (
  search INTEGER NOT NULL REFERENCES search,
  node   INTEGER NOT NULL REFERENCES node,
  PRIMARY KEY (search, node)
) STRICT, WITHOUT ROWID;

CREATE TABLE link_clause (     -- the clauses or provisions that a link rests on
  link   INTEGER PRIMARY KEY REFERENCES link,
  clause TEXT NOT NULL
) STRICT;

CREATE TABLE link_question (   -- covers links whose need reads otherwise since: somebody must look again
  link INTEGER PRIMARY KEY REFERENCES link,
  why  TEXT NOT NULL
) STRICT;

CREATE TABLE search_protocol ( -- what was read, and who answers for it
  search    INTEGER PRIMARY KEY REFERENCES search,
  read      TEXT,
  signed_by TEXT,
  signed_on TEXT,
  CHECK ((signed_by IS NULL) = (signed_on IS NULL))
) STRICT;

CREATE TABLE search_unsearched ( -- bodies of which nothing was searched
  search INTEGER NOT NULL REFERENCES search,
  place  INTEGER NOT NULL,
  name   TEXT NOT NULL,
  PRIMARY KEY (search, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_query (
  search INTEGER NOT NULL REFERENCES search,
  place  INTEGER NOT NULL,
  words  TEXT NOT NULL,
  hits   INTEGER,
  PRIMARY KEY (search, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_candidate ( -- documents near a need, as they were judged
  search   INTEGER NOT NULL REFERENCES search,
  place    INTEGER NOT NULL,
  node     INTEGER NOT NULL REFERENCES node,
  document TEXT NOT NULL,
  finding  TEXT NOT NULL CHECK (finding IN ({findings})),
  reason   TEXT,
  by       TEXT,
  PRIMARY KEY (search, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_unjudged ( -- documents near a need that came when a catalogue was renewed, and wait for judgement
  search    INTEGER NOT NULL REFERENCES search,
  place     INTEGER NOT NULL,
  node      INTEGER NOT NULL REFERENCES node,
  document  TEXT NOT NULL,
  title     TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  "on"      TEXT NOT NULL,
  PRIMARY KEY (search, place)
) STRICT, WITHOUT ROWID;
)sql";

/// What catalogues say. Nothing of it is read by questions about the map alone.
constexpr std::string_view catalogue_tables = R"sql(
CREATE TABLE catalogue (
  catalogue INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE COLLATE NOCASE,
  format  TEXT NOT NULL,
  source  TEXT NOT NULL,         -- the file or folder it was read from, without its path
  date    TEXT,                  -- the day on which it stood so
  records INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE committee (
  committee INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE work (              -- all editions, drafts and amendments of one document
  work INTEGER PRIMARY KEY,
  key  TEXT NOT NULL UNIQUE,     -- "itu-t x.509", "iso 27001"
  face INTEGER                   -- the record that stands for it: its newest edition in force
) STRICT;

CREATE TABLE work_alias (        -- the halves of double numbers: "itu-t g.709" of "itu-t g.709/y.1331"
  key  TEXT NOT NULL,
  work INTEGER NOT NULL REFERENCES work,
  PRIMARY KEY (key, work)
) STRICT, WITHOUT ROWID;

CREATE TABLE record (            -- an entry of a catalogue
  record      INTEGER PRIMARY KEY,
  catalogue   INTEGER NOT NULL REFERENCES catalogue,
  entry       TEXT NOT NULL,     -- its file, or its identifier
  fingerprint INTEGER NOT NULL,
  identifier  TEXT NOT NULL,
  work        INTEGER NOT NULL REFERENCES work,
  type        TEXT,
  stage       TEXT,              -- as the catalogue gives it
  given       TEXT CHECK (given IN ({states})),  -- what the stage means; NULL where the catalogue gives no status
  published   TEXT,              -- YYYY, YYYY-MM or YYYY-MM-DD, as the others
  begun       TEXT,
  ended       TEXT,
  committee   INTEGER REFERENCES committee,
  address     TEXT,
  project     TEXT,
  generation  INTEGER NOT NULL,
  remarks     INTEGER NOT NULL,  -- bits: what the importer put right
  state       TEXT CHECK (state IN ({states})),  -- settled against the other records of the work
  since       TEXT,
  same_as     INTEGER            -- the record of the same document that is believed instead
) STRICT;

CREATE TABLE record_text (       -- apart, so that questions of state need not read it
  record   INTEGER PRIMARY KEY,
  title    TEXT,
  abstract TEXT,
  keywords TEXT
) STRICT;

CREATE TABLE record_link (       -- relations that a record states
  record     INTEGER NOT NULL,
  place      INTEGER NOT NULL,
  relation   TEXT NOT NULL CHECK (relation IN ({relations})),
  reversed   INTEGER NOT NULL CHECK (reversed IN (0, 1)),  -- 1: the other document does so to this one
  identifier TEXT NOT NULL,
  work       INTEGER NOT NULL REFERENCES work,
  PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE acronym (           -- short forms that abstracts and titles explain themselves, where three records or more do
  short   TEXT NOT NULL,         -- "ai"
  long    TEXT NOT NULL,         -- "artificial intelligence"
  records INTEGER NOT NULL,
  PRIMARY KEY (short, long)
) STRICT, WITHOUT ROWID;

CREATE VIEW record_content AS
SELECT r.record, r.identifier, t.title, t.keywords, t.abstract FROM record r JOIN record_text t ON t.record = r.record;

CREATE VIRTUAL TABLE record_index USING fts5(
  identifier, title, keywords, abstract,
  content = 'record_content', content_rowid = 'record', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE record_word USING fts5vocab('record_index', 'row');
CREATE INDEX record_work ON record (work);
CREATE INDEX record_link_work ON record_link (work);
)sql";

/// What finds works that speak of the same as a text.
constexpr std::string_view text_tables = R"sql(
CREATE TABLE text_term (         -- a word without its ending, and the works in whose titles, keywords or abstracts it stands
  term     TEXT NOT NULL UNIQUE,
  works    INTEGER NOT NULL,     -- how many
  rarity   REAL NOT NULL,        -- ln(1 + (N - works + 0.5) / (works + 0.5)) of N works
  postings BLOB NOT NULL         -- for each work, ascending: the distance from the one before (7 bits a byte, low ones first), and its weight in it
) STRICT;

CREATE TABLE uptake (            -- which concepts bodies tend to bring together next: one row, or none where no record has a date
  day          TEXT NOT NULL,    -- the last one of which the catalogues tell
  pairs        INTEGER NOT NULL, -- of concepts that no record holds together
  pairs_before INTEGER NOT NULL, -- the same five years before
  taken_up     BLOB NOT NULL     -- of those, by rank from the lowest, a bit each, low ones first: whether they have come together since
) STRICT;

CREATE TABLE uptake_concept (
  concept INTEGER PRIMARY KEY,   -- from 0 on
  name    TEXT NOT NULL,         -- its stems
  alias   TEXT,                  -- the stem of its short form
  shown   TEXT NOT NULL,
  ranks   BLOB NOT NULL          -- of the pair with each later concept, 4 bytes, low ones first: pairs that rank lower, twice, and equal ones once; ff ff ff ff where a record holds both
) STRICT;

CREATE TABLE title_part (        -- what titles of several works have before their last part: "information technology"
  part  TEXT PRIMARY KEY,        -- in lower case
  works INTEGER NOT NULL         -- how many; two or more
) STRICT, WITHOUT ROWID;
)sql";

/// Named states of the map. Nothing of it is read by other questions.
constexpr std::string_view tag_tables = R"sql(
CREATE TABLE tag (               -- the map as it stood when somebody gave it a name
  name    TEXT PRIMARY KEY COLLATE NOCASE,
  made    TEXT NOT NULL,         -- YYYY-MM-DD
  about   TEXT,
  nodes   INTEGER NOT NULL,
  links   INTEGER NOT NULL,
  bytes   INTEGER NOT NULL,      -- of the content, unpacked
  hash    TEXT NOT NULL,         -- of the content as it is packed: tells damage
  content BLOB NOT NULL          -- a map without catalogues and tags, as a SQLite file packed with zstd
) STRICT;
)sql";

/// What was done to the map. Nothing of it is read by other questions.
constexpr std::string_view log_tables = R"sql(
CREATE TABLE change (            -- a change set: who, when, what for, and each member before and after
  device  TEXT NOT NULL,         -- whose numbers ascend
  number  INTEGER NOT NULL,
  clock   INTEGER NOT NULL,      -- above that of every change set that was there before: their order is clock, device, number
  made    TEXT NOT NULL,         -- in UTC, 2026-11-30T18:00:00Z
  by      TEXT,
  why     TEXT,
  hash    TEXT NOT NULL,         -- of the content: tells damage
  content TEXT NOT NULL,         -- data/schema/change-1.json
  PRIMARY KEY (device, number)
) STRICT;
)sql";

/// Made after the rows are in: building an index once is faster than keeping it.
constexpr std::string_view indexes = R"sql(
CREATE INDEX link_to ON link ("to", relation);
CREATE INDEX link_from ON link ("from", relation);
CREATE INDEX search_need_node ON search_need (node);
)sql";

constexpr std::string_view views = R"sql(
CREATE VIEW as_of AS           -- the day for which the other views answer
SELECT coalesce((SELECT value FROM setting WHERE name = 'as_of'), date('now')) AS day;

CREATE VIEW deliverable_state AS  -- the state of each deliverable that exists on that day
SELECT m.node, m.state, m.day AS since, m.basis
FROM milestone m
WHERE m.day <= (SELECT day FROM as_of)
  AND NOT EXISTS (SELECT 1 FROM milestone l WHERE l.node = m.node AND l.step > m.step AND l.day <= (SELECT day FROM as_of));

CREATE VIEW need AS            -- needs that had been described by that day
SELECT n.node, n.id, n.kind, n.title, coalesce(n.priority, 3) AS priority
FROM node n
WHERE n.kind IN ('use-case', 'requirement', 'capability', 'threat', 'term')
  AND NOT EXISTS (SELECT 1 FROM date d WHERE d.node = n.node
                  AND (d.what = 'since' AND d.day > (SELECT day FROM as_of) OR d.what = 'until' AND d.day < (SELECT day FROM as_of)));

CREATE VIEW body AS            -- the standards body at the root of each group
WITH RECURSIVE up(node, top) AS (
  SELECT node, node FROM node WHERE kind = 'group'
  UNION ALL
  SELECT up.node, (SELECT l."to" FROM link l WHERE l."from" = up.top AND l.relation = 'part-of' AND l.status = 'asserted' ORDER BY l."to" LIMIT 1)
  FROM up WHERE EXISTS (SELECT 1 FROM link l WHERE l."from" = up.top AND l.relation = 'part-of' AND l.status = 'asserted')
)
SELECT node, top AS body FROM up
WHERE NOT EXISTS (SELECT 1 FROM link l WHERE l."from" = up.top AND l.relation = 'part-of' AND l.status = 'asserted');

CREATE VIEW later_edition AS   -- each deliverable with all editions that came after it
WITH RECURSIVE later(node, newer) AS (
  SELECT "to", "from" FROM link WHERE relation = 'supersedes' AND status = 'asserted'
  UNION
  SELECT later.node, l."from" FROM later JOIN link l ON l."to" = later.newer AND l.relation = 'supersedes' AND l.status = 'asserted'
)
SELECT node, newer FROM later;

CREATE VIEW suspect AS         -- covers links on an edition that was replaced, where no later edition has a verdict of its own; and questioned ones
SELECT l.link
FROM link l JOIN link_question q ON q.link = l.link
WHERE l.relation = 'covers' AND l.status = 'asserted' AND l.degree <> 'none'
UNION
SELECT l.link
FROM link l
WHERE l.relation = 'covers' AND l.status = 'asserted' AND l.degree <> 'none'
  AND EXISTS (SELECT 1 FROM later_edition e JOIN deliverable_state n ON n.node = e.newer
              WHERE e.node = l."from" AND n.state IN ('published', 'superseded', 'withdrawn'))
  AND NOT EXISTS (SELECT 1 FROM later_edition e JOIN deliverable_state n ON n.node = e.newer JOIN link v ON v."from" = e.newer
                  WHERE e.node = l."from" AND v."to" = l."to" AND v.relation IN ('covers', 'mentions') AND v.status <> 'suggested');

CREATE VIEW cover AS           -- covers links that count, with what each one makes of its need on its own
SELECT l.link, l."from" AS deliverable, l."to" AS need, l.degree, s.state, l.link IN (SELECT link FROM suspect) AS suspect,
  CASE WHEN s.state IN ('superseded', 'withdrawn') OR l.link IN (SELECT link FROM suspect) THEN 3
       WHEN s.state <> 'published' THEN 2
       WHEN l.degree = 'partial' THEN 1
       ELSE 0 END AS verdict
FROM link l JOIN deliverable_state s ON s.node = l."from"
WHERE l.relation = 'covers' AND l.status = 'asserted' AND l.degree <> 'none';

CREATE VIEW confirmed AS       -- needs near which documents were judged, in a record that is signed, and none waits for it
SELECT DISTINCT c.node FROM search_candidate c JOIN search_protocol p ON p.search = c.search
JOIN search_need s ON s.search = c.search AND s.node = c.node
WHERE p.signed_by IS NOT NULL AND c.finding <> 'not-read'
  AND NOT EXISTS (SELECT 1 FROM search_candidate o WHERE o.node = c.node
                  GROUP BY o.document HAVING count(DISTINCT nullif(o.finding, 'not-read')) > 1)
  AND NOT EXISTS (SELECT 1 FROM search_unjudged u WHERE u.node = c.node);

CREATE VIEW coverage AS        -- the state of every need, all groups together
SELECT n.node, n.id, n.kind, n.title, n.priority,
  CASE coalesce(c.best, CASE WHEN n.node IN (SELECT node FROM confirmed) THEN 4 WHEN n.node IN (SELECT node FROM search_need) THEN 5 ELSE 6 END)
    WHEN 0 THEN 'covered' WHEN 1 THEN 'partly-covered' WHEN 2 THEN 'in-progress' WHEN 3 THEN 'stale'
    WHEN 4 THEN 'confirmed-gap' WHEN 5 THEN 'not-found' ELSE 'unknown' END AS state,
  coalesce(c.deliverables, 0) AS deliverables
FROM need n
LEFT JOIN (SELECT need, min(verdict) AS best, count(DISTINCT deliverable) AS deliverables FROM cover GROUP BY need) c ON c.need = n.node;

CREATE VIEW ancestor AS        -- each group with itself and the groups it is inside of
WITH RECURSIVE up(node, above) AS (
  SELECT node, node FROM node WHERE kind = 'group'
  UNION
  SELECT up.node, l."to" FROM up JOIN link l ON l."from" = up.above AND l.relation = 'part-of' AND l.status = 'asserted'
)
SELECT node, above FROM up;

CREATE VIEW live_group AS      -- which groups (and bodies) cover which needs with deliverables that are not stale; a Question beside its study group does not count
SELECT DISTINCT c.need, d."from" AS "group", b.body, c.verdict = 0 AS in_full, c.deliverable
FROM cover c
JOIN link d ON d."to" = c.deliverable AND d.relation = 'develops' AND d.status = 'asserted'
JOIN body b ON b.node = d."from"
WHERE c.verdict <= 2
  AND NOT EXISTS (SELECT 1 FROM link o JOIN ancestor a ON a.node = d."from" AND a.above = o."from"
                  WHERE o."to" = c.deliverable AND o.relation = 'develops' AND o.status = 'asserted' AND o."from" <> d."from" AND o."from" <> b.body);

CREATE VIEW liaison AS         -- in both directions
SELECT "from" AS a, "to" AS b FROM link WHERE relation = 'liaises-with' AND status = 'asserted'
UNION SELECT "to", "from" FROM link WHERE relation = 'liaises-with' AND status = 'asserted';

CREATE VIEW connected AS       -- pairs of groups with a liaison between them or between groups that they are inside of
SELECT DISTINCT x.node AS a, y.node AS b
FROM liaison l JOIN ancestor x ON x.above = l.a JOIN ancestor y ON y.above = l.b;

CREATE VIEW gap AS             -- all kinds of gaps but outside-scope, which needs a scope; "other" completes a pair
SELECT CASE state WHEN 'confirmed-gap' THEN 'uncovered' WHEN 'not-found' THEN 'uncovered' WHEN 'partly-covered' THEN 'partial' WHEN 'in-progress' THEN 'draft-only' ELSE state END AS kind,
  id AS subject, NULL AS other
FROM coverage WHERE state <> 'covered'
UNION ALL
SELECT 'single-body', n.id, min(b.id)
FROM need n JOIN live_group g ON g.need = n.node JOIN node b ON b.node = g.body
GROUP BY n.node HAVING count(DISTINCT g.body) = 1
UNION ALL
SELECT DISTINCT 'overlap', n.id, NULL
FROM need n
JOIN live_group x ON x.need = n.node AND x.in_full
JOIN live_group y ON y.need = n.node AND y.in_full AND y.body > x.body AND y.deliverable <> x.deliverable
WHERE NOT EXISTS (SELECT 1 FROM connected c WHERE c.a = x."group" AND c.b = y."group")
  AND NOT EXISTS (SELECT 1 FROM link a WHERE a.relation = 'adopts' AND a.status = 'asserted'
                  AND (a."from" = x.deliverable AND a."to" = y.deliverable OR a."from" = y.deliverable AND a."to" = x.deliverable))
UNION ALL
SELECT 'unliaised', x.id, y.id
FROM (SELECT DISTINCT p."group" AS a, q."group" AS b
      FROM live_group p JOIN live_group q ON q.need = p.need AND q.body <> p.body AND q."group" > p."group"
      JOIN need n ON n.node = p.need) w
JOIN node x ON x.node = w.a JOIN node y ON y.node = w.b
WHERE NOT EXISTS (SELECT 1 FROM connected c WHERE c.a = w.a AND c.b = w.b)
  AND NOT EXISTS (SELECT 1 FROM date d WHERE d.node IN (w.a, w.b)
                  AND (d.what = 'since' AND d.day > (SELECT day FROM as_of) OR d.what = 'until' AND d.day < (SELECT day FROM as_of)))
UNION ALL
SELECT 'orphan', n.id, NULL FROM need n
WHERE n.kind IN ('requirement', 'capability') AND NOT EXISTS (SELECT 1 FROM link l JOIN need o ON o.node = l."from" WHERE l."to" = n.node AND l.relation = 'needs' AND l.status = 'asserted')
   OR n.kind = 'threat' AND NOT EXISTS (SELECT 1 FROM link l JOIN need o ON o.node = l."from" WHERE l."to" = n.node AND l.relation = 'counters' AND l.status = 'asserted')
   OR n.kind = 'use-case' AND NOT EXISTS (SELECT 1 FROM link l JOIN need o ON o.node = l."to" WHERE l."from" = n.node AND l.relation = 'needs' AND l.status = 'asserted' AND o.kind <> 'term')
UNION ALL
SELECT 'orphan', n.id, NULL FROM node n
WHERE n.kind = 'objective' AND NOT EXISTS (SELECT 1 FROM link l JOIN need o ON o.node = l."from" WHERE l."to" = n.node AND l.relation = 'serves' AND l.status = 'asserted')
  AND coalesce(json_extract(n.attributes, '$.answered_by'), '') = ''
  AND NOT EXISTS (SELECT 1 FROM date d WHERE d.node = n.node
                  AND (d.what = 'since' AND d.day > (SELECT day FROM as_of) OR d.what = 'until' AND d.day < (SELECT day FROM as_of)))
UNION ALL
SELECT 'suspect', n.id, NULL FROM need n
WHERE EXISTS (SELECT 1 FROM link l WHERE l."to" = n.node AND l.link IN (SELECT link FROM suspect)
              AND NOT EXISTS (SELECT 1 FROM link v WHERE v."from" = l."from" AND v."to" = l."to" AND v.relation IN ('covers', 'mentions')
                              AND v.link <> l.link AND v.status <> 'suggested' AND v.link NOT IN (SELECT link FROM link_question)
                              AND l.link IN (SELECT link FROM link_question)))
UNION ALL
SELECT 'disputed', n.id, NULL FROM need n
WHERE EXISTS (SELECT 1 FROM link l JOIN deliverable_state s ON s.node = l."from"
              WHERE l."to" = n.node AND l.relation = 'covers' AND l.status = 'disputed')
   OR EXISTS (SELECT 1 FROM link l JOIN deliverable_state s ON s.node = l."from"
              WHERE l."to" = n.node AND l.relation = 'covers' AND l.status = 'asserted'
                AND l.link NOT IN (SELECT link FROM link_question)
              GROUP BY l."from" HAVING count(DISTINCT l.degree) > 1)
   OR EXISTS (SELECT 1 FROM link l JOIN deliverable_state s ON s.node = l."from" JOIN link r ON r."from" = l."from" AND r."to" = l."to"
              WHERE l."to" = n.node AND l.relation = 'covers' AND l.status = 'asserted' AND r.relation = 'covers' AND r.status = 'rejected'
                AND l.link NOT IN (SELECT link FROM link_question));
)sql";

/// The lists of words filled in.
std::string with_words(std::string_view sql) {
  return fmt::format(fmt::runtime(sql), fmt::arg("kinds", quoted<Kind>()), fmt::arg("states", quoted<State>()),
                     fmt::arg("relations", quoted<Relation>()), fmt::arg("degrees", quoted<Degree>()),
                     fmt::arg("set_relations", quoted<SetRelation>()), fmt::arg("methods", quoted<Method>()),
                     fmt::arg("statuses", quoted<Status>()), fmt::arg("findings", quoted<Finding>()));
}

}  // namespace

std::string map_tables_sql() { return with_words(tables) + std::string(views); }
std::string map_indexes_sql() { return std::string(indexes); }
std::string schema_sql() {
  return map_tables_sql() + map_indexes_sql() + with_words(catalogue_tables) + std::string(tag_tables) + std::string(log_tables) +
         std::string(text_tables);
}

}  // namespace lacuna
