"use strict";

/* The review queue by keys. Every key presses a button or follows a link that is on the page; what these
lead to is fetched and put in the place of what was there, so that nothing on the page is lost when the
server does not answer or the session has ended. Without this script they are ordinary forms. */

{
  const $ = django.jQuery;
  const said = document.getElementById("said");
  const place = () => document.getElementById("review");
  const find = (selector) => place().querySelector(selector);
  let busy = false;
  let correcting = null;

  const say = (text, kind = "error", ...more) => {
    const message = document.createElement("p");
    message.className = kind;
    message.append(text, ...more);
    said.replaceChildren(message);
  };

  // ── Going on ─────────────────────────────────────────────────────────────────────────────

  const sent = (form, button) => {
    const body = new FormData(form);
    if (button?.name) body.set(button.name, button.value);
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    // The page's own is void once somebody has logged in again in another tab.
    if (token) body.delete("csrfmiddlewaretoken");
    return { method: "POST", body, headers: token ? { "X-CSRFToken": token } : {} };
  };

  const sessionEnded = (address) => {
    const login = document.createElement("a");
    login.href = address;
    login.target = "_blank";
    login.textContent = "Log in in another tab";
    say("Your session has ended and nothing was decided. ", "error", login, ", then press the key again.");
  };

  const go = async (address, options = {}) => {
    if (busy) return; // nothing is decided about what is not on the page yet
    busy = true;
    place().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, options);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("review");
      if (fresh && answer.ok) {
        said.replaceChildren(...page.getElementById("said").children);
        place().replaceWith(fresh);
        history.replaceState(null, "", answer.url);
        begin();
      } else if (page.getElementById("login-form")) {
        sessionEnded(answer.url);
      } else {
        say(`The server refused this (${answer.status}), and nothing was decided.`);
      }
    } catch {
      say("The server did not answer. Press the key again: what was decided already is not decided twice.");
    } finally {
      busy = false;
      place().removeAttribute("aria-busy");
    }
  };

  // ── Correcting the words ─────────────────────────────────────────────────────────────────

  const endCorrecting = (taken) => {
    if (taken) {
      const chosen = correcting.chosen;
      find("#id_spans").value = JSON.stringify(chosen);
      showWords(chosen.map((part) => part[2]));
      say("Words taken. Accept to publish them so.", "info");
    } else WordSelection.hide();
    correcting = null;
    find(".passage").classList.remove("correcting");
    find(".passage").classList.toggle("taken", taken);
    find("#how").hidden = true;
    find("#words").focus({ preventScroll: true });
    noteChanges();
  };

  const showWords = (parts) => {
    const pieces = parts.flatMap((words, index) => {
      const part = Object.assign(document.createElement("span"), { className: "part", textContent: words });
      const gap = Object.assign(document.createElement("span"), { className: "context", textContent: " […] " });
      return index ? [gap, part] : [part];
    });
    find("#words").replaceChildren(...pieces);
  };

  const correct = () => {
    if (correcting) return endCorrecting(true);
    correcting = new WordSelection(find("#text"));
    if (!correcting.parts.length) {
      correcting = null;
      return say("Select the words in the text first.");
    }
    find(".passage").classList.add("correcting");
    find("#how").hidden = false;
    find(".passage").focus({ preventScroll: true });
    correcting.show();
    say("Correcting the words.", "info");
  };

  /** Whether the key was meant for the words alone. */
  const pressedWhileCorrecting = (event) => {
    if (event.key === "Enter" || event.key === "c") endCorrecting(true);
    else if (event.key === "Escape") endCorrecting(false);
    else if (event.key === "a") return endCorrecting(true); // and accept
    else if (!correcting.press(event)) return event.key.length === 1;
    return true;
  };

  // ── What is to be otherwise ──────────────────────────────────────────────────────────────

  const noteChanges = () => {
    const form = find("#decision");
    if (!form) return;
    const otherwise =
      find("#id_spans").value !== "" ||
      find("#id_speaker").value !== "" ||
      find("#id_speaker_label").value !== find("#id_speaker_label").defaultValue ||
      ![...find("#id_kind").options].every((option) => option.selected === option.defaultSelected);
    const label = form.querySelector("[data-changed]");
    label.dataset.plain ??= label.textContent;
    label.textContent = otherwise ? label.dataset.changed : label.dataset.plain;
    form.classList.toggle("changed", otherwise);
  };

  const chooseSpeaker = () => {
    const field = $("#id_speaker");
    if (!field.hasClass("select2-hidden-accessible")) field.djangoAdminSelect2();
    field.select2("open");
    document.querySelector(".select2-container--open .select2-search__field")?.focus();
  };

  const nextKind = () => {
    const field = find("#id_kind");
    field.selectedIndex = (field.selectedIndex + 1) % field.options.length;
    say(`Kind: ${field.selectedOptions[0].textContent}.`, "info");
    noteChanges();
  };

  // ── Keys ─────────────────────────────────────────────────────────────────────────────────

  const MEANINGS = {
    c: () => find("#correct") && correct(),
    s: () => find("#id_speaker") && chooseSpeaker(),
    t: () => find("#id_kind") && nextKind(),
    j: () => find("[rel=next]")?.click(),
    k: () => find("[rel=prev]")?.click(),
    p: () => make("p"),
    o: () => make("o"),
  };

  const make = (key) => {
    const name = find("#id_name");
    if (name && !name.value.trim()) {
      name.focus();
      return say("The text has no name for the speaker: type it first.");
    }
    find(`[data-key="${key}"]`)?.click();
  };

  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, .select2-dropdown");

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      // Enter would press the form's first button.
      if (event.key === "Enter" && event.target.matches("#decision input")) event.preventDefault();
      if (["Enter", "Escape"].includes(event.key) && event.target.matches("#decision input, #decision select"))
        find("#words").focus({ preventScroll: true });
      return;
    }
    if (correcting && pressedWhileCorrecting(event)) return event.preventDefault();
    if (event.repeat || localStorage.getItem("review-keys") === "off") return;
    const key = event.key.toLowerCase();
    const button = find(`[data-key="${CSS.escape(key)}"]`);
    if (!button && !MEANINGS[key]) return;
    event.preventDefault();
    if (MEANINGS[key]) MEANINGS[key]();
    else button.click();
  });

  // ── Each proposal anew ───────────────────────────────────────────────────────────────────

  const begin = () => {
    correcting = null;
    WordSelection.hide();
    place().querySelectorAll(".by-script").forEach((element) => (element.hidden = false));
    const keys = find("#keys");
    if (keys) keys.checked = localStorage.getItem("review-keys") !== "off";
    const field = $("#id_speaker");
    if (field.length && !field.hasClass("select2-hidden-accessible")) field.djangoAdminSelect2();
    field.on("change", noteChanges);
    field.on("select2:close", () => setTimeout(() => find("#words").focus({ preventScroll: true })));
    if (find("#id_spans")?.value) showWords(JSON.parse(find("#id_spans").value).map((part) => part[2]));
    noteChanges();
    const now = find("mark.now"), passage = find(".passage");
    if (now) passage.scrollTop += now.getBoundingClientRect().top - passage.getBoundingClientRect().top - passage.clientHeight / 3;
    (find("#words") ?? find(".begin"))?.focus({ preventScroll: true });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !place().contains(form)) return;
    event.preventDefault();
    go(form.action, sent(form, event.submitter));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#review a[href]");
    if (event.target.id === "correct" || event.target.closest("#correct")) correct();
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (!/\/proposal\/\d+\/change\/$/.test(link.pathname)) return;
    event.preventDefault();
    go(link.href);
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "keys") localStorage.setItem("review-keys", event.target.checked ? "on" : "off");
    else if (event.target.closest("#decision")) noteChanges();
  });
  document.addEventListener("mouseup", () => correcting?.take() && correcting.show());

  document.addEventListener("DOMContentLoaded", begin);
}
