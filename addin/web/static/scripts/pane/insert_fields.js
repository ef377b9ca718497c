// The fields of the form: what somebody can choose about an insertion.

import { made } from "./dom.js";

/** @typedef {import("./answers.js").MarketCard} MarketCard */
/** @typedef {import("./insertions.js").Insertion} Insertion */
/** @typedef {import("./insertions.js").Choices} Choices */
/** @typedef {import("./insertions.js").Field} Field */
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/** @type {Record<Field, string>} */
const LABELS = {
  segment: "Segment",
  dimension: "Dimension",
  year: "Year",
  from: "From",
  to: "To",
  unit: "Unit",
  headings: "With headings",
};

/**
 * Puts the fields of an insertion into an element, and returns a function that reads them.
 * @param {Insertion} one
 * @param {MarketCard} card
 * @param {HTMLElement} place
 * @param {Choices} [former] What was chosen for another insertion: the segment and the unit stay.
 * @returns {() => Choices}
 */
export function fieldsOf(one, card, place, former) {
  /** @type {Map<Field, Control>} */
  const controls = new Map(one.fields.map((field) => [field, control(field, one, card)]));
  place.replaceChildren(...[...controls].map(([field, made]) => labelled(field, made)));
  choose(controls.get("segment"), former?.segment);
  choose(controls.get("unit"), former?.unit);
  follow(one, card, controls);
  /** @param {Field} field */
  const text = (field) => controls.get(field)?.value.trim() || null;
  return () => ({
    segment: text("segment"),
    dimension: text("dimension"),
    year: year(text("year")),
    from: year(text("from")),
    to: year(text("to")),
    unit: text("unit"),
    headings: /** @type {HTMLInputElement | undefined} */ (controls.get("headings"))?.checked ? true : null,
  });
}

/**
 * @param {Control | undefined} control
 * @param {string | null} [value]
 */
function choose(control, value) {
  if (control && value) {
    control.value = value;
  }
}

/**
 * A year as the function gets it; what is not a number is refused there, with a reason.
 * @param {string | null} text
 */
function year(text) {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : text;
}

/**
 * @param {Field} field
 * @param {Insertion} one
 * @param {MarketCard} card
 * @returns {Control}
 */
function control(field, one, card) {
  switch (field) {
    case "segment":
      return select(field, ...(one.ofSegment ? [] : [made("option", { value: "" }, "Whole market")]), ...card.cuts.map(group));
    case "dimension":
      return select(field, ...card.cuts.map(({ dimension }) => made("option", { value: dimension }, dimension)));
    case "unit":
      return select(field, ...card.units.map((unit, at) => made("option", { value: at ? unit : "" }, unit)));
    case "headings":
      return made("input", { id: `insert-${field}`, type: "checkbox" });
    case "from":
      return yearInput(field, card.first_year);
    case "to":
      return yearInput(field, card.last_year);
    case "year":
      return yearInput(field, card.base_year);
  }
}

/**
 * @param {Field} field
 * @param {HTMLElement[]} options
 */
function select(field, ...options) {
  return made("select", { id: `insert-${field}` }, ...options);
}

/** @param {import("./answers.js").Cut} cut */
function group({ dimension, segments }) {
  const options = segments.map(({ name, argument }) => made("option", { value: argument }, name));
  return made("optgroup", { label: dimension }, ...options);
}

/**
 * @param {Field} field
 * @param {number | null} value
 */
function yearInput(field, value) {
  return made("input", { id: `insert-${field}`, inputmode: "numeric", autocomplete: "off", size: "6", value: value ? String(value) : "" });
}

/**
 * @param {Field} field
 * @param {Control} made
 */
function labelled(field, made) {
  const label = document.createElement("label");
  label.htmlFor = made.id;
  label.append(LABELS[field]);
  const row = document.createElement("div");
  row.className = `field ${field}`;
  row.append(...(field === "headings" ? [made, label] : [label, made]));
  return row;
}

/**
 * Lets the year of shares follow the dimension, until somebody types another one.
 * @param {Insertion} one
 * @param {MarketCard} card
 * @param {Map<Field, Control>} controls
 */
function follow(one, card, controls) {
  const segment = controls.get("segment");
  const chosen = segment ?? controls.get("dimension");
  const year = controls.get("year");
  if (!one.ofSegment || !chosen || !year) {
    return;
  }
  let isTyped = false;
  year.addEventListener("input", () => {
    isTyped = true;
  });
  const set = () => {
    const cut = card.cuts.find(({ dimension, segments }) =>
      segment ? segments.some(({ argument }) => argument === chosen.value) : dimension === chosen.value,
    );
    if (!isTyped) {
      year.value = String(cut?.year ?? "");
    }
  };
  chosen.addEventListener("input", set);
  set();
}
