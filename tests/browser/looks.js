forced => {
  // What somebody who cannot see well, or works by keyboard, or on a small screen, would stumble over in the view that is shown.
  const faults = [];
  // What is shown, without the rows further down, which are like those above.
  const roots = [...document.querySelectorAll("body > :not(main, script), main > :not([hidden])")];
  const further = new Set([...document.querySelectorAll("tbody")].flatMap(body => [...body.rows].slice(26)));
  const shown = element => element.checkVisibility({checkVisibilityCSS: true}) && !element.closest(".vh, .skip");
  const near = selector => roots.flatMap(root => [root, ...root.querySelectorAll(selector)].filter(
      element => element.matches(selector) && !further.has(element.closest("tbody > tr")) && shown(element)));
  const name = element => `<${element.localName}> ${(element.id || element.className || "").toString().slice(0, 30)} "${element.textContent.trim().slice(0, 30)}"`;
  const tell = (what, element) => { if (faults.length < 8) faults.push(`${what}: ${name(element)}`); };

  // No sideways scrolling but in frames that say so.
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} pixels wide`);
  for (const frame of near(".wide")) {
    if (frame.scrollWidth > frame.clientWidth + 1 && (frame.tabIndex !== 0 || !frame.getAttribute("aria-label"))) tell("scrolls and cannot be reached", frame);
  }

  // Contrast of texts, from the colours that the browser has come to (WCAG 2.2, 1.4.3).
  const parts = colour => { const c = colour.match(/[\d.]+/g).map(Number); return c.length > 3 ? c : [...c, 1]; };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3]));
  const ground = element => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const c = parts(getComputedStyle(e).backgroundColor);
      if (c[3] > 0) layers.push(c);
      if (c[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const seen = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
      node => node.nodeType === 1 && (node.matches("script, style, svg, option, section[hidden]") || further.has(node)) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  for (let node = walker.nextNode(), looked = 0; node && looked < 4000; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.nodeType !== 3 || !node.data.trim() || !shown(element)) continue;
    ++looked;
    const style = getComputedStyle(element), key = style.color + element.className + element.parentElement.className + element.closest("td, th, header, nav, section")?.className;
    if (seen.has(key)) continue;
    seen.set(key, true);
    const below = ground(element), top = over(parts(style.color), below);
    const [a, b] = [light(top), light(below)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    if (!forced && ratio < (large ? 3 : 4.5)) tell(`contrast ${ratio.toFixed(2)}`, element);
  }
  if (forced) for (const cell of near("td[class^=s-], .counts li, .chip")) if (parseFloat(getComputedStyle(cell).borderTopWidth) === 0) tell("a state without an edge", cell);

  // Every control has a name and is large enough (2.5.8); links in the course of a text are as high as their line.
  for (const control of near("button, input, select, summary, nav a, [role=region], td > a, .counts a")) {
    const label = control.getAttribute("aria-label") || control.textContent.trim() || [...(control.labels ?? [])].map(l => l.textContent.trim()).join(" ");
    if (!label) tell("no name", control);
    const box = control.getBoundingClientRect();
    if (control.matches("button, input, select, summary, nav a") && (box.width < 24 || box.height < 23.9)) tell(`${Math.round(box.width)} × ${Math.round(box.height)} pixels`, control);
  }
  for (const link of near("a[href]")) if (!link.textContent.trim() && !link.getAttribute("aria-label")) tell("no name", link);

  // Headings without gaps in their levels, tables with heads that say of what.
  let level = 0;
  for (const heading of near("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.localName[1]);
    if (own > level + 1) tell("a level is left out", heading);
    level = own;
  }
  for (const head of document.querySelectorAll("th:not([scope])")) tell("no scope", head);
  for (const table of document.querySelectorAll("table")) if (!table.caption?.textContent.trim() && !table.closest("[aria-label]")) tell("neither caption nor name", table);

  const landmarks = new Set();
  for (const part of near("nav, section[aria-labelledby], [role=region]")) {
    const called = part.getAttribute("aria-label") ?? document.getElementById(part.getAttribute("aria-labelledby")).textContent;
    if (landmarks.has(called)) tell(`two parts are called ${called}`, part); else landmarks.add(called);
  }

  const ids = new Set();
  for (const {id} of document.querySelectorAll("[id]")) if (ids.has(id)) faults.push(`two elements are ${id}`); else ids.add(id);
  return faults;
}
