// The heights of rows. Hidden rows do not get one, which would show them.

/** @typedef {import("./wire.js").Heights} Heights */
/** @typedef {{row: number, points: number, isStandard: boolean}} RowBefore */

const ASKED = { rowHidden: true, format: { rowHeight: true, useStandardHeight: true } };
const SAME = 0.01;
const BELOW = 50; // rows that can have a height from before, below those that get one

/**
 * Asks for the heights of the rows that get one, and of those that may lose one.
 * @param {Excel.Worksheet} sheet
 * @param {Heights[]} heights
 */
export function loadHeights(sheet, heights) {
  const last = Math.max(0, ...wanted(heights).map(([row]) => row));
  return last > 0 ? sheet.getRange(`1:${last + BELOW}`).getRowProperties(ASKED) : null;
}

/**
 * Returns the rows whose heights are about to change, as they are.
 * @param {ReturnType<typeof loadHeights>} loaded
 * @param {Heights[]} heights
 * @returns {RowBefore[]}
 */
export function rowsToChange(loaded, heights) {
  const wantedPoints = new Map(wanted(heights));
  const found = [];
  for (const [at, { rowHidden, format }] of (loaded?.value ?? []).entries()) {
    const { rowHeight: points = 0, useStandardHeight: isStandard = false } = format ?? {};
    const to = wantedPoints.get(at + 1);
    if (!rowHidden && (to === undefined ? !isStandard : isStandard || Math.abs(points - to) > SAME)) {
      found.push({ row: at + 1, points, isStandard });
    }
  }
  return found;
}

/**
 * Gives rows their heights. Those without one become as high as their text.
 * @param {Excel.Worksheet} sheet
 * @param {Heights[]} heights
 * @param {RowBefore[]} rows The only rows to change.
 */
export function writeHeights(sheet, heights, rows) {
  const points = new Map(wanted(heights));
  for (const { row } of rows) {
    const { format } = sheet.getRange(`${row}:${row}`);
    const to = points.get(row);
    if (to === undefined) {
      format.autofitRows();
    } else {
      format.rowHeight = to;
    }
  }
}

/**
 * @param {Excel.Worksheet} sheet
 * @param {RowBefore[]} rows
 */
export function putHeightsBack(sheet, rows) {
  for (const { row, points, isStandard } of rows) {
    const { format } = sheet.getRange(`${row}:${row}`);
    if (isStandard) {
      format.useStandardHeight = true;
    } else {
      format.rowHeight = points;
    }
  }
}

/**
 * Rows with their heights.
 * @param {Heights[]} heights
 * @returns {[row: number, points: number][]}
 */
function wanted(heights) {
  return heights.flatMap(({ points, rows }) => rows.flatMap((span) => spanned(span).map((row) => /** @type {[number, number]} */ ([row, points]))));
}

/** @param {string} span */
function spanned(span) {
  const [first, last] = span.split(":").map(Number);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
