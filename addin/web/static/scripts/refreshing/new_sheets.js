// The sheets that a workbook gets: from a file with their charts, where Excel can insert it. Excel on the web inserts no
// sheets with charts, so that there they are added blank, and their charts are drawn.

import { isSupported } from "../supported.js";
import { drawCharts as draw } from "./drawing.js";
import { CHANGED, Refused } from "./failures.js";
import { loadHeights, rowsToChange } from "./heights.js";
import { loadPage, pageOf } from "./printing.js";

/** @typedef {import("./wire.js").Instructions} Instructions */
/** @typedef {import("./wire.js").SheetInstructions} SheetInstructions */
/** @typedef {import("./requests.js").Requests} Requests */

const INSERTS_FILES = "1.13";
const UNSUPPORTED = new Set(["UnsupportedFeature", "UnsupportedOperation", "NotImplemented", "ApiNotFound"]);

/**
 * Adds the sheets that are new. Returns those whose charts are still to be drawn.
 * @param {Requests} requests
 * @param {Instructions} instructions
 * @returns {Promise<SheetInstructions[]>}
 */
export async function addSheets(requests, { new: names, file, sheets }) {
  const { worksheets } = requests.context.workbook;
  const added = sheets.filter(({ name }) => names.includes(name));
  if (added.length === 0) {
    return [];
  }
  const isInserted = await insert(requests, names, file);
  if (!isInserted) {
    added.forEach(({ name }) => worksheets.add(name));
    await requests.write();
    added.forEach((each) => setUp(worksheets.getItem(each.name), each));
  }
  added.filter(({ view }) => view?.is_hidden).forEach(({ name }) => (worksheets.getItem(name).visibility = "Hidden"));
  await requests.write();
  return isInserted ? [] : added;
}

/**
 * @param {Requests} requests
 * @param {string[]} names
 * @param {string} file
 * @returns {Promise<boolean>} Whether this Excel can insert such a file.
 */
async function insert(requests, names, file) {
  if (!isSupported(INSERTS_FILES)) {
    return false;
  }
  try {
    const { workbook } = requests.context;
    const ids = workbook.insertWorksheetsFromBase64(file, { positionType: "End" });
    await requests.send();
    const made = ids.value.map((id) => workbook.worksheets.getItem(id).load("name"));
    await requests.send();
    if (made.some(({ name }) => !names.includes(name))) {
      throw new Refused(CHANGED); // somebody has added a sheet of that name meanwhile
    }
    return true;
  } catch (error) {
    if (error instanceof OfficeExtension.Error && UNSUPPORTED.has(error.code)) {
      return false;
    }
    throw error;
  }
}

/**
 * Sets a new sheet up as its user sees it.
 * @param {Excel.Worksheet} sheet
 * @param {SheetInstructions} instructions
 */
function setUp(sheet, { view }) {
  if (!view) {
    return;
  }
  sheet.showGridlines = false;
  view.widths.forEach((points, at) => (sheet.getCell(0, at).getEntireColumn().format.columnWidth = points));
}

/** @typedef {Pick<import("./before.js").SheetBefore, "name" | "rows" | "page">} NewSheet */

/**
 * Returns how new sheets are before they are written.
 * @param {Requests} requests
 * @param {SheetInstructions[]} sheets
 * @returns {Promise<NewSheet[]>}
 */
export async function newSheets(requests, sheets) {
  const loaded = sheets.map(({ name, heights }) => {
    const sheet = requests.context.workbook.worksheets.getItem(name);
    return { name, wanted: heights, heights: loadHeights(sheet, heights), page: loadPage(sheet) };
  });
  if (loaded.length > 0) {
    await requests.send();
  }
  return loaded.map(({ name, wanted, heights, page }) => ({ name, rows: rowsToChange(heights, wanted), page: pageOf(page) }));
}

/**
 * Draws the charts of new sheets.
 * @param {Requests} requests
 * @param {SheetInstructions[]} sheets
 */
export async function drawCharts(requests, sheets) {
  const { worksheets } = requests.context.workbook;
  await draw(requests, sheets.flatMap(({ name, charts }) => charts.map((wanted) => ({ sheet: worksheets.getItem(name), wanted }))));
}
