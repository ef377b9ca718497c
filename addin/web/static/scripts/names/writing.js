// Writing to many cells of a sheet: as much as one request can have at once. Where Excel refuses, one piece after the
// other, so that the others are written. All of it is one step for Undo, where Excel can do that.

import { isSupported } from "../supported.js";

const EDITING = "InvalidOperationInCellEditMode";
const NO_UNDO = "UndoNotSupported";
const MOST_PIECES = 200; // in a request
const MOST_CELLS = 2_000;

/**
 * Does work on the workbook that one Undo takes back. Where Excel cannot group all of it, it is done without.
 * @template Result
 * @param {(context: Excel.RequestContext) => Promise<Result>} work Does only what is not done yet.
 * @returns {Promise<Result>}
 */
export async function inOneStep(work) {
  const mergeUndoGroup = isSupported("1.20");
  try {
    return await Excel.run({ delayForCellEdit: true, mergeUndoGroup }, work);
  } catch (error) {
    if (isOf(error, NO_UNDO)) {
      return Excel.run({ delayForCellEdit: true }, work);
    }
    throw error;
  }
}

/**
 * Does work while Excel calculates nothing: a cell that gets a value has all cells calculated that refer to it, and while our
 * functions wait for the server they show #BUSY!.
 * @template Result
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withoutCalculating(work) {
  const before = await setCalculation(Excel.CalculationMode.manual);
  try {
    return await work();
  } finally {
    await setCalculation(before).catch(() => setCalculation(before));
  }
}

/**
 * Sets how the workbook is calculated, in a step of its own, which Undo does not take back. Returns how it was.
 * @param {Excel.CalculationMode | "Automatic" | "AutomaticExceptTables" | "Manual"} mode
 */
function setCalculation(mode) {
  return Excel.run({ delayForCellEdit: true }, async (context) => {
    const { application } = context;
    application.load("calculationMode");
    await context.sync();
    const before = application.calculationMode;
    if (before !== mode) {
      application.calculationMode = mode;
      await context.sync();
    }
    return before;
  });
}

/**
 * Writes pieces, and returns those that Excel refused. Of a piece that it refused, the halves are tried, so that one cell
 * does not keep the others from being written.
 * @template {{size: number}} Piece
 * @param {Excel.RequestContext} context
 * @param {Piece[]} pieces Each with its number of cells.
 * @param {(piece: Piece) => void} write
 * @param {(piece: Piece) => Piece[]} [halves] None of a piece that stays whole.
 * @returns {Promise<Piece[]>}
 */
export async function writeAll(context, pieces, write, halves = () => []) {
  /** @type {Piece[]} */
  const refused = [];
  for (const some of batches(pieces)) {
    if (some.length > 1 && (await isWritten(context, some, write))) {
      continue;
    }
    for (const piece of some) {
      if (!(await isWritten(context, [piece], write))) {
        const parts = halves(piece);
        refused.push(...(parts.length ? await writeAll(context, parts, write, halves) : [piece]));
      }
    }
  }
  return refused;
}

/**
 * @template {{size: number}} Piece
 * @param {Excel.RequestContext} context
 * @param {Piece[]} some
 * @param {(piece: Piece) => void} write
 */
async function isWritten(context, some, write) {
  try {
    some.forEach(write);
    await context.sync();
    return true;
  } catch (error) {
    if (error instanceof OfficeExtension.Error && !isOf(error, EDITING) && !isOf(error, NO_UNDO)) {
      return false;
    }
    throw error;
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function isOf(error, code) {
  return error instanceof OfficeExtension.Error && error.code === code;
}

/**
 * @template {{size: number}} Piece
 * @param {Piece[]} pieces
 */
function* batches(pieces) {
  /** @type {Piece[]} */
  let some = [];
  let cells = 0;
  for (const piece of pieces) {
    if (some.length && (some.length === MOST_PIECES || cells + piece.size > MOST_CELLS)) {
      yield some;
      some = [];
      cells = 0;
    }
    some.push(piece);
    cells += piece.size;
  }
  yield some;
}
