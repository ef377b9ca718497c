// The areas of a sheet that become values, as large as Excel changes them at once.

import { isSupported } from "../supported.js";
import { address, withoutSheet } from "./addresses.js";
import { writeAll } from "./writing.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {{row: number, column: number, rows: number, columns: number}} Block Cells, counted from 0. */
/** @typedef {{area: string, size: number, block: Block | null}} Piece What becomes values; without a block, it stays whole. */

const ERROR = /^#(?:N\/A|[A-Z_]+[!?]|DIV\/0!)$/;
const MOST_READ = 200; // areas in a request

/**
 * Replaces formulas with the values that they show. Where Excel refuses that, they stay.
 * @param {Excel.RequestContext} context
 * @param {Excel.Worksheet} sheet
 * @param {Cell[]} cells
 */
export async function becomeValues(context, sheet, cells) {
  const write = (/** @type {Piece} */ { area }) => {
    const range = sheet.getRange(area);
    range.copyFrom(range, Excel.RangeCopyType.values); // as values, a text like 1-2 or an error would become another
  };
  const refused = await writeAll(context, pieces(cells), write, halves);
  await writeAll(context, await merged(context, sheet, refused), write);
}

/**
 * Returns the cells that are still formulas, those that show something else than before, because Excel can calculate a cell
 * between the reading and the writing, and those that show errors. A card has an error as its value, and shows a text.
 * @param {Excel.RequestContext} context
 * @param {Excel.Worksheet} sheet
 * @param {Cell[]} cells
 */
export async function check(context, sheet, cells) {
  const read = blocks(cells).map(({ row, column, rows, columns }) => {
    return { row, column, range: sheet.getRange(address(row, column, rows, columns)) };
  });
  /** @type {Map<string, {formula: any, value: any, text: string}>} */
  const now = new Map();
  for (let from = 0; from < read.length; from += MOST_READ) {
    const some = read.slice(from, from + MOST_READ);
    some.forEach(({ range }) => range.load("formulas, values, text"));
    await context.sync();
    for (const { row, column, range } of some) {
      range.formulas.forEach((formulas, down) =>
        formulas.forEach((formula, right) => {
          const value = range.values[down][right];
          now.set(address(row + down, column + right), { formula, value, text: range.text[down][right] });
        }),
      );
    }
  }
  const found = cells.map((cell) => ({ cell, ...now.get(address(cell.row, cell.column)) }));
  const refused = found.filter(({ cell, formula, value }) => formula === cell.formula && value !== formula);
  const values = without(found, refused);
  const changed = values.filter(({ cell, value }) => value !== cell.value);
  const errors = without(values, changed).filter(({ value, text }) => ERROR.test(value) && text?.startsWith("#"));
  const cellsOf = (/** @type {{cell: Cell}[]} */ some) => some.map(({ cell }) => cell);
  return { refused: cellsOf(refused), changed: cellsOf(changed), errors: cellsOf(errors) };
}

/**
 * @template Item
 * @param {Item[]} items
 * @param {Item[]} some
 */
function without(items, some) {
  const gone = new Set(some);
  return items.filter((item) => !gone.has(item));
}

/**
 * The merged cells in which pieces are: as in its window, Excel can refuse to paste into a part of them.
 * @param {Excel.RequestContext} context
 * @param {Excel.Worksheet} sheet
 * @param {Piece[]} refused
 * @returns {Promise<Piece[]>}
 */
async function merged(context, sheet, refused) {
  if (!refused.length || !isSupported("1.13")) {
    return [];
  }
  const found = refused.map(({ area }) => sheet.getRange(area).getMergedAreasOrNullObject());
  found.forEach((areas) => areas.load("address"));
  await context.sync();
  return found
    .filter(({ isNullObject }) => !isNullObject)
    .map(({ address: place }) => ({ area: withoutSheet(place), size: 1, block: null }));
}

/**
 * The areas that become values: cells below each other together, what a formula fills as a whole.
 * @param {Cell[]} cells
 * @returns {Piece[]}
 */
function pieces(cells) {
  const spilling = cells.filter(({ spill }) => spill).map(({ spill }) => ({ area: spill, size: 1, block: null }));
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
  return [...[...arrays.values(), others].flatMap(blocks).map(piece), ...spilling];
}

/**
 * @param {Block} block
 * @returns {Piece}
 */
function piece(block) {
  const { row, column, rows, columns } = block;
  return { area: address(row, column, rows, columns), size: rows * columns, block };
}

/**
 * @param {Piece} piece
 * @returns {Piece[]}
 */
function halves({ size, block }) {
  if (!block || size === 1) {
    return [];
  }
  const { row, column, rows, columns } = block;
  const [down, right] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
  const parts =
    rows > 1
      ? [{ ...block, rows: down }, { ...block, row: row + down, rows: rows - down }] // prettier-ignore
      : [{ ...block, columns: right }, { ...block, column: column + right, columns: columns - right }]; // prettier-ignore
  return parts.map(piece);
}

/**
 * Cells as rectangles: runs below each other, joined with such runs beside them. So an array formula, which Excel changes
 * only as a whole and of which each cell has the formula, is in one piece.
 * @param {Cell[]} cells
 * @returns {Block[]}
 */
function blocks(cells) {
  /** @type {Block[]} */
  const found = [];
  for (const { row, column } of [...cells].sort((a, b) => a.column - b.column || a.row - b.row)) {
    const last = found[found.length - 1];
    if (last?.column === column && last.row + last.rows === row) {
      last.rows++;
    } else {
      found.push({ row, column, rows: 1, columns: 1 });
    }
  }
  /** @type {Map<string, Block>} */
  const open = new Map();
  return found.filter((run) => {
    const key = `${run.row} ${run.rows}`;
    const left = open.get(key);
    if (left && left.column + left.columns === run.column) {
      left.columns++;
      return false;
    }
    open.set(key, run);
    return true;
  });
}

