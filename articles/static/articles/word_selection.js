"use strict";

/* Selecting words in a text that is shown, with keys or the mouse.

A place is [start, end) in UTF-16 units of the element's text, as the browser counts; the server makes code
points of it. One place is active, and one of its ends: that is what the arrows move. */

class WordSelection {
  static WORDS = /[\p{L}\p{N}\p{M}]+(?:[’'-][\p{L}\p{N}\p{M}]+)*|\S/gu;
  /** Words with a capital that follow one another, as names do. */
  static NAMES = /\p{Lu}[\p{L}\p{N}\p{M}’'.-]*(?:[ \t]+\p{Lu}[\p{L}\p{N}\p{M}’'.-]*)*(?<![.’'-])/gu;

  static QUOTED = /[“„«][^“”»\n]*[”“»]|"[^"\n]*"|(?<!\p{L})‘(?:[^‘’\n]|’(?=\p{L}))*’/gu;

  /** The places of the elements within `element` that a CSS selector finds. */
  static placesOf(element, selector) {
    return [...element.querySelectorAll(selector)].map((node) => {
      const before = document.createRange();
      before.setStart(element, 0);
      before.setEndBefore(node);
      const start = before.toString().length;
      return [start, start + node.textContent.length];
    });
  }

  /** Remove the highlight. */
  static hide() {
    globalThis.Highlight && ["selected-words", "selected-end"].forEach((name) => CSS.highlights.delete(name));
  }

  /**
   * @param {HTMLElement} element shows the text
   * @param {number[][]} places what is selected at first
   * @param {boolean} single one place alone is selected: ↑ and ↓ then lead from name to name
   */
  constructor(element, places, single = false) {
    this.element = element;
    this.text = element.textContent;
    this.single = single;
    this.words = [...this.text.matchAll(WordSelection.WORDS)].map((m) => [m.index, m.index + m[0].length]);
    this.parts = places.map((place) => [...place]);
    this.part = this.parts.length - 1;
    this.atEnd = true;
    this.take();
  }

  /** What is selected, as the server takes it: first unit, one past the last, the words. */
  get chosen() {
    return this.parts.map(([start, end]) => [start, end, this.text.slice(start, end)]);
  }

  /** Make what is selected with the mouse a part, instead of the parts it overlaps. */
  take() {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return false;
    const range = selection.getRangeAt(0);
    if (!this.element.contains(range.startContainer) || !this.element.contains(range.endContainer)) return false;
    const before = document.createRange();
    before.setStart(this.element, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    const start = before.toString().length + words.length - words.trimStart().length;
    const end = start + words.trim().length;
    if (start === end) return false;
    const apart = this.single ? [] : this.parts.filter((part) => part[1] <= start || part[0] >= end);
    this.parts = [...apart, [start, end]].sort((a, b) => a[0] - b[0]);
    this.part = this.parts.findIndex((part) => part[0] === start);
    this.atEnd = true;
    selection.removeAllRanges();
    return true;
  }

  /** Whether the key meant something here. */
  press(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const jump = this.jumps && { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) this.move(step, event.shiftKey);
    else if (jump) this.jump(jump);
    else if (event.key === "Tab") this.turn(event.shiftKey ? -1 : 1);
    else if (event.key === "Backspace" || event.key === "Delete") this.drop();
    else return false;
    this.show();
    return true;
  }

  /** Whether ↑ and ↓ lead to other stops. */
  get jumps() {
    return this.single;
  }

  move(step, byLetter) {
    const [start, end] = this.parts[this.part];
    const least = this.atEnd ? start + 1 : (this.parts[this.part - 1]?.[1] ?? 0);
    const most = this.atEnd ? (this.parts[this.part + 1]?.[0] ?? this.text.length) : end - 1;
    const at = this.atEnd ? end : start;
    const to = byLetter ? this.letter(at, step) : this.word(at, step);
    if (to >= least && to <= most) this.parts[this.part][this.atEnd ? 1 : 0] = to;
  }

  jump(step) {
    this.stops ??= this.findStops();
    const [start, end] = this.parts[this.part];
    const to = step > 0 ? this.stops.find((stop) => stop[0] >= end) : this.stops.findLast((stop) => stop[1] <= start);
    if (to) this.parts[this.part] = [...to];
  }

  /** Names outside of quotations: whoever is quoted is named in the reporter's own words. */
  findStops() {
    // Of the same length, so that offsets stay valid.
    const unquoted = this.text.replace(WordSelection.QUOTED, (quoted) => " ".repeat(quoted.length));
    return [...unquoted.matchAll(WordSelection.NAMES)].map((m) => [m.index, m.index + m[0].length]);
  }

  word(at, step) {
    const edges = this.words.map((word) => word[this.atEnd ? 1 : 0]);
    return (step > 0 ? edges.find((edge) => edge > at) : edges.findLast((edge) => edge < at)) ?? at;
  }

  letter(at, step) {
    const near = this.text.slice(Math.max(0, at - 64), at);
    const letters = (text) => [...new Intl.Segmenter().segment(text)];
    if (step < 0) return at - (letters(near).at(-1)?.segment.length ?? 0);
    return at + (letters(this.text.slice(at, at + 64))[0]?.segment.length ?? 0);
  }

  turn(step) {
    const ends = this.parts.length * 2;
    const next = (this.part * 2 + (this.atEnd ? 1 : 0) + step + ends) % ends;
    this.part = Math.floor(next / 2);
    this.atEnd = next % 2 === 1;
  }

  drop() {
    if (this.parts.length === 1) return;
    this.parts.splice(this.part, 1);
    this.part = Math.min(this.part, this.parts.length - 1);
  }

  /** Show the parts, and which of their ends moves. */
  show() {
    const [start, end] = this.parts[this.part];
    const edge = this.words.find((word) => (this.atEnd ? word[1] >= end : word[1] > start)) ?? [start, end];
    const moving = [Math.max(edge[0], start), Math.min(edge[1], end)];
    if (globalThis.Highlight) {
      CSS.highlights.set("selected-words", new Highlight(...this.parts.map((part) => this.range(part))));
      CSS.highlights.set("selected-end", new Highlight(this.range(moving)));
    } else {
      getSelection().removeAllRanges();
      getSelection().addRange(this.range([start, end]));
    }
    this.scroll(moving);
  }

  /** Bring a place into view: the element that holds it may be the whole text. */
  scroll(place) {
    const box = this.element.closest(".passage") ?? this.element;
    const line = this.range(place).getBoundingClientRect(), frame = box.getBoundingClientRect();
    if (line.top < frame.top || line.bottom > frame.bottom)
      box.scrollTop += line.top - frame.top - box.clientHeight / 3;
  }

  range([start, end]) {
    const range = document.createRange();
    const nodes = document.createTreeWalker(this.element, NodeFilter.SHOW_TEXT);
    let place = 0;
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      const after = place + node.length;
      if (start >= place && start < after) range.setStart(node, start - place);
      if (end > place && end <= after) {
        range.setEnd(node, end - place);
        break;
      }
      place = after;
    }
    return range;
  }
}

/** Selects quotations: ↑ and ↓ lead from one to the next, + makes the next one another part. */
class QuotationSelection extends WordSelection {
  get jumps() {
    return true;
  }

  findStops() {
    return [...this.text.matchAll(WordSelection.QUOTED)].map((m) => {
      const words = m[0].slice(1, -1).trimEnd().replace(/,$/u, "");
      return [m.index + 1, m.index + 1 + words.length];
    });
  }

  press(event) {
    if (event.key !== "+") return super.press(event);
    const [, end] = this.parts.at(-1);
    const next = (this.stops ??= this.findStops()).find((stop) => stop[0] >= end);
    if (next) {
      this.parts.push([...next]);
      this.part = this.parts.length - 1;
      this.show();
    }
    return true;
  }
}

/** Selects a quotation in which nothing is marked yet; at first the nearest one after the words at hand. */
class MissedSelection extends QuotationSelection {
  constructor(element, places) {
    super(element, []);
    if (this.isByMouse) return;
    const [start, end] = places[0] ?? [0, 1];
    this.stops = this.findStops();
    this.parts = [[...(this.stops.find((stop) => stop[0] >= end) ?? this.stops[0] ?? [start, end])]];
    this.part = 0;
  }

  findStops() {
    const marked = WordSelection.placesOf(this.element, "mark.now, mark.other");
    return super.findStops().filter((stop) => !marked.some((mark) => mark[0] < stop[1] && stop[0] < mark[1]));
  }

  take() {
    const offered = this.parts;
    if (!this.isByMouse) this.parts = [];
    if (super.take()) return (this.isByMouse = true);
    this.parts = offered;
    return false;
  }
}
