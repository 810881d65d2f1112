/* Filter and search over all claims of the case. Reads data/claims-N.js; nothing leaves the page. */
"use strict";
(() => {
  const STEP = 60;
  const HREF = 0, NUMBER = 1, QUOTE = 2, DOCUMENT = 3, DIRECTION = 4, KIND = 5, TYPE = 6, POLARITY = 7,
    CERTAINTY = 8, CODE = 9, STANDING = 10, VOICES = 11, ACTOR = 12, TARGET = 13, PLACES = 14;
  const FIELDS = ["words", "voice", "actor", "place", "kind", "type", "polarity", "certainty"];
  const form = document.getElementById("filter"), found = document.getElementById("found");
  const results = document.getElementById("results"), more = document.getElementById("more");
  const all = document.getElementById("all");
  const wanted = Number(form.dataset.chunks);
  const chunks = new Map();
  let asked = 0, hits = [], shown = 0, timer = 0;

  /* Without case, accents, Arabic vowel signs and tatweel; forms of alef as one. */
  const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").replace(/[\u0671\u0672\u0673]/g, "\u0627").toLowerCase();

  /* Called by each data file. */
  window.rasidClaims = (number, chunk) => {
    chunk.folded = chunk.names.map(fold);
    chunks.set(number, chunk);
    fillLists(chunk);
    if (asked < wanted) load();
    if (filtering()) apply();
  };

  function load() {
    if (asked >= wanted) return;
    asked += 1;
    const script = document.createElement("script");
    script.src = "../data/claims-" + asked + ".js";
    const number = asked;
    script.onerror = () => { found.textContent = "The search data file claims-" + number + ".js is missing; results are not complete."; };
    document.head.append(script);
  }

  const listed = { voices: new Set(), actors: new Set(), places: new Set() };
  function fillLists(chunk) {
    for (const row of chunk.rows) {
      offer("voices", chunk, row[VOICES]);
      offer("actors", chunk, [row[ACTOR], row[TARGET]]);
      offer("places", chunk, row[PLACES]);
    }
  }
  function offer(id, chunk, places) {
    for (const place of places) {
      const name = chunk.names[place];
      if (!name || listed[id].size >= 400 || listed[id].has(name)) continue;
      listed[id].add(name);
      document.getElementById(id).append(new Option(name));
    }
  }

  const wish = () => Object.fromEntries(FIELDS.map((name) => [name, fold(form.elements[name].value.trim())]));
  const filtering = () => FIELDS.some((name) => form.elements[name].value.trim());

  function fits(row, chunk, w) {
    const has = (places, part) => places.some((place) => chunk.folded[place].includes(part));
    for (const [name, place] of [["kind", KIND], ["type", TYPE], ["polarity", POLARITY], ["certainty", CERTAINTY]]) {
      if (w[name] && chunk.folded[row[place]] !== w[name]) return false;
    }
    if (w.voice && !has(row[VOICES], w.voice)) return false;
    if (w.actor && !has([row[ACTOR], row[TARGET]], w.actor)) return false;
    if (w.place && !has(row[PLACES], w.place)) return false;
    if (!w.words) return true;
    row.folded ??= fold(row[QUOTE]) + " " + [row[TYPE], row[ACTOR], row[TARGET], ...row[VOICES], ...row[PLACES]].map((p) => chunk.folded[p]).join(" ");
    return w.words.split(/\s+/).every((word) => row.folded.includes(word));
  }

  function apply() {
    const on = filtering();
    all.hidden = on;
    results.hidden = !on;
    results.replaceChildren();
    hits = [];
    shown = 0;
    if (on) {
      const w = wish();
      for (const number of [...chunks.keys()].sort((a, b) => a - b)) {
        const chunk = chunks.get(number);
        for (const row of chunk.rows) if (fits(row, chunk, w)) hits.push([row, chunk]);
      }
    }
    const waiting = chunks.size < wanted ? " so far, still reading" : "";
    found.textContent = on ? hits.length.toLocaleString("en") + (hits.length === 1 ? " claim" : " claims") + " found" + waiting : "";
    showMore();
    remember();
  }

  function showMore() {
    for (const [row, chunk] of hits.slice(shown, shown + STEP)) results.append(entry(row, chunk.names));
    shown = Math.min(hits.length, shown + STEP);
    more.hidden = shown >= hits.length;
  }

  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  const OVERRIDES = /[\u202d\u202e\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
  const visible = (text) => text.replace(OVERRIDES, (c) => "[U+" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0") + "]");

  function entry(row, names) {
    const item = make("li", "", "claim " + names[row[CODE]]);
    const head = make("p", "", "head");
    const says = make("span", "", "says");
    const voices = row[VOICES].map((place) => visible(names[place]));
    says.append(make("bdi", voices[voices.length - 1], "voice"));
    if (voices.length > 1) {
      const via = make("span", " via ", "via");
      voices.slice(0, -1).forEach((voice, at) => { if (at) via.append(" › "); via.append(make("bdi", voice)); });
      says.append(via);
    }
    head.append(make("b", names[row[TYPE]]), " ", make("span", names[row[STANDING]], "standing " + names[row[CODE]]), " ", says);
    const quote = make("blockquote");
    quote.dir = names[row[DIRECTION]] || "auto";
    const link = make("a", visible(row[QUOTE]));
    link.href = "../" + row[HREF];
    quote.append(link);
    const source = make("p", "", "source small");
    source.append(make("bdi", visible(names[row[DOCUMENT]])), ", claim " + row[NUMBER].toLocaleString("en"));
    item.append(head, quote, source);
    return item;
  }

  /* The filter stands in the address after #, so that other pages can link to it and Back works. */
  function remember() {
    const held = new URLSearchParams(FIELDS.map((n) => [n, form.elements[n].value.trim()]).filter(([, v]) => v));
    history.replaceState(null, "", "#" + held);
  }
  function recall() {
    const held = new URLSearchParams(location.hash.slice(1));
    if (![...held.keys()].some((name) => FIELDS.includes(name))) return;
    for (const name of FIELDS) form.elements[name].value = held.get(name) || "";
    if (asked === 0) load();
    apply();
  }

  document.getElementById("without").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("focusin", () => { if (asked === 0) load(); });
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(apply, 120); });
  form.addEventListener("reset", () => setTimeout(apply, 0));
  more.addEventListener("click", () => {
    const at = shown;
    showMore();
    results.children[at]?.querySelector("a")?.focus();
  });
  window.addEventListener("hashchange", recall);
  recall();
})();
