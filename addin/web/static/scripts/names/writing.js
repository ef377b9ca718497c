// Writing to many cells of a sheet: as much as one request can have at once. Where Excel refuses, one piece after the
// other, so that the others are written. All of it is one step for Undo, where Excel can do that.

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
  const mergeUndoGroup = Office.context.requirements.isSetSupported("ExcelApi", "1.20");
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
 * Writes pieces, and returns those that Excel refused.
 * @template {{size: number}} Piece
 * @param {Excel.RequestContext} context
 * @param {Piece[]} pieces Each with its number of cells.
 * @param {(piece: Piece) => void} write
 * @returns {Promise<Piece[]>}
 */
export async function writeAll(context, pieces, write) {
  /** @type {Piece[]} */
  const refused = [];
  for (const some of batches(pieces)) {
    if (some.length > 1 && (await isWritten(context, some, write))) {
      continue;
    }
    for (const piece of some) {
      if (!(await isWritten(context, [piece], write))) {
        refused.push(piece);
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
