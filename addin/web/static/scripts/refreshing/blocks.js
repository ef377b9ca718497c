// The used cells of sheets: formulas, values and their kinds, in pieces that Excel on the web can send.

import { isSupported } from "../supported.js";
import { addressOf, areaOf } from "./areas.js";

/** @typedef {import("./wire.js").Block} Block */
/** @typedef {import("./reading.js").Ours} Ours */
/** @typedef {import("./requests.js").Requests} Requests */
/** @typedef {{ours: Ours, range: Excel.Range, area: import("./areas.js").Area}} Piece Some rows of a sheet. */

const MOST_CELLS = 20_000; // in a request
const MOST_OBJECTS = 400;

/**
 * Returns the blocks of each sheet, and the areas of the formulas that fill more than one cell.
 * @param {Requests} requests
 * @param {Ours[]} all
 * @returns {Promise<{blocks: Block[], arrays: string[]}[]>}
 */
export async function blocksOf(requests, all) {
  const pieces = all.flatMap((ours) => [...piecesOf(ours)]);
  for (const some of batches(pieces)) {
    some.forEach(({ range }) => range.load("formulas, values, valueTypes"));
    await requests.send();
  }
  const arrays = await arraysOf(requests, all, pieces);
  return all.map((ours, at) => ({ blocks: pieces.filter((piece) => piece.ours === ours).map(block), arrays: arrays[at] }));
}

/**
 * @param {Piece} piece
 * @returns {Block}
 */
function block({ range: { formulas, values, valueTypes }, area }) {
  return { area: addressOf(area), formulas, values, types: valueTypes };
}

/**
 * Whether a cell has a formula. Excel gives a constant as its own formula, even the text "=A1".
 * @param {Block} block
 * @param {number} down
 * @param {number} across
 */
export function hasFormula({ formulas, values, types }, down, across) {
  const formula = formulas[down][across];
  const isText = types[down][across] === "String" && values[down][across] === formula;
  return typeof formula === "string" && formula.startsWith("=") && !isText;
}

/**
 * The rows of a sheet, some at a time.
 * @param {Ours} ours
 * @returns {Generator<Piece>}
 */
export function* piecesOf(ours) {
  if (ours.used.isNullObject) {
    return;
  }
  const { top, left, bottom, right } = areaOf(ours.used.address);
  const rows = Math.max(1, Math.floor(MOST_CELLS / (right - left + 1)));
  for (let row = top; row <= bottom; row += rows) {
    const area = { top: row, left, bottom: Math.min(bottom, row + rows - 1), right };
    yield { ours, range: ours.sheet.getRange(addressOf(area)), area };
  }
}

/**
 * Pieces, as many at once as Excel can send.
 * @param {Piece[]} pieces
 * @returns {Generator<Piece[]>}
 */
export function* batches(pieces) {
  /** @type {Piece[]} */
  let some = [];
  let count = 0;
  for (const piece of pieces) {
    const { top, left, bottom, right } = piece.area;
    const cells = (bottom - top + 1) * (right - left + 1);
    if (some.length > 0 && count + cells > MOST_CELLS) {
      yield some;
      [some, count] = [[], 0];
    }
    some.push(piece);
    count += cells;
  }
  if (some.length > 0) {
    yield some;
  }
}

/**
 * The areas of formulas that fill more than one cell, by sheet.
 * @param {Requests} requests
 * @param {Ours[]} all
 * @param {Piece[]} pieces
 * @returns {Promise<string[][]>}
 */
async function arraysOf(requests, all, pieces) {
  const filled = await cellsThatFill(requests, all, pieces);
  return all.map((ours) => [...new Set(filled.filter((each) => each.ours === ours).map(({ area }) => area))]);
}

/**
 * @param {Requests} requests
 * @param {Ours[]} all
 * @param {Piece[]} pieces
 */
async function cellsThatFill(requests, all, pieces) {
  if (!isSupported("1.12")) {
    return []; // this Excel has no formulas that spill
  }
  const used = all.filter((ours) => !ours.used.isNullObject);
  used.forEach((ours) => ours.used.load("hasSpill"));
  await requests.send();
  const spilling = used.filter((ours) => ours.used.hasSpill !== false);
  const cells = pieces.filter(({ ours }) => spilling.includes(ours)).flatMap((piece) => [...formulaCells(piece)]);
  const found = [];
  for (let from = 0; from < cells.length; from += MOST_OBJECTS) {
    const looked = cells.slice(from, from + MOST_OBJECTS).map(({ ours, cell }) => {
      return { ours, filled: ours.sheet.getRange(cell).getSpillingToRangeOrNullObject().load("address") };
    });
    await requests.send();
    found.push(...looked.filter(({ filled }) => !filled.isNullObject));
  }
  return found.map(({ ours, filled }) => ({ ours, area: addressOf(areaOf(filled.address)) }));
}

/**
 * @param {Piece} piece
 * @returns {Generator<{ours: Ours, cell: string}>}
 */
function* formulaCells({ ours, range, area }) {
  for (const [down, row] of range.formulas.entries()) {
    for (const [right, formula] of row.entries()) {
      if (typeof formula === "string" && formula.startsWith("=")) {
        const at = { top: area.top + down, left: area.left + right };
        yield { ours, cell: addressOf({ ...at, bottom: at.top, right: at.left }) };
      }
    }
  }
}
