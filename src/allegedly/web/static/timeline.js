// A stretch of time marked in the chart: the list, the fields and the links follow it. Without this the form does.
// charts.js has put the days into the address by the time it tells of them.
(() => {
  "use strict";
  let asked = 0;

  document.addEventListener("allegedly:brush", async (event) => {
    const list = document.getElementById("list");
    if (!list) return;
    const mine = ++asked;
    const { first, last } = event.detail;
    document.getElementById("first").value = first || "";
    document.getElementById("last").value = last || "";
    const address = new URL(window.location.href);
    for (const [name, value] of Object.entries({ first, last })) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    window.history.replaceState(window.history.state, "", address);
    address.searchParams.set("fragment", "list");
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.ok && mine === asked) list.innerHTML = await answer.text();
  });
})();
