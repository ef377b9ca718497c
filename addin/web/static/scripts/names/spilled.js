// References to what a formula spills, such as A1#. Where that becomes values, they become references to its cells.

import { sheetOf } from "./addresses.js";
import { tokens } from "./tokens.js";

/** @typedef {(sheet: string, cell: string) => string | undefined} AreaOf What a formula in a cell fills: A1:A9. */

const CELL = /^(\$?)([A-Z]+)(\$?)(\d+)$/i;

/**
 * Returns a formula in which the areas themselves stand for what spilled there. Others stay.
 * @param {string} formula
 * @param {string} sheet The sheet with the formula.
 * @param {AreaOf} areaOf
 * @returns {string}
 */
export function withAreas(formula, sheet, areaOf) {
  const given = tokens(formula);
  const pieces = given.map(({ text }) => text);
  given.forEach(({ kind, text }, at) => {
    const found = kind === "area" && pieces[at + 1] === "#" ? CELL.exec(text) : null;
    if (found) {
      const before = given[at - 1]?.kind === "sheet" ? sheetOf(pieces[at - 1]) : sheet;
      const area = areaOf(before, `${found[2]}${found[4]}`.toUpperCase());
      if (area) {
        pieces[at] = area.replace(/([A-Z]+)(\d+)/g, `${found[1] && "$$"}$1${found[3] && "$$"}$2`);
        pieces[at + 1] = "";
      }
    }
  });
  return pieces.join("");
}
