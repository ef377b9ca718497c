// Convert to values, in the open workbook, by the rules of workbook/freezing.py: formulas that call our functions become
// their values, and so do all formulas on Marketbook's own sheets. The user's other formulas stay. Nothing is asked of
// the server: the values are those that the cells show.

import { address, listed, sheetOf } from "./addresses.js";
import { formulasOf } from "./cells.js";
import { showAsFixed } from "./fixed.js";
import { isOurs } from "./formulas.js";
import { inOneStep, writeAll } from "./writing.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./cells.js").SheetCells} SheetCells */
/** @typedef {import("./cells.js").OnProgress} OnProgress */

/**
 * What was done: how many formulas, the cells of the user's sheets that were converted, by sheet, and a sentence about
 * what was not; "" if that is nothing.
 * @typedef {{count: number, cells: Record<string, string[]>, note: string}} Converted
 */

/** @typedef {{area: string, size: number, formulas: number}} Piece Cells that become values, and how many formulas. */
/** @typedef {{name: string, key: string}} Marked A sheet of Marketbook's. */

const SHEET_MARK = "_mb_sheet_";
const FROZEN_MARK = "_mb_frozen";
const RECORDS = "urn:marketbook:";
const WAITING = new Set(["#BUSY!", "#GETTING_DATA", "#CONNECT!"]);
const NAME_ERROR = "#NAME?";

/**
 * Replaces formulas with the values that they show. What spills becomes values in all of its cells. Rejects with a
 * sentence, with nothing changed, if a sheet is protected or a cell has no value yet.
 * @param {{onProgress?: OnProgress}} [options]
 * @returns {Promise<Converted>}
 */
export function convertToValues({ onProgress = () => {} } = {}) {
  return inOneStep(async (context) => {
    const { names, marked } = await marks(context);
    const keys = new Map(marked.map(({ name, key }) => [name, key]));
    const isWanted = (/** @type {string} */ formula, /** @type {string} */ sheet) => keys.has(sheet) || isOurs(formula);
    const sheets = await formulasOf(context, isWanted, onProgress);
    const found = sheets.filter(({ name, cells }) => cells.length || keys.has(name));
    refuseUnlessReady(found);
    let count = 0;
    /** @type {string[]} */
    const refused = [];
    for (const [at, { sheet, name, cells }] of found.entries()) {
      onProgress(`Converting ${name}`, at, found.length);
      const left = await writeAll(context, pieces(cells), ({ area }) => {
        const range = sheet.getRange(area);
        range.copyFrom(range, Excel.RangeCopyType.values); // as values, a text like 1-2 or an error would become another
      });
      count += left.reduce((sum, { formulas }) => sum - formulas, cells.length);
      refused.push(...left.map(({ area }) => `${name}!${area}`));
    }
    if (!refused.length) {
      await finish(context, found, keys);
    }
    return { count, cells: usersCells(found, keys), note: note(refused, names) };
  });
}

/**
 * Marketbook's sheets, and the names of which the formulas call our functions.
 * @param {Excel.RequestContext} context
 */
async function marks(context) {
  const { names } = context.workbook;
  names.load("items/name, items/formula");
  await context.sync();
  /** @type {Marked[]} */
  const marked = names.items
    .filter(({ name }) => name.startsWith(SHEET_MARK))
    .map(({ name, formula }) => ({ key: name.slice(SHEET_MARK.length), name: sheetOf(formula.slice(1)) }));
  return { marked, names: names.items.filter(({ formula }) => isOurs(formula)).map(({ name }) => name) };
}

/** @param {SheetCells[]} found */
function refuseUnlessReady(found) {
  const locked = found.filter(({ isProtected }) => isProtected).map(({ name }) => name);
  if (locked.length) {
    const [sheets, are, them] = locked.length === 1 ? ["sheet", "is", "it"] : ["sheets", "are", "them"];
    throw new Error(`The ${sheets} ${listed(locked)} ${are} protected. Unprotect ${them}, and try again.`);
  }
  const waiting = showing(found, (value) => WAITING.has(value));
  if (waiting.length) {
    throw new Error(`Excel still calculates ${listed(waiting)}. Try again when all values are there.`);
  }
  const unknown = showing(found, (value) => value === NAME_ERROR);
  if (unknown.length) {
    const cells = listed(unknown);
    throw new Error(`Excel does not know the functions in ${cells} by these names. Click Use this workbook here first.`);
  }
}

