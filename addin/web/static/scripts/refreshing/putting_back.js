// Puts a workbook back as it was, however far a refresh has come. It can be done more than once.

import { dropCopies } from "./copies.js";
import { writeFilter } from "./filters.js";
import { putHeightsBack } from "./heights.js";
import { putNamesBack } from "./names.js";
import { writePage, loadPage, pageOf } from "./printing.js";
import { writeRecords } from "./records.js";
import { clearCells } from "./sheets.js";

/** @typedef {import("./before.js").Before} Before */
/** @typedef {import("./before.js").SheetBefore} SheetBefore */
/** @typedef {import("./requests.js").Requests} Requests */

/**
 * @param {Requests} requests
 * @param {Before} before
 */
export async function putBack(requests, before) {
  const { workbook } = requests.context;
  const sheets = workbook.worksheets.load("items/name, items/id, items/visibility");
  const styles = workbook.styles.load("items/name");
  await requests.send();
  const byName = new Map(sheets.items.map((sheet) => [sheet.name, sheet]));
  const byId = new Map(sheets.items.map((sheet) => [sheet.id, sheet]));
  before.added.forEach((name) => byName.get(name)?.delete());
  byId.get(before.active)?.activate();
  await putNamesBack(requests, before);
  for (const each of before.sheets) {
    const sheet = byId.get(each.id) ?? byName.get(each.name);
    const copy = byName.get(each.copy);
    if (sheet && copy) {
      await putSheetBack(requests, each, sheet, copy);
    }
  }
  await writeRecords(requests, before.records, true);
  const added = new Set(before.styles);
  styles.items.filter(({ name }) => added.has(name)).forEach((style) => style.delete());
  await dropCopies(requests, before);
  workbook.application.calculate("Full");
}

/**
 * @param {Requests} requests
 * @param {SheetBefore} before
 * @param {Excel.Worksheet} sheet
 * @param {Excel.Worksheet} copy
 */
async function putSheetBack(requests, before, sheet, copy) {
  const loaded = loadPage(sheet);
  await requests.send();
  if (sheet.visibility !== before.visibility) {
    sheet.visibility = before.visibility;
  }
  writePage(sheet, pageOf(loaded), before.page);
  sheet.autoFilter.remove();
  clearCells(sheet);
  sheet.getRange(before.area).copyFrom(copy.getRange(before.area), "All");
  for (const { area, formulas } of before.blocks) {
    await requests.make(JSON.stringify(formulas).length);
    if (formulas.some((row) => row.some((formula) => formula !== null))) {
      sheet.getRange(area).formulas = formulas;
    }
  }
  putHeightsBack(sheet, before.rows);
  if (before.filter) {
    writeFilter(sheet, before.filter);
  }
  await requests.write();
}
