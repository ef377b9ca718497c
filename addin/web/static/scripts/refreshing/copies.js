// Copies of sheets: hidden ones from which everything can be put back, and those on which a user's changes are kept aside.

import { addressOf, areaOf, isIn } from "./areas.js";
import { hasFormula } from "./blocks.js";

/** @typedef {import("./before.js").Before} Before */
/** @typedef {import("./wire.js").RefreshRequest} RefreshRequest */
/** @typedef {import("./wire.js").Instructions} Instructions */
/** @typedef {import("./wire.js").KeptAside} KeptAside */
/** @typedef {import("./requests.js").Requests} Requests */

const UNKNOWN = "#NAME?"; // the value of a formula whose function is missing

/**
 * Copies the sheets that are about to be written, as they are.
 * @param {Requests} requests
 * @param {Before} before
 */
export async function makeCopies(requests, { sheets, active }) {
  const { worksheets } = requests.context.workbook;
  for (const { id, copy, visibility } of sheets) {
    const made = copyOf(worksheets.getItem(id), visibility);
    made.name = copy;
    worksheets.getItem(active).activate(); // Excel shows a copy, and a name on the active sheet hides the workbook's
    made.visibility = "VeryHidden";
  }
  await requests.write();
}

/**
 * A copy of a sheet at the end. Excel does not copy a very hidden sheet, which is hidden meanwhile.
 * @param {Excel.Worksheet} sheet
 * @param {string} [visibility]
 */
function copyOf(sheet, visibility) {
  if (visibility === "VeryHidden") {
    sheet.visibility = "Hidden";
  }
  const copy = sheet.copy("End");
  if (visibility === "VeryHidden") {
    sheet.visibility = visibility;
  }
  return copy;
}

/**
 * Takes the copies away.
 * @param {Requests} requests
 * @param {Before} before
 */
export async function dropCopies(requests, { sheets }) {
  const { worksheets } = requests.context.workbook;
  const copies = sheets.map(({ copy }) => worksheets.getItemOrNullObject(copy).load("name"));
  await requests.send();
  for (const copy of copies.filter(({ isNullObject }) => !isNullObject)) {
    copy.visibility = "Hidden"; // Excel does not delete a very hidden sheet
    copy.delete();
  }
  await requests.write();
}

/**
 * Keeps the sheets that the user has changed aside, on copies that go on showing the same figures.
 * @param {Requests} requests
 * @param {Instructions} instructions
 * @param {RefreshRequest} request
 * @param {Before} before
 */
export async function keepAside(requests, { kept_aside: asides }, request, before) {
  if (asides.length === 0) {
    return;
  }
  const { worksheets } = requests.context.workbook;
  const copies = asides.map((kept) => {
    const sheet = worksheets.getItem(kept.sheet);
    const copy = copyOf(sheet, before.sheets.find(({ name }) => name === kept.sheet)?.visibility);
    copy.name = kept.copy;
    worksheets.getItem(before.active).activate();
    return { kept, sheet, copy, own: sheet.names.load("items/name"), names: copy.names.load("items/name") };
  });
  await requests.write();
  for (const { kept, sheet, copy, own, names } of copies) {
    const theirs = new Set(own.items.map(({ name }) => name));
    names.items.filter(({ name }) => !theirs.has(name)).forEach((name) => name.delete());
    copy.visibility = "Visible";
    showValues(sheet, copy, kept, request);
    if (kept.edited.length > 0) {
      highlight(copy, kept);
    }
  }
  await requests.write();
}

/**
 * Replaces the formulas of a copy with values, apart from what the user has typed. The cells that a typed formula fills are made
 * blank, so that it can fill them again.
 * @param {Excel.Worksheet} sheet
 * @param {Excel.Worksheet} copy
 * @param {KeptAside} kept
 * @param {RefreshRequest} request
 */
function showValues(sheet, copy, { sheet: name, typed }, request) {
  const { blocks = [], arrays = [] } = request.sheets.find((each) => each.name === name) ?? {};
  const places = new Set(typed);
  const filled = arrays.map(areaOf).filter((array) => places.has(placeOf(array.top, array.left)));
  for (const block of blocks) {
    const { area, formulas, values } = block;
    copy.getRange(area).copyFrom(sheet.getRange(area), "Values");
    const { top, left } = areaOf(area);
    const kept = formulas.map((row, down) =>
      row.map((formula, across) => {
        const place = placeOf(top + down, left + across);
        if (places.has(place) || values[down][across] === UNKNOWN) {
          return hasFormula(block, down, across) ? formula : null;
        }
        return filled.some((array) => isIn(areaOf(place), array)) ? "" : null;
      }),
    );
    if (kept.some((row) => row.some((formula) => formula !== null))) {
      copy.getRange(area).formulas = kept;
    }
  }
}

/**
 * @param {number} row
 * @param {number} column
 */
const placeOf = (row, column) => addressOf({ top: row, left: column, bottom: row, right: column });

/**
 * @param {Excel.Worksheet} copy
 * @param {KeptAside} kept
 */
function highlight(copy, { edited, color }) {
  for (let from = 0; from < edited.length; from += 200) {
    copy.getRanges(edited.slice(from, from + 200).join(",")).format.fill.color = color;
  }
}
