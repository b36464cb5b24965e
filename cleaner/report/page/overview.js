// The first view: how much went, by which filters and rules, where in documents, and from which most.

function overview() {
  const totals = data.totals;
  const tiles = [
    [amount(totals.documents), "documents"],
    [amount(totals.changed), "of them changed"],
    [amount(totals.removals), "removals"],
    [amount(totals.removed), "characters removed"],
    [share(totals.removed, totals.characters), "of all characters"],
    [amount(totals.candidates), "candidates left in"],
    ...(totals.nearMisses ? [[amount(totals.nearMisses), "near misses"]] : []),
  ];
  return [
    make("h1", {}, "What was removed"),
    sampleNote(),
    make(
      "dl",
      { class: "tiles" },
      tiles.map(([value, label]) => make("div", {}, make("dt", {}, label), make("dd", {}, value))),
    ),
    chart("By filter", "Filter", data.filters, (row) => ({ filter: row.name })),
    make("section", {}, make("h2", {}, "Where in documents"), positions()),
    chart("By rule", "Rule", data.rules, (row) => ({ rule: row.name })),
    losers(),
  ];
}

function sampleNote() {
  if (!data.sampled) return null;
  const text = `All figures count every document. The texts on this page are a sample: ${amount(data.documents.length)} of ${amount(data.totals.documents)} documents with ${amount(entries.length)} of ${amount(data.totals.removals + data.totals.candidates + data.totals.nearMisses)} entries, every rule among them.`;
  return make("p", { class: "note", id: "sample" }, text);
}

// A table whose bars are drawings of its numbers: whoever cannot see the bars reads the table.
function chart(title, head, rows, target) {
  const sorted = [...rows].sort(
    (a, b) => b.characters - a.characters || b.others - a.others || compare(a.name, b.name),
  );
  const most = Math.max(1, ...rows.map((row) => row.characters));
  const body = make("tbody");
  const show = (count) =>
    body.replaceChildren(...sorted.slice(0, count).map((row) => chartRow(row, most, target)));
  show(15);
  const more = make(
    "button",
    { type: "button", onclick: () => (show(sorted.length), more.remove()) },
    `Show all ${amount(sorted.length)}`,
  );
  const heads = [head, "Characters", "Removals", "Documents", "Left in"];
  const table = make(
    "table",
    { class: "chart" },
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        heads.map((text) => make("th", { scope: "col" }, text)),
      ),
    ),
    body,
  );
  return make(
    "section",
    {},
    make("h2", {}, title),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, table),
    sorted.length > 15 && more,
  );
}

function chartRow(row, most, target) {
  const width = Math.max((100 * row.characters) / most, row.characters ? 0.5 : 0);
  const bar = make(
    "svg",
    { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    make("rect", { width, height: 10, rx: 0.6 }),
  );
  const link = make(
    "a",
    { href: address("removals", target(row)), title: row.reason || false },
    named(row.name),
  );
  const numbers = [row.removals, row.documents, row.others].map((value) =>
    make("td", { class: "number" }, amount(value)),
  );
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, link),
    make("td", { class: "number" }, bar, make("span", {}, amount(row.characters))),
    numbers,
  );
}

// Twenty columns from the beginning of documents to their end, by characters removed.
function positions() {
  const sum = data.positions.reduce((a, b) => a + b, 0);
  const most = Math.max(1, ...data.positions);
  const bars = data.positions.map((value, place) =>
    make("rect", {
      x: place * 5 + 0.4,
      y: 60 - (58 * value) / most,
      width: 4.2,
      height: (58 * value) / most,
      rx: 0.4,
    }),
  );
  const last = data.positions.slice(-4).reduce((a, b) => a + b, 0);
  const first = data.positions.slice(0, 4).reduce((a, b) => a + b, 0);
  const words = `${share(first, sum)} of the removed characters stand in the first fifth of their document, ${share(last, sum)} in the last fifth.`;
  return [
    make(
      "svg",
      {
        class: "positions",
        viewBox: "0 0 100 60",
        preserveAspectRatio: "none",
        role: "img",
        "aria-label": `Removed characters by position. ${words}`,
      },
      bars,
    ),
    make(
      "p",
      { class: "axis", "aria-hidden": "true" },
      make("span", {}, "beginning"),
      make("span", {}, "end"),
    ),
    make("p", {}, words),
  ];
}

function losers() {
  const lost = data.documents
    .map((one, number) => ({ one, number }))
    .filter(({ one }) => one.removed)
    .sort(
      (a, b) =>
        b.one.removed / b.one.characters - a.one.removed / a.one.characters || b.one.removed - a.one.removed,
    )
    .slice(0, 15);
  if (!lost.length) return null;
  const rows = lost.map(({ one, number }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, make("a", { href: address(`document/${number}`) }, named(one.id))),
      make("td", { class: "number" }, share(one.removed, one.characters)),
      make("td", { class: "number" }, amount(one.removed)),
      make("td", { class: "number" }, amount(one.characters)),
    ),
  );
  const heads = ["Document", "Share removed", "Removed", "Characters"].map((text) =>
    make("th", { scope: "col" }, text),
  );
  const table = make("table", {}, make("thead", {}, make("tr", {}, heads)), make("tbody", {}, rows));
  return make(
    "section",
    {},
    make("h2", {}, "Documents that lost most"),
    make(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Documents that lost most" },
      table,
    ),
  );
}
