"use strict";

/* A page is handed in from wherever one types, by Ctrl and Enter. */

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  const form = event.target.closest("#content-main");
  form?.requestSubmit(form.querySelector("[type=submit]"));
});
