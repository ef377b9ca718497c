// Convert to values, in the open workbook, by the rules of workbook/freezing.py: formulas that call our functions become
// their values, and so do all formulas on Marketbook's own sheets. The user's other formulas stay. Nothing is asked of
// the server: the values are those that the cells show.

import { address, listed, sheetOf } from "./addresses.js";
import { formulasOf, namesOf } from "./cells.js";
import { showAsFixed } from "./fixed.js";
import { isOurs } from "./formulas.js";
import { becomeValues, check } from "./pieces.js";
import { withAreas } from "./spilled.js";
import { inOneStep, withoutCalculating, writeAll } from "./writing.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./cells.js").SheetCells} SheetCells */
/** @typedef {import("./cells.js").IsWanted} IsWanted */
/** @typedef {import("./cells.js").OnProgress} OnProgress */
/** @typedef {import("./spilled.js").AreaOf} AreaOf */

/** @typedef {{count: number, note: string}} Converted How many formulas, and what else there is to say; "" for nothing. */

const SHEET_MARK = "_mb_sheet_";
const FROZEN_MARK = "_mb_frozen";
const RECORDS = "urn:marketbook:";
const WAITING = new Set(["#BUSY!", "#GETTING_DATA", "#CONNECT!"]);
const NAME_ERROR = "#NAME?";

/**
 * Replaces formulas with the values that they show. What spills becomes values in all of its cells, and formulas that refer
 * to it with # refer to its cells then. Rejects with a sentence, with nothing changed, if a sheet is protected or a cell has
 * no value yet.
 * @param {{onProgress?: OnProgress}} [options]
 * @returns {Promise<Converted>}
 */
export function convertToValues({ onProgress = () => {} } = {}) {
  return withoutCalculating(() => inOneStep((context) => convert(context, onProgress)));
}

/**
 * @param {Excel.RequestContext} context
 * @param {OnProgress} onProgress
 * @returns {Promise<Converted>}
 */
async function convert(context, onProgress) {
  const keys = await marks(context);
  /** @type {IsWanted} */
  const isWanted = (formula, sheet) => keys.has(sheet) || isOurs(formula);
  const read = await formulasOf(context, (formula, sheet) => isWanted(formula, sheet) || formula.includes("#"), onProgress);
  const found = wantedOf(read, isWanted).filter(({ name, cells }) => cells.length || keys.has(name));
  const areaOf = spills(found);
  const following = wantedOf(read, (formula, sheet) => {
    return !isWanted(formula, sheet) && withAreas(formula, sheet, areaOf) !== formula;
  });
  refuseUnlessReady(found, following);
  await follow(context, following, areaOf);
  for (const [at, { sheet, name, cells }] of found.entries()) {
    onProgress(`Converting ${name}`, at, found.length);
    await becomeValues(context, sheet, cells);
  }
  const { refused, changed, errors } = await checked(context, found);
  const names = (await namesOf(context, read)).filter(({ formula }) => isOurs(formula)).map(({ name }) => name);
  if (!refused.length) {
    await finish(context, found, keys);
  }
  return { count: places(found, () => true).length - refused.length, note: note({ refused, changed, errors, names }) };
}

/**
 * The keys of Marketbook's sheets by their names.
 * @param {Excel.RequestContext} context
 */
async function marks(context) {
  const { names } = context.workbook;
  names.load("items/name, items/formula");
  await context.sync();
  const marked = names.items.filter(({ name }) => name.startsWith(SHEET_MARK));
  return new Map(marked.map(({ name, formula }) => [sheetOf(formula.slice(1)), name.slice(SHEET_MARK.length)]));
}

/**
 * @param {SheetCells[]} sheets
 * @param {IsWanted} isWanted
 */
function wantedOf(sheets, isWanted) {
  return sheets.map((sheet) => ({ ...sheet, cells: sheet.cells.filter(({ formula }) => isWanted(formula, sheet.name)) }));
}

/**
 * What is filled by the formulas that spill.
 * @param {SheetCells[]} found
 * @returns {AreaOf}
 */
function spills(found) {
  const key = (/** @type {string} */ sheet, /** @type {string} */ cell) => `${sheet.toLowerCase()}!${cell}`;
  const areas = new Map(
    found.flatMap(({ name, cells }) => cells.map(({ row, column, spill }) => [key(name, address(row, column)), spill])),
  );
  return (sheet, cell) => areas.get(key(sheet, cell));
}

/**
 * @param {SheetCells[]} found
 * @param {SheetCells[]} following
 */
