// Prints, for each line of JSON that it reads, {"latex": …, "display": …}, the HTML that KaTeX
// makes of it as a line of JSON.

import { createInterface } from "node:readline";
import katex from "katex";
import "katex/contrib/mhchem";

for await (const line of createInterface({ input: process.stdin })) {
  const { latex, display } = JSON.parse(line);
  const settings = {
    displayMode: display,
    macros: { "\\VERT": "|" },
    output: "html",
    strict: "ignore",
    throwOnError: false,
    trust: true,
  };
  console.log(JSON.stringify(katex.renderToString(latex, settings)));
}
