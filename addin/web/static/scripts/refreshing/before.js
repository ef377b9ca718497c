// How the workbook was before it is written: kept so that everything can be put back. The sheets are copied as they are,
// and what a copy cannot bring back is noted.

import { addressOf, areaOf, fromFirstCell, isIn, reference } from "./areas.js";
import { hasFormula } from "./blocks.js";
import { CHANGED, Refused } from "./failures.js";
import { filterOf, loadFilter } from "./filters.js";
import { loadHeights, rowsToChange } from "./heights.js";
import { isOurName } from "./marked.js";
import { loadPage, pageOf } from "./printing.js";
import { readSheets, withUsedCells } from "./reading.js";

/** @typedef {import("./wire.js").RefreshRequest} RefreshRequest */
/** @typedef {import("./wire.js").Instructions} Instructions */
/** @typedef {import("./wire.js").OpenedSheet} OpenedSheet */
/** @typedef {import("./wire.js").SheetInstructions} SheetInstructions */
/** @typedef {import("./requests.js").Requests} Requests */

/**
 * @typedef {object} SheetBefore
 * @property {string} id
 * @property {string} name
 * @property {OpenedSheet["visibility"]} visibility
 * @property {string} copy The name of the copy as it was.
 * @property {string} area From A1 to the last cell with an entry, a format or a rule.
 * @property {{area: string, formulas: (string | null)[][]}[]} blocks Its formulas, "" where others fill cells.
 * @property {import("./heights.js").RowBefore[]} rows
 * @property {import("./printing.js").Page} page
 * @property {import("./filters.js").Filter} filter
 */

/**
 * A name for cells that only a copy has after the refresh: it follows them there. `scope` is the id of the sheet whose name it
 * is, "" if it is the workbook's.
 * @typedef {{scope: string, name: string, formula: string}} MovedName
 */

/**
 * How a workbook was.
 * @typedef {object} Before
 * @property {SheetBefore[]} sheets Those that are written.
 * @property {string[]} added The names of the sheets that are added.
 * @property {string[]} styles The names of the styles that are added.
 * @property {Record<string, import("./wire.js").Name>} names Marketbook's names.
 * @property {string[]} newNames The names that are added.
 * @property {MovedName[]} moved The user's names that change.
 * @property {Record<string, string>} records
 * @property {string} active The id of the active sheet.
 */

const COPY = "Marketbook copy"; // of sheets, while a refresh is at work

/**
 * Returns how the workbook is. Refuses if what the server was told is not true any more.
 * @param {Requests} requests
 * @param {RefreshRequest} request
 * @param {Instructions} instructions
 * @returns {Promise<Before>}
 */
export async function howItIs(requests, request, instructions) {
  const { workbook } = requests.context;
  const sheets = workbook.worksheets.load("items/name, items/id, items/visibility");
  const styles = workbook.styles.load("items/name");
  const names = workbook.names.load("items/name, items/formula");
  const active = workbook.worksheets.getActiveWorksheet().load("id");
  await requests.send();
  refuseIfOther(request, instructions, sheets.items, names.items);
  const written = await sheetsAsTheyAre(requests, request, instructions, sheets.items);
  const known = new Set(styles.items.map(({ name }) => name));
  return {
    sheets: written,
    added: instructions.creates,
    styles: instructions.styles.map(({ name }) => name).filter((name) => !known.has(name)),
    names: request.names,
    newNames: Object.keys(instructions.names).filter((name) => !(name in request.names)),
    moved: await movedNames(requests, instructions, names.items, sheets.items),
    records: request.records,
    active: active.id,
  };
}

/**
 * Refuses if sheets or names have come or gone. A sheet that has come with the name of one that is to be added would be deleted
 * when everything is put back.
 * @param {RefreshRequest} request
 * @param {Instructions} instructions
 * @param {Excel.Worksheet[]} sheets
 * @param {Excel.NamedItem[]} names
 */
function refuseIfOther(request, { creates }, sheets, names) {
  const added = new Set(creates.map((name) => name.toLowerCase()));
  const ours = new Set(request.sheets.map(({ name }) => name));
  const there = sheets.filter(({ name }) => ours.has(name));
  const formulas = names.filter(({ name }) => isOurName(name)).map(({ name, formula }) => [name, formula]);
  const told = Object.entries(request.names).map(([name, { refers_to: formula }]) => [name, formula]);
  const isTaken = sheets.some(({ name }) => added.has(name.toLowerCase()));
  if (isTaken || there.length !== ours.size || JSON.stringify(formulas) !== JSON.stringify(told)) {
    throw new Refused(CHANGED);
  }
}

/**
 * @param {Requests} requests
 * @param {RefreshRequest} request
 * @param {Instructions} instructions
 * @param {Excel.Worksheet[]} sheets
 * @returns {Promise<SheetBefore[]>}
 */
