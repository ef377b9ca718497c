// The segments of a dimension, with their shares as bars and their growth.

import { made } from "./dom.js";

/** @typedef {import("./answers.js").Cut} Cut */
/** @typedef {import("./answers.js").SegmentShown} SegmentShown */

/**
 * Returns a table of a dimension's segments.
 * @param {Cut} cut
 */
export function cuts(cut) {
  const title = cut.year ? `${cut.dimension}, shares in ${cut.year}` : cut.dimension;
  const heads = ["Segment", "Share", "Growth"].map((text) => made("th", { scope: "col" }, text));
  return made(
    "table",
    { class: "cut" },
    made("caption", {}, title, cut.complete ? null : made("span", { class: "hint" }, " (not all are listed)")),
    made("thead", {}, made("tr", {}, ...heads)),
    made("tbody", {}, ...cut.segments.map(row)),
  );
}

/** @param {SegmentShown} segment */
function row({ name, share, growth, portion }) {
  return made(
    "tr",
    {},
    made("th", { scope: "row" }, name),
    made("td", {}, figure(share), portion === null ? null : bar(portion)),
    made("td", {}, figure(growth)),
  );
}

/** @param {import("./answers.js").Figure} one */
function figure({ figure: text, source }) {
  return text ? made("span", { title: source }, text) : made("span", { class: "hint", title: source }, "not stated");
}

/** @param {number} portion */
function bar(portion) {
  return made("progress", { max: "1", value: String(portion), "aria-hidden": "true" });
}
