// A formula into the selected cell. Cells that have something already are not overwritten without asking.

import { Refusal } from "./failures.js";
import { numberFormat } from "./insertions.js";

/** @typedef {{formula: string, rows: number, columns: number, kinds: import("./insertions.js").Kind[]}} Inserted */
/** @typedef {{sheet: string, area: string, filled: string[]}} Place Cells of a sheet, and which have something. */

const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
const MOST_NAMED = 3;
const GENERAL = "General";
const AS_TEXT = "@"; // a formula in such a cell would be a text

/**
 * Inserts a formula, and returns where; "" if somebody does not want to replace what is there.
 * @param {Inserted} what
 * @param {(question: string) => Promise<boolean>} agree
 * @returns {Promise<string>}
 */
export async function insert(what, agree) {
  const place = await Excel.run((context) => looked(context, what));
  if (place.filled.length && !(await agree(question(place.filled)))) {
    return "";
  }
  return Excel.run((context) => written(context, what, place));
}

/**
 * The cells in which the values will appear.
 * @param {Excel.RequestContext} context
 * @param {Inserted} what
 * @returns {Promise<Place>}
 */
async function looked(context, { rows, columns }) {
  const cell = context.workbook.getActiveCell();
  cell.load("rowIndex, columnIndex");
  cell.worksheet.load("id");
  await context.sync();
  const { rowIndex: row, columnIndex: column } = cell;
  if (row + rows > LAST_ROW || column + columns > LAST_COLUMN) {
    throw new Refusal(`There is no room for ${rows} rows and ${columns} columns. Select another cell.`);
  }
  const area = cell.getResizedRange(rows - 1, columns - 1);
  const tables = area.getTables().getCount();
  area.load("address, formulas, valueTypes");
  await context.sync();
  if (tables.value && rows * columns > 1) {
    throw new Refusal("In an Excel table, a formula has one value. Select a cell outside of the table.");
  }
  /** @type {string[]} */
  const filled = [];
  area.valueTypes.forEach((types, down) =>
    types.forEach((type, right) => {
      if (type !== Excel.RangeValueType.empty || area.formulas[down][right] !== "") {
        filled.push(`${letters(column + right)}${row + down + 1}`);
      }
    }),
  );
  return { sheet: cell.worksheet.id, area: area.address.slice(area.address.lastIndexOf("!") + 1), filled };
}

/**
 * @param {Excel.RequestContext} context
 * @param {Inserted} what
 * @param {Place} place
 */
async function written(context, { formula, kinds, columns }, { sheet, area, filled }) {
  const range = context.workbook.worksheets.getItem(sheet).getRange(area);
  const first = range.getCell(0, 0);
  first.load("address");
  range.load("numberFormat");
  await context.sync();
  const formats = columns === kinds.length ? kinds.map(numberFormat) : [];
  range.numberFormat = range.numberFormat.map((row) =>
    row.map((now, at) => (now === GENERAL || now === AS_TEXT ? (formats[at] ?? GENERAL) : now)),
  );
  if (filled.length) {
    range.clear(Excel.ClearApplyTo.contents);
  }
  first.formulas = [[formula]];
  await context.sync();
  return first.address;
}

/** @param {string[]} filled */
function question(filled) {
  const [first, ...others] = filled;
  if (!others.length) {
    return `${first} is not empty. Replace what is in it?`;
  }
  const named = filled.slice(0, MOST_NAMED);
  const rest = filled.length - named.length;
  const cells = rest ? `${named.join(", ")} and ${rest} more` : `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
  return `${cells} are not empty. Replace what is in them?`;
}

/**
 * The letters of a column, counted from 0.
 * @param {number} column
 * @returns {string}
 */
function letters(column) {
  const rest = column < 26 ? "" : letters(Math.floor(column / 26) - 1);
  return rest + String.fromCharCode(65 + (column % 26));
}
