// The heights of rows. Hidden rows do not get one, which would show them.

/** @typedef {import("./wire.js").Heights} Heights */
/** @typedef {{row: number, points: number, isStandard: boolean}} RowBefore */

const ASKED = { rowHidden: true, format: { rowHeight: true, useStandardHeight: true } };
const SAME = 0.01;

/**
 * Asks for the heights of the rows that get one.
 * @param {Excel.Worksheet} sheet
 * @param {Heights[]} heights
 */
export function loadHeights(sheet, heights) {
  const last = Math.max(0, ...wanted(heights).map(([row]) => row));
  return last > 0 ? sheet.getRange(`1:${last}`).getRowProperties(ASKED) : null;
}

/**
 * Returns the rows whose heights are about to change, as they are.
 * @param {ReturnType<typeof loadHeights>} loaded
 * @param {Heights[]} heights
 * @returns {RowBefore[]}
 */
export function rowsToChange(loaded, heights) {
  const found = [];
  for (const [row, points] of loaded ? wanted(heights) : []) {
    const { rowHidden, format } = loaded?.value[row - 1] ?? {};
    const before = format?.rowHeight ?? 0;
    const isStandard = format?.useStandardHeight ?? false;
    if (!rowHidden && (isStandard || Math.abs(before - points) > SAME)) {
      found.push({ row, points: before, isStandard });
    }
  }
  return found;
}

/**
 * Gives rows their heights.
 * @param {Excel.Worksheet} sheet
 * @param {Heights[]} heights
 * @param {RowBefore[]} rows The only rows to change.
 */
export function writeHeights(sheet, heights, rows) {
  const points = new Map(wanted(heights));
  for (const { row } of rows) {
    sheet.getRange(`${row}:${row}`).format.rowHeight = points.get(row) ?? 0;
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
