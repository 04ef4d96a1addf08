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
  let selecting = null;
  let words = null; // as confirmed

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

  // ── Selecting in the text ────────────────────────────────────────────────────────────────

  /** What a selection is for: how it starts, and what is done with the result. */
  const SELECTING = {
    words: {
      places: (text) => words?.parts ?? WordSelection.placesOf(text, "mark.now"),
      take: (chosen) => {
        words = selecting.selection;
        find("#id_spans").value = JSON.stringify(chosen);
        showWords(chosen.map((part) => part[2]));
        find(".passage").classList.add("taken");
        say("Words selected. Accept to publish them like this.", "info");
      },
    },
    label: {
      single: true,
      places: (text) => {
        const mention = WordSelection.placesOf(text, "mark.mention");
        return mention.length ? mention : WordSelection.placesOf(text, "mark.now").slice(-1);
      },
      take: ([[, , name]]) => {
        openFields();
        find("#id_speaker_label").value = name.replace(/\s+/g, " ").trim();
        say(`Printed as “${find("#id_speaker_label").value}”.`, "info");
        // Whoever is named in full can be made, or taken if there is an actor of this name.
        const actor = find("#id_name");
        if (actor && /\s/.test(find("#id_speaker_label").value)) actor.value = find("#id_speaker_label").value;
      },
    },
    missed: {
      places: (text) => WordSelection.placesOf(text, "mark.now").slice(-1),
      take: (chosen) => {
        find("[name=missed]").value = JSON.stringify(chosen);
        find("#add").requestSubmit();
      },
    },
  };

  const SAYING = {
    words: "Correcting the words.",
    label: "Selecting the printed name.",
    missed: "Selecting the words to add.",
  };

  const endSelecting = (taken) => {
    const { aim, selection } = selecting;
    if (taken) SELECTING[aim].take(selection.chosen);
    selecting = null;
    WordSelection.hide();
    words?.show();
    find(".passage").classList.remove("selecting");
    find(`#how-${aim}`).hidden = true;
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

  const select = (aim) => {
    if (selecting) return endSelecting(true);
    const text = find("#text");
    const places = SELECTING[aim].places(text);
    const selection = aim === "missed" ? new MissedSelection(text, places) : new WordSelection(text, places, SELECTING[aim].single);
    if (!selection.parts.length) return say("Select the words in the text first.");
    selecting = { aim, selection };
    if (selection.isByMouse && aim === "missed") return endSelecting(true);
    find(".passage").classList.add("selecting");
    find(`#how-${aim}`).hidden = false;
    find(".passage").focus({ preventScroll: true });
    selection.show();
    say(SAYING[aim], "info");
  };

  /** Whether the key was meant for the selection alone. */
  const pressedWhileSelecting = (event) => {
    if (event.key === "Enter" || event.key === SELECTING_KEYS[selecting.aim]) endSelecting(true);
    else if (event.key === "Escape") endSelecting(false);
    else if (event.key === "a" && selecting.aim !== "missed") return endSelecting(true); // and accept
    else if (!selecting.selection.press(event)) return event.key.length === 1;
    return true;
  };

  // ── Corrections ──────────────────────────────────────────────────────────────────────────

  /** The original words, and the corrected ones. */
  const fields = () => [...place().querySelectorAll("#decision [data-read]")];
  const ofTheSpeaker = () => fields().filter((field) => field.closest(".of-speaker"));

  const noteChanges = () => {
    const form = find("#decision");
    if (!form) return;
    const otherwise =
      find("#id_spans").value !== "" ||
      find("#id_speaker").value !== "" ||
      fields().some((field) => field.value.trim() !== field.dataset.read && !unknown(field));
    const label = form.querySelector("[data-changed]");
    label.dataset.plain ??= label.textContent;
    label.textContent = otherwise ? label.dataset.changed : label.dataset.plain;
    form.classList.toggle("changed", otherwise);
  };

  const unknown = (field) => field.value === "unknown" && field.dataset.read === "";

  const openFields = () => (find("#fields").open = true);

  const typeInto = (selector) => {
    openFields();
    find(selector).focus();
    find(selector).select?.();
  };

  const chooseSpeaker = () => {
    openFields();
    const field = $("#id_speaker");
    field.select2("open");
    document.querySelector(".select2-container--open .select2-search__field")?.focus();
  };

  /** Clear the fields that belong to another speaker; restore them with the original speaker. */
  const speakerChosen = () => {
    const asked = find("#id_asked"), read = find("#decision").dataset.speaker, chosen = find("#id_speaker").value;
    const another = read && chosen && chosen !== read;
    if (another && asked.value !== chosen) {
      ofTheSpeaker().forEach((field) => field.value.trim() === field.dataset.read && (field.value = ""));
      openFields();
      say("How does the page print this speaker? l selects the name in the text, e lets you type. Cue, audience and day are empty now.", "info");
    } else if (!another && asked.value) {
      ofTheSpeaker().forEach((field) => (field.value = field.dataset.read));
    }
    if (read) asked.value = another ? chosen : "";
    noteChanges();
  };

  const nextKind = () => {
    const field = find("#id_kind");
    openFields();
    field.selectedIndex = (field.selectedIndex + 1) % field.options.length;
    say(`Kind: ${field.selectedOptions[0].textContent}.`, "info");
    noteChanges();
  };

  // ── Keys ─────────────────────────────────────────────────────────────────────────────────

  const SELECTING_KEYS = { words: "c", label: "l", missed: "m" };

  const MEANINGS = {
    c: () => find("#id_spans") && select("words"),
    l: () => find("#id_speaker_label") && select("label"),
    m: () => find("#add") && select("missed"),
    s: () => find("#id_speaker") && chooseSpeaker(),
    e: () => find("#id_speaker_label") && typeInto("#id_speaker_label"),
    d: () => find("#id_said") && typeInto("#id_said"),
    t: () => find("#id_kind") && nextKind(),
    j: () => find("[rel=next]")?.click(),
    k: () => find("[rel=prev]")?.click(),
    p: () => make("p"),
    o: () => make("o"),
  };

  const make = (key) => {
    const name = find("#id_name");
    if (name && !name.value.trim()) {
      name.closest("details")?.setAttribute("open", "");
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
    if (selecting && pressedWhileSelecting(event)) return event.preventDefault();
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
    selecting = words = null;
    WordSelection.hide();
    place().querySelectorAll(".by-script").forEach((element) => (element.hidden = false));
    const keys = find("#keys");
    if (keys) keys.checked = localStorage.getItem("review-keys") !== "off";
    const field = $("#id_speaker");
    if (field.length && !field.hasClass("select2-hidden-accessible")) field.djangoAdminSelect2();
    field.on("change", speakerChosen);
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
    const aim = event.target.closest("[data-select]")?.dataset.select;
    if (aim) select(aim);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (!/\/proposal\/\d+\/change\/$/.test(link.pathname)) return;
    event.preventDefault();
    go(link.href);
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "keys") localStorage.setItem("review-keys", event.target.checked ? "on" : "off");
    else if (event.target.closest("#decision")) noteChanges();
  });
  document.addEventListener("mouseup", () => selecting?.selection.take() && selecting.selection.show());

  document.addEventListener("DOMContentLoaded", begin);
}
