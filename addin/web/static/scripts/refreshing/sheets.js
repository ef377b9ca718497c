// A report sheet, written into a worksheet: the same as a refresh of the file puts there. Its charts are another matter.

import { areaOf } from "./areas.js";
import { writeFilter } from "./filters.js";
import { writeHeights } from "./heights.js";
import { pageWanted, writePage } from "./printing.js";
import { addBars, addRule } from "./rules.js";

/** @typedef {import("./wire.js").SheetInstructions} SheetInstructions */
/** @typedef {import("./wire.js").DropDown} DropDown */
/** @typedef {import("./before.js").SheetBefore} SheetBefore */
/** @typedef {import("./requests.js").Requests} Requests */

const CHARACTERS = 600; // of the request for one thing

/**
 * Replaces what is in the cells of a sheet.
 * @param {Requests} requests
 * @param {SheetInstructions} wanted
 * @param {Pick<SheetBefore, "rows" | "page">} before
 */
export async function writeSheet(requests, wanted, { rows, page }) {
  const sheet = requests.context.workbook.worksheets.getItem(wanted.name);
  const { formulas, area } = wanted.entries;
  await requests.make(JSON.stringify(formulas).length);
  sheet.autoFilter.remove();
  clearCells(sheet);
  addLinks(sheet, wanted);
  sheet.getRange(area).formulas = formulas;
  await applyLooks(requests, sheet, wanted);
  wanted.merged.forEach((each) => sheet.getRange(each).merge());
  writeHeights(sheet, wanted.heights, rows);
  await requests.make((wanted.rules.length + wanted.bars.length + wanted.drop_downs.length) * CHARACTERS);
  [...wanted.bars].reverse().forEach((bars) => addBars(sheet, bars)); // the one that is added last counts most
  [...wanted.rules].reverse().forEach((rule) => addRule(sheet, rule));
  wanted.drop_downs.forEach((drop) => addDropDown(sheet, drop));
  if (wanted.filter) {
    writeFilter(sheet, { area: wanted.filter, criteria: [] });
  }
  writePage(sheet, page, pageWanted(wanted, page));
  await requests.write();
}

/**
 * Removes everything in the cells of a sheet. Notes stay: not every Excel tells of them, so that they may be on no copy.
 * @param {Excel.Worksheet} sheet
 */
export function clearCells(sheet) {
  const cells = sheet.getRange();
  cells.unmerge();
  cells.conditionalFormats.clearAll();
  cells.dataValidation.clear();
  cells.clear("Hyperlinks");
  cells.clear("Contents");
  cells.clear("Formats");
}

/**
 * Excel enters the text of a link and gives it a look. What is entered and how it looks comes later.
 * @param {Excel.Worksheet} sheet
 * @param {SheetInstructions} wanted
 */
function addLinks(sheet, { links }) {
  for (const { cell, text, place, address } of links) {
    sheet.getRange(cell).hyperlink = { textToDisplay: text, ...(place ? { documentReference: place } : { address }) };
  }
}

/**
 * @param {Requests} requests
 * @param {Excel.Worksheet} sheet
 * @param {SheetInstructions} wanted
 */
async function applyLooks(requests, sheet, { entries, styles, number_formats: formats }) {
  for (const { style, areas } of styles) {
    for (const address of areas) {
      await requests.make(CHARACTERS);
      sheet.getRanges(address).style = style;
    }
  }
  if (formats.length === 0) {
    return;
  }
  const { top, left, bottom, right } = areaOf(entries.area);
  /** @type {(string | null)[][]} */
  const codes = Array.from({ length: bottom - top + 1 }, () => new Array(right - left + 1).fill(null));
  for (const { number_format: code, areas } of formats) {
    areas.flatMap((address) => address.split(",")).map(areaOf).forEach((at) => fill(codes, at, top, left, code)); // prettier-ignore
  }
  await requests.make(JSON.stringify(codes).length);
  sheet.getRange(entries.area).numberFormat = codes; // null leaves that of the style
}

/**
 * @param {(string | null)[][]} codes
 * @param {import("./areas.js").Area} area
 * @param {number} top
 * @param {number} left
 * @param {string} code
 */
function fill(codes, area, top, left, code) {
  for (let row = area.top; row <= area.bottom; row++) {
    codes[row - top].fill(code, area.left - left, area.right - left + 1);
  }
}

/**
 * @param {Excel.Worksheet} sheet
 * @param {DropDown} entries
 */
function addDropDown(sheet, { area, kind, alert, title, message, source, low, high }) {
  const { dataValidation: validation } = area.includes(",") ? sheet.getRanges(area) : sheet.getRange(area);
  if (kind === "list") {
    validation.rule = { list: { inCellDropDown: true, source } };
  } else {
    const limits = { formula1: low ?? 0, formula2: high ?? 0, operator: Excel.DataValidationOperator.between };
    validation.rule = kind === "date" ? { date: { ...limits, formula1: `=${low}`, formula2: `=${high}` } } : { wholeNumber: limits };
  }
  validation.ignoreBlanks = kind === "list";
  validation.errorAlert = { showAlert: true, style: alert, title, message };
}
