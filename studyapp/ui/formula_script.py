r"""The scripts that find the LaTeX of formulas on a card; see `card_script` for how they are run.

Each formula carries its source as an annotation, which is put there by `rendering.mathml` alone:
the sanitiser takes annotations out of what authors write.
"""

from __future__ import annotations

import json

_SOURCE = """
    const source = function (math) {
        const annotation = math.querySelector('annotation[encoding="application/x-tex"]');
        return annotation ? annotation.textContent : "";
    };
"""

_AT = """
(function (x, y) {%s
    const element = document.elementFromPoint(x, y);
    const formula = element && element.closest("math, .math-display");
    return formula ? source(formula) : "";
})(%s, %s)
"""

_ALL = """
(function () {%s
    const selection = window.getSelection();
    const chosen = selection.rangeCount > 0 && !selection.isCollapsed;
    const found = Array.from(document.querySelectorAll("#card math"))
        .filter(math => !chosen || selection.containsNode(math, true))
        .map(source).filter(latex => latex !== "");
    return JSON.stringify(found);
})()
"""

_SELECTION = """
(function () {%s
    const selection = window.getSelection();
    if (selection.rangeCount === 0 || selection.isCollapsed) { return ""; }
    const range = selection.getRangeAt(0).cloneRange();
    const mathAround = function (node) {
        const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
        return element && element.closest("math");
    };
    const first = mathAround(range.startContainer);
    const last = mathAround(range.endContainer);
    if (first) { range.setStartBefore(first); }
    if (last) { range.setEndAfter(last); }
    const copy = document.createElement("div");
    copy.append(range.cloneContents());
    for (const math of copy.querySelectorAll("math")) {
        const display = math.getAttribute("display") === "block";
        const written = document.createElement(display ? "div" : "span");
        const edge = display ? "$$" : "$";
        written.textContent = edge + source(math) + edge;
        math.replaceWith(written);
    }
    copy.style.position = "absolute";
    copy.style.left = "-10000px";
    document.body.append(copy);
    const answer = JSON.stringify([copy.innerText, copy.innerHTML]);
    copy.remove();
    return answer;
})()
"""


def formula_at(x: int, y: int) -> str:
    """The LaTeX of the formula at a point of the view; empty if there is none."""
    return _AT % (_SOURCE, json.dumps(x), json.dumps(y))


def formulas() -> str:
    """The LaTeX of the formulas in the selection, or of all if nothing is selected: JSON."""
    return _ALL % _SOURCE


def selection() -> str:
    """What is selected, with LaTeX between dollars for formulas: text and HTML as a JSON list.

    The answer is empty if nothing is selected.
    """
    return _SELECTION % _SOURCE
