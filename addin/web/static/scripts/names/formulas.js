// Calls of our functions in formulas, in every form in which programs write them. The rules are those of
// workbook/package/sheets/calls.py, and a test holds the two together.
//
// An Excel with this add-in shows MARKETBOOK.MARKET_SIZE(...), and stores _xldudf_MARKETBOOK_MARKET_SIZE(...). The desktop
// add-in's functions have plain names, sometimes after the path of its file. A function of the same name in another
// namespace is somebody else's.

import { NAMES } from "../../names.js";
import { tokens } from "./tokens.js";

/** @typedef {import("./tokens.js").Token} Token */
/** @typedef {{name: string, args: string[], text: string}} Call A call: each argument's text, and its own. */
/** @typedef {{first: number, name: string}} Found Where a call begins, with its qualifier, and its plain name. */

const ADDIN_FILE = "marketbook.xlam";
const NAMESPACE = "MARKETBOOK.";
const OFFICE_JS = "_xldudf_";
const SINGLE = ["_xlfn.single", "single"];
const SPACE = "(?:MARKETBOOK|XLWINGS)(?:_[A-Z0-9_]+)?"; // that of xlwings Server; on one for trials, MARKETBOOK_DEV
const WRITTEN = new RegExp(
  String.raw`^(?:_xlfn\.|_xlws\.|_xll\.|_xludf\.)*(?:_xldudf_(?:${SPACE}[._])?|${SPACE}\.)?(${NAMES.join("|")})$`,
  "i",
);
const LIKELY = new RegExp(`(?:${NAMES.join("|")})\\(`, "iu");
const OPENING = new Set(["(", "{"]);
const CLOSING = new Set([")", "}"]);

/**
 * Whether what a cell contains is a formula that calls one of our functions.
 * @param {unknown} formula
 * @returns {formula is string}
 */
export function isOurs(formula) {
  return typeof formula === "string" && LIKELY.test(formula) && found(tokens(formula)).size > 0;
}

/**
 * Returns a formula whose calls of our functions have plain names, as the desktop add-in knows them.
 * @param {string} formula
 * @returns {string}
 */
export function plain(formula) {
  if (!LIKELY.test(formula)) {
    return formula;
  }
  const pieces = tokens(formula);
  const calls = found(pieces);
  const changed = calls.size ? unwrapped(pieces, calls).join("") : formula;
  return changed === formula ? changed : plain(changed);
}

/**
 * Returns a formula whose calls of our functions have this add-in's namespace. Only the names change.
 *
 * namespaced('=[1]!MARKET_SIZE(A1)&"MARKET_SIZE("') is =MARKETBOOK.MARKET_SIZE(A1)&"MARKET_SIZE("
 * @param {string} formula
 * @returns {string}
 */
export function namespaced(formula) {
  if (!LIKELY.test(formula)) {
    return formula;
  }
  const given = tokens(formula);
  const pieces = given.map(({ text }) => text);
  for (const [at, { first, name }] of found(given)) {
    pieces[first] = "";
    pieces[at] = NAMESPACE + name;
  }
  return pieces.join("");
}

/**
 * Returns the calls of our functions in a formula, the outer ones first.
 * @param {string} formula
 * @returns {Call[]}
 */
export function calls(formula) {
  const given = tokens(formula);
  return [...found(given)].map(([at, { name }]) => {
    const args = argumentsFrom(given, at + 2);
    return { name, args, text: `${name}(${args.join(",")})` };
  });
}

/**
 * The calls among tokens, by their positions.
 * @param {Token[]} given
 * @returns {Map<number, Found>}
 */
function found(given) {
  /** @type {Map<number, Found>} */
  const calls = new Map();
  given.forEach(({ kind, text }, at) => {
    const name = kind === "function" ? plainName(text) : undefined;
    const before = given[at - 1];
    const qualifier = before?.kind === "sheet" ? before.text : null;
    if (name && (qualifier === null || isAddin(qualifier, text))) {
      calls.set(at, { first: qualifier === null ? at : at - 1, name });
    }
  });
  return calls;
}

/**
 * @param {string} written
 * @returns {string | undefined}
 */
function plainName(written) {
  return WRITTEN.exec(written)?.[1].toUpperCase();
}

/**
 * Whether what stands in front of a name, a path or the number of a link, can be our desktop add-in. It does not matter in
 * front of a function of an Office.js add-in, which is in no file: Excel sometimes puts the path of another add-in there.
 * @param {string} qualifier
 * @param {string} written
 */
function isAddin(qualifier, written) {
  if (isOfficeJs(written)) {
    return true;
  }
  const path = qualifier.slice(0, -1).replace(/^'+|'+$/g, "");
  const file = /^\[\d+\]$/.test(path) ? "" : fileName(path.replace(/[[\]]/g, ""));
  return !file || file === ADDIN_FILE;
}

/** @param {string} written */
function isOfficeJs(written) {
  return written.toLowerCase().includes(OFFICE_JS);
}

/**
 * The name of the file at the end of a path or an address, in lower case.
 * @param {string} path
 */
function fileName(path) {
  const decoded = path.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const bytes = run.slice(1).split("%").map((pair) => parseInt(pair, 16)); // prettier-ignore
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  });
  return decoded.split(/[\\/]/).pop()?.toLowerCase() ?? "";
}

/**
 * The texts of tokens with plain calls, each without one `_xlfn.SINGLE(...)` around it.
 * @param {Token[]} given
 * @param {Map<number, Found>} calls
 * @returns {string[]}
 */
function unwrapped(given, calls) {
  const pieces = given.map(({ text }) => text);
  const ends = closings(pieces);
  for (const [at, { first, name }] of calls) {
    const wrap = first - 2;
    if (wrap >= 0 && SINGLE.includes(pieces[wrap].toLowerCase()) && pieces[wrap + 1] === "(") {
      const end = ends.get(wrap + 1);
      if (end !== undefined && ends.get(at + 1) === end - 1) {
        pieces[wrap] = pieces[wrap + 1] = pieces[end] = "";
      }
    }
    pieces[first] = "";
    pieces[at] = name;
  }
  return pieces;
}

/**
 * The position of the closing parenthesis for each opening one.
 * @param {string[]} pieces
 */
function closings(pieces) {
  /** @type {Map<number, number>} */
  const ends = new Map();
  /** @type {number[]} */
  const opened = [];
  pieces.forEach((piece, at) => {
    if (piece === "(") {
      opened.push(at);
    } else if (piece === ")" && opened.length) {
      ends.set(/** @type {number} */ (opened.pop()), at);
    }
  });
  return ends;
}

/**
 * The texts of a call's arguments: what is between its commas, up to its closing parenthesis.
 * @param {Token[]} given
 * @param {number} from
 * @returns {string[]}
 */
function argumentsFrom(given, from) {
  const args = [""];
  let depth = 0;
  for (const { text } of given.slice(from)) {
    depth += OPENING.has(text) ? 1 : CLOSING.has(text) ? -1 : 0;
    if (depth < 0) {
      break;
    }
    if (text === "," && !depth) {
      args.push("");
    } else {
      args[args.length - 1] += text;
    }
  }
  return args.map((arg) => arg.trim());
}
