// The page: which view is open, keys, theme, messages. Runs last.

const main = document.getElementById("main");
const saved = document.getElementById("saved");
const keysOn = document.getElementById("keys-on");
let current = -1;
let view = {};
let afterRoute = null;

// Opens a view and then does something in it.
function open(where, then) {
  afterRoute = then;
  location.hash = where;
}

function announce(text) {
  if (saved.textContent !== text) saved.textContent = text;
}

// --- views live in the address, so that back, reload and bookmarks work ---

function address(path, query = {}) {
  const words = new URLSearchParams(query).toString();
  return `#/${path}${words ? `?${words}` : ""}`;
}

function route() {
  const [path, words] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [name, argument] = (path || "overview").split("/");
  const query = Object.fromEntries(new URLSearchParams(words ?? ""));
  view = { name, argument: Number(argument) };
  current = -1;
  const views = {
    overview: () => overview(),
    removals: () => removals(query),
    documents: () => documents(query),
    document: () => oneDocument(Number(argument), query),
  };
  main.replaceChildren(...(views[name] ?? views.overview)().flat().filter(Boolean));
  for (const link of document.querySelectorAll("nav a")) {
    const here = link.hash === `#/${name}` || (name === "document" && link.hash === "#/documents");
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  scrollTo(0, 0);
  afterRoute?.();
  afterRoute = null;
  if (name === "document" && query.at !== undefined)
    go(places().findIndex((place) => place.dataset.entry === query.at));
}

// After a verdict: the buttons and labels that show it, wherever they stand.
function showMarks() {
  const count = verdicts.size;
  document.getElementById("download").textContent = `Download ${plural(count, "decision")}`;
  for (const group of document.querySelectorAll("[data-verdict]")) {
    const verdict = verdictOf(entries[group.dataset.verdict]);
    for (const button of group.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.dataset.decision === verdict));
  }
  const text = document.getElementById("text");
  if (!text) return;
  const hand = handMarks(view.argument).length;
  if (hand !== text.querySelectorAll("del.hand").length) {
    const at = current;
    text.replaceChildren(...marked(view.argument));
    current = at;
  }
  for (const element of text.querySelectorAll("[data-entry]")) {
    const entry = entries[element.dataset.entry];
    element.setAttribute("data-mark", verdictOf(entry) ?? "");
    element.querySelector(".label").textContent = labelOf(entry);
  }
}

// --- keys ---

const places = () => [...main.querySelectorAll(".card, .text.page [data-entry]")];

function go(to) {
  let all = places();
  if (to >= all.length) {
    main.querySelector("#results > .more")?.click();
    all = places();
  }
  if (!all.length) return;
  main.querySelector(".current")?.classList.remove("current");
  current = Math.min(Math.max(to, 0), all.length - 1);
  all[current].classList.add("current");
  all[current].focus({ preventScroll: true });
  all[current].scrollIntoView({ block: "center" });
}

function currentEntry() {
  const place = places()[current];
  return place && entries[place.dataset.entry];
}

function verdictKey(decision) {
  if (
    decision === "remove" &&
    view.name === "document" &&
    !getSelection().isCollapsed &&
    markSelection(view.argument)
  )
    return;
  const entry = currentEntry();
  if (entry) judge(entry, decision);
  else announce("Choose a removal first: j and k");
}

const KEYS = {
  j: () => go(current + 1),
  k: () => go(current - 1),
  x: () => verdictKey("remove"),
  u: () => verdictKey("keep"),
  o: () =>
    currentEntry() &&
    view.name === "removals" &&
    (location.hash = address(`document/${currentEntry().doc}`, { at: currentEntry().number })),
  "/": () => {
    const focus = () => document.getElementById("search").focus();
    if (document.getElementById("search")) focus();
    else open(address("removals"), focus);
  },
  "?": () => document.getElementById("help").showModal(),
};

addEventListener("keydown", (event) => {
  if (!keysOn.checked && event.key !== "Escape") return;
  if (event.ctrlKey || event.metaKey || event.altKey || document.getElementById("help").open) return;
  const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (typing && event.key === "Escape") event.target.blur();
  if (typing || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  // on the overview there is nothing to step through: j and k go to where there is
  if ("jk".includes(event.key) && view.name === "overview") open(address("removals"), () => go(0));
  else KEYS[event.key]();
});

main.addEventListener("focusin", (event) => {
  const place = event.target.closest(".card, .text.page [data-entry]");
  if (!place || place.classList.contains("current")) return;
  main.querySelector(".current")?.classList.remove("current");
  place.classList.add("current");
  current = places().indexOf(place);
});

// --- theme: the system's, or the reader's own choice ---

const THEMES = ["system", "light", "dark"];
const themeButton = document.getElementById("theme");

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  themeButton.textContent = `Theme: ${theme}`;
  remember("cleaner-theme", theme);
}

function firstTheme() {
  const kept = recall("cleaner-theme");
  return THEMES.includes(kept) ? kept : "system";
}

// What a reader chose lasts as long as the browser lets it.
function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // as long as the page, then
  }
}

function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

keysOn.addEventListener("change", () => remember("cleaner-keys", keysOn.checked ? "on" : "off"));
themeButton.addEventListener("click", () =>
  setTheme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % 3]),
);
document.getElementById("download").addEventListener("click", download);
document.getElementById("keys").addEventListener("click", () => document.getElementById("help").showModal());
document.getElementById("close").addEventListener("click", () => document.getElementById("help").close());
// "#main" would be taken for a view
document.getElementById("skip").addEventListener("click", (event) => (event.preventDefault(), main.focus()));
addEventListener("hashchange", route);

keysOn.checked = recall("cleaner-keys") !== "off";
setTheme(firstTheme());
restoreMarks();
route();
showMarks();
document.documentElement.dataset.ready = "";
setTimeout(prepareSearch);
