// Rule by rule: each removal in its surroundings, before and after.

const PAGE = 25;
const AROUND = 240;
const LONG = 900;
let found = [];
let results;

function removals(query) {
  const select = (name, label, options) =>
    make(
      "label",
      {},
      label,
      make(
        "select",
        { name },
        make("option", { value: "" }, "all"),
        options.map(([value, text]) =>
          make("option", { value, selected: query[name] === value }, text ?? value),
        ),
      ),
    );
  const input = (name, label, attributes) =>
    make(
      "label",
      {},
      label,
      make("input", {
        name,
        value: query[name] ?? "",
        autocomplete: "off",
        spellcheck: "false",
        ...attributes,
      }),
    );
  const form = make(
    "form",
    {
      class: "conditions",
      role: "search",
      "aria-label": "Removals",
      onsubmit: (event) => event.preventDefault(),
    },
    input("q", "Search", { type: "search", id: "search", placeholder: "words of the text, a rule, a name" }),
    select(
      "filter",
      "Filter",
      data.filters.map((row) => [row.name]),
    ),
    select(
      "rule",
      "Rule",
      data.rules.map((row) => [row.name]),
    ),
    select(
      "kind",
      "Kind",
      KINDS.map((kind) => [kind]),
    ),
    select("mark", "Verdict", [["none", "none yet"], ["keep"], ["remove"]]),
    input("doc", "Document", { type: "search" }),
    input("min", "Score from", { type: "number", min: 0, max: 1, step: 0.05 }),
    input("max", "to", { type: "number", min: 0, max: 1, step: 0.05 }),
    make(
      "label",
      {},
      "Order",
      make(
        "select",
        { name: "order" },
        [
          ["rule", "by rule"],
          ["document", "by document"],
          ["unsure", "least sure first"],
          ["longest", "longest first"],
        ].map(([value, text]) => make("option", { value, selected: query.order === value }, text)),
      ),
    ),
  );
  const refresh = () => {
    const conditions = Object.fromEntries(
      [...new FormData(form)].filter(([name, value]) => value && !(name === "order" && value === "rule")),
    );
    history.replaceState(null, "", address("removals", conditions));
    list(conditions);
  };
  form.addEventListener("input", refresh);
  results = make("div", { id: "results" });
  list(query);
  return [
    make("h1", {}, "Removals"),
    sampleNote(),
    form,
    make("p", { id: "count", role: "status" }, countText()),
    results,
  ];
}

function countText() {
  return found.length === 0
    ? "Nothing fits these conditions."
    : `${plural(found.length, "entry").replace("entrys", "entries")}.`;
}

function list(conditions) {
  found = findEntries(conditions);
  results.replaceChildren();
  more(!conditions.order || conditions.order === "rule");
  const count = document.getElementById("count");
  if (count) count.textContent = countText();
}

// Cards are made a page at a time: twenty thousand of them would take seconds.
function more(byRule) {
  results.querySelector(".more")?.remove();
  const from = results.querySelectorAll(".card").length;
  for (const [place, entry] of found.slice(from, from + PAGE).entries()) {
    const before = found[from + place - 1];
    if (byRule && before?.rule !== entry.rule) results.append(ruleHead(entry.rule));
    results.append(card(entry, byRule ? "h3" : "h2"));
  }
  const left = found.length - from - PAGE;
  if (left > 0)
    results.append(
      make(
        "button",
        { type: "button", class: "more", onclick: () => more(byRule) },
        `Show ${amount(Math.min(PAGE, left))} more of ${amount(left)}`,
      ),
    );
}

function ruleHead(rule) {
  const counts = `${plural(rule.removals, "removal")}, ${plural(rule.characters, "character")}, ${plural(rule.documents, "document")}${rule.others ? `, ${amount(rule.others)} left in` : ""}`;
  return make(
    "div",
    { class: "rule" },
    make("h2", {}, named(rule.name)),
    make("p", {}, shown(rule.reason), rule.reason && " · ", counts),
  );
}

