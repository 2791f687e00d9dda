// Writes temml.jsonl: what Temml makes of each example of functions.tsv and corrections.tsv, but for
// those that by_hand.tsv names, and the white that KaTeX leaves in it; and chemistry.jsonl: what
// KaTeX makes of the formulas of chemistry.tsv. Run `npm install` once, then `npm run reference`,
// and look at what changed.

import { readFileSync, writeFileSync } from "node:fs";
import katex from "katex";
import "katex/contrib/mhchem";
import temml from "temml";

const here = (name) => new URL(name, import.meta.url);

// KaTeX's documentation defines this one, since a bar would end the cell of its table.
const macros = () => ({ "\\VERT": "|" });

function rowsOf(name) {
  const [, ...lines] = readFileSync(here(name), "utf8").trimEnd().split("\n");
  return lines.map((line) => line.split("\t"));
}

// The points of KaTeX, of which ten make an em, are the browser's in Temml.
function byTemml(latex, displayMode) {
  const settings = { displayMode, macros: macros(), throwOnError: true, trust: true };
  const inEm = (_, points) => `${(points / 9.9626).toFixed(4)}em`;
  return temml.renderToString(latex, settings).replace(/([\d.]+)pt\b/g, inEm);
}

function byKatex(latex, displayMode) {
  const settings = { displayMode, macros: macros(), output: "mathml", strict: "ignore", trust: true };
  return katex
    .renderToString(latex, settings)
    .replace(/<annotation .*<\/annotation>/s, "")
    .replace(/^<span class="katex">|<\/span>$/g, "");
}

function drawn(name, latex, displayMode) {
  try {
    return { mathml: draw(name, latex, displayMode) };
  } catch (error) {
    return { error: error.message.split(" at position")[0].trim() };
  }
}

// The white that KaTeX leaves in a formula, gap by gap, in em: not that at the ends.
function gapsIn(latex) {
  const settings = { displayMode: true, macros: macros(), output: "html", strict: "ignore", trust: true };
  const found = [0];
  for (const each of inkAndGaps(katex.__renderToHTMLTree(latex, settings))) {
    if (typeof each === "number") found[found.length - 1] += each;
    else found.push(0);
  }
  return found.slice(1, -1).filter((gap) => gap !== 0);
}

function* inkAndGaps(node) {
  const classes = node.classes ?? [];
  const isLap = ["llap", "rlap", "clap"].some((name) => classes.includes(name));
  // A fence or sign may be put together from two that overlap.
  const isOne = ["mopen", "mclose", "mbin"].some((name) => classes.includes(name));
  if (isLap) yield "ink";
  if (isOne) yield "ink";
  else if (classes.includes("mspace") && node.style.marginRight) yield parseFloat(node.style.marginRight);
  else if (node.children?.length) for (const child of node.children) yield* inkAndGaps(child);
  else if (isSeen(node)) yield "ink";
  // One row of several that stand above each other ends here.
  if (isLap || classes.includes("vlist")) yield "ink";
}

function isSeen(node) {
  const isLetter = node.text !== undefined && !["", "\u200b"].includes(node.text);
  return isLetter || /Svg|Img/.test(node.constructor.name) || node.classes?.includes("rule");
}

function reference(name, latex) {
  const drawings = { display: drawn(name, latex, true), inline: drawn(name, latex, false) };
  if (drawings.display.mathml) drawings.gaps = gapsIn(latex);
  // A sign that stands alone does not show the space that it takes between two others.
  if (/^(\\[A-Za-z]+|[^\\'])$/.test(latex)) drawings.between = gapsIn(`a ${latex} b`);
  return drawings;
}

const byHand = new Map(rowsOf("by_hand.tsv").map(([name, by, source]) => [name, { by, source }]));

// How the function's examples are drawn: by Temml, unless by_hand.tsv knows better.
function draw(name, latex, displayMode) {
  const { by, source } = byHand.get(name) ?? {};
  if (by === "katex") return byKatex(latex, displayMode);
  if (by === "mathml") return source.replaceAll("{display}", displayMode);
  return byTemml(by === "latex" ? source : latex, displayMode);
}

const examples = [...rowsOf("functions.tsv"), ...rowsOf("corrections.tsv")];
write(
  "temml.jsonl",
  examples.map(([name, latex]) => ({ function: name, example: latex, ...reference(name, latex) })),
);
write(
  "chemistry.jsonl",
  rowsOf("chemistry.tsv").map(([latex]) => ({ example: latex, mathml: byKatex(latex, true) })),
);

function write(name, records) {
  writeFileSync(here(name), records.map((record) => JSON.stringify(record) + "\n").join(""));
}
