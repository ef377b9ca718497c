// What a refresh has to know of the workbook: what Marketbook's own sheets contain, its names and its records. Nothing else
// is read, and nothing else leaves the workbook.

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
  const found = ourSheets(names);
  const sheets = workbook.worksheets.items.filter(({ name }) => found.includes(name));
  if (sheets.length === 0 && !market) {
    throw new Refused(NO_SHEETS);
  }
  if (workbook.protection.protected) {
    throw new Refused(STRUCTURE); // without copies of the sheets, nothing could be put back
  }
  return {
    sheets: await readSheets(requests, sheets),
    names,
    records: await readRecords(requests),
    market: sheets.length > 0 ? "" : market,
    taken: [],
    are_dates_from_1904: start.value === 1,
    is_structure_protected: false,
  };
}

/**
 * @param {Requests} requests
 * @param {Excel.Worksheet[]} sheets
 */
async function readSheets(requests, sheets) {
  const ours = sheets.map((sheet) => {
    sheet.protection.load("protected");
    return { name: sheet.name, sheet, used: sheet.getUsedRangeOrNullObject().load("rowCount, columnCount, rowIndex, columnIndex, address") };
  });
  await requests.send();
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
