// How the workbook was before it is written: kept so that everything can be put back. The sheets are copied as they are,
// and what a copy cannot bring back is noted.

import { addressOf, areaOf, fromFirstCell, isIn, reference } from "./areas.js";
import { blocksOf } from "./blocks.js";
import { CHANGED, Refused } from "./failures.js";
import { filterOf, loadFilter } from "./filters.js";
import { loadHeights, rowsToChange } from "./heights.js";
import { isOurName } from "./marked.js";
import { loadPage, pageOf } from "./printing.js";

/** @typedef {import("./wire.js").RefreshRequest} RefreshRequest */
/** @typedef {import("./wire.js").Instructions} Instructions */
/** @typedef {import("./wire.js").OpenedSheet} OpenedSheet */
/** @typedef {import("./wire.js").SheetInstructions} SheetInstructions */
/** @typedef {import("./requests.js").Requests} Requests */

/**
 * @typedef {object} SheetBefore
 * @property {string} id
 * @property {string} name
 * @property {string} copy The name of the copy as it was.
 * @property {string} area From A1 to the last cell with an entry, a format or a rule.
 * @property {{area: string, formulas: (string | null)[][]}[]} blocks Its formulas, "" where others fill cells.
 * @property {import("./heights.js").RowBefore[]} rows
 * @property {import("./printing.js").Page} page
 * @property {import("./filters.js").Filter} filter
 */

/**
 * How a workbook was.
 * @typedef {object} Before
 * @property {SheetBefore[]} sheets Those that are written.
 * @property {string[]} added The names of the sheets that are added.
 * @property {string[]} styles The names of the styles that are added.
 * @property {Record<string, import("./wire.js").Name>} names Marketbook's names.
 * @property {string[]} newNames The names that are added.
 * @property {Record<string, string>} moved The formulas of the user's names that change.
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
  const sheets = workbook.worksheets.load("items/name, items/id");
  const styles = workbook.styles.load("items/name");
  const names = workbook.names.load("items/name, items/formula");
  const active = workbook.worksheets.getActiveWorksheet().load("id");
  await requests.send();
  refuseIfOther(request, sheets.items, names.items);
  const written = await sheetsAsTheyAre(requests, request, instructions, sheets.items);
  const known = new Set(styles.items.map(({ name }) => name));
  return {
    sheets: written,
    added: instructions.creates,
    styles: instructions.styles.map(({ name }) => name).filter((name) => !known.has(name)),
    names: request.names,
    newNames: Object.keys(instructions.names).filter((name) => !(name in request.names)),
    moved: movedNames(instructions, names.items),
    records: request.records,
    active: active.id,
  };
}

/**
 * Refuses if sheets or names have come or gone.
 * @param {RefreshRequest} request
 * @param {Excel.Worksheet[]} sheets
 * @param {Excel.NamedItem[]} names
 */
function refuseIfOther(request, sheets, names) {
  const ours = new Set(request.sheets.map(({ name }) => name));
  const there = sheets.filter(({ name }) => ours.has(name));
  const formulas = names.filter(({ name }) => isOurName(name)).map(({ name, formula }) => [name, formula]);
  const told = Object.entries(request.names).map(([name, { refers_to: formula }]) => [name, formula]);
  if (there.length !== ours.size || JSON.stringify(formulas) !== JSON.stringify(told)) {
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
  const told = new Map(request.sheets.map((sheet) => [sheet.name, sheet]));
  const written = instructions.sheets.filter(({ name }) => told.has(name));
  const ours = written.map((wanted) => {
    const sheet = /** @type {Excel.Worksheet} */ (sheets.find(({ name }) => name === wanted.name));
    return { wanted, sheet, name: sheet.name, used: sheet.getUsedRangeOrNullObject().load("address") };
  });
  await requests.send();
  const found = await blocksOf(requests, ours);
  if (found.some(({ blocks }, at) => entries(blocks) !== entries(told.get(ours[at].name)?.blocks ?? []))) {
    throw new Refused(CHANGED);
  }
  const loaded = ours.map(({ sheet, wanted }) => load(sheet, wanted));
  await requests.send();
  const taken = new Set(sheets.map(({ name }) => name.toLowerCase()));
  const copies = freeNames(taken, ours.length);
  return ours.map(({ sheet, name, wanted }, at) => ({
    id: sheet.id,
    name,
    copy: copies[at],
    area: usedArea(told.get(name)),
    blocks: found[at].blocks.map((block) => ({ area: block.area, formulas: formulasOf(block, found[at].arrays) })),
    rows: rowsToChange(loaded[at].heights, wanted.heights),
    page: pageOf(loaded[at].page),
    filter: filterOf(loaded[at].filter),
  }));
}

/**
 * The cells of a sheet that have anything. What whole columns have is left out below the last entry.
 * @param {OpenedSheet | undefined} sheet
 */
function usedArea(sheet) {
  const { blocks = [], beside = null } = sheet ?? {};
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

/** @param {import("./wire.js").Block[]} blocks */
const entries = (blocks) => JSON.stringify(blocks.map(({ area, formulas }) => [area, formulas]));

/**
 * The formulas of a block, without constants, and "" in cells that the formula of another cell fills.
 * @param {import("./wire.js").Block} block
 * @param {string[]} arrays
 */
function formulasOf({ area, formulas, values, types }, arrays) {
  const { top, left } = areaOf(area);
  const filled = arrays.map(areaOf);
  return formulas.map((row, down) =>
    row.map((formula, across) => {
      const at = { top: top + down, left: left + across, bottom: top + down, right: left + across };
      if (filled.some((each) => isIn(at, each) && (each.top !== at.top || each.left !== at.left))) {
        return "";
      }
      const isText = types[down][across] === "String" && values[down][across] === formula;
      return typeof formula === "string" && formula.startsWith("=") && !isText ? formula : null;
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
 * The user's names for cells that only the copy has after the refresh: they follow them there.
 * @param {Instructions} instructions
 * @param {Excel.NamedItem[]} names
 */
function movedNames({ kept_aside: asides, sheets }, names) {
  /** @type {Record<string, string>} */
  const moved = {};
  for (const { name, formula } of names.filter((each) => !isOurName(each.name))) {
    const to = reference(String(formula));
    const kept = asides.find(({ sheet }) => sheet.toLowerCase() === to?.sheet.toLowerCase());
    const wanted = sheets.find((sheet) => sheet.name === kept?.sheet);
    if (to && kept && wanted && areGone(to.cells, kept.edited, wanted)) {
      moved[name] = String(formula);
    }
  }
  return moved;
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
