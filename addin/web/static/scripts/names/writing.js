// Writing to many cells of a sheet: as much as one request can have at once. Where Excel refuses, one piece after the
// other, so that the others are written.

const EDITING = "InvalidOperationInCellEditMode";
const MOST_PIECES = 200; // in a request
const MOST_CELLS = 2_000;

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
    if (error instanceof OfficeExtension.Error && error.code !== EDITING) {
      return false;
    }
    throw error;
  }
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
