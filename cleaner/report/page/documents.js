// The list of documents, and one document with everything that was said about it in place.

const ROWS = 100;

function documents(query) {
  const body = make("tbody");
  const count = make("p", { id: "count", role: "status" });
  const button = make("button", { type: "button", class: "more", onclick: () => extend() });
  let numbers = [];
  const extend = () => {
    const from = body.childElementCount;
    body.append(...numbers.slice(from, from + ROWS).map(documentRow));
    button.hidden = body.childElementCount >= numbers.length;
    button.textContent = `Show more of ${amount(numbers.length - body.childElementCount)}`;
  };
  const search = make("input", {
    type: "search",
    id: "search",
    value: query.q ?? "",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "a name, words of the text",
  });
  const refresh = () => {
    numbers = findDocuments(search.value);
    body.replaceChildren();
    extend();
    count.textContent = `${plural(numbers.length, "document")}.`;
    history.replaceState(null, "", address("documents", search.value ? { q: search.value } : {}));
  };
  search.addEventListener("input", refresh);
  refresh();
  const heads = ["Document", "Removals", "Left in", "Removed", "Share"].map((text) =>
    make("th", { scope: "col" }, text),
  );
  const table = make("table", {}, make("thead", {}, make("tr", {}, heads)), body);
  const form = make(
    "form",
    {
      class: "conditions",
      role: "search",
      "aria-label": "Documents",
      onsubmit: (event) => event.preventDefault(),
    },
    make("label", {}, "Search", search),
  );
  return [
    make("h1", {}, "Documents"),
    sampleNote(),
    form,
    count,
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Documents" }, table),
    button,
  ];
}

function documentRow(number) {
  const one = data.documents[number];
  const cut = entriesOf[number].filter((entry) => entry.kind === "removal").length;
  const cells = [
    amount(cut),
    amount(entriesOf[number].length - cut),
    amount(one.removed),
    share(one.removed, one.characters),
  ];
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, make("a", { href: address(`document/${number}`) }, named(one.id))),
    cells.map((text) => make("td", { class: "number" }, text)),
  );
}

function oneDocument(number, query) {
  const one = data.documents[number];
  if (!one) return [make("h1", {}, "No such document")];
  const text = make("div", {
    class: "text page",
    id: "text",
    tabindex: "0",
    role: "region",
    "aria-label": "The raw text, removals struck through",
  });
  const showAll = make("input", { type: "checkbox", checked: true, id: "show-removed" });
  showAll.addEventListener("change", () => text.classList.toggle("clean", !showAll.checked));
  const mark = make(
    "button",
    { type: "button", id: "mark", onclick: () => markSelection(number) },
    "Mark selected text for removal ",
    make("kbd", { "aria-hidden": "true" }, "x"),
  );
  text.append(...marked(number));
  const clipped =
    one.text.length < one.characters &&
    make("p", { class: "note" }, "This document is long: only its beginning is shown.");
  const neighbour = (step, label) =>
    data.documents[number + step] && make("a", { href: address(`document/${number + step}`) }, label);
  current = Number(query.at ?? -1);
  return [
    make("h1", {}, named(one.id)),
    make(
      "p",
      { class: "facts" },
      `${amount(one.removed)} of ${amount(one.characters)} characters removed (${share(one.removed, one.characters)})`,
      one.source && [" · from ", named(one.shard || one.source)],
    ),
    make(
      "p",
      { class: "bar-of-tools" },
      make("label", { class: "check" }, showAll, " Show what was removed"),
      mark,
      neighbour(-1, "← previous document"),
      neighbour(1, "next document →"),
    ),
    clipped,
    text,
  ];
}

// The whole text: what stays as it is, the rest marked and labelled. Entries that overlap an earlier one
// (a near miss within a removal) are left out here; the list of removals has them.
function marked(number) {
  const text = data.documents[number].text;
  const hand = handMarks(number).map((mark) => ({ ...mark, hand: true }));
  const places = [...entriesOf[number], ...hand].sort(
    (a, b) => a.start - b.start || rank(a) - rank(b) || b.end - a.end,
  );
  const nodes = [];
  let at = 0;
  for (const place of places) {
    if (place.start < at) continue;
    nodes.push(
      ...shown(text.slice(at, place.start), at),
      place.hand ? handMade(place, text) : inPlace(place),
    );
    at = place.end;
  }
  return [...nodes, ...shown(text.slice(at), at)];
}

const rank = (place) => (place.hand ? 1 : KINDS.indexOf(place.kind));

function inPlace(entry) {
  const element = struck(entry);
  element.querySelector(".fold")?.click();
  element.classList.add("entry");
  element.setAttribute("tabindex", "-1");
  element.setAttribute("data-entry", entry.number);
  element.setAttribute("data-mark", verdictOf(entry) ?? "");
  element.querySelector(".label").textContent = labelOf(entry);
  return element;
}

function labelOf(entry) {
  const verdict = verdictOf(entry);
  return `${entry.kind === "removal" ? "" : `${entry.kind}: `}${entry.rule.name}${entry.also.length ? ` +${entry.also.length}` : ""}${verdict ? ` → ${verdict}` : ""}`;
}

function handMade(place, text) {
  const undo = make(
    "button",
    { type: "button", class: "fold", onclick: () => change(place.record, true) },
    "unmark",
  );
  return make(
    "del",
    { class: "hand" },
    make("span", { class: "label" }, "marked by hand "),
    undo,
    shown(text.slice(place.start, place.end), place.start),
  );
}

function markSelection(number) {
  const selection = getSelection();
  const text = document.getElementById("text");
  if (
    !text ||
    selection.isCollapsed ||
    !text.contains(selection.anchorNode) ||
    !text.contains(selection.focusNode)
  ) {
    announce("Select text in the document first");
    return false;
  }
  const range = selection.getRangeAt(0);
  const [start, end] = [
    offsetOf(range.startContainer, range.startOffset),
    offsetOf(range.endContainer, range.endOffset),
  ];
  if (start == null || end == null || start >= end) return false;
  if (entriesOf[number].some((entry) => entry.kind === "removal" && entry.start < end && start < entry.end)) {
    announce("Part of this is removed already: select text that stays");
    return true;
  }
  selection.removeAllRanges();
  change(quoteOf(number, start, end), false);
  announce("Marked for removal");
  return true;
}
