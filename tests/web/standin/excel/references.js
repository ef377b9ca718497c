// References to sheets in formulas, which follow when a sheet is renamed and break when it is deleted.

import { quoted } from "./addresses.js";

const PIECE = /"(?:[^"]|"")*"|'((?:[^']|'')*)'!|(?<![#\]\w.])([A-Za-z_\u00C0-\uFFFF][\w.\u00C0-\uFFFF]*)!/g;
const CELLS = /^\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|^\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|^\$?\d+:\$?\d+/i;

/**
 * A formula in which references to a sheet are changed.
 * @param {string} formula
 * @param {string} sheet
 * @param {(cells: string) => string} change Gets the cells of a reference, and returns what stands for the whole.
 */
function changed(formula, sheet, change) {
  let result = "";
  let from = 0;
  for (const found of formula.matchAll(PIECE)) {
    const name = found[1]?.replaceAll("''", "'") ?? found[2];
    if (found.index < from || name?.toLowerCase() !== sheet.toLowerCase()) {
      continue;
    }
    const cells = CELLS.exec(formula.slice(found.index + found[0].length))?.[0] ?? "";
    result += formula.slice(from, found.index) + change(cells);
    from = found.index + found[0].length + cells.length;
  }
  return result + formula.slice(from);
}

/**
 * @param {string} formula
 * @param {string} sheet
 * @param {string} name
 */
export function renamed(formula, sheet, name) {
  return changed(formula, sheet, (cells) => `${quoted(name)}!${cells}`);
}

/**
 * @param {string} formula
 * @param {string} sheet
 */
export function broken(formula, sheet) {
  return changed(formula, sheet, () => "#REF!");
}

/**
 * Whether a formula refers to a sheet.
 * @param {string} formula
 * @param {string} sheet
 */
export function refersTo(formula, sheet) {
  let found = false;
  changed(formula, sheet, (cells) => {
    found = true;
    return cells;
  });
  return found;
}

/**
 * The sheets to which a formula refers, apart from those of other workbooks.
 * @param {string} formula
 */
export function sheetsIn(formula) {
  const names = [...formula.matchAll(PIECE)].map(([, quotedName, name]) => quotedName?.replaceAll("''", "'") ?? name);
  return names.filter((name) => name !== undefined && !name.includes("["));
}

/**
 * The sheet and the cells of a reference such as "='My sheet'!$A$1"; null if it is something else.
 * @param {string} formula
 * @returns {{sheet: string, cells: string} | null}
 */
export function reference(formula) {
  const found = /^=?(?:'((?:[^']|'')*)'|([^'!(),]+))!(\$?[A-Z$\d:]+)$/i.exec(formula);
  return found && { sheet: found[1]?.replaceAll("''", "'") ?? found[2], cells: found[3].replaceAll("$", "") };
}
