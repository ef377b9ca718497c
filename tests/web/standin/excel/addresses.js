// Addresses of cells: "A1:B2", "C:C", "3:5", "Sheet!A1".

import { invalid } from "./errors.js";

/** @typedef {{top: number, left: number, bottom: number, right: number}} Area Rows and columns, from 1. */

const LAST_ROW = 1048576;
const LAST_COLUMN = 16384;
const CELL = /^\$?([A-Z]{1,3})\$?(\d+)$/i;
const COLUMN = /^\$?([A-Z]{1,3})$/i;
const ROW = /^\$?(\d+)$/;

/** @type {Area} */
export const EVERYTHING = { top: 1, left: 1, bottom: LAST_ROW, right: LAST_COLUMN };

/** @param {number} column */
export function letters(column) {
  let name = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** @param {string} name */
function columnNumber(name) {
  return [...name.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

/**
 * @param {number} row
 * @param {number} column
 */
export const place = (row, column) => `${letters(column)}${row}`;

/**
 * The area of an address without its sheet.
 * @param {string} address
 * @returns {Area}
 */
export function areaOf(address) {
  const [first, last = first] = address.split(":");
  const [start, end] = [corner(first), corner(last)];
  if (address.includes(":") === false && !CELL.test(address)) {
    throw invalid();
  }
  return {
    top: Math.min(start.row ?? 1, end.row ?? 1),
    left: Math.min(start.column ?? 1, end.column ?? 1),
    bottom: Math.max(start.row ?? LAST_ROW, end.row ?? LAST_ROW),
    right: Math.max(start.column ?? LAST_COLUMN, end.column ?? LAST_COLUMN),
  };
}

/**
 * @param {string} text
 * @returns {{row?: number, column?: number}}
 */
function corner(text) {
  const cell = CELL.exec(text);
  if (cell) {
    return { column: columnNumber(cell[1]), row: Number(cell[2]) };
  }
  const column = COLUMN.exec(text);
  const row = ROW.exec(text);
  if (!column && !row) {
    throw invalid();
  }
  return column ? { column: columnNumber(column[1]) } : { row: Number(row?.[1]) };
}

/**
 * The address of an area, without its sheet.
 * @param {Area} area
 */
export function addressOf({ top, left, bottom, right }) {
  if (left === 1 && right === LAST_COLUMN) {
    return `${top}:${bottom}`;
  }
  if (top === 1 && bottom === LAST_ROW) {
    return `${letters(left)}:${letters(right)}`;
  }
  const [first, last] = [place(top, left), place(bottom, right)];
  return first === last ? first : `${first}:${last}`;
}

/**
 * @param {Area} area
 * @param {string} cell
 */
export function holds(area, cell) {
  const { top, left } = areaOf(cell);
  return top >= area.top && top <= area.bottom && left >= area.left && left <= area.right;
}

/**
 * The cells that two areas have in common; null if there are none.
 * @param {Area} one
 * @param {Area} other
 * @returns {Area | null}
 */
export function common(one, other) {
  const area = {
    top: Math.max(one.top, other.top),
    left: Math.max(one.left, other.left),
    bottom: Math.min(one.bottom, other.bottom),
    right: Math.min(one.right, other.right),
  };
  return area.top <= area.bottom && area.left <= area.right ? area : null;
}

/**
 * What is left of an area without another one, as up to four areas.
 * @param {Area} area
 * @param {Area} gone
 * @returns {Area[]}
 */
export function without(area, gone) {
  const cut = common(area, gone);
  if (!cut) {
    return [area];
  }
  const parts = [
    { ...area, bottom: cut.top - 1 },
    { ...area, top: cut.bottom + 1 },
    { ...area, top: cut.top, bottom: cut.bottom, right: cut.left - 1 },
    { ...area, top: cut.top, bottom: cut.bottom, left: cut.right + 1 },
  ];
  return parts.filter((part) => part.top <= part.bottom && part.left <= part.right);
}

/**
 * The name of a sheet as it is written in formulas.
 * @param {string} name
 */
export function quoted(name) {
  return /^[A-Za-z_][\w.]*$/.test(name) && !CELL.test(name) ? name : `'${name.replaceAll("'", "''")}'`;
}