function refuseUnlessReady(found, following) {
  const changed = [...found, ...following.filter(({ cells }) => cells.length)];
  const locked = [...new Set(changed.filter(({ isProtected }) => isProtected).map(({ name }) => name))];
  if (locked.length) {
    const [sheets, are, them] = locked.length === 1 ? ["sheet", "is", "it"] : ["sheets", "are", "them"];
    throw new Error(`The ${sheets} ${listed(locked)} ${are} protected. Unprotect ${them}, and try again.`);
  }
  const waiting = places(found, ({ value }) => WAITING.has(value));
  if (waiting.length) {
    throw new Error(`Excel still calculates ${listed(waiting)}. Try again when all values are there.`);
  }
  const unknown = places(found, ({ value, formula }) => value === NAME_ERROR && isOurs(formula));
  if (unknown.length) {
    const cells = listed(unknown);
    throw new Error(`Excel does not know the functions in ${cells} by these names. Click Use this workbook here first.`);
  }
}

/**
 * What became of the cells; see `check`. Of errors, those of our functions.
 * @param {Excel.RequestContext} context
 * @param {SheetCells[]} found
 */
async function checked(context, found) {
  /** @type {{refused: string[], changed: string[], errors: string[]}} */
  const all = { refused: [], changed: [], errors: [] };
  for (const { sheet, name, cells } of found) {
    const now = await check(context, sheet, cells);
    all.refused.push(...places([{ name, cells: now.refused }], () => true));
    all.changed.push(...places([{ name, cells: now.changed }], () => true));
    all.errors.push(...places([{ name, cells: now.errors }], ({ formula }) => isOurs(formula)));
  }
  return all;
}

/**
 * @param {{name: string, cells: Cell[]}[]} sheets
 * @param {(cell: Cell) => boolean} isMeant
 */
function places(sheets, isMeant) {
  return sheets.flatMap(({ name, cells }) =>
    cells.filter(isMeant).map(({ row, column }) => `${name}!${address(row, column)}`),
  );
}

/**
 * Lets other formulas, and names, refer to the cells that a formula fills. Their values stay the same.
 * @param {Excel.RequestContext} context
 * @param {SheetCells[]} following
 * @param {AreaOf} areaOf
 */
async function follow(context, following, areaOf) {
  const cells = following.flatMap(({ sheet, name, cells }) =>
    cells.map(({ row, column, formula }) => {
      const at = address(row, column);
      return { size: 1, range: sheet.getRange(at), place: `${name}!${at}`, formula: withAreas(formula, name, areaOf) };
    }),
  );
  const refused = await writeAll(context, cells, ({ range, formula }) => {
    range.formulas = [[formula]];
  });
  if (refused.length) {
    const them = listed(refused.map(({ place }) => place));
    throw new Error(`Excel refused to change ${them}, which would lose the cells that they refer to. Nothing was converted.`);
  }
  for (const name of await namesOf(context, following)) {
    const formula = withAreas(String(name.formula), "", areaOf);
    if (formula !== name.formula) {
      name.formula = formula;
    }
  }
  await context.sync();
}

/**
 * Takes away what belongs to formulas, and marks the workbook, so that no refresh writes formulas again.
 * @param {Excel.RequestContext} context
 * @param {SheetCells[]} found
 * @param {Map<string, string>} keys
 */
async function finish(context, found, keys) {
  const mark = context.workbook.names.getItemOrNullObject(FROZEN_MARK);
  mark.load("name");
  await context.sync();
  const marked = found.filter(({ name }) => keys.has(name));
  if (!marked.length || !mark.isNullObject) {
    return;
  }
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  marked.forEach(({ sheet }) => sheet.getRange().dataValidation.clear());
  await showAsFixed(context, new Map(marked.map(({ sheet, name }) => [keys.get(name) ?? "", sheet])), today);
  const { customXmlParts, names } = context.workbook;
  customXmlParts.load("items/namespaceUri");
  await context.sync();
  customXmlParts.items.filter(({ namespaceUri }) => namespaceUri.startsWith(RECORDS)).forEach((part) => part.delete());
  names.add(FROZEN_MARK, `="${today}"`).visible = false;
  await context.sync();
}

/** @param {{refused: string[], changed: string[], errors: string[], names: string[]}} found Cells, and names. */
function note({ refused, changed, errors, names }) {
  const sentences = [];
  if (refused.length) {
    sentences.push(`Excel refused to convert ${listed(refused)}.`);
  }
  if (changed.length) {
    sentences.push(`The values of ${listed(changed)} changed meanwhile. Use Undo, or your copy, and try again.`);
  }
  if (errors.length) {
    sentences.push(`Errors became values in ${listed(errors)}.`);
  }
  if (names.length) {
    sentences.push(`Defined names still call Marketbook's functions: ${listed(names)}.`);
  }
  return sentences.join(" ");
}