async function sheetsAsTheyAre(requests, request, instructions, sheets) {
  const told = new Set(request.sheets.map(({ name }) => name));
  const ours = sheets.filter(({ name }) => told.has(name)).map(withUsedCells);
  await requests.send();
  const now = await readSheets(requests, ours);
  if (contents(now) !== contents(request.sheets)) {
    throw new Refused(CHANGED);
  }
  const written = ours.flatMap((each, at) => {
    const wanted = instructions.sheets.find(({ name }) => name === each.name);
    return wanted ? [{ now: now[at], wanted, loaded: load(each.sheet, wanted), id: each.sheet.id }] : [];
  });
  await requests.send();
  const taken = new Set(sheets.map(({ name }) => name.toLowerCase()));
  const copies = freeNames(taken, written.length);
  return written.map(({ now: { name, visibility, blocks, arrays, beside }, wanted, loaded, id }, at) => ({
    ...{ id, name, visibility, copy: copies[at] },
    area: usedArea(blocks, beside),
    blocks: blocks.map((block) => ({ area: block.area, formulas: formulasOf(block, arrays) })),
    rows: rowsToChange(loaded.heights, wanted.heights),
    page: pageOf(loaded.page),
    filter: filterOf(loaded.filter),
  }));
}

/**
 * What users have on sheets, as a text. The values of formulas do not matter, nor how far they spill.
 * @param {OpenedSheet[]} sheets
 */
function contents(sheets) {
  const texts = sheets.map(({ blocks, arrays: _, ...sheet }) => ({ ...sheet, blocks: blocks.map(({ area, formulas }) => [area, formulas]) }));
  return JSON.stringify(texts);
}

/**
 * The cells of a sheet that have anything: whole columns if such have a rule.
 * @param {OpenedSheet["blocks"]} blocks
 * @param {OpenedSheet["beside"]} beside
 */
function usedArea(blocks, beside) {
  const { ruled = [], validated = [], merged = [] } = beside ?? {};
  return addressOf(fromFirstCell([...blocks.map(({ area }) => area), ...ruled, ...validated, ...merged].map(areaOf)));
}

/**
 * @param {Excel.Worksheet} sheet
 * @param {SheetInstructions} wanted
 */
function load(sheet, wanted) {
  return { heights: loadHeights(sheet, wanted.heights), page: loadPage(sheet), filter: loadFilter(sheet) };
}

/**
 * The formulas of a block, without constants, and "" in cells that the formula of another cell fills.
 * @param {import("./wire.js").Block} block
 * @param {string[]} arrays
 */
function formulasOf(block, arrays) {
  const { top, left } = areaOf(block.area);
  const filled = arrays.map(areaOf);
  return block.formulas.map((row, down) =>
    row.map((formula, across) => {
      const at = { top: top + down, left: left + across, bottom: top + down, right: left + across };
      if (filled.some((each) => isIn(at, each) && (each.top !== at.top || each.left !== at.left))) {
        return "";
      }
      return hasFormula(block, down, across) ? String(formula) : null;
    }),
  );
}

/**
 * @param {Set<string>} taken
 * @param {number} count
 */
function freeNames(taken, count) {
  const names = Array.from({ length: count + taken.size }, (_, at) => `${COPY} ${at + 1}`);
  return names.filter((name) => !taken.has(name.toLowerCase())).slice(0, count);
}

/**
 * @param {Requests} requests
 * @param {Instructions} instructions
 * @param {Excel.NamedItem[]} names
 * @param {Excel.Worksheet[]} sheets
 * @returns {Promise<MovedName[]>}
 */
async function movedNames(requests, instructions, names, sheets) {
  if (instructions.kept_aside.length === 0) {
    return [];
  }
  const scoped = sheets.map((sheet) => ({ scope: sheet.id, names: sheet.names.load("items/name, items/formula") }));
  await requests.send();
  const all = [{ scope: "", items: names }, ...scoped.map((each) => ({ scope: each.scope, items: each.names.items }))];
  const users = all.flatMap(({ scope, items }) => items.map(({ name, formula }) => ({ scope, name, formula: String(formula) })));
  return users.filter(({ name, formula }) => !isOurName(name) && moves(instructions, formula));
}

/**
 * Whether a name's cells are only on a copy after the refresh.
 * @param {Instructions} instructions
 * @param {string} formula
 */
function moves({ kept_aside: asides, sheets }, formula) {
  const to = reference(formula);
  const kept = asides.find(({ sheet }) => sheet.toLowerCase() === to?.sheet.toLowerCase());
  const wanted = sheets.find((sheet) => sheet.name === kept?.sheet);
  return to !== null && kept !== undefined && wanted !== undefined && areGone(to.cells, kept.edited, wanted);
}

/**
 * Whether all cells of an area were edited, and are blank after the refresh.
 * @param {string} cells
 * @param {string[]} edited
 * @param {SheetInstructions} wanted
 */
function areGone(cells, edited, { entries: { area, formulas } }) {
  const within = areaOf(cells);
  const size = (within.bottom - within.top + 1) * (within.right - within.left + 1);
  const { top, left } = areaOf(area);
  const gone = edited.map(areaOf).filter((at) => isIn(at, within) && !(formulas[at.top - top]?.[at.left - left] ?? ""));
  return size > 0 && gone.length === size;
}
