// What a refresh has changed: figures, and the sheets that it kept aside.

import { made } from "./dom.js";

/** @typedef {import("../refreshing/refresh.js").Refreshed} Refreshed */

/**
 * Returns what to show of a refresh.
 * @param {Refreshed} refreshed
 * @returns {HTMLElement[]}
 */
export function changes({ changes: figures, keptAside }) {
  const parts = [made("h3", {}, "What changed"), figures.length ? list(figures) : made("p", {}, "No figure has changed.")];
  if (keptAside.length) {
    parts.push(made("h3", {}, "Kept aside"), ...keptAside.map(({ told }) => list(told)));
  }
  return parts;
}

/** @param {string[]} lines */
function list(lines) {
  return made("ul", { class: "plain" }, ...lines.map((line) => made("li", {}, line)));
}
