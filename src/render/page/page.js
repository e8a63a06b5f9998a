"use strict";
// Makes the page that stands here answer for other days and scopes. What a state is was found when the page was made: this only
// chooses among the runs, counts, filters and sorts.
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const data = JSON.parse($("#data").textContent);
  const states = data.states;
  const views = $$("main > section");
  const header = $("body > header");
  const tabs = $$("nav a"), needsTable = $("table.needs");

  /** Every text that the script writes: a translation is another such table. */
  const texts = {
    allGroups: "all groups", day: "Day", scope: "Scope: whose texts count", filter: "Find in everything", back: "One change earlier",
    on: "One change later", own: "As the page was made", command: "The same by command:", copy: "Copy as command", copied: "Copied",
    csv: "Save as CSV", absent: "not there", nothing: "Nothing here matches the filter.", byOthers: "by others: ",
    full: "in full", part: "in part", suspect: "suspect", sort: "Sort by", notYet: "not there on this day",
    need: n => n === 1 ? "1 need" : n + " needs", later: n => n === 0 ? "" : `(on the map, ${n} more not there on this day)`,
    more: n => `and ${n} more`, larger: "Larger", smaller: "Smaller", whole: "Whole picture", left: "To the left", right: "To the right", up: "Up", down: "Down", hits: n => ` ${n}`, found: n => n === 1 ? "1 row" : n + " rows", onlyObjective: "Only needs of",
    everything: "Show all needs", near: "Neighbours", nearLinks: "Table of neighbours", nearOf: "Neighbours of", linkedTo: n => n === 1 ? "1 link" : n + " links", row: "Its own row", text: "text",
    nearHeads: ["relation", "node", "is a", "state", "what the link says", "what it rests on"], mentions: "a mention, never coverage", not: "not at all",
    clause: "clause", strength: n => `strength ${n} of 10`, read: "read:", by: "by", source: "source:", seen: "seen", again: "to be looked at again:", since: "Changed since", was: "was", data: "Save the data as JSON",
    changed: (n, day) => `${n === 1 ? "1 need changed" : n + " needs changed"} since ${day}`, slider: (i, n, d) => `${d}, change ${i} of ${n}`,
  };

  // What is chosen. `day` is any day; `at` the position of the last change up to it.
  const chosen = {view: "matrix", day: data.as_of, scope: 0, filter: "", place: "", of: "", since: ""};
  const ownScope = data.scope === null ? 0 : data.scopes.findIndex(s => s.group === data.scope);
  chosen.scope = ownScope;

  const make = (tag, attributes = {}, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };

  /** The last entry of a list, sorted by what `key` gives, that is not after `value`; the first where all are. */
  const lastUpTo = (list, value, key) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (key(list[middle]) <= value) low = middle + 1; else high = middle;
    }
    return Math.max(0, low - 1);
  };
  const positionOf = day => lastUpTo(data.days, day, d => d);

  // Runs: [day, state or null, score, [link, state of the document, 1 where suspect]…].
  const runsOf = (need, scope) => scope === 0 ? need.all : need.own[scope] ?? need.none;
  const runAt = (need, scope, at) => {
    const runs = runsOf(need, scope);
    return runs[lastUpTo(runs, at, r => r[0])];
  };

  const stateOn = (document, at) => {
    let state = null;
    for (const [day, name] of document.life) if (day <= at) state = name;
    return state;
  };
  const documentState = (document, at) => {
    const state = stateOn(document, at);
    return state === null ? texts.absent : data.document_states[state];
  };

  const evidenceText = run => {
    const pieces = run.slice(3);
    const parts = pieces.slice(0, 5).map(([l, state, suspect]) => {
      const link = data.links[l];
      return `${link.degree === "full" ? texts.full : texts.part} by ${data.documents[link.document].id} ` +
             `(${data.document_states[state]}${suspect ? ", " + texts.suspect : ""})`;
    });
    if (pieces.length > 5) parts.push(texts.more(pieces.length - 5));
    return parts.join("; ");
  };
  const why = (need, run, at) => {
    if (run.length > 3) return evidenceText(run);
    if (run[1] === null) return texts.notYet;
    if (states[run[1]].name === "elsewhere") return texts.byOthers + evidenceText(runAt(need, 0, at));
    return need.searched;
  };

  /** The state of every need for a scope on a day; what was asked last is kept, for all scopes of one day. */
  const statesOn = (scope, at) => {
    if (known.at !== at) { known.at = at; known.scopes.clear(); }
    let list = known.scopes.get(scope);
    if (!list) known.scopes.set(scope, list = data.needs.map(need => runAt(need, scope, at)[1]));
    return list;
  };
  const known = {at: -1, scopes: new Map()};
  const tallyOf = (needs, scope, at) => {
    const list = statesOn(scope, at);
    const tally = states.map(() => 0);
    for (const n of needs) if (list[n] !== null) ++tally[list[n]];
    return tally;
  };
  const sum = tally => tally.reduce((a, b) => a + b, 0);

  const stateClass = state => "s-" + states[state].name;
  const show = (cell, className, ...inside) => {
    cell.className = className;
    cell.replaceChildren(...inside);
  };
  const hiddenSign = sign => make("span", {"aria-hidden": "true"}, sign);
  const spoken = text => make("span", {class: "vh"}, text);
  const showState = (cell, state) => {
    if (state === null) return show(cell, "", texts.absent);
    const sign = hiddenSign(states[state].sign);
    sign.className = "sign";
    show(cell, stateClass(state), sign, " " + states[state].name);
  };
  const showTally = (cell, tally, covering) => {
    // What stands there already costs nothing.
    const key = tally.join();
    if (cell.lacunaTally === key) return;
    cell.lacunaTally = key;
    const there = states.map((s, i) => i).filter(i => tally[i] > 0 && !(covering && states[i].open));
    if (there.length === 0) return show(cell, "");
    const signs = there.map(i => states[i].sign + "\u00a0" + tally[i]);
    const shown = hiddenSign(covering ? "" : signs.join(" "));
    if (covering) shown.append(...there.map((i, k) => make("span", {class: "tally " + stateClass(i)}, signs[k])));
    show(cell, "", shown,
         spoken(there.map(i => tally[i] + " " + states[i].name).join(", ")));
  };

  // ---- What the page shows for a day and a scope -----------------------------------------------------------------------------

  /** The state that a need had on the day since when changes are asked for. */
  const stateSince = need => runAt(need, chosen.scope, positionOf(chosen.since))[1];
  const changedNeeds = () => {
    const now = statesOn(chosen.scope, positionOf(chosen.day));
    return new Set(allNeeds.filter(n => stateSince(data.needs[n]) !== now[n]));
  };
  const allNeeds = data.needs.map((_, n) => n);
  const rowLists = {objective: data.objectives, topic: data.topics};
  /** By view, what brings it up to date. Views that are not shown are brought up to date when they are. */
  const painters = {
    matrix(at) {
      for (const table of $$("table.matrix")) {
        if (table.dataset.rows === "need") paintNeedMatrix(table, at);
        else paintRows(table, rowLists[table.dataset.rows], at);
      }
    },
    needs(at) {
      for (const row of rowsOf("needs")) {
        const need = data.needs[row.dataset.n];
        const run = runAt(need, chosen.scope, at);
        const was = chosen.since ? stateSince(need) : run[1];
        if (row.lacunaRun === run && row.lacunaWas === was && (run.length > 3 || row.lacunaAt === at)) continue;
        row.lacunaWas = was;
        row.lacunaRun = run;
        row.lacunaAt = at;
        row.classList.toggle("absent", run[1] === null);
        showState(row.cells[1], run[1]);
        if (was !== run[1]) row.cells[1].append(make("span", {class: "k"}, `${texts.was} ${was === null ? texts.absent : states[was].sign + " " + states[was].name}`));
        $(".why", row).textContent = why(need, run, at);
        row.lacunaText = undefined;
        row.lacunaDetails = undefined;
      }
      for (const details of $$("details[open]", needsTable)) paintDetails(details, at);
    },
    groups(at) {
      const published = data.document_states.indexOf("published");
      for (const row of rowsOf("groups")) {
        if (row.dataset.s) showTally(row.cells[1], tallyOf(allNeeds, Number(row.dataset.s), at), true);
        // In force, under way, past.
        const counts = [0, 0, 0];
        for (const d of data.groups[row.dataset.g].documents) {
          const state = stateOn(data.documents[d], at);
          if (state !== null) ++counts[state === published ? 0 : state < published ? 1 : 2];
        }
        counts.forEach((n, i) => { row.cells[i + 2].textContent = n; });
      }
    },
    near(at) { if (near.id) paintNear(at); },
    documents(at) {
      for (const row of rowsOf("documents")) {
        const state = documentState(data.documents[row.dataset.d], at);
        row.cells[2].textContent = state;
        row.classList.toggle("absent", state === texts.absent);
      }
    },
  };

  const rowCache = {};
  const rowsOf = table => rowCache[table] ??= $$(`table.${table} > tbody > tr`);

  /** The links of an open need: which count, and in which state each document is. */
  const paintDetails = (details, at) => {
    const row = details.closest("tr");
    if (!row || row.lacunaDetails === at + " " + chosen.scope) return;
    row.lacunaDetails = at + " " + chosen.scope;
    const counting = new Set(runAt(data.needs[row.dataset.n], chosen.scope, at).slice(3).map(piece => piece[0]));
    for (const item of $$("li[data-l]", details)) {
      const l = Number(item.dataset.l);
      item.classList.toggle("in", counting.has(l));
      const document = data.documents[data.links[l].document];
      $(".ds", item).textContent = documentState(document, at);
      if (leadsOut(document.address) && !$(".text", item)) item.append(make("span", {class: "text"}, " · ", outer(document.address, texts.text)));
    }
  };

  // ---- Neighbours of a node: everything that is one link away ----------------------------------------------------------------

  const near = {id: "", rows: []};
  let index = null;
  /** By identifier: kind, title, address; the need or the document itself. */
  const nodes = () => {
    if (index) return index;
    index = new Map();
    for (const [kind, list] of [["objective", data.objectives], ["topic", data.topics], ["group", data.groups], ["", data.others]])
      for (const x of list) index.set(x.id, {kind: x.kind ?? kind, title: x.title, address: x.address});
    for (const need of data.needs) index.set(need.id, {kind: need.kind, title: need.title, need});
    for (const document of data.documents) index.set(document.id, {kind: "deliverable", title: document.title, address: document.address, document});
    return index;
  };
  const placeOfKind = {objective: "objective", topic: "topic", group: "group", deliverable: "document", workshop: "", session: ""};
  const ownPlace = (id, kind) => { const place = placeOfKind[kind] ?? "need"; return place ? placeLink(place, id) : ""; };
  const leadsOut = address => /^(https?:|mailto:)/i.test(address ?? "");
  const outer = (address, text) => leadsOut(address) ? make("a", {class: "out", rel: "noopener noreferrer", href: address}, text) : text;
  /** Texts and elements with something between them. */
  const joined = (list, between) => list.filter(x => x).flatMap((x, i) => i === 0 ? [x] : [between, x]);
  const linksAt = id => {
    const found = [];
    const add = (link, from, to) => {
      if (from === id) found.push({link, other: to, out: true});
      if (to === id) found.push({link, other: from, out: false});
    };
    for (const link of data.links) add(link, data.documents[link.document].id, data.needs[link.need].id);
    for (const link of data.relations) add(link, link.from, link.to);
    const told = new Set(found.filter(f => f.link.relation === "develops").map(f => f.other));
    const developed = {relation: "develops"};
    for (const {id: document, groups} of data.documents) {
      for (const group of groups) if (!told.has(group === id ? document : group)) add(developed, group, document);
    }
    const order = Object.keys(data.phrases);
    return found.sort((a, b) => b.out - a.out || order.indexOf(a.link.relation) - order.indexOf(b.link.relation));
  };
  const degrees = {full: texts.full, partial: texts.part, none: texts.not};
  const saidOf = link => [link.relation === "mentions" ? texts.mentions : "", degrees[link.degree], link.set_relation, link.status,
                          link.strength === undefined ? "" : texts.strength(link.strength), link.clause ? `${texts.clause} ${link.clause}` : "",
                          link.rationale].filter(t => t).join("; ");
  const sourceOf = source => source && make("span", {}, `${texts.source} `, outer(source.address, source.name || source.address), source.seen ? `, ${texts.seen} ${source.seen}` : "");
  const restOf = (link, address) => joined([link.evidence && `${texts.read} ${link.evidence}`, link.by && `${texts.by} ${link.by}`, link.on, link.method, sourceOf(data.sources[link.source]),
                                            link.questioned && `${texts.again} ${link.questioned}`, leadsOut(address) && outer(address, texts.text)], " · ");
  /** The table of a node's links; states follow the day and the scope. */
  const showNear = id => {
    near.box.hidden = !id;
    if (!id || near.id === id) return;
    near.id = id;
    const node = nodes().get(id);
    near.rows = linksAt(id).map(({link, other, out}) => {
      const o = nodes().get(other);
      const state = make("td");
      const row = make("tr", {}, make("td", {}, data.phrases[link.relation][out ? 0 : 1]),
                       make("th", {scope: "row", dir: "auto"}, make("a", {href: placeLink("node", other)}, other), " ", make("span", {class: "t"}, o.title)),
                       make("td", {}, o.kind), state, make("td", {dir: "auto"}, saidOf(link)), make("td", {dir: "auto"}, ...restOf(link, o.address)));
      return {row, state, node: o};
    });
    near.table.tBodies[0].replaceChildren(...near.rows.map(r => r.row));
    near.table.caption.firstChild.data = texts.linkedTo(near.rows.length) + " ";
    near.head.textContent = `${texts.nearOf} ${id}`;
    const own = ownPlace(id, node.kind);
    near.state = make("span");
    near.about.replaceChildren(...joined([make("span", {dir: "auto"}, node.title), node.kind, (node.need || node.document) && near.state, leadsOut(node.address) && outer(node.address, node.address),
                                          own && make("a", {href: own}, texts.row)], " · "));
  };
  const paintNear = at => {
    for (const {state, node} of [...near.rows, {state: near.state, node: nodes().get(near.id)}]) {
      if (node.need) showState(state, runAt(node.need, chosen.scope, at)[1]);
      else if (node.document) state.textContent = documentState(node.document, at);
    }
    if (near.state.className) near.state.classList.add("chip");
  };
  const equipNear = () => {
    near.box = $("#near");
    near.head = make("h3", {tabindex: "-1"});
    near.about = make("p");
    near.table = make("table", {class: "list links-of"}, make("caption", {}, " "),
                      make("thead", {}, make("tr", {}, ...texts.nearHeads.map(text => make("th", {scope: "col"}, text)))), make("tbody"));
    near.box.append(near.head, near.about, make("div", {class: "wide", role: "region", tabindex: 0, "aria-label": texts.nearLinks}, near.table));
  };
  /** Every row of a node leads to its neighbours; done when the view is first shown. */
  const equipRowsOf = view => {
    const list = {needs: data.needs, documents: data.documents, groups: data.groups}[view];
    for (const row of list ? rowsOf(view) : view === "near" ? rowsOf("others") : []) {
      const id = row.dataset.id ?? list[row.dataset.n ?? row.dataset.d ?? row.dataset.g].id;
      row.cells[0].append(" ", make("a", {class: "to-near tools", href: placeLink("node", id), "aria-label": `${texts.nearOf} ${id}`}, texts.near));
    }
  };

  const paintRows = (table, rows, at) => {
    for (const row of [...table.tBodies[0].rows]) {
      const {needs} = rows[row.dataset.r];
      if (needs.length === 0) continue;
      const whole = tallyOf(needs, chosen.scope, at);
      row.cells[1].textContent = sum(whole);
      showTally(row.cells[2], whole, false);
      data.columns.forEach((scope, c) => showTally(row.cells[c + 3], tallyOf(needs, scope, at), true));
    }
  };

  /** What stands in the matrix of needs as the page was made: only what differs from that is written. */
  let made = null;
  const shownIn = state => state === null || states[state].open ? -1 : state;
  const paintNeedMatrix = (table, at) => {
    const from = positionOf(data.as_of);
    made ??= {own: data.needs.map(need => runAt(need, ownScope, from)[1]), columns: data.columns.map(scope => data.needs.map(need => shownIn(runAt(need, scope, from)[1])))};
    // A live list of rows would be counted anew after every change.
    for (const row of [...table.tBodies[0].rows]) {
      const need = data.needs[row.dataset.n];
      const n = Number(row.dataset.n);
      const state = statesOn(chosen.scope, at)[n];
      row.classList.toggle("absent", state === null);
      const cells = [...row.cells];
      row.lacunaCells ??= (row.lacunaState = made.own[n], made.columns.map(column => column[n]));
      if (row.lacunaState !== state) showState(cells[1], row.lacunaState = state);
      data.columns.forEach((scope, c) => {
        const shown = shownIn(statesOn(scope, at)[n]);
        if (row.lacunaCells[c] === shown) return;
        row.lacunaCells[c] = shown;
        if (shown < 0) return show(cells[c + 2], "");
        show(cells[c + 2], stateClass(shown), make("a", {href: placeLink("need", need.id)}, hiddenSign(states[shown].sign), spoken(states[shown].name)));
      });
    }
  };

  /** A text as a string of CSS, as the page's own are written: it stands in the margin of every sheet of paper. */
  const cssText = text => '"' + [...text.trim()].map(c => /[A-Za-z0-9 -]/.test(c) ? c : "\\" + c.codePointAt(0).toString(16) + " ").join("") + '"';

  const painted = {}, equipped = new Set();
  const told = {day: $(".moment .day"), whose: $(".moment .whose"), total: $(".moment .total"), later: $(".moment .later"), counts: $$(".counts li", header)};
  const paint = () => {
    const at = positionOf(chosen.day);
    const tally = tallyOf(allNeeds, chosen.scope, at);
    const there = sum(tally);
    told.day.textContent = chosen.day;
    told.whose.textContent = data.scopes[chosen.scope].label;
    told.total.textContent = texts.need(there);
    told.later.textContent = texts.later(data.needs.length - there);
    told.counts.forEach((item, i) => {
      item.querySelector("b").textContent = tally[i];
      item.classList.toggle("zero", tally[i] === 0);
    });
    controls.slider.value = at;
    controls.slider.setAttribute("aria-valuetext", texts.slider(at, data.days.length - 1, chosen.day));
    if (controls.day.value !== chosen.day) controls.day.value = chosen.day;
    controls.scope.value = String(chosen.scope);
    // A line may end before an option, never within its dashes.
    controls.command.replaceChildren(...command().split(/( --[a-z-]+)/).map(word => word.startsWith(" --") ? make("span", {class: "option"}, word) : word));
    bringUpToDate(chosen.view);
    if (controls.since.value !== chosen.since) controls.since.value = chosen.since;
    if (chosen.since) filterRows();
  };
  // Set on the root it touches every element of the page: no sooner than it is needed.
  window.addEventListener("beforeprint", () => document.documentElement.style.setProperty("--running", cssText(
    `${$("h1").textContent} · ${$(".moment").textContent.replace(/\s+/g, " ")}`)));
  const bringUpToDate = view => {
    const at = positionOf(chosen.day);
    const now = `${at} ${chosen.scope} ${chosen.since}`;
    if (!equipped.has(view)) { equipped.add(view); equipRowsOf(view); }
    if (painters[view] && painted[view] !== now) painters[view](at);
    painted[view] = now;
  };
  let waiting = false;
  const paintSoon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; paint(); });
  };

  // ---- The same by command ---------------------------------------------------------------------------------------------------

  const quoted = word => /^[\w.,:\/=+-]+$/.test(word) ? word : '"' + word.replace(/(["\\$`])/g, "\\$1") + '"';
  const command = () => {
    const words = ["lacuna"];
    const [kind, id] = split(chosen.place);
    const group = data.scopes[chosen.scope].group;
    if (kind === "need" || kind === "group" || kind === "document" || kind === "node") words.push("show", nameOf(kind, id));
    else if (chosen.since && (chosen.view === "needs" || chosen.view === "matrix")) words.push("diff", "--from", chosen.since);
    else if (chosen.view === "gaps") words.push("gaps");
    else if (chosen.view === "ways") words.push("suggest");
    else if (chosen.view === "needs") words.push("coverage", "--by", "need");
    else if (chosen.view === "picture") words.push("render", "--view", "relationship");
    else words.push("coverage");
    words.push(words[1] === "diff" ? "--to" : "--as-of", chosen.view === "ways" || chosen.view === "gaps" || chosen.view === "picture" ? data.as_of : chosen.day);
    if (words[1] !== "show") {
      const kind = data.objectives.some(o => o.id === chosen.of) ? "objective" : "topic";
      const asked = {objective: data.objective, topic: data.topic, ...(chosen.of && chosen.view === "needs" ? {[kind]: chosen.of} : {})};
      for (const [name, id] of Object.entries(asked)) if (id) words.push("--" + name, id);
    }
    if (chosen.view === "ways") { if (data.acting) words.push("--for", data.acting); }
    else if (chosen.view === "gaps" || chosen.view === "picture") { if (data.scope) words.push("--scope", data.scope); }
    else if (group) words.push("--scope", group);
    return words.map(quoted).join(" ");
  };

  // ---- Addresses: #need=RC27&day=2019-01-21&scope=SG17 -----------------------------------------------------------------------

  const split = place => { const at = place.indexOf("="); return at < 0 ? ["", ""] : [place.slice(0, at), place.slice(at + 1)]; };
  const asPlace = id => id.replace(/_/g, "__").replace(/ /g, "_");
  const placeLink = (kind, id) => `#${kind}=${encodeURIComponent(asPlace(id)).replace(/%(3A|2F)/g, decodeURIComponent)}`;
  const lists = {need: data.needs, document: data.documents, group: data.groups, objective: data.objectives, topic: data.topics,
                 node: [...data.needs, ...data.documents, ...data.groups, ...data.objectives, ...data.topics, ...data.others]};
  /** The identifier that a name means: itself, written with "_", in other letters, or an alias. */
  const nameOf = (kind, name) => {
    const small = name.toLowerCase();
    const list = lists[kind] ?? [];
    const found = list.find(x => asPlace(x.id) === name) ?? list.find(x => x.id === name) ?? list.find(x => x.id.toLowerCase() === small) ??
                  list.find(x => (x.aliases ?? []).some(a => a.toLowerCase() === small));
    return found ? found.id : "";
  };
  const parts = hash => {
    const result = {};
    for (const piece of hash.replace(/^#/, "").split("&")) {
      const at = piece.indexOf("=");
      if (at < 1) continue;
      let value = piece.slice(at + 1);
      try { value = decodeURIComponent(value); } catch { /* As it stands there. */ }
      result[piece.slice(0, at)] = value;
    }
    return result;
  };
  const isDay = text => /^\d{4}-\d\d-\d\d$/.test(text);
  const viewOfKind = {need: "needs", document: "documents", group: "groups", objective: "matrix", topic: "matrix", gap: "gaps", way: "ways", search: "searches"};

  let foundRow = null;
  const read = () => {
    const asked = parts(location.hash);
    chosen.place = "";
    chosen.of = asked.of ? nameOf("objective", asked.of) || nameOf("topic", asked.of) : "";
    if (asked.day && isDay(asked.day)) chosen.day = asked.day;
    chosen.since = asked.since && isDay(asked.since) ? asked.since : "";
    if (asked.scope !== undefined) {
      const group = nameOf("group", asked.scope);
      const found = data.scopes.findIndex(s => s.group !== null && s.group === group);
      chosen.scope = found < 0 ? 0 : found;
    }
    if (asked.filter !== undefined) controls.filter.value = chosen.filter = asked.filter;
    if (asked.view && views.some(v => v.id === "view=" + asked.view)) chosen.view = asked.view;
    let row = null;
    for (const [kind, view] of Object.entries(viewOfKind)) {
      if (asked[kind] === undefined) continue;
      const id = lists[kind] ? nameOf(kind, asked[kind]) : "";
      row = document.getElementById(`${kind}=${id ? asPlace(id) : asked[kind]}`);
      if (!row) continue;
      chosen.view = view;
      chosen.place = `${kind}=${id || asked[kind]}`;
    }
    const about = asked.node === undefined ? "" : nameOf("node", asked.node);
    showNear(about);
    if (about) {
      chosen.view = "near";
      chosen.place = `node=${about}`;
      painted.near = null;
    }
    filterRows();
    showView();
    paint();
    foundRow?.classList.remove("found");
    foundRow = row;
    if (row) {
      row.classList.add("found");
      row.hidden = false;
      const details = $("details", row);
      if (details) { details.open = true; paintDetails(details, positionOf(chosen.day)); }
      row.setAttribute("tabindex", "-1");
      row.focus({preventScroll: true});
      row.scrollIntoView({block: "start"});
    } else if (about) {
      near.head.focus({preventScroll: true});
      near.head.scrollIntoView({block: "start"});
    } else if (scrollY > header.offsetTop + header.offsetHeight) {
      scrollTo(0, header.offsetTop + header.offsetHeight);
    }
  };
  const address = () => {
    const words = [];
    if (chosen.place) { const [kind, id] = split(chosen.place); words.push(placeLink(kind, id).slice(1)); }
    else words.push("view=" + chosen.view);
    if (chosen.of) words.push("of=" + encodeURIComponent(chosen.of));
    if (chosen.day !== data.as_of) words.push("day=" + chosen.day);
    if (chosen.scope !== ownScope) words.push("scope=" + encodeURIComponent(data.scopes[chosen.scope].group ?? ""));
    if (chosen.since) words.push("since=" + chosen.since);
    if (chosen.filter) words.push("filter=" + encodeURIComponent(chosen.filter));
    return "#" + words.join("&");
  };
  const write = () => { try { history.replaceState(null, "", address()); } catch { /* Some viewers of mail allow none. */ } };

  const showView = () => {
    for (const section of views) section.hidden = section.id !== "view=" + chosen.view;
    for (const link of tabs) {
      if (link.getAttribute("href") === "#view=" + chosen.view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  };

  // ---- Filter ----------------------------------------------------------------------------------------------------------------

  const textOf = row => row.lacunaText ??= row.textContent.toLowerCase();
  const listRows = $$("table.list > tbody > tr");
  const viewOfRow = new Map(listRows.map(row => [row, row.closest("section").id.slice(5)]));
  const filterRows = () => {
    const words = chosen.filter.toLowerCase().split(/\s+/).filter(w => w);
    const hits = {};
    const behind = chosen.of ? new Set([...data.objectives, ...data.topics].find(r => r.id === chosen.of).needs.map(String)) : null;
    const changed = chosen.since ? changedNeeds() : null;
    for (const row of listRows) {
      let fits = !changed || row.dataset.n === undefined || changed.has(Number(row.dataset.n));
      fits = fits && words.every(w => textOf(row).includes(w));
      if (fits && behind && row.dataset.n !== undefined) fits = behind.has(row.dataset.n);
      if (row.hidden === fits) row.hidden = !fits;
      if (fits) hits[viewOfRow.get(row)] = (hits[viewOfRow.get(row)] ?? 0) + 1;
    }
    for (const link of tabs) {
      const view = link.getAttribute("href").slice(6);
      let mark = $(".hits", link);
      if (!words.length) { mark?.remove(); continue; }
      if (!mark) link.append(mark = make("span", {class: "hits"}));
      mark.textContent = texts.hits(hits[view] ?? 0);
    }
    controls.found.textContent = words.length ? texts.found(Object.values(hits).reduce((a, b) => a + b, 0)) : "";
    controls.of.textContent = [chosen.of ? `${texts.onlyObjective} ${chosen.of}` : "", changed ? texts.changed(changed.size, chosen.since) : ""].filter(t => t).join("; ");
    controls.all.hidden = !chosen.of && !chosen.since;
  };
  /** Enter: opens the best of what was found, by identifier, then title, then anything; needs first. */
  const openBest = () => {
    const asked = chosen.filter.trim().toLowerCase();
    if (!asked) return;
    let best = null, least = 9;
    for (const [kind, list] of [["need", data.needs], ["document", data.documents], ["group", data.groups]]) {
      for (const x of list) {
        const id = x.id.toLowerCase(), title = x.title.toLowerCase();
        const score = id === asked || (x.aliases ?? []).some(a => a.toLowerCase() === asked) ? 0 : title.startsWith(asked) ? 1 : title.includes(asked) ? 2 : id.includes(asked) ? 3 : 9;
        if (score < least) { least = score; best = [kind, x.id]; }
      }
    }
    if (!best) {
      const row = listRows.find(r => !r.hidden && r.id);
      if (row) best = split(row.id);
    }
    if (best) go(`${placeLink(best[0], best[1])}&filter=`);
  };
  /** Goes to a place, keeping day and scope. */
  const go = hash => {
    const kept = [];
    const asked = parts(hash);
    if (asked.day === undefined && chosen.day !== data.as_of) kept.push("day=" + chosen.day);
    if (asked.view && chosen.since) kept.push("since=" + chosen.since);
    if (asked.scope === undefined && chosen.scope !== ownScope) kept.push("scope=" + encodeURIComponent(data.scopes[chosen.scope].group ?? ""));
    const to = [hash, ...kept].join("&");
    try {
      history.pushState(null, "", to);
    } catch {
      location.hash = to;
      return;
    }
    read();
  };

  // ---- Tables: sort, CSV -----------------------------------------------------------------------------------------------------

  const sorter = new Intl.Collator("en", {numeric: true});
  const shown = cell => {
    const copy = cell.cloneNode(true);
    for (const left of $$("details, .vh, .tools, [aria-hidden]", copy)) if (!left.matches("[aria-hidden]") || $(".vh", cell) === null) left.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const sortBy = (table, c, head) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const th of table.tHead.rows[0].cells) th.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const numbers = head.classList.contains("n");
    const keyed = [...table.tBodies[0].rows].map((row, i) => ({row, i, key: stateOrder(row.cells[c]) ?? shown(row.cells[c])}));
    const compare = (a, b) => typeof a.key === "number" && typeof b.key === "number" ? a.key - b.key
                            : numbers ? Number(a.key) - Number(b.key) : sorter.compare(a.key, b.key);
    keyed.sort((a, b) => (down ? compare(b, a) : compare(a, b)) || a.i - b.i);
    table.tBodies[0].append(...keyed.map(k => k.row));
  };
  /** States sort in their order, best first; an empty cell behind them. */
  const stateOrder = cell => {
    const name = [...cell.classList].find(c => c.startsWith("s-"));
    return name ? states.findIndex(s => "s-" + s.name === name) : cell.closest("table").classList.contains("matrix") && cell.cellIndex > 0 && !cell.textContent ? 99 : undefined;
  };
  const csvCell = text => {
    // A spreadsheet must not take a text for a formula.
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  };
  const csvOf = table => {
    const lines = [];
    for (const row of [table.tHead.rows[0], ...[...table.tBodies[0].rows].filter(r => !r.hidden)])
      lines.push([...row.cells].map(cell => csvCell(shownForCsv(cell))).join(","));
    return lines.join("\r\n") + "\r\n";
  };
  const shownForCsv = cell => {
    const copy = cell.cloneNode(true);
    for (const left of $$("details, [aria-hidden], .tools", copy)) left.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const save = (name, type, text, start = "\ufeff") => {
    const link = make("a", {download: name, href: URL.createObjectURL(new Blob([start + text], {type}))});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const equipTables = () => {
    for (const table of $$("table.list")) {
      const button = make("button", {type: "button"}, texts.csv);
      button.addEventListener("click", () => {
        const view = table.closest("section").id.slice(5);
        save(`${view}${table.dataset.rows ? "-" + table.dataset.rows : ""}-${chosen.day}.csv`, "text/csv;charset=utf-8", csvOf(table));
      });
      table.caption.append(make("span", {class: "tools"}, button));
      for (const head of table.tHead.rows[0].cells) {
        const text = head.textContent;
        const sort = make("button", {type: "button", class: "sort", title: `${texts.sort} ${text}`}, text);
        // On paper, where no button is repeated on the next sheet, the text alone.
        head.replaceChildren(sort, make("span", {class: "paper", "aria-hidden": "true"}, text));
        sort.addEventListener("click", () => sortBy(table, head.cellIndex, head));
      }
    }
  };

  // ---- Controls --------------------------------------------------------------------------------------------------------------

  const controls = {};
  const labelled = (text, id, ...inside) => make("div", {}, make("label", {for: id}, text), ...inside);
  const equip = () => {
    const button = (text, label, act, className = "") => {
      const b = make("button", {type: "button", "aria-label": label, title: label, class: className}, text);
      b.addEventListener("click", act);
      return b;
    };
    controls.slider = make("input", {type: "range", id: "slider", min: 0, max: data.days.length - 1, step: 1, "aria-label": texts.day});
    controls.day = make("input", {type: "date", id: "on-day", min: "1800-01-01", max: "2199-12-31"});
    controls.scope = make("select", {id: "scope"}, ...data.scopes.map((s, i) => s.offered ? make("option", {value: i}, s.label) : ""));
    controls.filter = make("input", {type: "search", id: "filter", autocomplete: "off", spellcheck: "false"});
    controls.found = make("span", {"aria-live": "polite", class: "own"});
    controls.of = make("span", {class: "own"});
    controls.command = make("code", {id: "command"});
    controls.all = button(texts.everything, texts.everything, () => { chosen.of = chosen.since = ""; filterRows(); write(); paint(); });
    const move = steps => {
      const at = Math.min(data.days.length - 1, Math.max(0, positionOf(chosen.day) + steps));
      chosen.day = data.days[at];
      write();
      paintSoon();
    };
    controls.slider.addEventListener("input", () => { chosen.day = data.days[controls.slider.value]; paintSoon(); });
    controls.slider.addEventListener("change", write);
    controls.day.addEventListener("change", () => { if (isDay(controls.day.value)) { chosen.day = controls.day.value; write(); paintSoon(); } });
    controls.since = make("input", {type: "date", id: "since", min: "1800-01-01", max: "2199-12-31"});
    controls.since.addEventListener("change", () => {
      chosen.since = isDay(controls.since.value) ? controls.since.value : "";
      filterRows();
      write();
      paintSoon();
    });
    controls.scope.addEventListener("change", () => { chosen.scope = Number(controls.scope.value); write(); paintSoon(); });
    controls.filter.addEventListener("input", () => { chosen.filter = controls.filter.value; filterRows(); write(); });
    controls.filter.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); openBest(); } });
    const copy = button(texts.copy, texts.copy, async () => {
      try {
        await navigator.clipboard.writeText(controls.command.textContent);
        copy.textContent = texts.copied;
        setTimeout(() => { copy.textContent = texts.copy; }, 2000);
      } catch {
        getSelection().selectAllChildren(controls.command);
      }
    });
    $("#controls").append(
      labelled(texts.day, "on-day", make("div", {class: "pair"}, button("◀", texts.back, () => move(-1), "step"), controls.slider,
                                         button("▶", texts.on, () => move(1), "step"), controls.day)),
      labelled(texts.scope, "scope", controls.scope),
      labelled(texts.filter, "filter", controls.filter),
      make("div", {class: "row"}, button(texts.own, texts.own, () => { chosen.day = data.as_of; chosen.scope = ownScope; write(); paintSoon(); }),
           make("label", {for: "since"}, texts.since), controls.since, make("span", {}, texts.command + " ", controls.command), copy, controls.found, controls.of, controls.all));
  };

  /** Numbers of needs in the rows of objectives and topics lead to these needs. */
  const equipRows = () => {
    for (const table of $$("table.matrix")) {
      const rows = rowLists[table.dataset.rows];
      if (!rows) continue;
      for (const row of table.tBodies[0].rows) {
        const {id, needs} = rows[row.dataset.r];
        if (needs.length === 0) continue;
        row.cells[0].addEventListener("click", event => { if (!event.target.closest("a")) go(`#view=needs&of=${encodeURIComponent(id)}`); });
        const name = row.cells[0].firstChild;
        name.replaceWith(make("a", {href: `#view=needs&of=${encodeURIComponent(id)}`}, name.textContent.trim()), " ");
      }
    }
  };
  /** The picture is moved and magnified as a whole, by transform alone: what was drawn is drawn again only when it comes to rest. */
  const equipPicture = () => {
    const frame = $(".picture"), svg = frame && $("svg", frame);
    if (!svg) return;
    const most = 16, far = 60;
    let scale = 1, x = 0, y = 0, rest = 0, dragged = false;
    const pointers = new Map();
    /** Puts the corner of the picture there, as far as the frame stays filled; true where that moved it. */
    const put = (toX, toY, toScale = scale) => {
      const within = (value, size) => Math.min(0, Math.max(size * (1 - toScale), value));
      const [oldX, oldY, old] = [x, y, scale];
      [x, y, scale] = [within(toX, frame.clientWidth), within(toY, frame.clientHeight), toScale];
      if (x === oldX && y === oldY && scale === old) return false;
      svg.style.willChange = "transform";
      svg.style.transform = `translate(${x}px,${y}px) scale(${scale})`;
      clearTimeout(rest);
      rest = setTimeout(() => { svg.style.willChange = ""; }, 200);
      return true;
    };
    /** Larger or smaller about a point of the window. */
    const zoom = (factor, atX, atY) => {
      const box = frame.getBoundingClientRect();
      const to = Math.min(most, Math.max(1, scale * factor));
      const left = (atX ?? box.left + box.width / 2) - box.left, top = (atY ?? box.top + box.height / 2) - box.top;
      return put(left - (left - x) * to / scale, top - (top - y) * to / scale, to);
    };
    const acts = [["+", texts.larger, () => zoom(1.5)], ["−", texts.smaller, () => zoom(1 / 1.5)], [texts.whole, texts.whole, () => put(0, 0, 1)],
                  ["◀", texts.left, () => put(x + far, y)], ["▲", texts.up, () => put(x, y + far)], ["▼", texts.down, () => put(x, y - far)], ["▶", texts.right, () => put(x - far, y)]];
    const keys = {"+": 0, "=": 0, "-": 1, "−": 1, "0": 2, ArrowLeft: 3, ArrowUp: 4, ArrowDown: 5, ArrowRight: 6};
    frame.before(make("p", {class: "tools"}, ...acts.map(([text, name, act]) => {
      const button = make("button", {type: "button", title: name, "aria-label": name}, text);
      button.addEventListener("click", act);
      return button;
    })));
    const {width, height} = svg.viewBox.baseVal;
    frame.classList.add("moves");
    frame.style.aspectRatio = `${width} / ${height}`;
    svg.setAttribute("preserveAspectRatio", "xMidYMin meet");
    // On a narrow screen it begins with a part that can be read.
    painters.picture = () => { if (scale === 1) put(0, 0, Math.max(1, 700 / frame.clientWidth)); };
    frame.addEventListener("keydown", event => {
      const act = acts[keys[event.key]];
      if (act && !event.ctrlKey && !event.metaKey && !event.altKey && act[2]()) event.preventDefault();
    });
    frame.addEventListener("wheel", event => {
      // A picture that is whole already lets the page scroll on.
      if (zoom(Math.exp(-event.deltaY * (event.deltaMode ? 16 : 1) * (event.ctrlKey ? 0.01 : 0.0015)), event.clientX, event.clientY)) event.preventDefault();
    }, {passive: false});
    frame.addEventListener("pointerdown", event => {
      if (event.button !== 0) return;
      pointers.set(event.pointerId, [event.clientX, event.clientY]);
      dragged = pointers.size > 1;
    });
    frame.addEventListener("pointermove", event => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = [event.clientX, event.clientY];
      const dx = now[0] - before[0], dy = now[1] - before[1];
      if (!dragged && Math.hypot(dx, dy) < 5) return;
      if (!frame.hasPointerCapture(event.pointerId)) frame.setPointerCapture(event.pointerId);
      dragged = true;
      pointers.set(event.pointerId, now);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      if (!other) return void put(x + dx, y + dy);
      const apart = p => Math.max(1, Math.hypot(p[0] - other[0], p[1] - other[1]));
      zoom(apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
      put(x + dx / 2, y + dy / 2);
    });
    for (const end of ["pointerup", "pointercancel"]) frame.addEventListener(end, event => pointers.delete(event.pointerId));
    // Who lets go of the picture over a box has not chosen it.
    frame.addEventListener("click", event => { if (dragged) { event.preventDefault(); event.stopPropagation(); dragged = false; } }, true);
    frame.addEventListener("dragstart", event => event.preventDefault());
    frame.addEventListener("focusin", event => {
      frame.scrollTo(0, 0);
      if (event.target === frame) return;
      const box = event.target.getBoundingClientRect(), seen = frame.getBoundingClientRect();
      if (box.left < seen.left || box.top < seen.top || box.right > seen.right || box.bottom > seen.bottom)
        put(x + (seen.left + seen.right - box.left - box.right) / 2, y + (seen.top + seen.bottom - box.top - box.bottom) / 2);
    });
    window.addEventListener("resize", () => put(x, y));
  };
  /** In the matrix, arrows go from cell to cell that has something. */
  const walk = event => {
    const cell = event.target.closest?.("table.matrix td, table.matrix tbody th");
    const step = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]}[event.key];
    if (!cell || !step) return;
    let row = cell.parentElement, c = cell.cellIndex;
    for (let i = 0; i < 5000; ++i) {
      if (step[0] < 0) row = row.previousElementSibling;
      if (step[0] > 0) row = row.nextElementSibling;
      c += step[1];
      const link = row?.cells[c] && !row.hidden ? $("a", row.cells[c]) : null;
      if (!row || !row.cells[c]) return;
      if (link) { event.preventDefault(); link.focus(); return; }
    }
  };

  const saveData = make("button", {type: "button"}, texts.data);
  saveData.addEventListener("click", () => save("map.json", "application/json", $("#data").textContent, ""));
  $("#h-about").after(make("p", {}, saveData));
  equipNear();
  equip();
  equipTables();
  equipRows();
  equipPicture();
  document.addEventListener("keydown", walk);
  document.addEventListener("toggle", event => {
    if (event.target.matches?.("table.needs details") && event.target.open) paintDetails(event.target, positionOf(chosen.day));
  }, true);
  document.addEventListener("click", event => {
    const link = event.target.closest?.('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const hash = link.getAttribute("href");
    if (hash === "#main") return;
    event.preventDefault();
    if (parts(hash).view) chosen.place = "";
    go(hash);
  });
  window.addEventListener("hashchange", read);
  window.addEventListener("popstate", read);
  // The browser itself goes to a view that an address names, past what stands above it.
  window.addEventListener("load", () => { if (!chosen.place) scrollTo(0, 0); });
  read();
})();
