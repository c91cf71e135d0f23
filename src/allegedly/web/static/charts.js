// Makes the pictures of charts interactive; without it, or where it fails, the pictures stay.
//
// For each <figure data-chart="/charts/timeline.json?..."> with an <img> in it, it asks for the spec in the width and
// theme of the moment and puts the drawn chart in the picture's place. Vega comes from vega.js beside this script
// (or from data-bundle of its <script>); its expressions are interpreted (ast), so no policy needs unsafe-eval, and it
// adds no style element: charts.css has what tooltips need. Nothing is animated.
//
// Where a figure has data-brush, dragging along the days sets `first` and `last` in the address and dispatches
// `allegedly:brush` on the figure, which bubbles, with {first, last} (both null when the selection is cleared).
// <html data-theme="light|dark"> wins over the system's colours; dispatch `allegedly:theme` on document after a change.
(() => {
  "use strict";

  const PAUSE = 250; // milliseconds after the last movement
  const script = document.currentScript;
  const bundle = script.dataset.bundle || new URL("vega.js", script.src).href;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map(); // figure → {host, width, result}
  let loading = null;

  function theme() {
    const chosen = document.documentElement.dataset.theme;
    return chosen === "light" || chosen === "dark" ? chosen : dark.matches ? "dark" : "light";
  }

  function loadVega() {
    loading ??= new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = bundle;
      element.onload = () => resolve(window.vegaEmbed);
      element.onerror = () => reject(new Error(`${bundle} cannot be loaded`));
      document.head.append(element);
    });
    return loading;
  }

  async function fetchSpec(figure, width) {
    const address = new URL(figure.dataset.chart, document.baseURI);
    address.searchParams.set("width", String(width));
    address.searchParams.set("theme", theme());
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) {
      throw new Error(`${address.pathname}: ${answer.status}`);
    }
    return answer.json();
  }

  const OPTIONS = {
    mode: "vega-lite",
    ast: true,
    actions: false,
    defaultStyle: false,
    renderer: "svg",
    hover: false,
    tooltip: { disableDefaultStyle: true },
  };

  async function draw(figure) {
    const before = drawn.get(figure);
    const picture = before ? before.host : figure.querySelector("picture, img");
    if (!picture) {
      return;
    }
    const box = (picture.querySelector("img") || picture).getBoundingClientRect();
    const width = Math.round(before ? figure.clientWidth : box.width);
    if (!width) {
      return;
    }
    const [vegaEmbed, spec] = await Promise.all([loadVega(), fetchSpec(figure, width)]);
    const host = document.createElement("div");
    host.className = "chart";
    host.style.minHeight = `${Math.floor(box.height)}px`; // what stands below does not jump up
    const result = await vegaEmbed(host, spec, OPTIONS);
    // One picture with the words of the first; the list beside it says the rest.
    const words = (before ? before.host : picture.querySelector("img") || picture);
    host.setAttribute("role", "img");
    host.setAttribute("aria-label", words.alt || words.getAttribute("aria-label") || "");
    host.querySelector("svg")?.setAttribute("aria-hidden", "true");
    picture.replaceWith(host);
    before?.result.finalize();
    drawn.set(figure, { host, width: figure.clientWidth, result });
    figure.dataset.drawn = theme();
    if (figure.hasAttribute("data-brush")) {
      listen(figure, result.view);
    }
  }

  function day(milliseconds) {
    return new Date(milliseconds).toISOString().slice(0, 10);
  }

  function listen(figure, view) {
    let waiting = 0;
    view.addSignalListener("brush", (_name, value) => {
      const [range] = Object.values(value ?? {});
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => tell(figure, range), PAUSE);
    });
  }

  function tell(figure, range) {
    // The end of a selection is the moment at which it ends: midnight belongs to the day before.
    const detail = range ? { first: day(range[0]), last: day(Math.max(range[1] - 1, range[0])) } : { first: null, last: null };
    const address = new URL(window.location.href);
    for (const [name, value] of Object.entries(detail)) {
      if (value) {
        address.searchParams.set(name, value);
      } else {
        address.searchParams.delete(name);
      }
    }
    window.history.replaceState(window.history.state, "", address);
    figure.dispatchEvent(new CustomEvent("allegedly:brush", { bubbles: true, detail }));
  }

  function drawAll(isDue) {
    for (const figure of document.querySelectorAll("figure[data-chart]")) {
      if (isDue(figure)) {
        draw(figure).catch((error) => console.warn("The chart stays a picture:", error.message));
      }
    }
  }

  let resizing = 0;
  window.addEventListener("resize", () => {
    window.clearTimeout(resizing);
    resizing = window.setTimeout(() => {
      drawAll((figure) => drawn.has(figure) && drawn.get(figure).width !== figure.clientWidth);
    }, PAUSE);
  });
  dark.addEventListener("change", () => drawAll(() => true));
  document.addEventListener("allegedly:theme", () => drawAll(() => true));
  document.addEventListener("allegedly:charts", () => drawAll((figure) => !drawn.has(figure)));
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => drawAll(() => true));
  } else {
    drawAll(() => true);
  }
})();
