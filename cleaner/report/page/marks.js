// Verdicts: a map from what they are about to the record that decisions.jsonl will hold. The report keeps
// them in the browser's storage until they are downloaded; the review page sends each to its server.

const CONTEXT = 64;
const verdicts = new Map();
const storageKey = `cleaner-decisions ${data.fingerprint}`;
let version = -1;

const keyOf = (record) =>
  record.id
    ? `id ${record.id}`
    : JSON.stringify([record.document, record.prefix, record.exact, record.suffix]);
const keyOfEntry = (entry) => `id ${entry.id}`;
const verdictOf = (entry) => verdicts.get(keyOfEntry(entry))?.decision;

function replaceVerdicts(records) {
  verdicts.clear();
  for (const record of records) verdicts.set(keyOf(record), record);
}

// What is to go and was not cut by itself must be quoted: the next run finds it by its words.
function recordOf(entry, decision) {
  const record = { decision, id: entry.id, document: documentOf(entry).id, code: entry.rule.name };
  if (entry.kind !== "candidate" || decision !== "remove") return record;
  return { ...quoteOf(entry.doc, entry.start, entry.end), ...record };
}

// Hand-made marks of one document: records without an id, with the place where they stand now.
function handMarks(number) {
  const one = data.documents[number];
  return [...verdicts.values()]
    .filter((record) => !record.id && record.document === one.id)
    .map((record) => ({ record, start: placeOfQuote(one.text, record) }))
    .filter((mark) => mark.start >= 0)
    .map((mark) => ({ ...mark, end: mark.start + mark.record.exact.length }));
}

function placeOfQuote(text, { prefix = "", exact, suffix = "" }) {
  const whole = text.indexOf(prefix + exact + suffix);
  return whole >= 0 ? whole + prefix.length : text.indexOf(exact);
}

function quoteOf(number, start, end) {
  const { id, text } = data.documents[number];
  const [low, high] = [whole(text, start), whole(text, end)];
  return {
    decision: "remove",
    document: id,
    code: "decision.marked",
    exact: text.slice(low, high),
    prefix: text.slice(whole(text, Math.max(low - CONTEXT, 0)), low),
    suffix: text.slice(high, whole(text, high + CONTEXT)),
    start: [...text.slice(0, low)].length,
  };
}

// The same verdict again takes it back.
function judge(entry, decision) {
  if (entry.kind === "near miss")
    return announce("A near miss has no removal to decide on: mark its text in the document");
  const key = keyOfEntry(entry);
  const drop = verdicts.get(key)?.decision === decision;
  change(recordOf(entry, decision), drop);
}

function change(record, drop) {
  if (drop) verdicts.delete(keyOf(record));
  else verdicts.set(keyOf(record), record);
  if (data.review) send({ ...record, drop });
  else store();
  showMarks();
}

function store() {
  try {
    localStorage.setItem(storageKey, JSON.stringify([...verdicts.values()]));
  } catch {
    announce("This browser keeps no marks for this page: download them before you leave");
  }
}

function restoreMarks() {
  replaceVerdicts(data.decisions);
  if (data.review) return void follow();
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? "null");
    if (kept) replaceVerdicts(kept);
  } catch {
    // no storage, or not ours: the decisions that came with the page stand
  }
}

function download() {
  const lines = [...verdicts.values()].map((record) => `${JSON.stringify(record)}\n`).sort();
  const address = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
  make("a", { href: address, download: "decisions.jsonl" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  announce(`${plural(lines.length, "decision")} written: put the file at .cleaner/decisions.jsonl`);
}

// --- the review server: each mark is sent at once, in order; what other tabs marked is asked for ---

let queue = Promise.resolve();
let waiting = 0;

function send(record) {
  waiting += 1;
  announce("Saving…");
  queue = queue.then(async () => {
    for (let pause = 500; ; pause = Math.min(2 * pause, 8000)) {
      try {
        const answer = await fetch("decisions", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(record),
        });
        if (answer.ok || answer.status === 400) {
          waiting -= 1;
          announce(!answer.ok ? "The server refused this mark" : waiting ? "Saving…" : "Saved");
          if (answer.ok) return;
          return void take(await (await fetch("decisions")).json());
        }
      } catch {
        // the server is away: the banner says so, and we try again
      }
      announce("Not saved yet: the review server does not answer");
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  });
}

function take(state) {
  if (waiting || state.version === version) return;
  version = state.version;
  replaceVerdicts(state.decisions);
  showMarks();
}

async function follow() {
  for (;;) {
    if (!document.hidden && !waiting) {
      try {
        take(await (await fetch("decisions")).json());
      } catch {
        announce("The review server does not answer: start it again, then reload");
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
