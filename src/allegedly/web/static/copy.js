// Buttons that copy the words of another element: data-copy holds its id. Without JavaScript they are not there.
(() => {
  "use strict";
  const SHOWN = 1500; // milliseconds for which the button says that it has copied
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    const words = button.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = words; }, SHOWN);
    });
  }
})();
