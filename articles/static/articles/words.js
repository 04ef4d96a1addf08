"use strict";

/* The words of a statement, selected in the article's text: the text area gets the words, and two hidden
fields get their place. Whoever types words instead leaves their place to be found. */

document.addEventListener("DOMContentLoaded", () => {
  const field = document.querySelector(".words-field");
  if (!field) return;
  const area = field.querySelector("textarea");
  const hidden = (name) => field.querySelector(`[name="${area.name}_${name}"]`);
  const say = (text) => (field.querySelector(".words-said").textContent = text);
  let selection = null; // in which text, and by keys or with the mouse
  let byKeys = false;

  const take = () => {
    const chosen = selection.chosen;
    area.value = chosen.map((part) => part[2]).join("\n");
    hidden("spans").value = JSON.stringify(chosen);
    hidden("capture").value = selection.element.dataset.capture;
    field.querySelectorAll(".places").forEach((places) => places.remove());
    say(chosen.length > 1 ? `${chosen.length} parts selected in the text.` : "Selected in the text.");
  };

  const forget = () => {
    selection = null;
    byKeys = false;
    WordSelection.hide();
    field.querySelectorAll(".keys").forEach((help) => (help.hidden = true));
  };

  /** The initial selection: the typed words, the current words, or the first quotation. */
  const beginning = (text) => {
    const typed = area.value.split("\n")[0].trim();
    const at = typed ? text.textContent.indexOf(typed) : -1;
    const now = WordSelection.placesOf(text, ".now");
    if (now.length) return now;
    if (at >= 0) return [[at, at + typed.length]];
    const stops = new QuotationSelection(text, [[0, 0]]).findStops();
    return [stops[0] ?? [0, Math.min(1, text.textContent.length)]];
  };

  const selectByKeys = (text) => {
    forget();
    selection = new QuotationSelection(text, beginning(text));
    byKeys = true;
    text.closest("details").querySelector(".keys").hidden = false;
    text.focus({ preventScroll: true });
    selection.show();
  };

  const begin = () => field.querySelectorAll(".by-script").forEach((element) => (element.hidden = false));

  field.addEventListener("click", (event) => {
    const button = event.target.closest(".by-script button");
    if (button) selectByKeys(button.closest("details").querySelector(".text"));
  });
  field.addEventListener("keydown", (event) => {
    if (!byKeys || !event.target.matches(".text") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      take();
      byKeys = false;
      area.focus();
    } else if (event.key === "Escape") {
      forget();
      area.focus();
    } else if (!selection.press(event)) return;
    event.preventDefault();
  });
  document.addEventListener("mouseup", () => {
    const text = [...field.querySelectorAll(".text")].find((each) => getSelection().containsNode(each, true));
    if (!text || getSelection().isCollapsed) return;
    if (selection?.element !== text) {
      forget();
      selection = new QuotationSelection(text, []);
    } else if (!selection.take()) return;
    if (!selection.parts.length) return;
    selection.show();
    take();
  });
  area.addEventListener("input", () => {
    hidden("spans").value = hidden("capture").value = "";
    say("");
    forget();
  });

  // Another article has another text. The admin also fires this event when the page loads.
  let article = document.getElementById("id_article")?.value;
  django.jQuery("#id_article").on("change", async (event) => {
    if (event.target.value === article) return;
    article = event.target.value;
    const answer = await fetch(`${location.pathname}?article=${encodeURIComponent(event.target.value)}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".words-texts");
    if (!fresh) return;
    forget();
    hidden("spans").value = hidden("capture").value = "";
    field.querySelector(".words-texts").replaceWith(fresh);
    begin();
  });

  begin();
});
