// The cells of the open workbook whose formulas are wanted: all sheets are read, in pieces that Excel on the web can send.

import { isSupported } from "../supported.js";
import { address, withoutSheet } from "./addresses.js";

/**
 * A cell with a wanted formula; row and column are counted from 0.
 * @typedef {object} Cell
 * @property {number} row
 * @property {number} column
 * @property {string} formula
 * @property {any} value
 * @property {boolean} isText Whether its format is Text: Excel takes a formula that is entered there for a text.
 * @property {string} spill The area that the formula fills, such as A1:B9; "" if it does not spill.
 * @property {boolean} isArray Whether it is an array formula that does not spill. It can fill other cells, too.
 */

/**
 * The wanted formulas of a sheet.
 * @typedef {object} SheetCells
 * @property {Excel.Worksheet} sheet
 * @property {string} name
 * @property {boolean} isProtected
 * @property {Cell[]} cells
 */

/** @typedef {(formula: string, sheet: string) => boolean} IsWanted */
/** @typedef {(text: string, done: number, total: number) => void} OnProgress */

/**
 * Some rows of a sheet, from `row` and `column` on.
 * @typedef {object} Block
 * @property {SheetCells} at
 * @property {Excel.Range} area
 * @property {number} row
 * @property {number} column
 * @property {number} size
 * @property {Cell[]} cells
 */

const MOST_CELLS = 20_000; // in a request: an answer has at most 5 MB in Excel on the web
const MOST_OBJECTS = 400;
const TEXT = "@";

/**
 * Returns the sheets of the workbook with their wanted formulas. A formula that fills several cells is there once.
 * @param {Excel.RequestContext} context
 * @param {IsWanted} isWanted
 * @param {OnProgress} [onProgress]
 * @returns {Promise<SheetCells[]>}
 */
export async function formulasOf(context, isWanted, onProgress = () => {}) {
  const { sheets, blocks } = await blocksOf(context);
  let done = 0;
  for (const some of batches(blocks)) {
    onProgress("Reading formulas", done, blocks.length);
    some.forEach(({ area }) => area.load("formulas"));
    await context.sync();
    some.forEach((block) => {
      block.cells = wantedIn(block, isWanted);
    });
    done += some.length;
  }
  const holding = blocks.filter(({ cells }) => cells.length);
  await readValues(context, holding);
  await readAreas(context, holding);
  holding.forEach(({ at, cells }) => at.cells.push(...cells));
  return sheets;
}

/**
 * Returns the defined names of the workbook and of its sheets, with their formulas.
 * @param {Excel.RequestContext} context
 * @param {SheetCells[]} sheets
 * @returns {Promise<Excel.NamedItem[]>}
 */
export async function namesOf(context, sheets) {
  const all = [context.workbook.names, ...sheets.map(({ sheet }) => sheet.names)];
  all.forEach((names) => names.load("items/name, items/formula"));
  await context.sync();
  return all.flatMap(({ items }) => items);
}

/**
 * All sheets, and what is used of them, in blocks of rows.
 * @param {Excel.RequestContext} context
 */
async function blocksOf(context) {
  const { worksheets } = context.workbook;
  worksheets.load("items/name");
  await context.sync();
  const found = worksheets.items.map((sheet) => {
    const used = sheet.getUsedRangeOrNullObject();
    used.load("rowIndex, columnIndex, rowCount, columnCount");
    sheet.protection.load("protected");
    return { sheet, used };
  });
  await context.sync();
  /** @type {Block[]} */
  const blocks = [];
  const sheets = found.map(({ sheet, used }) => {
    /** @type {SheetCells} */
    const at = { sheet, name: sheet.name, isProtected: sheet.protection.protected, cells: [] };
    if (!used.isNullObject) {
      blocks.push(...blocksIn(at, used));
    }
    return at;
  });
  return { sheets, blocks };
}

/**
 * @param {SheetCells} at
 * @param {Excel.Range} used
 * @returns {Iterable<Block>}
 */
