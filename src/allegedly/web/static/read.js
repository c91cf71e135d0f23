// Files can be dropped on the form, and it says that it is being read. The form works without it.
(() => {
  "use strict";
  document.addEventListener("DOMContentLoaded", () => {
    for (const area of document.querySelectorAll("[data-drop]")) {
      const field = area.querySelector("input[type=file]"), form = area.closest("form");
      const hint = area.querySelector("[data-drop-hint]");
      if (hint) hint.hidden = false;
      for (const kind of ["dragenter", "dragover"]) {
        form.addEventListener(kind, (event) => {
          if (![...event.dataTransfer.types].includes("Files")) return;
          event.preventDefault();
          area.classList.add("over");
        });
      }
      for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => area.classList.remove("over"));
      form.addEventListener("drop", (event) => {
        if (!event.dataTransfer.files.length) return;
        event.preventDefault();
        field.files = event.dataTransfer.files;
      });
    }
    for (const form of document.querySelectorAll("form[data-reading]")) {
      form.addEventListener("submit", () => {
        const words = form.querySelector("[data-reading-words]");
        if (words) words.textContent = form.dataset.reading;
        // After the form is gathered, so that the button's value is sent.
        setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
      });
    }
    // A page that is shown again from the browser's memory can send again.
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      for (const button of document.querySelectorAll("form[data-reading] button")) button.disabled = false;
      for (const words of document.querySelectorAll("[data-reading-words]")) words.textContent = "";
    });
  });
})();
