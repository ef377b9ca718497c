// What the figures of a market's report say of each other: what differs is open, what agrees can be opened.

import { badge, made } from "./dom.js";

/** @typedef {import("./answers.js").MarketCard} MarketCard */
/** @typedef {import("./answers.js").CheckShown} CheckShown */

const OK = "ok";
/** @type {Record<string, "informative" | "success" | "warning" | "danger">} */
const COLORS = { ok: "success", note: "informative", warning: "warning", error: "danger" };

/**
 * Returns the checks of a market's card.
 * @param {MarketCard} card
 * @returns {HTMLElement[]}
 */
export function checks(card) {
  if (!card.checks.length) {
    return [made("p", {}, "There are no figures that can be compared.")];
  }
  const open = card.checks.filter((check) => check.level !== OK);
  const fine = card.checks.filter((check) => check.level === OK);
  /** @type {HTMLElement[]} */
  const parts = [made("p", {}, `${card.summary}.`)];
  if (open.length) {
    parts.push(list(open));
  }
  if (fine.length) {
    parts.push(made("details", {}, made("summary", {}, `What agrees (${fine.length})`), list(fine)));
  }
  return parts;
}

/** @param {CheckShown[]} shown */
function list(shown) {
  const items = shown.map((check) =>
    made(
      "li",
      {},
      badge(check.verdict, COLORS[check.level]),
      ` ${check.what}`,
      made("br"),
      made("span", { class: "hint" }, compared(check)),
    ),
  );
  return made("ul", { class: "plain" }, ...items);
}

/** @param {CheckShown} check */
function compared({ stated, expected, allowed }) {
  const rounding = allowed ? `; rounding explains up to ${allowed}` : "";
  return `${stated}, compared with ${expected}${rounding}`;
}
