// The names of our functions in the formulas of the open workbook, as the Excel knows them in which it will be used: with
// this add-in's namespace, or plain for the desktop add-in. Only cells whose formulas change are written, and those that show
// #NAME?: Excel looks for a function again only when its formula is entered again.

import { address, listed } from "./addresses.js";
import { formulasOf, namesOf } from "./cells.js";
import { isOurs, namespaced, plain } from "./formulas.js";
import { inOneStep, writeAll } from "./writing.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./cells.js").SheetCells} SheetCells */
/** @typedef {import("./cells.js").OnProgress} OnProgress */
/** @typedef {(formula: string) => string} Spell */

/**
 * What was done: how many formulas, and a sentence about what was not; "" if that is nothing.
 * @typedef {{count: number, note: string}} Done
 */

/**
 * Formulas of cells below each other.
 * @typedef {{area: string, row: number, column: number, size: number, formulas: string[][]}} Run
 */

const NAME_ERROR = "#NAME?";
const LONGEST_RUN = 1_000;
const MOST_TRIED = 5;

/** Why formulas are not changed: this Excel would not know the functions by their other names. */
const UNKNOWN = {
  desktop:
    "This Excel knows the functions only with MARKETBOOK in front, so their cells would show #NAME?. Nothing was changed. " +
    "Save the workbook and run 'marketbook excel relink', or open it in desktop Excel and click Refresh workbook there.",
  web:
    "Excel has not loaded the add-in's functions, so their cells would show #NAME?. Nothing was changed. " +
    "Close the workbook, open it again, and try again.",
};

/**
 * Changes the names in all formulas of the open workbook. Formulas on protected sheets, and those that Excel refuses to
 * change, stay as they are; the others are changed. Rejects with a sentence, with nothing changed, if this Excel does not
 * know the functions by the other names.
 * @param {"web" | "desktop"} to
 * @param {{onProgress?: OnProgress}} [options]
 * @returns {Promise<Done>}
 */
export function relink(to, { onProgress = () => {} } = {}) {
  const spell = to === "web" ? namespaced : plain;
  const changes = (/** @type {string} */ formula) => isOurs(formula) && spell(formula) !== formula;
  return inOneStep(async (context) => {
    const sheets = await formulasOf(context, isOurs, onProgress);
    for (const sheet of sheets) {
      sheet.cells = sheet.cells.filter(({ formula, value }) => changes(formula) || value === NAME_ERROR);
    }
    const found = sheets.filter(({ cells }) => cells.length);
    const open = found.filter(({ isProtected }) => !isProtected);
    await refuseIfUnknown(context, open, spell, UNKNOWN[to]);
    let count = 0;
    /** @type {string[]} */
    const refused = [];
    /** @type {string[]} */
    const texts = [];
    for (const [at, { sheet, name, cells }] of open.entries()) {
      onProgress(`Writing formulas on ${name}`, at, open.length);
      const write = (/** @type {Run} */ { area, formulas }) => {
        sheet.getRange(area).formulas = formulas;
      };
      const entered = cells.filter(({ isText }) => !isText);
      const left = await writeAll(context, runs(entered, spell), write, halves);
      count += left.reduce((sum, { size }) => sum - size, entered.length);
      texts.push(...cells.filter(({ isText }) => isText).map(({ row, column }) => `${name}!${address(row, column)}`));
      refused.push(...left.map(({ area }) => `${name}!${area}`));
    }
    const named = (await namesOf(context, sheets)).filter(({ formula }) => changes(formula));
    const left = await relinkNames(context, named, spell);
    count += named.length - left.length;
    refused.push(...left);
    const locked = found.filter(({ isProtected }) => isProtected).map(({ name }) => name);
    return { count, note: note(locked, texts, refused) };
  });
}

/**
 * Tries one formula first, in a cell that shows something else than #NAME?. If there is none, a few are tried, because a
 * cell can show #NAME? for another reason.
 * @param {Excel.RequestContext} context
 * @param {SheetCells[]} found
 * @param {Spell} spell
 * @param {string} refusal
 */
