// Selected words of a report as a span of code points; browsers count UTF-16. Pages work without it.
//
// allegedly.span(range) gives {start, end, words}, or null where the range does not lie in one text; each piece of a
// text (.text [data-at]) says at which code point it begins, and from there code points are counted.
// A button with data-take="field" puts the selected span into the field of that name in its form, as "12:31", and the
// words into [data-taken="field"].
(() => {
  "use strict";
  const count = (words) => {
    let points = 0;
    for (const _ of words) points += 1; // iterates code points, not units
    return points;
  };

  // A position (node, offset) as a code point of the text; null outside of one.
  function place(node, offset) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const piece = element && element.closest("[data-at]");
    if (!piece) return beside(node, offset);
    const before = document.createRange();
    before.selectNodeContents(piece);
    before.setEnd(node, offset);
    return Number(piece.dataset.at) + count(before.toString());
  }

  // A position between pieces: the beginning of the next one, or the end of the last.
  function beside(node, offset) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const text = element && element.closest(".text");
    if (!text) return null;
    const here = document.createRange();
    here.setStart(node, offset);
    let end = null;
    for (const piece of text.querySelectorAll("[data-at]")) {
      if (here.comparePoint(piece, 0) >= 0) return Number(piece.dataset.at);
      end = Number(piece.dataset.at) + count(piece.textContent);
    }
    return end;
  }

  function span(range) {
    const root = range.commonAncestorContainer;
    const element = root.nodeType === Node.ELEMENT_NODE ? root : root.parentElement;
    if (!element || !element.closest(".text")) return null;
    let start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
    if (start === null || end === null || start >= end) return null;
    const points = [...range.toString()];
    // Blanks at the ends, which a double click takes along, are no words of a span.
    while (points.length && !points[0].trim()) { points.shift(); start += 1; }
    while (points.length && !points[points.length - 1].trim()) { points.pop(); end -= 1; }
    return points.length ? { start, end, words: points.join("") } : null;
  }

  function selected() {
    const selection = document.getSelection();
    return selection && selection.rangeCount ? span(selection.getRangeAt(0)) : null;
  }

  window.allegedly = Object.assign(window.allegedly || {}, { span, selected });

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-take]")) {
      button.hidden = false;
      button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
      button.addEventListener("click", () => {
        const found = selected(), name = button.dataset.take, form = button.closest("form");
        if (!found || !form) return;
        form.elements[name].value = `${found.start}:${found.end}`;
        const shown = form.querySelector(`[data-taken="${CSS.escape(name)}"]`);
        if (shown) shown.textContent = found.words;
      });
    }
  });
})();
