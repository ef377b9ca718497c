// What a cell becomes when something is entered in it, as when it is typed.

import { invalid, Refusal } from "./errors.js";
import { sheetsIn } from "./references.js";

/** @typedef {import("./model").Book} Book */
/** @typedef {import("./model").Value} Value */

const NUMBER = /^[-+]?(?:\d+(?:,\d{3})*(?:\.\d*)?|\.\d+)(?:E[-+]?\d+)?%?$/i;
const OTHERS = [
  /^[-+($€£]*[\d.,]+[%)]*$/, // a currency, a negative number in brackets
  /^\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?$/, // a date, a fraction
  /^\d+:\d+/, // a time
  /^(?:\d{1,2}[- ])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-. ,]*\d{1,4}(?:,? \d{2,4})?$/i,
  /^\d{1,2}[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i,
];
const LONGEST_FORMULA = 8192;
const LONGEST_TEXT = 32767;
const TEXT_FORMAT = "@";
const ERRORS = ["#N/A", "#VALUE!", "#NUM!", "#REF!", "#DIV/0!", "#NAME?", "#NULL!", "#SPILL!", "#CALC!"];

/**
 * The formula or value that stands in a cell after an entry.
 * @param {any} entry
 * @param {string} [format] The number format of the cell. In one of text, everything is text.
 * @returns {{formula?: string, value: Value}}
 */
export function entered(entry, format) {
  if (typeof entry !== "string") {
    return { value: entry };
  }
  if (entry.length > LONGEST_TEXT) {
    throw invalid();
  }
  if (format === TEXT_FORMAT && entry !== "") {
    return { value: entry };
  }
  if (entry.startsWith("'")) {
    return { value: entry.slice(1) };
  }
  if (entry.length > 1 && /^[=+@-]/.test(entry) && !NUMBER.test(entry)) {
    return { formula: entry.startsWith("=") ? entry : `=${entry}`, value: 0 };
  }
  if (NUMBER.test(entry)) {
    const number = Number(entry.replace(/[,%]/g, ""));
    return { value: entry.endsWith("%") ? number / 100 : number };
  }
  if (/^(?:true|false)$/i.test(entry)) {
    return { value: entry.toLowerCase() === "true" };
  }
  if (ERRORS.includes(entry)) {
    return { value: { error: entry } };
  }
  if (OTHERS.some((pattern) => pattern.test(entry))) {
    throw new Refusal("NotImplemented", `Excel would read the entry ${entry} as something else than text.`);
  }
  return { value: entry };
}

/**
 * Refuses a formula that Excel would not take, or for which it would ask for the file of a sheet that is not there.
 * @param {string} formula
 * @param {Book} book
 */
export function refuseWrong(formula, book) {
  if (formula.length > LONGEST_FORMULA) {
    throw new Refusal("FormulaLengthExceedsLimit", "The formula is too long.");
  }
  const plain = formula.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'/g, "0");
  let depth = 0;
  const isBalanced = [...plain].every((sign) => (depth += Number(sign === "(") - Number(sign === ")")) >= 0) && depth === 0;
  const isThere = (/** @type {string} */ sheet) => book.sheets.some(({ name }) => name.toLowerCase() === sheet.toLowerCase());
  if (!isBalanced || /"|[-+*/^&=<>,]$/.test(plain) || !sheetsIn(formula).every(isThere)) {
    throw invalid();
  }
}

const TYPES = new Map([["string", "String"], ["number", "Double"], ["boolean", "Boolean"]]); // prettier-ignore

/** @param {Value} value */
export function typeOf(value) {
  if (typeof value === "object") {
    return "Error";
  }
  return value === "" ? "Empty" : TYPES.get(typeof value) ?? "Unknown";
}

/** @param {Value} value */
export const shown = (value) => (typeof value === "object" ? value.error : value);
