// A formula into the selected cell. Cells that have something already are not overwritten without asking.

import { address, LAST_COLUMN, LAST_ROW, withoutSheet } from "../names/addresses.js";
import { isSupported } from "../supported.js";
import { Refusal } from "./failures.js";
import { numberFormat } from "./insertions.js";

/** @typedef {{formula: string, rows: number, columns: number, kinds: import("./insertions.js").Kind[]}} Inserted */
/** @typedef {{sheet: string, area: string, filled: string[]}} Place Cells of a sheet, and which have something. */

const MOST_NAMED = 3;
const GENERAL = "General";
const AS_TEXT = "@"; // a formula in such a cell would be a text

/**
 * Inserts a formula, and returns where; "" if somebody does not want to replace what is there. What is entered there while they
 * are asked is asked about too.
 * @param {Inserted} what
 * @param {(question: string) => Promise<boolean>} agree
 * @returns {Promise<string>}
 */
export async function insert(what, agree) {
  let place = await Excel.run((context) => looked(context, what));
  /** @type {string[]} */
  let agreed = [];
  while (place.filled.some((cell) => !agreed.includes(cell))) {
    if (!(await agree(question(place.filled)))) {
      return "";
    }
    agreed = place.filled;
    const { sheet, area } = place;
    place = await Excel.run((context) => looked(context, what, context.workbook.worksheets.getItem(sheet).getRange(area).getCell(0, 0)));
  }
  return Excel.run((context) => written(context, what, place));
}

/**
 * The cells in which the values will appear, from the selected cell on.
 * @param {Excel.RequestContext} context
 * @param {Inserted} what
 * @param {Excel.Range} [cell] Another one than the selected cell.
 * @returns {Promise<Place>}
 */
async function looked(context, { rows, columns }, cell = context.workbook.getActiveCell()) {
  cell.load("rowIndex, columnIndex");
  cell.worksheet.load("id");
  await context.sync();
  const { rowIndex: row, columnIndex: column } = cell;
  if (row + rows > LAST_ROW || column + columns > LAST_COLUMN) {
    throw new Refusal(`There is no room for ${rows} rows and ${columns} columns. Select another cell.`);
  }
  const area = cell.getResizedRange(rows - 1, columns - 1);
  if (rows * columns > 1) {
    await refuseUnlessRoom(area);
  }
  area.load("address, formulas, valueTypes");
  await context.sync();
  /** @type {string[]} */
  const filled = [];
  area.valueTypes.forEach((types, down) =>
    types.forEach((type, right) => {
      if (type !== Excel.RangeValueType.empty || area.formulas[down][right] !== "") {
        filled.push(address(row + down, column + right));
      }
    }),
  );
  await refuseOthers(cell.worksheet, filled);
  return { sheet: cell.worksheet.id, area: withoutSheet(area.address), filled };
}

/**
 * Refuses cells in which several values cannot appear.
 * @param {Excel.Range} area
 */
async function refuseUnlessRoom(area) {
  const tables = area.getTables().getCount();
  const merged = isSupported("1.13") ? area.getMergedAreasOrNullObject() : null;
  await area.context.sync();
  if (tables.value) {
    throw new Refusal("In an Excel table, a formula has one value. Select a cell outside of the table.");
  }
  if (merged && !merged.isNullObject) {
    throw new Refusal("The values do not fit into merged cells. Unmerge them, or select another cell.");
  }
}

/**
 * Refuses cells that a formula elsewhere fills: they would come back, and break the new formula or that one.
 * @param {Excel.Worksheet} sheet
 * @param {string[]} filled
 */
async function refuseOthers(sheet, filled) {
  if (!isSupported("1.12")) {
    return;
  }
  const parents = filled.map((cell) => sheet.getRange(cell).getSpillParentOrNullObject());
  parents.forEach((parent) => parent.load("address"));
  await sheet.context.sync();
  for (const [at, parent] of parents.entries()) {
    if (!parent.isNullObject && !filled.includes(withoutSheet(parent.address))) {
      throw new Refusal(`${filled[at]} is filled by the formula in ${withoutSheet(parent.address)}. Select another cell.`);
    }
  }
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
