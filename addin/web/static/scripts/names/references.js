// The values to which the references in a formula lead: cells, names, and parts of tables.

import { unquoted } from "./addresses.js";
import { Unknown } from "./expressions.js";

/** @typedef {import("./expressions.js").Reference} Reference */
/** @typedef {import("./expressions.js").Scalar} Scalar */
/** @typedef {import("./expressions.js").Value} Value */

/** @typedef {{range: Excel.Range, sheet: Excel.Worksheet, row: number, column: number}} Here The cell with the formula. */
/**
 * Cells, or a constant. Of whole rows or columns, `whole`, only the used cells are read.
 * @typedef {{range: Excel.Range, whole?: Excel.Range} | {value: Value}} Target
 */

/**
 * What a reference can mean; `around` are the tables in which the cell with the formula is.
 * @typedef {object} Looked
 * @property {Excel.Worksheet} sheet
 * @property {Excel.NamedItem[]} names
 * @property {Excel.Table | null} table
 * @property {Excel.TableScopedCollection | null} around
 */

const ROWS_OR_COLUMNS = /^(?:[A-Z]+:[A-Z]+|\d+:\d+)$/i;
const ITEM = /\[((?:[^\[\]']|'.)*)\]/g;

/** The values of references, once Excel has told them. */
export class Values {
  /**
   * @param {Here} here
   * @param {Map<Reference, Target | null>} targets
   */
  constructor(here, targets) {
    this._here = here;
    this._targets = targets;
  }

  /**
   * Returns a value. Throws Unknown for what is not there, or is not known.
   * @param {Reference} reference
   * @param {boolean} isOne
   * @returns {Value}
   */
  of(reference, isOne) {
    const target = this._targets.get(reference);
    if (!target) {
      throw new Unknown();
    }
    if ("value" in target) {
      return target.value;
    }
    const { range, whole } = target;
    if (range.isNullObject) {
      throw new Unknown();
    }
    const rows = range.values.map((row, down) => row.map((value, right) => cell(value, range.valueTypes[down][right])));
    if (rows.length * rows[0].length === 1 && !whole) {
      return rows[0][0];
    }
    return isOne ? this._beside(range, rows) : { rows: whole ? withBlanks(rows, range, whole) : rows };
  }

  /**
   * The one cell of a row or a column that stands beside the formula, as @ means it.
   * @param {Excel.Range} range
   * @param {Scalar[][]} rows
   * @returns {Scalar}
   */
  _beside({ rowIndex, columnIndex }, rows) {
    const row = rows.length === 1 ? 0 : this._here.row - rowIndex;
    const column = rows[0].length === 1 ? 0 : this._here.column - columnIndex;
    return rows[row]?.[column] === undefined ? { error: "#VALUE!" } : rows[row][column];
  }
}

/**
 * Asks Excel for the values of references.
 * @param {Excel.RequestContext} context
 * @param {Here} here
 * @param {Reference[]} references
 * @returns {Promise<Values>}
 */
export async function valuesOf(context, here, references) {
  const looked = references.map((reference) => ({ reference, found: lookFor(context, here, reference) }));
  await context.sync();
  const targets = new Map(looked.map(({ reference, found }) => [reference, targetOf(here, reference, found)]));
  for (const target of targets.values()) {
    if (target && "range" in target) {
      target.range.load("values, valueTypes, rowIndex, columnIndex");
      target.whole?.load("rowIndex, columnIndex");
    }
  }
  await context.sync();
  return new Values(here, targets);
}

/**
 * Asks which of the things that a reference can mean are there.
 * @param {Excel.RequestContext} context
 * @param {Here} here
 * @param {Reference} reference
 * @returns {Looked}
 */
function lookFor({ workbook }, here, { sheet: written, area, name, brackets }) {
  const sheet = written ? workbook.worksheets.getItemOrNullObject(unquoted(written)) : here.sheet;
  sheet.load("name");
  const isName = name && !brackets;
  const names = isName ? [sheet.names, workbook.names].map((all) => all.getItemOrNullObject(name)) : [];
  names.forEach((item) => item.load("type, value"));
  const table = name && !written ? workbook.tables.getItemOrNullObject(name) : null;
  table?.load("name");
  const around = !area && !name ? here.range.getTables() : null;
  around?.load("items/name");
  return { sheet, names, table, around };
}

/**
 * @param {Here} here
 * @param {Reference} reference
 * @param {Looked} found
 * @returns {Target | null}
 */
function targetOf(here, { area, brackets, isSpill }, { sheet, names, table, around }) {
  if (sheet.isNullObject) {
    return null; // in another workbook
  }
  if (area) {
    const range = sheet.getRange(area);
    if (ROWS_OR_COLUMNS.test(area)) {
      return { range: range.getUsedRangeOrNullObject(), whole: range };
    }
    return { range: isSpill ? range.getSpillingToRangeOrNullObject() : range };
  }
  const item = names.find(({ isNullObject }) => !isNullObject);
  if (item) {
    return named(item);
  }
  const holder = table ?? around?.items[0];
  return holder && !holder.isNullObject ? partOf(holder, brackets, here) : null;
}

/**
 * @param {Excel.NamedItem} item
 * @returns {Target | null}
 */
function named(item) {
  switch (item.type) {
    case Excel.NamedItemType.range:
      return { range: item.getRangeOrNullObject() };
    case Excel.NamedItemType.array:
      return null;
    case Excel.NamedItemType.error:
      return { value: { error: String(item.value) } };
    default:
      return { value: item.value };
  }
}

/**
 * A part of a table: Sizes, Sizes[Year], Sizes[@Year], Sizes[[#This Row],[Year]]. Null for a part of another kind.
 * @param {Excel.Table} table
 * @param {string} brackets
 * @param {Here} here
 * @returns {Target | null}
 */
function partOf(table, brackets, here) {
  const inner = brackets.slice(1, -1).replace(/^@/, "");
  const items = inner.startsWith("[") ? [...inner.matchAll(ITEM)].map(([, item]) => item) : [inner].filter(Boolean);
  if (inner.startsWith("[") && inner.replace(ITEM, "").replace(/[,\s]/g, "")) {
    return null; // several columns
  }
  const parts = items.filter((item) => item.startsWith("#")).map((item) => item.toLowerCase());
  const [column] = items.filter((item) => !item.startsWith("#"));
  const isThisRow = brackets.startsWith("[@") || parts.includes("#this row");
  if (parts.some((part) => part !== "#this row" && part !== "#data")) {
    return null;
  }
  const holder = column === undefined ? table : table.columns.getItem(column.replace(/'(.)/g, "$1"));
  const range = holder.getDataBodyRange();
  return { range: isThisRow ? range.getIntersectionOrNullObject(here.range.getEntireRow()) : range };
}

/**
 * The used cells of whole rows or columns, with the blank ones before them, so that their places are right.
 * @param {Scalar[][]} rows
 * @param {Excel.Range} used
 * @param {Excel.Range} whole
 * @returns {Scalar[][]}
 */
function withBlanks(rows, used, whole) {
  const left = Array(used.columnIndex - whole.columnIndex).fill(null);
  const above = Array.from({ length: used.rowIndex - whole.rowIndex }, () => Array(left.length + rows[0].length).fill(null));
  return [...above, ...rows.map((row) => [...left, ...row])];
}

/**
 * A cell's value. Excel has "" both for an empty cell and for empty text, and errors as text.
 * @param {any} value
 * @param {string} type
 * @returns {Scalar}
 */
function cell(value, type) {
  switch (type) {
    case Excel.RangeValueType.empty:
      return null;
    case Excel.RangeValueType.error:
      return { error: String(value) };
    default:
      return value;
  }
}
