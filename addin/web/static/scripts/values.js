// Values in and out of custom functions: what Excel passes, what the server takes, and what Excel gets back.
//
// Each parameter is declared as a matrix of any type, with errors and data types allowed. So an argument is
// null or undefined if it is omitted, and otherwise rows of cells: one cell is [[value]].
//
// An empty cell is null in today's Excel, and 0 in versions before about August 2024: Microsoft changed it as a
// bug fix, without a version to ask for (issues 1951, 4702 and 5262 of OfficeDev/office-js). A reference to one
// empty cell is 0 for our functions, so both agree. In a range, the older versions make each empty cell a 0, which
// cannot be told from a 0 that somebody entered. Not known, because never seen in Excel: from which version on
// Excel for Mac passes null, and whether any version passes "" (which our functions take as blank text).

/** @typedef {number | string | boolean | null | {error: string}} Cell */
/** @typedef {Cell | {rows: Cell[][]}} Wire An argument as the server takes it. */
/** @typedef {{error: string, message?: string | number}} Failed In rows, the message is its place among theirs. */
/** @typedef {number | string | boolean | Failed | {entity: object, number: number}} Shown The value of a cell. */
/** @typedef {Shown | {rows: Shown[][], messages?: string[]}} Answered */
/** @typedef {any[][]} Matrix What a custom function returns. */

/**
 * The errors that can only be inside of a matrix: as the reason of a rejected promise, Excel makes #VALUE! of them.
 * @type {ReadonlySet<string>}
 */
const ONLY_IN_MATRICES = new Set(["#REF!", "#NAME?"]);

const HALVES = /[\ud800-\udfff]/gu; // "u": not the two that are one character together

/** @type {ReadonlySet<string>} */
const ERRORS = new Set(["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"]);

/**
 * Returns an argument of a custom function as the server takes it.
 * @param {any} argument
 * @returns {Wire}
 */
export function toWire(argument) {
  if (!Array.isArray(argument)) {
    return cell(argument);
  }
  if (argument.length === 1 && argument[0].length === 1) {
    return cell(argument[0][0]) ?? 0;
  }
  return { rows: argument.map((row) => row.map(cell)) };
}

/**
 * Returns an answer of the server as a custom function returns it: a matrix, or an error to reject with.
 * @param {Answered} value
 * @returns {Matrix | CustomFunctions.Error}
 */
export function fromWire(value) {
  if (typeof value === "object" && "rows" in value) {
    return value.rows.map((row) => row.map((one) => shown(one, value.messages)));
  }
  const only = shown(value);
  return only instanceof CustomFunctions.Error && !ONLY_IN_MATRICES.has(only.code) ? only : [[only]];
}

/**
 * Returns an error with its sentence for the error card. Excel shows the sentence with #N/A and #VALUE!. With the
 * other errors it shows none inside of a matrix, and by its documentation none at all.
 * @param {string} error
 * @param {string} [message]
 * @returns {CustomFunctions.Error}
 */
export function excelError(error, message) {
  const code = ERRORS.has(error) ? error : "#VALUE!";
  return new CustomFunctions.Error(/** @type {CustomFunctions.ErrorCode} */ (code), message);
}

/**
 * @param {any} value
 * @returns {Cell}
 */
function cell(value) {
  if (typeof value !== "object" || value === null) {
    return plain(value);
  }
  switch (value.basicType) {
    case "Double":
    case "String":
    case "Boolean":
      return plain(value.basicValue);
    case "Empty":
      return null;
  }
  return entityNumber(value) ?? { error: String(value.basicValue ?? value.code ?? "#VALUE!") };
}

/**
 * Makes of a value what JSON can carry. Half of a character, as LEFT leaves it of an emoji, would spoil a whole request.
 * @param {any} value
 * @returns {Cell}
 */
function plain(value) {
  if (typeof value === "string") {
    return value.replace(HALVES, "\ufffd");
  }
  return typeof value === "number" && !Number.isFinite(value) ? { error: "#NUM!" } : (value ?? null);
}

/**
 * @param {Shown} value
 * @param {string[]} [messages]
 * @returns {any}
 */
function shown(value, messages = []) {
  if (typeof value !== "object") {
    return value;
  }
  if ("entity" in value) {
    return showsEntities() ? value.entity : value.number;
  }
  const { error, message } = value;
  return excelError(error, typeof message === "number" ? messages[message] : message);
}

/**
 * The number of a MARKET_CARD; null for any other data type.
 * @param {any} value
 * @returns {number | null}
 */
function entityNumber(value) {
  const number = value.type === "Entity" ? value.properties?.Size?.basicValue : null;
  return typeof number === "number" ? number : null;
}

/** Whether this Excel takes data types from custom functions. */
function showsEntities() {
  return Office.context.requirements.isSetSupported("CustomFunctionsRuntime", "1.4");
}
