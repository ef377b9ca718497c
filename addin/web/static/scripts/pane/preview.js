// The values that will appear for a call.

import { request } from "../server.js";
import { made } from "./dom.js";
import { given } from "./formula_text.js";
import { shown } from "./insertions.js";

/** @typedef {import("./formula_text.js").Argument} Argument */
/** @typedef {import("./insertions.js").Kind} Kind */
/** @typedef {string | number | boolean | {error: string, message?: string}} Value */

/**
 * Asks for the values of a call, row by row.
 * @param {string} name
 * @param {Argument[]} args
 * @param {AbortSignal} signal
 * @returns {Promise<Value[][]>}
 */
export async function values(name, args, signal) {
  const group = { function: name, count: 1, arguments: given(args).map((one) => [one]) };
  const answer = await request("/api/excel/calls", { method: "POST", body: { groups: [group] }, signal });
  const [value] = answer.groups[0].values;
  return typeof value === "object" && "rows" in value ? value.rows : [[value]];
}

/**
 * Returns values as a table in a frame, which scrolls by keyboard too.
 * @param {Value[][]} rows
 * @param {Kind[]} columns
 * @param {boolean} hasHeadings
 */
export function valueTable(rows, columns, hasHeadings) {
  const body = (hasHeadings ? rows.slice(1) : rows).map((row) => made("tr", {}, ...row.map((one, at) => cell(one, columns[at]))));
  const heads = hasHeadings ? rows[0].map((one) => made("th", { scope: "col" }, String(one))) : [];
  const head = heads.length ? made("thead", {}, made("tr", {}, ...heads)) : null;
  const table = made("table", {}, head, made("tbody", {}, ...body));
  return made("div", { class: "scrolled", tabindex: "0", role: "group", "aria-label": "Values that will appear" }, table);
}

/**
 * Why a call has no value; "" if it has one.
 * @param {Value[][]} rows
 */
export function reason(rows) {
  const [[first]] = rows;
  return typeof first === "object" ? (first.message ?? "") : "";
}

/**
 * @param {Value} value
 * @param {Kind} kind
 */
function cell(value, kind) {
  if (typeof value === "object") {
    return made("td", { class: "error" }, value.error);
  }
  return made("td", typeof value === "number" ? { class: "number" } : {}, shown(value, kind));
}
