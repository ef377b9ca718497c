// Which sheets of the workbook are Marketbook's: those to which hidden names refer, even if they were renamed.

import { reference } from "./areas.js";

/** @typedef {import("./wire.js").Name} Name */

const MARK = "_mb_sheet_";
const OURS = /^_?mb_/i;
const ENOUGH = 2; // visible names on one sheet, if the hidden ones were deleted

/**
 * Returns Marketbook's names.
 * @param {Excel.NamedItem[]} names The workbook's, loaded.
 * @returns {Record<string, Name>}
 */
export function ourNames(names) {
  const ours = names.filter(({ name }) => OURS.test(name));
  return Object.fromEntries(ours.map(({ name, formula, visible }) => [name, { refers_to: String(formula), is_visible: visible }]));
}

/** @param {string} name */
export const isOurName = (name) => OURS.test(name);

/**
 * Returns the names of Marketbook's sheets.
 * @param {Record<string, Name>} names Marketbook's.
 * @returns {string[]}
 */
export function ourSheets(names) {
  const marked = Object.entries(names).filter(([name]) => name.toLowerCase().startsWith(MARK));
  const sheets = marked.map(([, name]) => sheetOf(name)).filter((sheet) => sheet !== "");
  return [...new Set(sheets.length > 0 ? sheets : named(names))];
}

/**
 * The sheets to which several visible names refer.
 * @param {Record<string, Name>} names
 */
function named(names) {
  const sheets = Object.values(names).filter(({ is_visible: isVisible }) => isVisible).map(sheetOf); // prettier-ignore
  return sheets.filter((sheet) => sheet !== "" && sheets.filter((each) => each === sheet).length >= ENOUGH);
}

/**
 * The sheet to which a name refers, even if its cells were deleted; "" if there is none.
 * @param {Name} name
 */
function sheetOf({ refers_to: formula }) {
  return reference(formula.replace(/!#REF!.*$/, "!A1"))?.sheet ?? "";
}