function* blocksIn(at, { rowIndex: first, columnIndex: column, rowCount, columnCount: columns }) {
  const rows = Math.max(1, Math.floor(MOST_CELLS / columns));
  for (let row = first; row < first + rowCount; row += rows) {
    const count = Math.min(rows, first + rowCount - row);
    const area = at.sheet.getRange(address(row, column, count, columns));
    yield { at, area, row, column, size: count * columns, cells: [] };
  }
}

/**
 * Blocks, as many at once as Excel can send.
 * @param {Block[]} blocks
 */
function* batches(blocks) {
  /** @type {Block[]} */
  let some = [];
  let size = 0;
  for (const block of blocks) {
    if (some.length && size + block.size > MOST_CELLS) {
      yield some;
      some = [];
      size = 0;
    }
    some.push(block);
    size += block.size;
  }
  if (some.length) {
    yield some;
  }
}

/**
 * @param {Block} block
 * @param {IsWanted} isWanted
 * @returns {Cell[]}
 */
function wantedIn({ at, area, row, column }, isWanted) {
  /** @type {Cell[]} */
  const cells = [];
  area.formulas.forEach((formulas, down) =>
    formulas.forEach((formula, right) => {
      if (typeof formula === "string" && formula.startsWith("=") && isWanted(formula, at.name)) {
        cells.push({ row: row + down, column: column + right, formula, value: "", isText: false, spill: "", isArray: false });
      }
    }),
  );
  return cells;
}

/**
 * Reads the values and formats of wanted cells. Text that looks like a formula is not one: it is its own value.
 * @param {Excel.RequestContext} context
 * @param {Block[]} blocks
 */
async function readValues(context, blocks) {
  for (const some of batches(blocks)) {
    some.forEach(({ area }) => area.load("values, numberFormat"));
    await context.sync();
    for (const block of some) {
      const { values, numberFormat: formats } = block.area;
      for (const cell of block.cells) {
        const [down, right] = [cell.row - block.row, cell.column - block.column];
        cell.value = values[down][right];
        cell.isText = formats[down][right] === TEXT;
      }
      block.cells = block.cells.filter(({ value, formula }) => value !== formula);
    }
  }
}

/**
 * Reads which cells the formulas fill. A cell that another formula fills is left out.
 * @param {Excel.RequestContext} context
 * @param {Block[]} blocks
 */
async function readAreas(context, blocks) {
  if (!isSupported("1.12")) {
    return; // this Excel has no formulas that spill
  }
  blocks.forEach(({ area }) => area.load("hasSpill, savedAsArray"));
  await context.sync();
  for (const block of blocks.filter(({ area }) => area.hasSpill !== false || area.savedAsArray !== false)) {
    const cells = block.cells.splice(0);
    for (let from = 0; from < cells.length; from += MOST_OBJECTS) {
      block.cells.push(...(await filling(context, block.at.sheet, cells.slice(from, from + MOST_OBJECTS))));
    }
  }
}

/**
 * The cells of which the formulas are, with what they fill.
 * @param {Excel.RequestContext} context
 * @param {Excel.Worksheet} sheet
 * @param {Cell[]} cells
 * @returns {Promise<Cell[]>}
 */
async function filling(context, sheet, cells) {
  const looked = cells.map((cell) => {
    const self = sheet.getRange(address(cell.row, cell.column));
    const parent = self.getSpillParentOrNullObject();
    const filled = self.getSpillingToRangeOrNullObject();
    self.load("savedAsArray");
    [parent, filled].forEach((range) => range.load("address"));
    return { cell, self, parent, filled };
  });
  await context.sync();
  return looked.flatMap(({ cell, self, parent, filled }) => {
    if (!parent.isNullObject && withoutSheet(parent.address) !== address(cell.row, cell.column)) {
      return [];
    }
    const spill = filled.isNullObject ? "" : withoutSheet(filled.address);
    return [{ ...cell, spill, isArray: !spill && self.savedAsArray }];
  });
}
