/* The map of a case: reads data/map-N.js, filters, lists what is in view, opens quotes. Nothing leaves the page. */
"use strict";
(() => {
  const STEP = 60, QUOTES = 20, FORMS = ["point", "halo", "area"], DAY = 86400000;
  const CODES = ["affirmed", "partial", "possible", "predicted", "denied"];
  const STANDINGS = ["affirmed", "only partly so", "possible, not certain", "predicted, not happened", "denied"];
  const FIELDS = ["voice", "type", "actor", "from", "to"], SWITCHES = ["undated", "possible", "predicted", "denied"];
  const byName = (id) => document.getElementById(id);
  const form = byName("filter"), frame = byName("map"), canvas = byName("canvas"), found = byName("found");
  const list = byName("in-view"), heading = byName("side-heading"), more = byName("more"), back = byName("back"), about = byName("about-mark");
  const rest = byName("rest"), ctx = canvas.getContext("2d");
  const wanted = Number(frame.dataset.chunks), start = Number(frame.dataset.start), offsets = frame.dataset.quotes.split(" ").filter(Boolean).map(Number);
  const drawing = rasidDrawing();
  const view = { x: 0, y: 0, zoom: 4, width: 800, height: 560, ratio: 1, names: "both" };
  const marks = [], names = [], folded = [], nameAt = new Map(), chains = [];
  /* One entry a row: a claim at a place. */
  const rowMark = [], rowType = [], rowActor = [], rowTarget = [], rowChain = [], rowCode = [], rowFirst = [], rowLast = [], rowAgain = [];
  const quotes = new Map(), listed = { voices: new Set(), actors: new Set() };
  let visible = new Uint8Array(0), asked = 0, taken = 0, until = start, chosen = null, several = null, shown = 0, timer = 0, typing = 0, frameWanted = false, fitted = false;

  /* Without case, accents, Arabic vowel signs and tatweel; forms of alef as one. */
  const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").replace(/[\u0671\u0672\u0673]/g, "\u0627").toLowerCase();
  const OVERRIDES = /[\u202d\u202e\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
  const seen = (text) => text.replace(OVERRIDES, (c) => "[U+" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0") + "]");
  const counted = (n, word) => n.toLocaleString("en") + " " + word + (n === 1 ? "" : "s");
  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  /* 1. Reading the files */
  window.rasidOutlines = (held) => drawing.takeOutlines(held);
  window.rasidMap = (number, held) => {
    const local = held.names.map(globalName), links = held.chains.map((chain) => chains.push(chain.map((n) => local[n])) - 1);
    const again = new Set(held.again);
    const [types, actors, targets, voices, codes, firsts, lasts] = held.columns;
    let at = 0;
    for (const row of held.marks) {
      const mark = { page: row[0], name: seen(row[1]), x: drawing.lonX(row[2]), y: drawing.latY(row[3]), form: FORMS[row[4]], precision: row[6],
        adm1: row[7], country: row[8], level: row[9], counts: [0, 0, 0, 0, 0], rows: [], index: marks.length, tag: null };
      if (mark.form === "area") mark.area = row[5]; else mark.km = row[5];
      marks.push(mark);
      let day = 0;
      for (const end = at + row[10]; at < end; at++) {
        if (firsts[at] !== null) day += firsts[at];
        mark.rows.push(rowMark.length);
        rowMark.push(mark.index);
        rowType.push(local[types[at]]);
        rowActor.push(local[actors[at]]);
        rowTarget.push(local[targets[at]]);
        rowChain.push(links[voices[at]]);
        rowCode.push(codes[at]);
        rowFirst.push(firsts[at] === null ? null : day);
        rowLast.push(lasts[at] === null ? null : lasts[at] + (firsts[at] === null ? 0 : day));
        rowAgain.push(again.has(at));
      }
    }
    offer("voices", held.chains.flat().map((n) => local[n]));
    offer("actors", [...actors, ...targets].map((n) => local[n]));
    taken += 1;
    if (asked < until) load();
    else if (taken >= asked) { started(); }
  };
  window.rasidWords = (number, held) => { quotes.set(number, held); if (chosen) showQuotes(); };

  function globalName(name) {
    if (!nameAt.has(name)) { nameAt.set(name, names.length); names.push(seen(name)); folded.push(fold(name)); }
    return nameAt.get(name);
  }
  function script(file, failed) {
    const element = document.createElement("script");
    element.src = "../data/" + file;
    element.onerror = () => { found.textContent = failed; };
    document.head.append(element);
  }
  function load() {
    asked += 1;
    script("map-" + asked + ".js", "The file map-" + asked + ".js is missing; the map is not complete.");
  }
  function offer(id, places) {
    const known = listed[id];
    for (const place of new Set(places)) {
      if (known.size >= 400 || known.has(place) || !names[place]) continue;
      known.add(place);
      byName(id).append(new Option(names[place]));
    }
  }
  function started() {
    const begun = performance.now();
    rest.hidden = asked >= wanted;
    recall();
    update();
    if (!fitted) { fit(); fitted = true; }
    paint();
    if (!canvas.dataset.firstMs) canvas.dataset.firstMs = (performance.now() - begun).toFixed(1);
  }

  /* 2. Filtering: which rows are visible, and how many of each standing at each mark */
  const dayOf = (value) => value ? Math.round(Date.parse(value + "T00:00:00Z") / DAY) : null;
  function matching(part) {
    const held = new Uint8Array(names.length);
    const low = fold(part.trim());
    for (let n = 0; n < names.length; n++) held[n] = folded[n].includes(low) ? 1 : 0;
    return held;
  }
  function update() {
    const el = form.elements;
    const voices = el.voice.value.trim() ? matching(el.voice.value) : null, actors = el.actor.value.trim() ? matching(el.actor.value) : null;
    const chainFits = voices ? chains.map((chain) => chain.some((n) => voices[n])) : null;
    const type = el.type.value ? nameAt.get(el.type.value) ?? -1 : null;
    const from = dayOf(el.from.value), to = dayOf(el.to.value), timed = from !== null || to !== null;
    const codes = [true, true, el.possible.checked, el.predicted.checked, el.denied.checked];
    if (visible.length !== rowMark.length) visible = new Uint8Array(rowMark.length);
    visible.fill(0);
    for (const mark of marks) mark.counts.fill(0);
    let claims = 0, undated = 0, apart = 0;
    for (let row = 0; row < rowMark.length; row++) {
      if (type !== null && rowType[row] !== type) continue;
      if (chainFits && !chainFits[rowChain[row]]) continue;
      if (actors && !actors[rowActor[row]] && !actors[rowTarget[row]]) continue;
      if (timed) {
        const first = rowFirst[row], last = rowLast[row];
        if (first === null && last === null) { if (!el.undated.checked) { if (!rowAgain[row]) undated += 1; continue; } }
        else if ((to !== null && first !== null && first > to) || (from !== null && last !== null && last < from)) continue;
      }
      if (!codes[rowCode[row]]) { if (!rowAgain[row]) apart += 1; continue; }
      visible[row] = 1;
      marks[rowMark[row]].counts[rowCode[row]] += 1;
      if (!rowAgain[row]) claims += 1;
    }
    const places = marks.filter((mark) => drawing.sum(mark.counts)).length;
    const parts = [counted(claims, "claim") + " at " + counted(places, "place")];
    if (apart) parts.push(apart.toLocaleString("en") + " possible, predicted or denied not shown");
    if (undated) parts.push(undated.toLocaleString("en") + " without a date left out");
    if (asked < wanted) parts.push("part of the record: " + (wanted - asked) + " more files not read");
    found.textContent = parts.join("; ") + ".";
    if (chosen && !drawing.sum(chosen.counts)) chosen = null;
    several = null;
    fillSide();
    remember();
  }

  /* 3. The list beside the map: places in view, or the quotes of one */
  function inView() {
    const held = [], out = [];
    for (const mark of marks) {
      if (!drawing.sum(mark.counts)) continue;
      const [x, y] = drawing.toScreen(view, mark.x, mark.y);
      if (x < 0 || y < 0 || x > view.width || y > view.height) out.push(mark); else held.push(mark);
    }
    const most = (a, b) => drawing.sum(b.counts) - drawing.sum(a.counts) || (a.name < b.name ? -1 : 1);
    return [held.sort(most), out.sort(most)];
  }
  function fillSide() {
    list.replaceChildren();
    about.replaceChildren();
    shown = 0;
    back.hidden = !chosen && !several;
    if (chosen) showQuotes(); else showPlaces();
  }
  function showPlaces() {
    const [held, out] = several ? [several, []] : inView(), all = [...held, ...out];
    if (!shown) {
      heading.textContent = several ? counted(held.length, "place") + " at this spot" : counted(held.length, "place") + " in view";
      about.replaceChildren(...(out.length ? [make("p", counted(out.length, "other place") + " out of view, at the end of the list.", "small")] : []));
    }
    all.slice(shown, shown + STEP).forEach((mark, at) => list.append(placeEntry(mark, shown + at >= held.length)));
    shown = Math.min(all.length, shown + STEP);
    more.hidden = shown >= all.length;
  }
  function placeEntry(mark, out) {
    const item = make("li"), button = make("button", "", "place");
    button.type = "button";
    button.append(make("bdi", mark.name, "name"), make("span", (mark.form === "point" ? mark.adm1 || mark.country : says(mark)) + (out ? " (out of view)" : ""), "small"), make("span", drawing.sum(mark.counts).toLocaleString("en"), "n"));
    button.addEventListener("click", () => { choose(mark, true); back.focus(); });
    item.append(button);
    return item;
  }
  const says = (mark) => ["", "at this place", "at or near it", "somewhere in this district", "somewhere in this governorate", "somewhere in this region", "somewhere in this country", "at sea or in the air near here"][mark.precision];

  function showQuotes() {
    const rows = chosen.rows.filter((row) => visible[row]);
    heading.textContent = "";
    heading.append(make("bdi", chosen.name));
    const link = make("a", "All about this place");
    link.href = "../places/" + chosen.page + ".html";
    const line = make("p", [says(chosen), chosen.adm1, chosen.country].filter(Boolean).join(", ") + ". " + counted(rows.length, "claim") + ". ", "small");
    line.append(link);
    about.replaceChildren(line);
    let end = Math.max(shown, QUOTES), at = list.children.length;
    for (; at < Math.min(rows.length, end); at++) {
      const number = fileOf(rows[at]);
      if (!quotes.has(number)) { want(number); break; }
      list.append(quoteEntry(rows[at], quotes.get(number)));
    }
    shown = end;
    more.hidden = at >= rows.length || at < end;
    if (at < Math.min(rows.length, end)) about.append(make("p", "Reading the quotes …", "small"));
  }
  const fileOf = (row) => { let n = offsets.length; while (n > 1 && offsets[n - 1] > row) n -= 1; return n; };
  const wantedFiles = new Set();
  function want(number) {
    if (wantedFiles.has(number)) return;
    wantedFiles.add(number);
    script("map-words-" + number + ".js", "The file map-words-" + number + ".js is missing; quotes cannot be shown.");
  }
  function quoteEntry(row, file) {
    const [page, id, number, document_, words] = file.rows[row - file.first], [title, direction] = file.documents[document_];
    const item = make("li", "", "claim " + CODES[rowCode[row]]), head = make("p", "", "head"), quote = make("blockquote");
    const voices = chains[rowChain[row]];
    head.append(make("b", names[rowType[row]] || "untyped"), " ", make("span", STANDINGS[rowCode[row]], "standing " + CODES[rowCode[row]]), " ", make("bdi", names[voices[voices.length - 1]], "voice"));
    const link = make("a", seen(words));
    link.href = "../documents/" + page + "#" + id;
    quote.dir = direction;
    quote.append(link);
    const source = make("p", "", "source small");
    source.append(days(row), make("bdi", seen(title)), ", claim " + number.toLocaleString("en"));
    item.append(head, quote, source);
    return item;
  }
  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  function days(row) {
    const first = rowFirst[row], last = rowLast[row];
    if (first === null && last === null) return "undated. ";
    if (first === null) return "until " + iso(last) + ". ";
    if (last === null) return "from " + iso(first) + ". ";
    return iso(first) + (last === first ? "" : " to " + iso(last)) + ". ";
  }
  function choose(mark, centre) {
    chosen = mark;
    if (centre) {
      const box = mark.form === "area" && drawing.boxOf(mark);
      if (box) frameBox(box, .15); else { view.x = mark.x; view.y = mark.y; view.zoom = Math.max(view.zoom, 60); }
    }
    fillSide();
    paint();
    remember();
  }

  /* 4. Moving the map */
  function resize() {
    view.width = canvas.clientWidth || 300;
    view.height = canvas.clientHeight || 300;
    view.ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = Math.round(view.width * view.ratio);
    canvas.height = Math.round(view.height * view.ratio);
  }
  function frameBox(box, margin) {
    const w = Math.max(box[2] - box[0], .6), h = Math.max(box[3] - box[1], .6);
    view.x = (box[0] + box[2]) / 2;
    view.y = (box[1] + box[3]) / 2;
    view.zoom = limit(Math.min(view.width / w, view.height / h) * (1 - margin));
  }
  const limit = (zoom) => Math.max(.25, Math.min(4000, zoom));
  /* All but the outermost 4 in 1,000 places, so that one far place does not make the others tiny; and where anything finer
     than a country is known, that: "from Canada" is no reason to show the whole world. */
  function fit() {
    const told = marks.filter((mark) => drawing.sum(mark.counts)), fine = told.filter((mark) => mark.precision < 6), held = fine.length ? fine : told;
    if (!held.length) { frameBox([drawing.lonX(34), drawing.latY(38), drawing.lonX(50), drawing.latY(28)], .1); return; }
    const boxes = held.map((mark) => (mark.form === "area" && mark.precision < 6 && drawing.boxOf(mark)) || [mark.x, mark.y, mark.x, mark.y]);
    const edge = (at, from) => { const sorted = boxes.map((b) => b[at]).sort((a, b) => a - b); return sorted[Math.round((sorted.length - 1) * from)]; };
    frameBox([edge(0, .004), edge(1, .004), edge(2, .996), edge(3, .996)], .12);
  }
  function zoomAt(factor, sx, sy) {
    const zoom = limit(view.zoom * factor), x = (sx - view.width / 2) / view.zoom + view.x, y = (sy - view.height / 2) / view.zoom + view.y;
    view.x = x - (sx - view.width / 2) / zoom;
    view.y = y - (sy - view.height / 2) / zoom;
    view.zoom = zoom;
    moved();
  }
  function pan(dx, dy) { view.x -= dx / view.zoom; view.y -= dy / view.zoom; moved(); }
  function moved() {
    paint();
    clearTimeout(timer);
    timer = setTimeout(() => { if (!chosen && !several) fillSide(); }, 150);
  }
  function paint() {
    if (frameWanted) return;
    frameWanted = true;
    requestAnimationFrame(() => { frameWanted = false; drawNow(); });
  }
  function drawNow() { drawing.draw(ctx, view, marks, chosen); canvas.dataset.drawn = "yes"; }
  window.rasidDrawNow = drawNow;

  const held = new Map();
  let dragged = 0;
  const spot = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); held.set(event.pointerId, spot(event)); if (held.size === 1) dragged = 0; });
  canvas.addEventListener("pointermove", (event) => {
    const now = spot(event), before = held.get(event.pointerId);
    if (!before) { canvas.classList.toggle("over", drawing.under(view, marks, ...now).length > 0); return; }
    const other = [...held.entries()].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, now);
    dragged += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (!other) { if (dragged > 4) pan(now[0] - before[0], now[1] - before[1]); return; }
    const apart = (spot_) => Math.max(10, Math.hypot(spot_[0] - other[0], spot_[1] - other[1]));
    zoomAt(apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
  });
  const drop = (event) => { held.delete(event.pointerId); };
  canvas.addEventListener("pointercancel", drop);
  canvas.addEventListener("pointerup", (event) => {
    const alone = held.size === 1;
    drop(event);
    if (!alone || dragged > 4) { dragged = 5; return; }
    open(drawing.under(view, marks, ...spot(event)));
  });
  /* One place opens at once; several lie over each other and are offered; a point goes before the area around it. */
  function open(hits) {
    const close = hits.filter(([symbol]) => symbol);
    const offered = (close.length ? close : hits).slice(0, 40).map(([, mark]) => mark);
    several = offered.length > 1 ? offered : null;
    chosen = offered.length === 1 ? offered[0] : null;
    fillSide();
    paint();
    remember();
  }
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
    event.preventDefault();
    zoomAt(Math.exp(-event.deltaY * (event.deltaMode ? .05 : .002)), ...spot(event));
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => zoomAt(2, ...spot(event)));
  const inOut = (factor) => zoomAt(factor, view.width / 2, view.height / 2);
  const KEYS = { ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
    "+": () => inOut(1.5), "=": () => inOut(1.5), "-": () => inOut(1 / 1.5), 0: () => { fit(); moved(); }, Escape: () => back.click(), Enter: () => open(nearest()) };
  canvas.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  function nearest() {
    const [inside] = inView(), far = (mark) => { const [x, y] = drawing.toScreen(view, mark.x, mark.y); return Math.hypot(x - view.width / 2, y - view.height / 2); };
    return inside.sort((a, b) => far(a) - far(b)).slice(0, 1).map((mark) => [true, mark]);
  }
  byName("closer").addEventListener("click", () => inOut(1.6));
  byName("farther").addEventListener("click", () => inOut(1 / 1.6));
  byName("whole").addEventListener("click", () => { fit(); moved(); });
  byName("names").addEventListener("change", (event) => { view.names = event.target.value; paint(); });
  back.addEventListener("click", () => { chosen = several = null; fillSide(); paint(); remember(); heading.focus(); });
  more.addEventListener("click", () => {
    const at = list.children.length;
    if (chosen) { shown += QUOTES; showQuotes(); } else showPlaces();
    list.children[at]?.querySelector("a, button")?.focus();
  });
  rest.addEventListener("click", () => { until = Math.min(wanted, asked + Math.max(1, start)); load(); });

  /* 5. What is chosen stands in the address after #, so that other pages can link to it. */
  function remember() {
    const state = FIELDS.map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value);
    for (const name of SWITCHES) if (form.elements[name].checked) state.push([name, "yes"]);
    if (chosen) state.push(["place", chosen.page]);
    history.replaceState(null, "", "#" + new URLSearchParams(state));
  }
  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    if (![...state.keys()].length) return;
    for (const name of FIELDS) form.elements[name].value = state.get(name) || "";
    for (const name of SWITCHES) form.elements[name].checked = state.get(name) === "yes";
    const wish = state.get("place"), mark = marks.find((held_) => held_.page === wish);
    if (!mark) return;
    chosen = mark;
    const box = mark.form === "area" && drawing.boxOf(mark);
    if (box) frameBox(box, .15); else { view.x = mark.x; view.y = mark.y; view.zoom = 60; }
    fitted = true;
  }

  byName("without").hidden = true;
  form.hidden = frame.hidden = false;
  resize();
  new ResizeObserver(() => { resize(); drawNow(); }).observe(canvas);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => { update(); paint(); }, 120); });
  form.addEventListener("reset", () => setTimeout(() => { update(); paint(); }, 0));
  window.addEventListener("hashchange", () => { recall(); update(); paint(); });
  const outlines = document.createElement("script");
  outlines.src = "../data/map-outlines.js";
  outlines.onload = () => { if (wanted) load(); else started(); };
  outlines.onerror = () => { found.textContent = "The file map-outlines.js is missing; the map has no borders."; if (wanted) load(); };
  document.head.append(outlines);
})();
