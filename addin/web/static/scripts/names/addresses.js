// Addresses of cells, of which the rows and columns are counted from 0.

export const LAST_ROW = 1_048_576; // counted from 1
export const LAST_COLUMN = 16_384;

const MOST_LISTED = 12;

/**
 * Returns the address of a cell, or of an area from it: address(1, 2) is C2, address(1, 2, 3) is C2:C4.
 * @param {number} row
 * @param {number} column
 * @param {number} [rows]
 * @param {number} [columns]
 */
export function address(row, column, rows = 1, columns = 1) {
  const first = `${letters(column)}${row + 1}`;
  return rows * columns === 1 ? first : `${first}:${letters(column + columns - 1)}${row + rows}`;
}

/**
 * Returns an address without its sheet.
 * @param {string} full
 */
export function withoutSheet(full) {
  return full.slice(full.lastIndexOf("!") + 1).replaceAll("$", "");
}

/**
 * Returns the sheet of an address.
 * @param {string} full
 */
export function sheetOf(full) {
  return unquoted(full.slice(0, full.lastIndexOf("!")));
}

/**
 * Returns the name of a sheet as it is written in a reference.
 * @param {string} written
 */
export function unquoted(written) {
  return written.startsWith("'") ? written.slice(1, -1).replaceAll("''", "'") : written;
}

/**
 * Returns a list in a sentence: "A1, B2 and C3", or "A1, B2, ... and 9 more".
 * @param {readonly string[]} items
 */
export function listed(items) {
  if (items.length > MOST_LISTED) {
    return `${items.slice(0, MOST_LISTED).join(", ")} and ${items.length - MOST_LISTED} more`;
  }
  return items.length > 1 ? `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}` : items.join("");
}

/**
 * @param {number} column
 * @returns {string}
 */
function letters(column) {
  const rest = column < 26 ? "" : letters(Math.floor(column / 26) - 1);
  return rest + String.fromCharCode(65 + (column % 26));
}
