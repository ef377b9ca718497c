// The values of small expressions, calculated as Excel calculates them.

import { LEVELS, Unknown } from "./expressions.js";

/** @typedef {import("./expressions.js").Expression} Expression */
/** @typedef {import("./expressions.js").Reference} Reference */
/** @typedef {import("./expressions.js").Scalar} Scalar */
/** @typedef {import("./expressions.js").Value} Value */
/** @typedef {(reference: Reference, isOne: boolean) => Value} Resolve `isOne`: of a range, the cell beside the formula. */

const COMPARISONS = LEVELS[0];
const NUMBER = /^ *[-+]?(?:\d+\.?\d*|\.\d+)(?:E[-+]?\d+)? *$/i;
const DIGITS = 15; // of a number, as Excel compares and shows it

/**
 * Returns the value of an expression. Throws Unknown for arithmetic with several cells.
 * @param {Expression} expression
 * @param {Resolve} resolve
 * @returns {Value}
 */
export function evaluated(expression, resolve) {
  switch (expression.kind) {
    case "value":
      return expression.value;
    case "reference":
      return resolve(expression, false);
    case "unary":
      return unary(expression.sign, expression.of, resolve);
    case "binary":
      return binary(expression.sign, single(evaluated(expression.left, resolve)), single(evaluated(expression.right, resolve)));
    case "function":
      return called(expression.name, expression.args, resolve);
  }
}

/**
 * @param {string} sign
 * @param {Expression} of
 * @param {Resolve} resolve
 * @returns {Value}
 */
function unary(sign, of, resolve) {
  if (sign === "@") {
    return of.kind === "reference" ? resolve(of, true) : single(evaluated(of, resolve));
  }
  const value = single(evaluated(of, resolve));
  if (sign === "+") {
    return value;
  }
  const number = numeric(value);
  return typeof number === "number" ? (sign === "-" ? -number : number / 100) : number;
}

/**
 * @param {string} name
 * @param {Expression[]} args
 * @param {Resolve} resolve
 * @returns {Value}
 */
function called(name, args, resolve) {
  if (name === "TRUE" || name === "FALSE") {
    return name === "TRUE";
  }
  if (args.length < 2) {
    throw new Unknown();
  }
  switch (name) {
    case "IF":
      return chosen(args, resolve);
    case "IFERROR": {
      const value = single(evaluated(args[0], resolve));
      return isError(value) ? evaluated(args[1], resolve) : value;
    }
    case "INDEX":
      return indexed(evaluated(args[0], resolve), args.slice(1).map((arg) => single(evaluated(arg, resolve))));
    default:
      return matched(args.map((arg) => evaluated(arg, resolve)));
  }
}

/**
 * @param {Expression[]} args
 * @param {Resolve} resolve
 * @returns {Value}
 */
function chosen([condition, whenTrue, whenFalse], resolve) {
  const truth = numeric(single(evaluated(condition, resolve)));
  if (isError(truth)) {
    return truth;
  }
  return truth ? evaluated(whenTrue, resolve) : whenFalse ? evaluated(whenFalse, resolve) : false;
}

/**
 * INDEX, of one cell.
 * @param {Value} table
 * @param {Scalar[]} places
 * @returns {Scalar}
 */
function indexed(table, places) {
  const numbers = places.map(numeric);
  const error = numbers.find(isError);
  if (error) {
    return error;
  }
  const rows = isTable(table) ? table.rows : [[table]];
  const [first, second = 1] = numbers.map((number) => Math.trunc(Number(number)));
  const [row, column] = rows.length === 1 && numbers.length === 1 ? [1, first] : [first, second];
  if (!row || !column) {
    throw new Unknown(); // a whole row or column
  }
  const found = rows[row - 1]?.[column - 1];
  return found === undefined ? { error: "#REF!" } : found;
}

/**
 * MATCH, of an equal value in a row or a column.
 * @param {Value[]} args
 * @returns {Scalar}
 */
function matched([wanted, list, kind]) {
  const value = single(wanted);
  if (isError(value)) {
    return value;
  }
  const cells = isTable(list) ? list.rows.flat() : [single(list)];
  if (kind !== 0 || (typeof value === "string" && /[*?~]/.test(value))) {
    throw new Unknown();
  }
  const at = cells.findIndex((cell) => cell !== null && !isError(cell) && compared("=", cell, value ?? 0));
  return at < 0 ? { error: "#N/A" } : at + 1;
}

/**
 * @param {string} sign
 * @param {Scalar} left
 * @param {Scalar} right
 * @returns {Scalar}
 */
function binary(sign, left, right) {
  if (isError(left) || isError(right)) {
    return isError(left) ? left : right;
  }
  if (sign === "&") {
    return shown(left) + shown(right);
  }
  if (COMPARISONS.includes(sign)) {
    return compared(sign, left ?? blankLike(right), right ?? blankLike(left));
  }
  const [one, other] = [numeric(left), numeric(right)];
  if (typeof one !== "number" || typeof other !== "number") {
    return typeof one === "number" ? other : one;
  }
  const result = { "+": one + other, "-": one - other, "*": one * other, "/": one / other, "^": one ** other }[sign];
  return sign === "/" && other === 0 ? { error: "#DIV/0!" } : Number.isFinite(result) ? (result ?? 0) : { error: "#NUM!" };
}

/**
 * @param {string} sign
 * @param {Scalar} left
 * @param {Scalar} right
 */
function compared(sign, left, right) {
  const [one, other] = [left, right].map((value) => (typeof value === "string" ? value.toLowerCase() : rounded(Number(value))));
  const ranks = [left, right].map((value) => ["number", "string", "boolean"].indexOf(typeof value));
  const order = ranks[0] - ranks[1] || (one < other ? -1 : Number(one > other));
  switch (sign) {
    case "=":
      return order === 0;
    case "<>":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    default:
      return order >= 0;
  }
}

/**
 * What an empty cell counts as beside another value.
 * @param {Scalar} other
 * @returns {Scalar}
 */
function blankLike(other) {
  return typeof other === "string" ? "" : typeof other === "boolean" ? false : 0;
}

/**
 * A number, as operators take it. Throws Unknown for a text that Excel can read: a date, a time, a percentage.
 * @param {Scalar} value
 * @returns {number | {error: string}}
 */
function numeric(value) {
  if (isError(value)) {
    return value;
  }
  if (typeof value !== "string" || NUMBER.test(value)) {
    return Number(value);
  }
  if (/\d|true|false/i.test(value)) {
    throw new Unknown();
  }
  return { error: "#VALUE!" };
}

/**
 * Text, as & takes it. Throws Unknown for numbers that Excel writes in another way.
 * @param {Scalar} value
 */
function shown(value) {
  if (typeof value === "number") {
    const text = String(rounded(value));
    if (text.includes("e")) {
      throw new Unknown();
    }
    return text;
  }
  return typeof value === "boolean" ? String(value).toUpperCase() : String(value ?? "");
}

/** @param {number} value */
function rounded(value) {
  return Number(value.toPrecision(DIGITS));
}

/**
 * @param {Value} value
 * @returns {Scalar}
 */
function single(value) {
  if (isTable(value)) {
    throw new Unknown();
  }
  return value;
}

/**
 * @param {Value} value
 * @returns {value is {rows: Scalar[][]}}
 */
function isTable(value) {
  return typeof value === "object" && value !== null && "rows" in value;
}

/**
 * @param {Value | undefined} value
 * @returns {value is {error: string}}
 */
function isError(value) {
  return typeof value === "object" && value !== null && "error" in value;
}
