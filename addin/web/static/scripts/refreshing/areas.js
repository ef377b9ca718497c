// Areas of cells: addresses, and few rectangles for many cells. Rows and columns are counted from 1. "M:M" and "3:5" are areas
// too, of whole columns and rows.

import { LAST_COLUMN, LAST_ROW } from "../names/addresses.js";

/** @typedef {{top: number, left: number, bottom: number, right: number}} Area */

const REFERENCE = /^=?(?:'((?:[^']|'')+)'|([^'!(),:[\]]+))!(.+)$/;

/**
 * The letters of a column.
 * @param {number} column
 * @returns {string}
 */
export function letters(column) {
  const rest = Math.floor((column - 1) / 26);
  return (rest ? letters(rest) : "") + String.fromCharCode(65 + ((column - 1) % 26));
}

/**
 * The area of an address such as "B2", "A1:C5", "M:M" or "Sheet!$A$1".
 * @param {string} address
 * @returns {Area}
 */
export function areaOf(address) {
  const [first, last = first] = address.slice(address.lastIndexOf("!") + 1).replaceAll("$", "").split(":");
  const [start, end] = [corner(first), corner(last)];
  const { row: bottom = LAST_ROW, column: right = LAST_COLUMN } = end;
  return { top: start.row ?? 1, left: start.column ?? 1, bottom, right };
}

/**
 * @param {string} cell
 * @returns {{row?: number, column?: number}}
 */
function corner(cell) {
  const [, name, row] = /^([A-Z]+)?(\d+)?$/i.exec(cell) ?? [];
  return { ...(row && { row: Number(row) }), ...(name && { column: columnOf(name) }) };
}

/** @param {string} name */
function columnOf(name) {
  return [...name.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

/**
 * The address of an area.
 * @param {Area} area
 */
export function addressOf({ top, left, bottom, right }) {
  if (left === 1 && right === LAST_COLUMN) {
    return `${top}:${bottom}`;
  }
  if (top === 1 && bottom === LAST_ROW) {
    return `${letters(left)}:${letters(right)}`;
  }
  const [first, last] = [`${letters(left)}${top}`, `${letters(right)}${bottom}`];
  return first === last ? first : `${first}:${last}`;
}

/**
 * The area from A1 that holds all of some areas.
 * @param {Area[]} areas
 * @returns {Area}
 */
export function fromFirstCell(areas) {
  const bottom = Math.max(1, ...areas.map((area) => area.bottom));
  return { top: 1, left: 1, bottom, right: Math.max(1, ...areas.map((area) => area.right)) };
}

/**
 * Whether one area is in another.
 * @param {Area} inner
 * @param {Area} outer
 */
export function isIn(inner, outer) {
  const isBelow = inner.top >= outer.top && inner.bottom <= outer.bottom;
  return isBelow && inner.left >= outer.left && inner.right <= outer.right;
}

/**
 * The sheet and the cells of a reference such as "='My sheet'!$A$1"; null if it is none.
 * @param {string} formula
 * @returns {{sheet: string, cells: string} | null}
 */
export function reference(formula) {
  const [, quoted, plain, cells] = REFERENCE.exec(formula) ?? [];
  return cells === undefined ? null : { sheet: quoted?.replaceAll("''", "'") ?? plain, cells };
}

/**
 * Cells as rectangles: runs in a row, joined with equal runs in the rows below.
 * @param {Iterable<[row: number, column: number]>} cells Row by row.
 * @returns {string[]}
 */
export function rectangles(cells) {
  /** @type {Map<string, Area>} */
  const open = new Map();
  /** @type {Area[]} */
  const found = [];
  for (const [row, left, right] of runs(cells)) {
    const key = `${left}:${right}`;
    const above = open.get(key);
    if (above?.bottom === row - 1) {
      above.bottom = row;
    } else {
      const area = { top: row, left, bottom: row, right };
      open.set(key, area);
      found.push(area);
    }
  }
  return found.map(addressOf);
}

/**
 * @param {Iterable<[row: number, column: number]>} cells
 * @returns {Generator<[row: number, left: number, right: number]>}
 */
function* runs(cells) {
  /** @type {[number, number, number] | null} */
  let run = null;
  for (const [row, column] of cells) {
    if (run && run[0] === row && run[2] === column - 1) {
      run[2] = column;
    } else {
      if (run) {
        yield run;
      }
      run = [row, column, column];
    }
  }
  if (run) {
    yield run;
  }
}
