// Sources: where the figures in the selected cell's formula are from. The server is asked for the reason of each call of
// our functions, with the values that its arguments have in the workbook.

import { isSupported } from "../supported.js";
import { request } from "../server.js";
import { withoutSheet } from "./addresses.js";
import { evaluated } from "./evaluating.js";
import { parsed, referencesIn, Unknown } from "./expressions.js";
import { calls } from "./formulas.js";
import { valuesOf } from "./references.js";

/** @typedef {import("./expressions.js").Expression} Expression */
/** @typedef {import("./expressions.js").Value} Value */
/** @typedef {import("./formulas.js").Call} Call */
/** @typedef {import("./references.js").Here} Here */
/** @typedef {import("./references.js").Values} Values */

/**
 * A call of our functions: as it is in the formula, and where its value is from, or why there is none.
 * @typedef {{call: string, reason: string}} Source
 */

/** @typedef {{place: string, sources: Source[]}} Sources The sources of a cell; none if it does not call our functions. */
/** @typedef {{call: Call, args: (Expression | null)[]}} Read A call with its arguments; null is one that only Excel knows. */

const PATH = "/api/excel/calls";
const LONGEST_TEXT = 60;
const WITH_VARIABLES = /(?:LET|LAMBDA)\(/i;

/**
 * Returns the sources of the selected cell. In a cell that a formula spills into, they are those of the formula.
 * @param {{signal?: AbortSignal}} [options]
 * @returns {Promise<Sources>}
 */
export async function sourcesOfSelection({ signal } = {}) {
  const { place, read, values } = await Excel.run(selected);
  const asked = read.map((each) => argumentsOf(each, values));
  const groups = asked.flatMap((found, at) => ("args" in found ? [group(read[at].call, found.args)] : []));
  const answer = groups.length ? await request(PATH, { method: "POST", body: { groups }, signal }) : { groups: [] };
  const reasons = answer.groups.map((/** @type {{values: string[]}} */ { values: [reason] }) => reason);
  const sources = asked.map((found, at) => ({
    call: read[at].call.text,
    reason: "args" in found ? String(reasons.shift()) : found.reason,
  }));
  return { place, sources };
}

/**
 * Reads the formula of the selected cell, and what its references lead to.
 * @param {Excel.RequestContext} context
 */
async function selected(context) {
  const cell = context.workbook.getActiveCell();
  const hasSpills = isSupported("1.12");
  const parent = hasSpills ? cell.getSpillParentOrNullObject() : null;
  [cell, parent].forEach((range) => range?.load("address, formulas, rowIndex, columnIndex"));
  cell.worksheet.load("name");
  await context.sync();
  const range = parent && !parent.isNullObject ? parent : cell;
  /** @type {Here} */
  const here = { range, sheet: cell.worksheet, row: range.rowIndex, column: range.columnIndex };
  const read = readCalls(String(range.formulas[0][0]));
  const references = read.flatMap(({ args }) => args.flatMap((arg) => (arg ? referencesIn(arg) : [])));
  const values = await valuesOf(context, here, references);
  return { place: `${cell.worksheet.name}!${withoutSheet(cell.address)}`, read, values };
}

/**
 * The different calls in a formula, with their arguments.
 * @param {string} formula
 * @returns {Read[]}
 */
function readCalls(formula) {
  if (!formula.startsWith("=")) {
    return [];
  }
  const different = new Map(calls(formula).map((call) => [call.text, call]));
  const hasVariables = WITH_VARIABLES.test(formula);
  return [...different.values()].map((call) => {
    const given = call.args.length === 1 && !call.args[0] ? [] : call.args;
    return { call, args: given.map((text) => expression(text, hasVariables)) };
  });
}

/**
 * @param {string} text
 * @param {boolean} hasVariables Whether a name can be a variable, which goes before a defined name.
 * @returns {Expression | null}
 */
function expression(text, hasVariables) {
  try {
    const found = /** @type {Expression} */ (text ? parsed(text) : { kind: "value", value: null });
    const names = referencesIn(found).filter(({ name, sheet, brackets }) => name && !sheet && !brackets);
    return hasVariables && names.length ? null : found;
  } catch (error) {
    return unlessUnknown(error);
  }
}

/**
 * The values of a call's arguments, or a sentence that names the one that only Excel knows.
 * @param {Read} read
 * @param {Values} values
 * @returns {{args: Value[]} | {reason: string}}
 */
function argumentsOf({ call, args }, values) {
  /** @type {Value[]} */
  const found = [];
  for (const [at, arg] of args.entries()) {
    const value = arg && valueOf(arg, values);
    if (value === null) {
      const text = call.args[at];
      const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text;
      return { reason: `Only Excel knows the value of ${shown}. Enter it in a cell of its own, and refer to that cell.` };
    }
    found.push(value.value);
  }
  return { args: found };
}

/**
 * The value of an argument as a custom function gets it; null if only Excel knows it. An empty cell is 0.
 * @param {Expression} arg
 * @param {Values} values
 * @returns {{value: Value} | null}
 */
function valueOf(arg, values) {
  try {
    const value = evaluated(arg, (reference, isOne) => values.of(reference, isOne));
    return { value: value === null && arg.kind !== "value" ? 0 : value };
  } catch (error) {
    return unlessUnknown(error);
  }
}

/**
 * @param {unknown} error
 * @returns {null}
 */
function unlessUnknown(error) {
  if (error instanceof Unknown) {
    return null;
  }
  throw error;
}

/**
 * @param {Call} call
 * @param {Value[]} args
 */
function group({ name }, args) {
  return { function: name, count: 1, arguments: args.map((value) => [value]), reasons: true };
}