function card(entry, level) {
  const one = documentOf(entry);
  const lines = entry.lineStart === entry.lineEnd ? entry.lineStart : `${entry.lineStart}–${entry.lineEnd}`;
  const heading = make(
    level,
    {},
    make("a", { href: address(`document/${entry.doc}`, { at: entry.number }) }, named(one.id), `:${lines}`),
  );
  const facts = make(
    "p",
    { class: "facts" },
    make("span", { class: `kind ${entry.kind.replace(" ", "-")}` }, entry.kind),
    " ",
    named(entry.rule.name),
    ` · score ${entry.score}`,
    entry.ownReason && make("span", {}, " · ", shown(entry.ownReason)),
    entry.note && make("span", {}, " · ", shown(entry.note)),
    entry.also.length > 0 && make("span", {}, " · also asked for by ", named(entry.also.join(", "))),
  );
  const panes = make(
    "div",
    { class: "panes" },
    pane("Before", excerpt(entry, { cleaned: false })),
    pane("After", excerpt(entry, { cleaned: true })),
  );
  return make(
    "article",
    {
      class: "card",
      tabindex: "-1",
      "data-entry": entry.number,
      "aria-label": `${entry.kind} in ${one.id}, line ${lines}`,
    },
    heading,
    facts,
    verdictButtons(entry),
    panes,
  );
}

function pane(title, content) {
  return make(
    "div",
    { class: "pane" },
    make("p", { class: "pane-title" }, title),
    make("div", { class: "text", dir: "auto" }, content),
  );
}

// An excerpt around an entry. What else was cut nearby is shown as cut, and is gone from what came out.
function excerpt(entry, { cleaned }) {
  const text = documentOf(entry).text;
  const low = wordEdge(text, Math.max(entry.start - AROUND, 0), entry.start, 1);
  const high = wordEdge(text, Math.min(entry.end + AROUND, text.length), entry.end, -1);
  const others = entriesOf[entry.doc].filter(
    (one) => one.kind === "removal" && one !== entry && one.end > low && one.start < high,
  );
  const nodes = [low > 0 ? "… " : ""];
  let at = low;
  for (const one of [...others, entry].sort((a, b) => a.start - b.start)) {
    const [start, end] = [Math.max(one.start, at), Math.min(one.end, high)];
    if (end <= start) continue;
    nodes.push(...shown(text.slice(at, start), at));
    if (one === entry) nodes.push(...(cleaned ? whatIsLeft(entry) : [struck(entry)]));
    else if (!cleaned)
      nodes.push(make("del", { class: "other", title: one.rule.name }, shown(text.slice(start, end), start)));
    at = one === entry ? entry.end : end;
  }
  return [...nodes, ...shown(text.slice(at, high), at), high < text.length ? " …" : ""];
}

function whatIsLeft(entry) {
  if (entry.kind !== "removal") return shown(textOf(entry), entry.start);
  return [make("span", { class: "gap" }, "✂", make("span", { class: "hidden" }, " text removed here "))];
}

// The text of an entry, marked as what it is: a removal is struck through, the others are not; each has its label.
function struck(entry) {
  const text = textOf(entry);
  const label = make(
    "span",
    { class: "label" },
    entry.kind === "removal" ? entry.rule.filter : `${entry.kind}: ${entry.rule.filter}`,
  );
  const element = make(
    entry.kind === "removal" ? "del" : "mark",
    { class: entry.kind.replace(" ", "-"), title: titleOf(entry) },
    label,
  );
  if (text.length <= LONG) element.append(...shown(text, entry.start));
  else {
    const low = whole(text, LONG / 2);
    const high = whole(text, text.length - LONG / 3);
    const open = make(
      "button",
      {
        type: "button",
        class: "fold",
        onclick: () => element.replaceChildren(label, ...shown(text, entry.start)),
      },
      `show ${amount(high - low)} more characters`,
    );
    element.append(
      ...shown(text.slice(0, low), entry.start),
      open,
      ...shown(text.slice(high), entry.start + high),
    );
  }
  return element;
}

// Who asked for it and, where it was left in, why.
function titleOf(entry) {
  const asked = [entry.rule.name, ...entry.also].join(", ");
  return entry.note ? `${asked}: ${entry.note}` : asked;
}

function verdictButtons(entry) {
  if (entry.kind === "near miss")
    return make(
      "p",
      { class: "verdict" },
      "Nothing to decide: mark text in the document to have it removed.",
    );
  const button = (decision, text, key) =>
    make(
      "button",
      {
        type: "button",
        class: decision,
        "data-decision": decision,
        "aria-pressed": String(verdictOf(entry) === decision),
        "aria-keyshortcuts": key,
        onclick: () => judge(entry, decision),
      },
      text,
      " ",
      make("kbd", { "aria-hidden": "true" }, key),
    );
  return make(
    "p",
    { class: "verdict", "data-verdict": entry.number },
    button("remove", "Remove", "x"),
    " ",
    button("keep", "Keep", "u"),
  );
}
