// Making elements, and showing strangers' text. Text only ever becomes text nodes; characters that could
// hide or turn round what is written are shown as their code.

// make("p", {class: "x", onclick: f}, "text", element…)
function make(name, attributes = {}, ...children) {
  const element =
    name === "svg" || SVG.has(name)
      ? document.createElementNS(SVG_SPACE, name)
      : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}
const SVG_SPACE = "http://www.w3.org/2000/svg";
const SVG = new Set(["rect", "g", "line"]);

// Controls, bidirectional marks, invisible spaces, tags, separators that look like nothing, a lone carriage return.
const ODD =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\r(?!\n)|[\u{e0000}-\u{e007f}]/gu;

// Where each text node begins in its document (UTF-16 units), to find out what a reader has selected.
const placeOf = new WeakMap();

function textNode(text, at) {
  const node = document.createTextNode(text);
  placeOf.set(node, { at, odd: false });
  return node;
}

function oddCharacter(character, at) {
  const code = character.codePointAt(0);
  const name =
    code < 0x20
      ? String.fromCharCode(0x2400 + code)
      : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const node = document.createTextNode(name);
  placeOf.set(node, { at, odd: true, length: character.length });
  return make(
    "span",
    { class: "odd", title: `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}` },
    node,
  );
}

// The text as nodes; `at` is where it begins in its document.
function shown(text, at = 0) {
  const nodes = [];
  let done = 0;
  for (const found of text.matchAll(ODD)) {
    if (found.index > done) nodes.push(textNode(text.slice(done, found.index), at + done));
    nodes.push(oddCharacter(found[0], at + found.index));
    done = found.index + found[0].length;
  }
  if (done < text.length) nodes.push(textNode(text.slice(done), at + done));
  return nodes;
}

// A name from outside, kept from turning round what stands beside it.
const named = (text) => make("bdi", {}, shown(text));

// Cuts never split a surrogate pair.
function whole(text, at) {
  return at > 0 &&
    at < text.length &&
    /[\udc00-\udfff]/.test(text[at]) &&
    /[\ud800-\udbff]/.test(text[at - 1])
    ? at - 1
    : at;
}

// The next white space towards `limit`, at most 30 characters on: excerpts begin and end with whole words.
function wordEdge(text, at, limit, step) {
  if (at === 0 || at === text.length) return at;
  for (let edge = at; edge !== limit && Math.abs(edge - at) < 30; edge += step) {
    if (/\s/.test(text[edge])) return edge;
  }
  return whole(text, at);
}

// The offset in the document that a point of a selection stands for, or null outside of a text.
function offsetOf(node, offset) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const next = node.childNodes[offset];
    const inner = next && firstText(next);
    if (inner) return offsetOf(inner, 0);
    const last = offset > 0 && lastText(node.childNodes[offset - 1]);
    return last ? offsetOf(last, last.length) : null;
  }
  const place = placeOf.get(node);
  if (!place) return null;
  if (place.odd) return offset === 0 ? place.at : place.at + place.length;
  return place.at + offset;
}

function textsOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    placeOf.has(node) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP,
  );
  const found = root.nodeType === Node.TEXT_NODE && placeOf.has(root) ? [root] : [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}
const firstText = (root) => textsOf(root)[0];
const lastText = (root) => textsOf(root).at(-1);
