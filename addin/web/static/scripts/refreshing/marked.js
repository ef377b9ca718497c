// Which sheets of the workbook are Marketbook's: those to which hidden names refer, even if they were renamed. Programs that
// clean up names delete such names.

import { reference } from "./areas.js";

/** @typedef {import("./wire.js").Name} Name */

const MARK = "_mb_sheet_";
const OURS = /^_?mb_/i;
const VISIBLE = /^mb_/i;
const WRITTEN = "urn:marketbook:written";
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
 * Returns the names of the sheets that are Marketbook's, and of those that may be because hidden names were deleted: several
 * visible names refer to them, or they have the title of a sheet without a hidden name. The server knows them by their cells.
 * @param {Record<string, Name>} names Marketbook's.
 * @param {Record<string, string>} records
 * @returns {{sure: Set<string>, possible: Set<string>}} In lower case.
 */
export function ourSheets(names, records) {
  const marked = Object.entries(names).filter(([name]) => isMark(name));
  const sure = marked.map(([, name]) => sheetOf(name)).filter((sheet) => sheet !== "");
  return { sure: lowered(sure), possible: lowered([...named(names), ...titled(names, records)]) };
}

/** @param {string} name */
const isMark = (name) => name.toLowerCase().startsWith(MARK);

/** @param {string[]} texts */
const lowered = (texts) => new Set(texts.map((text) => text.toLowerCase()));

/**
 * The sheets to which several visible names refer.
 * @param {Record<string, Name>} names
 */
function named(names) {
  const sheets = Object.entries(names).filter(([name]) => VISIBLE.test(name)).map(([, name]) => sheetOf(name)); // prettier-ignore
  return sheets.filter((sheet) => sheet !== "" && sheets.filter((each) => each === sheet).length >= ENOUGH);
}

/**
 * The titles of the sheets that were written, and have no hidden name any more.
 * @param {Record<string, Name>} names
 * @param {Record<string, string>} records
 */
function titled(names, { [WRITTEN]: text = "{}" }) {
  const marks = lowered(Object.keys(names).filter(isMark));
  const lost = Object.entries(sheetsIn(text)).filter(([key]) => !marks.has(MARK + key));
  return lost.map(([, sheet]) => String(sheet?.title ?? ""));
}

/**
 * The sheets in the record of what was written; none if it is another version's.
 * @param {string} text
 * @returns {Record<string, {title?: string} | null>}
 */
function sheetsIn(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/**
 * The sheet to which a name refers, even if its cells were deleted; "" if there is none.
 * @param {Name} name
 */
function sheetOf({ refers_to: formula }) {
  return reference(formula.replace(/!#REF!.*$/, "!A1"))?.sheet ?? "";
}