async function refuseIfUnknown(context, found, spell, refusal) {
  const alone = found.flatMap(({ sheet, cells }) =>
    cells.filter(({ spill, isArray, isText }) => !spill && !isArray && !isText).map((cell) => ({ sheet, ...cell })),
  );
  const shown = alone.find(({ value }) => value !== NAME_ERROR);
  const wanted = (shown ? [shown] : alone.slice(0, MOST_TRIED)).map(({ sheet, row, column, formula }) => {
    return { size: 1, range: sheet.getRange(address(row, column)), formula };
  });
  const refused = await writeAll(context, wanted, ({ range, formula }) => {
    range.formulas = [[spell(formula)]];
    range.load("values");
  });
  const tried = wanted.filter((each) => !refused.includes(each));
  if (tried.length && tried.every(({ range }) => range.values[0][0] === NAME_ERROR)) {
    for (const { range, formula } of tried) {
      range.formulas = [[formula]];
    }
    await context.sync();
    throw new Error(refusal);
  }
}

/**
 * The formulas in other spelling, joined where cells are below each other. One that fills other cells is alone: Excel
 * refuses to change a part of an array formula, so that it stays whole.
 * @param {Cell[]} cells
 * @param {Spell} spell
 * @returns {Run[]}
 */
function runs(cells, spell) {
  /** @type {Run[]} */
  const found = [];
  /** @type {Run | null} */
  let above = null;
  for (const { row, column, formula, spill, isArray } of [...cells].sort((a, b) => a.column - b.column || a.row - b.row)) {
    const isAlone = isArray || spill !== "";
    if (!above || isAlone || above.column !== column || above.row + above.size !== row || above.size === LONGEST_RUN) {
      above = { area: "", row, column, size: 0, formulas: [] };
      found.push(above);
    }
    above.formulas.push([spell(formula)]);
    above.size++;
    above.area = address(above.row, column, above.size);
    above = isAlone ? null : above;
  }
  return found;
}

/**
 * @param {Run} run
 * @returns {Run[]}
 */
function halves({ row, column, formulas }) {
  const first = Math.floor(formulas.length / 2);
  return first ? [run(row, column, formulas.slice(0, first)), run(row + first, column, formulas.slice(first))] : [];
}

/**
 * @param {number} row
 * @param {number} column
 * @param {string[][]} formulas
 * @returns {Run}
 */
function run(row, column, formulas) {
  const size = formulas.length;
  return { area: address(row, column, size), row, column, size, formulas };
}

/**
 * Changes the formulas of defined names, and returns the names that Excel refused to change.
 * @param {Excel.RequestContext} context
 * @param {Excel.NamedItem[]} found
 * @param {Spell} spell
 */
async function relinkNames(context, found, spell) {
  const pieces = found.map((name) => ({ size: 1, name, formula: spell(name.formula) }));
  const left = await writeAll(context, pieces, ({ name, formula }) => {
    name.formula = formula;
  });
  return left.map(({ name }) => `the name ${name.name}`);
}

/**
 * @param {string[]} locked Sheets.
 * @param {string[]} texts Cells.
 * @param {string[]} refused Cells.
 */
function note(locked, texts, refused) {
  const sentences = [];
  if (locked.length) {
    const [sheets, are, their] = locked.length === 1 ? ["sheet", "is", "its"] : ["sheets", "are", "their"];
    sentences.push(`The ${sheets} ${listed(locked)} ${are} protected, so ${their} formulas stay as they are.`);
  }
  if (texts.length) {
    sentences.push(`Excel would take new formulas for texts in cells of the format Text, so these stay as they are: ${listed(texts)}.`);
  }
  if (refused.length) {
    sentences.push(`Excel refused to change ${listed(refused)}.`);
  }
  return sentences.join(" ");
}
