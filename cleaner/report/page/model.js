// The data of the page and the questions asked of it. Nothing here touches the document.

const data = JSON.parse(document.getElementById("data").textContent);
const KINDS = ["removal", "candidate", "near miss"];

// Rows become objects once; `number` is the place in `entries` and names an entry in links.
const entries = data.entries.map((row, number) => {
  const [doc, kind, id, rule, score, start, end, lineStart, lineEnd, note, others, own] = row;
  const also = others.map((other) => data.names[other]);
  return {
    number,
    doc,
    kind: KINDS[kind],
    id,
    rule: data.rules[rule],
    score,
    start,
    end,
    lineStart,
    lineEnd,
    note,
    also,
    ownReason: own < 0 ? "" : data.names[own],
  };
});

const entriesOf = data.documents.map(() => []);
for (const entry of entries) entriesOf[entry.doc].push(entry);

const documentOf = (entry) => data.documents[entry.doc];
const textOf = (entry) => documentOf(entry).text.slice(entry.start, entry.end);

// Searching means asking whether a lower-cased text contains the words. The lower-cased copies are made
// in idle moments after the page is ready, so that the first search is as quick as the next.
const entryHay = [];
const documentHay = [];

function hayOfEntry(number) {
  return (entryHay[number] ??= (() => {
    const entry = entries[number];
    return `${entry.rule.name}\n${entry.also.join("\n")}\n${entry.rule.reason}${entry.ownReason}\n${documentOf(entry).id}\n${textOf(entry)}`.toLowerCase();
  })());
}

function hayOfDocument(number) {
  const one = data.documents[number];
  return (documentHay[number] ??= `${one.id}\n${one.source}\n${one.text}`.toLowerCase());
}

function prepareSearch() {
  const until = performance.now() + 20;
  while (performance.now() < until) {
    if (entryHay.length < entries.length) hayOfEntry(entryHay.length);
    else if (documentHay.length < data.documents.length) hayOfDocument(documentHay.length);
    else return;
  }
  setTimeout(prepareSearch, 2);
}

// Every word must occur; a phrase in quotes counts as one word.
function wordsOf(query) {
  return [...query.toLowerCase().matchAll(/"([^"]+)"|(\S+)/g)].map((found) => found[1] ?? found[2]);
}

const ORDERS = {
  rule: (a, b) => compare(a.rule.name, b.rule.name) || a.number - b.number,
  document: (a, b) => a.number - b.number,
  unsure: (a, b) => a.score - b.score || a.number - b.number,
  longest: (a, b) => b.end - b.start - (a.end - a.start) || a.number - b.number,
};

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

// The entries that pass every condition; an empty condition lets all pass.
function findEntries({
  q = "",
  filter = "",
  rule = "",
  kind = "",
  doc = "",
  min = "",
  max = "",
  mark = "",
  order = "rule",
}) {
  const words = wordsOf(q);
  const name = doc.toLowerCase();
  const low = min === "" ? -Infinity : Number(min);
  const high = max === "" ? Infinity : Number(max);
  const found = entries.filter(
    (entry) =>
      (!filter || entry.rule.filter === filter) &&
      (!rule || entry.rule.name === rule) &&
      (!kind || entry.kind === kind) &&
      entry.score >= low &&
      entry.score <= high &&
      (!name || documentOf(entry).id.toLowerCase().includes(name)) &&
      (!mark || (verdictOf(entry) || "none") === mark) &&
      words.every((word) => hayOfEntry(entry.number).includes(word)),
  );
  return found.sort(ORDERS[order] ?? ORDERS.rule);
}

function findDocuments(query) {
  const words = wordsOf(query);
  return data.documents
    .map((_, number) => number)
    .filter((number) => words.every((word) => hayOfDocument(number).includes(word)));
}

const amount = (number) => number.toLocaleString("en");
const share = (part, whole) => (whole ? `${((100 * part) / whole).toFixed(1)} %` : "0 %");
const plural = (count, word) => `${amount(count)} ${word}${count === 1 ? "" : "s"}`;
