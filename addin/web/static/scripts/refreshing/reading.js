// What a refresh has to know of the workbook: what Marketbook's own sheets contain, or sheets that may be its own, its names and
// its records. Nothing else is read, and nothing else leaves the workbook.

import { blocksOf } from "./blocks.js";
import { besides } from "./beside.js";
import { NO_SHEETS, Refused, STRUCTURE } from "./failures.js";
import { ourNames, ourSheets } from "./marked.js";
import { readRecords } from "./records.js";

/** @typedef {import("./wire.js").RefreshRequest} RefreshRequest */
/** @typedef {import("./requests.js").Requests} Requests */

/**
 * A sheet of ours in the workbook, and its used cells.
 * @typedef {{name: string, sheet: Excel.Worksheet, used: Excel.Range}} Ours
 */

const LARGEST = 50_000; // cells: more than any sheet of ours has

/**
 * Returns what a refresh has to know of the workbook.
 * @param {Requests} requests
 * @param {string} market For a workbook without Marketbook sheets.
 * @returns {Promise<RefreshRequest>}
 */
export async function readWorkbook(requests, market) {
  const { workbook } = requests.context;
  workbook.names.load("items/name, items/formula, items/visible");
  workbook.worksheets.load("items/name, items/visibility");
  workbook.protection.load("protected");
  const start = workbook.functions.date(1904, 1, 2).load("value"); // which is 1 in a workbook that counts from 1904
  await requests.send();
  const names = ourNames(workbook.names.items);
  const records = await readRecords(requests);
  const sheets = await foundSheets(requests, ourSheets(names, records));
  if (sheets.length === 0 && !market) {
    throw new Refused(NO_SHEETS);
  }
  if (workbook.protection.protected) {
    throw new Refused(STRUCTURE); // without copies of the sheets, nothing could be put back
  }
  return {
    sheets: await readSheets(requests, sheets),
    names,
    records,
    market: sheets.length > 0 ? "" : market,
    taken: [],
    are_dates_from_1904: start.value === 1,
    is_structure_protected: false,
  };
}

/**
 * The sheets with these names. One that only may be Marketbook's is left out if it is larger than any of them.
 * @param {Requests} requests
 * @param {ReturnType<typeof ourSheets>} names
 * @returns {Promise<Ours[]>}
 */
async function foundSheets(requests, { sure, possible }) {
  const isSure = (/** @type {string} */ name) => sure.has(name.toLowerCase());
  const { items } = requests.context.workbook.worksheets;
  const found = items.filter(({ name }) => isSure(name) || possible.has(name.toLowerCase())).map(withUsedCells);
  if (found.length > 0) {
    await requests.send();
  }
  return found.filter(({ name, used }) => isSure(name) || used.isNullObject || used.rowCount * used.columnCount <= LARGEST);
}

/**
 * A sheet with what is to be known first: its used cells, and whether it is protected.
 * @param {Excel.Worksheet} sheet
 * @returns {Ours}
 */
export function withUsedCells(sheet) {
  sheet.protection.load("protected");
  return { name: sheet.name, sheet, used: sheet.getUsedRangeOrNullObject().load("address, rowCount, columnCount") };
}

/**
 * What is on sheets.
 * @param {Requests} requests
 * @param {Ours[]} ours
 * @returns {Promise<import("./wire.js").OpenedSheet[]>}
 */
export async function readSheets(requests, ours) {
  const blocks = await blocksOf(requests, ours);
  const beside = await besides(requests, ours);
  return ours.map(({ name, sheet }, at) => ({
    name,
    visibility: sheet.visibility,
    is_protected: sheet.protection.protected, // the server refuses those that would be written
    ...blocks[at],
    beside: beside[at],
  }));
}