/**
 * @param {SheetCells[]} found
 * @param {(value: any) => boolean} isMeant
 */
function showing(found, isMeant) {
  return found.flatMap(({ name, cells }) => {
    const meant = cells.filter(({ value, formula }) => isMeant(value) && isOurs(formula));
    return meant.map(({ row, column }) => `${name}!${address(row, column)}`);
  });
}

/**
 * The areas that become values: cells below each other together, what a formula fills as a whole.
 * @param {Cell[]} cells
 * @returns {Piece[]}
 */
function pieces(cells) {
  const spilling = cells.filter(({ spill }) => spill).map(({ spill }) => ({ area: spill, size: 1, formulas: 1 }));
  /** @type {Map<string, Cell[]>} */
  const arrays = new Map();
  for (const cell of cells.filter(({ isArray }) => isArray)) {
    const alike = arrays.get(cell.formula);
    if (alike) {
      alike.push(cell);
    } else {
      arrays.set(cell.formula, [cell]);
    }
  }
  const others = cells.filter(({ spill, isArray }) => !spill && !isArray);
  return [...spilling, ...[...arrays.values(), others].flatMap(blocks)];
}

/**
 * Cells as rectangles: runs below each other, joined with such runs beside them. So an array formula, which Excel changes
 * only as a whole and of which each cell has the formula, is in one piece.
 * @param {Cell[]} cells
 * @returns {Piece[]}
 */
function blocks(cells) {
  /** @type {{row: number, column: number, rows: number, columns: number}[]} */
  const found = [];
  for (const { row, column } of [...cells].sort((a, b) => a.column - b.column || a.row - b.row)) {
    const last = found[found.length - 1];
    if (last?.column === column && last.row + last.rows === row) {
      last.rows++;
    } else {
      found.push({ row, column, rows: 1, columns: 1 });
    }
  }
  /** @type {Map<string, typeof found[0]>} */
  const open = new Map();
  const joined = found.filter((run) => {
    const key = `${run.row} ${run.rows}`;
    const left = open.get(key);
    if (left && left.column + left.columns === run.column) {
      left.columns++;
      return false;
    }
    open.set(key, run);
    return true;
  });
  return joined.map(({ row, column, rows, columns }) => ({
    area: address(row, column, rows, columns),
    size: rows * columns,
    formulas: rows * columns,
  }));
}

/**
 * Takes away what belongs to formulas, and marks the workbook, so that no refresh writes formulas again.
 * @param {Excel.RequestContext} context
 * @param {SheetCells[]} found
 * @param {Map<string, string>} keys
 */
async function finish(context, found, keys) {
  const mark = context.workbook.names.getItemOrNullObject(FROZEN_MARK);
  mark.load("name");
  await context.sync();
  const marked = found.filter(({ name }) => keys.has(name));
  if (!marked.length || !mark.isNullObject) {
    return;
  }
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  marked.forEach(({ sheet }) => sheet.getRange().dataValidation.clear());
  await showAsFixed(context, new Map(marked.map(({ sheet, name }) => [keys.get(name) ?? "", sheet])), today);
  const { customXmlParts, names } = context.workbook;
  customXmlParts.load("items/namespaceUri");
  await context.sync();
  customXmlParts.items.filter(({ namespaceUri }) => namespaceUri.startsWith(RECORDS)).forEach((part) => part.delete());
  names.add(FROZEN_MARK, `="${today}"`).visible = false;
  await context.sync();
}

/**
 * @param {SheetCells[]} found
 * @param {Map<string, string>} keys
 */
function usersCells(found, keys) {
  const users = found.filter(({ name }) => !keys.has(name));
  return Object.fromEntries(users.map(({ name, cells }) => [name, cells.map(({ row, column }) => address(row, column))]));
}

/**
 * @param {string[]} refused Cells.
 * @param {string[]} names
 */
function note(refused, names) {
  const sentences = [];
  if (refused.length) {
    sentences.push(`Excel refused to convert ${listed(refused)}.`);
  }
  if (names.length) {
    sentences.push(`Defined names still call Marketbook's functions: ${listed(names)}.`);
  }
  return sentences.join(" ");
}
