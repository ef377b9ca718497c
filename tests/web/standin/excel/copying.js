// Copies of cells at the same place on another sheet.

import { addressOf, areaOf, common } from "./addresses.js";
import { unknown } from "./errors.js";

/** @typedef {import("./cells.js").Cells} Cells */

/**
 * @param {Cells} source
 * @param {Cells} target
 * @param {string} kind
 */
export function copied(source, target, kind) {
  const places = new Set([...source.existing, ...target.existing].map(([each]) => each));
  if (kind === "Values") {
    places.forEach((at) => copyValue(source, target, at));
  } else if (kind === "All") {
    places.forEach((at) => copyCell(source, target, at));
    copyBelongings(source, target);
  } else {
    throw unknown(`how to copy ${kind}`);
  }
}

/**
 * @param {Cells} source
 * @param {Cells} target
 * @param {string} at
 */
function copyValue(source, target, at) {
  const { formula: _, spill: __, array: ___, ...rest } = target.cell(at);
  target.sheet.cells[at] = { ...rest, value: structuredClone(source.sheet.cells[at]?.value ?? "") };
}

/**
 * @param {Cells} source
 * @param {Cells} target
 * @param {string} at
 */
function copyCell(source, target, at) {
  delete target.sheet.cells[at];
  const cell = source.sheet.cells[at];
  if (cell) {
    target.sheet.cells[at] = structuredClone(cell);
  }
}

/**
 * @param {Cells} source
 * @param {Cells} target
 */
function copyBelongings({ sheet: from, areas: [area] }, target) {
  const { sheet: to } = target;
  for (const kind of /** @type {const} */ (["rules", "validations"])) {
    const inside = (/** @type {string[]} */ areas) => areas.map((each) => common(areaOf(each), area)).filter((each) => each !== null);
    const added = from[kind].map((each) => ({ ...structuredClone(each), areas: inside(each.areas).map(addressOf) }));
    const kept = target.outside(/** @type {{areas: string[]}[]} */ (to[kind]));
    Object.assign(to, { [kind]: [...kept, ...added.filter(({ areas }) => areas.length > 0)] });
  }
  const isHere = (/** @type {string} */ each) => common(areaOf(each), area);
  to.merged = [...to.merged.filter((each) => !isHere(each)), ...from.merged.filter(isHere)];
}
