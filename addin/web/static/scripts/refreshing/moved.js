// Sheets in which rows or columns were inserted or deleted: a refresh would make the user's references to them show other
// figures. The user's sheets are read here for that only; the server does not get them.

import { formulasOf } from "../names/cells.js";
import { address } from "../names/addresses.js";
import { tokens } from "../names/tokens.js";
import { reference } from "./areas.js";
import { Refused } from "./failures.js";
import { isOurName, ourSheets } from "./marked.js";

/** @typedef {import("./wire.js").Instructions} Instructions */

const LISTED = 3;

/**
 * Refuses if anything refers to sheets whose cells have moved.
 * @param {Excel.RequestContext} context
 * @param {Instructions} instructions
 */
export async function refuseIfReferredTo(context, { moved, names: marked }) {
  if (moved.length === 0) {
    return;
  }
  const { sure: ours } = ourSheets(marked, {});
  const names = await usersNames(context, ours);
  const sheets = moved.map(({ sheet }) => sheet);
  const found = await formulasOf(context, (formula, sheet) => !ours.has(sheet.toLowerCase()) && sheets.some((each) => mentions(formula, each)));
  for (const { sheet, refusal } of moved) {
    const cells = found.flatMap((each) => each.cells.filter(({ formula }) => mentions(formula, sheet)).map((cell) => `${each.name}!${address(cell.row, cell.column)}`));
    const theirs = names.filter(({ formula }) => mentions(String(formula), sheet));
    const places = [...cells, ...theirs.map(({ name }) => `the name ${name}`)];
    if (places.length > 0) {
      const more = places.length > LISTED ? ` and ${places.length - LISTED} more` : "";
      throw new Refused(refusal.replace("{places}", () => places.slice(0, LISTED).join(", ") + more));
    }
  }
}

/**
 * The user's names: those of the workbook, and those of single sheets.
 * @param {Excel.RequestContext} context
 * @param {Set<string>} ours Sheets whose names do not count.
 */
async function usersNames({ workbook }, ours) {
  const { worksheets, names } = workbook;
  names.load("items/name, items/formula");
  worksheets.load("items/name");
  await workbook.context.sync();
  const theirs = worksheets.items.filter(({ name }) => !ours.has(name.toLowerCase()));
  const scoped = theirs.map((sheet) => sheet.names.load("items/name, items/formula"));
  await workbook.context.sync();
  return [names, ...scoped].flatMap(({ items }) => items).filter(({ name }) => !isOurName(name));
}

/**
 * Whether a formula refers to a sheet.
 * @param {string} formula
 * @param {string} sheet
 */
function mentions(formula, sheet) {
  const wanted = sheet.toLowerCase();
  return tokens(formula).some(({ kind, text }) => kind === "sheet" && reference(`${text}A1`)?.sheet.toLowerCase() === wanted);
}
