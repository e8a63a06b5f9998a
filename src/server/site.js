// What pages do beyond plain forms: names to choose from, keys in the review, answers as one types. Without it everything works.
"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // Does something with what is typed, once it rests for some milliseconds. `act` can ask whether it was overtaken.
  const whenTyped = (element, rest, act) => {
    let waiting = 0;
    let turn = 0;
    element.addEventListener("input", (event) => {
      if (event.target.type === "file" && element.dataset.live) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const now = ++turn;
        act(() => now !== turn);
      }, rest);
    });
  };
  const fill = (list, names, label) => list.replaceChildren(...names.map(([name, title]) => {
    const option = document.createElement("option");
    option.value = name;
    option.label = label(name, title);
    return option;
  }));
  const newList = (id) => {
    const list = document.createElement("datalist");
    list.id = id;
    document.body.append(list);
    return list;
  };

  // Names of the map, fetched when a field is first used.
  const lists = new Map();
  const namesOf = async (kind) => {
    const answer = await fetch("/names?of=" + encodeURIComponent(kind));
    const list = newList("names-" + kind);
    fill(list, (await answer.json()).names, (name, title) => title);
    return list.id;
  };
  for (const field of all("input[data-names]")) {
    field.addEventListener("focus", async () => {
      const kind = field.dataset.names;
      if (!lists.has(kind)) lists.set(kind, namesOf(kind));
      field.setAttribute("list", await lists.get(kind));
    }, { once: true });
  }

  // Documents of the catalogues, while an identifier or words of a title are typed.
  for (const field of all("input[data-catalogue]")) {
    whenTyped(field, 120, async (isLate) => {
      const { names } = await (await fetch("/names?of=catalogue&words=" + encodeURIComponent(field.value))).json();
      if (isLate()) return;
      const list = document.getElementById("documents") ?? newList("documents");
      field.setAttribute("list", list.id);
      fill(list, names, (name, title) => name + " – " + title);
    });
  }

  // Others work on the same map: whether they have what was done here, and whether the page still shows what there is.
  const shared = document.querySelector(".shared");
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const { map, text } = await (await fetch("/shared")).json();
      if (shared.firstChild?.textContent !== text) shared.textContent = text;
      if (map === shared.dataset.map) return;
      const again = document.createElement("a");
      again.href = location.href;
      again.textContent = "The map has changed since this page was made: show it as it is now";
      shared.append(text ? "\n" : "", again);
    } catch {
      shared.textContent = "The server does not answer: start it again with lacuna serve";
    }
  }, 5000);

  // What a change would do, and what is wrong with it, by the map's own rules, before it is made.
  for (const form of all("form[data-try]")) {
    const told = document.createElement("p");
    told.className = "tried";
    told.setAttribute("aria-live", "polite");
    form.append(told);
    whenTyped(form, 300, async (isLate) => {
      if (!form.checkValidity()) return;
      const body = new URLSearchParams(new FormData(form));
      body.append("dry", "yes");
      if (!body.has("do")) body.append("do", "add");
      const text = await (await fetch(form.action, { method: "POST", body })).text();
      if (isLate()) return;
      told.classList.toggle("error", text.startsWith("✕"));
      told.textContent = text;
    });
  }

  // The server takes no more, and would break off without a word that the browser shows.
  for (const field of all("input[type=file]")) {
    field.addEventListener("change", () => {
      const most = 16 * 2 ** 20;
      field.setCustomValidity(field.files[0]?.size > most ? "More than 16 MB are not taken here; use the command line for this file." : "");
      field.reportValidity();
    });
  }

  for (const button of all("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.previousElementSibling.textContent);
      button.textContent = "Copied";
    });
  }

  // The answer while it is typed. A later question overtakes an earlier one.
  for (const form of all("form[data-live=yes]")) {
    whenTyped(form, 150, async (isLate) => {
      const question = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string" && value));
      if (!form.checkValidity()) return;
      const address = form.action + "?" + question;
      const answer = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
      const found = answer.getElementById("answer");
      if (isLate() || !found) return;
      document.getElementById("answer").replaceWith(document.adoptNode(found));
      history.replaceState(null, "", address);
    });
  }

  // Whoever judges a document says why.
  for (const choice of all("fieldset input[type=radio]")) {
    choice.addEventListener("change", () => {
      all("label input:not([type=radio])", choice.closest("fieldset")).forEach((reason) => { reason.required = choice.value !== "skip"; });
    });
  }

  // The keys of the review: those of the terminal.
  const review = document.getElementById("review");
  if (review) {
    const reason = review.querySelector("textarea");
    const chosen = review.querySelector(".chosen");
    const choose = (button) => {
      for (const other of all("button[name=key]", review)) other.setAttribute("aria-pressed", other === button);
      reason.dataset.key = button.value;
      chosen.textContent = button.textContent.replace(/\s+\S+\s*$/, "") + ": say why, then press Enter; Escape chooses another.";
      reason.focus();
    };
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target === reason && event.key === "Enter" && !event.shiftKey && reason.dataset.key) {
        event.preventDefault();
        review.requestSubmit(all("button[name=key]", review).find((b) => b.value === reason.dataset.key));
        return;
      }
      if (event.target === reason && event.key === "Escape") {
        delete reason.dataset.key;
        reason.blur();
        return;
      }
      if (event.target.matches("input, textarea, select")) return;
      const link = all("a[data-key]").find((a) => a.dataset.key === event.key);
      const button = all("button[data-key]").find((b) => b.dataset.key === event.key);
      if (link) link.click();
      else if (button && button.name === "key") choose(button);
      else if (button) button.click();
      else return;
      event.preventDefault();
    });
  }
})();
