// Keys, the list of keys, and words that light up together. Pages work without it.
// A key presses what carries it: data-key="a", or "g f" for two in a row; data-help names it in the list.
(() => {
  "use strict";
  const WAIT = 1200; // milliseconds for the second of two keys
  let first = "", timer = 0;

  const typing = (element) =>
    element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
  const shown = (element) => element.getClientRects().length > 0 || element.closest("nav, .keys-button");
  const nameOf = (element) =>
    element.dataset.help || element.getAttribute("aria-label") || element.textContent.trim() || element.placeholder || "";
  const holders = () => [...document.querySelectorAll("[data-key]")].filter((item) => !item.disabled && shown(item));

  function press(element) {
    if (typing(element)) {
      element.focus();
      if (element.select) element.select();
    } else {
      element.click();
    }
  }

  function step(by) {
    const items = [...document.querySelectorAll("[data-item]")].filter((item) => item.getClientRects().length > 0);
    if (!items.length) return;
    const at = items.findIndex((item) => item === document.activeElement || item.contains(document.activeElement));
    const next = items[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by, 0), items.length - 1)];
    if (!next.hasAttribute("tabindex") && !next.matches("a, button, input")) next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function list() {
    const dialog = document.getElementById("keys");
    const rows = dialog.querySelector("dl");
    rows.replaceChildren();
    const add = (key, words) => {
      const dt = document.createElement("dt"), dd = document.createElement("dd");
      for (const part of key.split(" ")) {
        const kbd = document.createElement("kbd");
        kbd.textContent = part === "Space" ? "space" : part;
        dt.append(kbd, " ");
      }
      dd.textContent = words;
      rows.append(dt, dd);
    };
    const seen = new Set();
    for (const item of holders()) {
      if (!seen.has(item.dataset.key)) add(item.dataset.key, nameOf(item));
      seen.add(item.dataset.key);
    }
    if (document.querySelector("[data-item]")) {
      add("j", "Next");
      add("k", "The one before");
    }
    add("Esc", "Close, or leave a field");
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (typing(target)) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    // Enter and space press what has the focus, as everywhere.
    if (event.key === "Enter") return;
    const key = event.key === " " ? "Space" : event.key;
    if (key === "Space" && target.matches("a, button, summary")) return;
    const wanted = first ? `${first} ${key}` : key;
    const found = holders().find((item) => item.dataset.key === wanted);
    clearTimeout(timer);
    first = "";
    if (found) {
      event.preventDefault();
      press(found);
    } else if (key === "j" || key === "k") {
      event.preventDefault();
      step(key === "j" ? 1 : -1);
    } else if (holders().some((item) => item.dataset.key.startsWith(`${key} `))) {
      first = key;
      timer = setTimeout(() => { first = ""; }, WAIT);
    }
  });

  // Words and claims of one row light up together: data-rows holds ids, parted by blanks.
  let lit = [];
  function light(event) {
    const from = event.target instanceof Element ? event.target.closest("[data-rows]") : null;
    for (const element of lit) element.classList.remove("lit");
    lit = [];
    if (!from || event.type === "mouseleave") return;
    for (const row of from.dataset.rows.split(" ")) {
      if (row) lit.push(...document.querySelectorAll(`[data-rows~="${CSS.escape(row)}"]`));
    }
    for (const element of lit) element.classList.add("lit");
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".keys-button");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", list);
    }
    if (document.querySelector("[data-rows]")) {
      document.addEventListener("mouseover", light);
      document.addEventListener("focusin", light);
    }
  });
})();
