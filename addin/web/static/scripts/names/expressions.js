// Small expressions in formulas: values, references, operators and a few functions. That is what the arguments of our
// functions mostly are. Excel calculates the rest, but does not tell a script what a part of a formula gives.

import { tokens } from "./tokens.js";

/** @typedef {import("./tokens.js").Token} Token */
/** @typedef {number | string | boolean | null | {error: string}} Scalar Null is an empty cell. */
/** @typedef {Scalar | {rows: Scalar[][]}} Value */

/**
 * What only Excel knows: cells, a name, a part of a table. Blank if there is none of it; `sheet` has its quotes.
 * @typedef {{kind: "reference", sheet: string, area: string, name: string, brackets: string, isSpill: boolean}} Reference
 */

/**
 * @typedef {{kind: "value", value: Value}
 *   | Reference
 *   | {kind: "unary", sign: string, of: Expression}
 *   | {kind: "binary", sign: string, left: Expression, right: Expression}
 *   | {kind: "function", name: string, args: Expression[]}} Expression
 */

/** Something that only Excel can calculate. */
export class Unknown extends Error {}

/** The binary operators, from those that bind least. */
export const LEVELS = [["=", "<>", "<", ">", "<=", ">="], ["&"], ["+", "-"], ["*", "/"], ["^"]]; // prettier-ignore
const PREFIXES = new Set(["-", "+", "@"]);
const FUNCTIONS = new Set(["IF", "IFERROR", "INDEX", "MATCH", "TRUE", "FALSE"]);
const NOTHING = { sheet: "", area: "", name: "", brackets: "", isSpill: false };
const END = { kind: "end", text: "" };

/**
 * Reads an expression. Throws Unknown if it is more than a small one.
 * @param {string} text
 * @returns {Expression}
 */
export function parsed(text) {
  const parser = new Parser(tokens(text).filter(({ kind }) => kind !== "space"));
  const found = parser.binary(0);
  parser.expect("end");
  return found;
}

/**
 * The references in an expression.
 * @param {Expression} expression
 * @returns {Reference[]}
 */
export function referencesIn(expression) {
  switch (expression.kind) {
    case "reference":
      return [expression];
    case "unary":
      return referencesIn(expression.of);
    case "binary":
      return [expression.left, expression.right].flatMap(referencesIn);
    case "function":
      return expression.args.flatMap(referencesIn);
    default:
      return [];
  }
}

class Parser {
  /** @param {Token[]} given */
  constructor(given) {
    this._given = given;
    this._at = 0;
  }

  get _next() {
    return this._given[this._at] ?? END;
  }

  /** @param {string} wanted A kind, or the text of a sign. */
  expect(wanted) {
    if (!this._takes(wanted)) {
      throw new Unknown();
    }
  }

  /**
   * @param {number} level
   * @returns {Expression}
   */
  binary(level) {
    if (level === LEVELS.length) {
      return this._unary();
    }
    let left = this.binary(level + 1);
    for (;;) {
      const { kind, text } = this._next;
      if (kind !== "sign" || !LEVELS[level].includes(text)) {
        return left;
      }
      this._at++;
      left = { kind: "binary", sign: text, left, right: this.binary(level + 1) };
    }
  }

  /** @returns {Expression} */
  _unary() {
    const { kind, text } = this._next;
    if (kind === "sign" && PREFIXES.has(text)) {
      this._at++;
      return { kind: "unary", sign: text, of: this._unary() };
    }
    let found = this._operand();
    while (this._takes("%")) {
      found = { kind: "unary", sign: "%", of: found };
    }
    return found;
  }

  /** @returns {Expression} */
  _operand() {
    const { kind, text } = this._next;
    this._at++;
    switch (kind) {
      case "text":
        return { kind: "value", value: text.slice(1, -1).replaceAll('""', '"') };
      case "number":
        return { kind: "value", value: Number(text) };
      case "error":
        return { kind: "value", value: { error: text } };
      case "function":
        return this._call(text.toUpperCase());
      case "sheet":
        return { ...this._reference(), sheet: text.slice(0, -1) };
      case "area":
      case "name":
      case "brackets":
        this._at--;
        return /^(?:true|false)$/i.test(text) ? this._truth() : this._reference();
    }
    if (text === "(") {
      const inner = this.binary(0);
      this.expect(")");
      return inner;
    }
    if (text === "{") {
      const rows = this._rows();
      return { kind: "value", value: rows.length * rows[0].length === 1 ? rows[0][0] : { rows } };
    }
    throw new Unknown();
  }

  /** @returns {Expression} */
  _truth() {
    return { kind: "value", value: this._given[this._at++].text.toLowerCase() === "true" };
  }

  /** @returns {Reference} */
  _reference() {
    const { kind, text } = this._next;
    this._at++;
    if (kind === "area") {
      return { kind: "reference", ...NOTHING, area: text.replaceAll("$", ""), isSpill: this._takes("#") };
    }
    if (kind === "brackets") {
      return { kind: "reference", ...NOTHING, brackets: text };
    }
    if (kind !== "name") {
      throw new Unknown();
    }
    const brackets = this._next.kind === "brackets" ? this._next.text : "";
    this._at += brackets ? 1 : 0;
    return { kind: "reference", ...NOTHING, name: text, brackets };
  }

  /**
   * @param {string} name
   * @returns {Expression}
   */
  _call(name) {
    if (!FUNCTIONS.has(name)) {
      throw new Unknown();
    }
    this.expect("(");
    /** @type {Expression[]} */
    const args = [];
    while (!this._takes(")")) {
      if (args.length) {
        this.expect(",");
      }
      const isOmitted = [",", ")"].includes(this._next.text) && this._next.kind === "sign";
      args.push(isOmitted ? { kind: "value", value: null } : this.binary(0));
    }
    return { kind: "function", name, args };
  }

  /** The rows of an array, up to its end. */
  _rows() {
    /** @type {Scalar[][]} */
    const rows = [[this._constant()]];
    while (!this._takes("}")) {
      if (this._takes(";")) {
        rows.push([]);
      } else {
        this.expect(",");
      }
      rows[rows.length - 1].push(this._constant());
    }
    return rows;
  }

  /** @returns {Scalar} */
  _constant() {
    const isNegative = this._takes("-");
    const found = this._operand();
    if (found.kind !== "value" || (typeof found.value === "object" && found.value !== null && "rows" in found.value)) {
      throw new Unknown();
    }
    return isNegative ? -Number(found.value) : found.value;
  }

  /** @param {string} wanted */
  _takes(wanted) {
    const { kind, text } = this._next;
    const isIt = kind === wanted || text === wanted;
    this._at += isIt ? 1 : 0;
    return isIt;
  }
}
