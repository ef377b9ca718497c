// Marketbook's names, and those of the user's that follow cells to a copy.

import { reference } from "./areas.js";

/** @typedef {import("./wire.js").Name} Name */
/** @typedef {import("./wire.js").Instructions} Instructions */
/** @typedef {import("./before.js").Before} Before */
/** @typedef {import("./requests.js").Requests} Requests */

/**
 * Changes names to what they are to be.
 * @param {Requests} requests
 * @param {Instructions} instructions
 * @param {Before} before
 */
export async function writeNames(requests, { names, names_gone: gone, kept_aside: asides }, before) {
  const there = await present(requests);
  await change(requests, there, names);
  gone.forEach((name) => there.get(name)?.delete());
  for (const [name, formula] of Object.entries(before.moved)) {
    const { sheet = "", cells = "" } = reference(formula) ?? {};
    const kept = asides.find((each) => each.sheet.toLowerCase() === sheet.toLowerCase());
    const item = there.get(name);
    if (kept && item) {
      item.formula = `='${kept.copy.replaceAll("'", "''")}'!${cells}`;
    }
  }
  await requests.write();
}

/**
 * @param {Requests} requests
 * @param {Before} before
 */
export async function putNamesBack(requests, { names, newNames, moved }) {
  await requests.write();
  const there = await present(requests);
  newNames.forEach((name) => there.get(name)?.delete());
  await change(requests, there, names);
  for (const [name, formula] of Object.entries(moved)) {
    const item = there.get(name);
    if (item) {
      item.formula = formula;
    }
  }
  await requests.write();
}

/**
 * The workbook's names.
 * @param {Requests} requests
 */
async function present(requests) {
  const names = requests.context.workbook.names.load("items/name, items/formula, items/visible");
  await requests.send();
  return new Map(names.items.map((item) => [item.name, item]));
}

/**
 * @param {Requests} requests
 * @param {Map<string, Excel.NamedItem>} there
 * @param {Record<string, Name>} names
 */
async function change(requests, there, names) {
  for (const [name, { refers_to: formula, is_visible: isVisible }] of Object.entries(names)) {
    await requests.make(formula.length + 500);
    const item = there.get(name) ?? requests.context.workbook.names.add(name, formula);
    const isNew = !there.has(name);
    if (!isNew && !isSame(String(item.formula), formula)) {
      item.formula = formula;
    }
    if (isNew ? !isVisible : item.visible !== isVisible) {
      item.visible = isVisible;
    }
  }
}

/**
 * Whether two references are the same, with or without quotes around the name of the sheet.
 * @param {string} one
 * @param {string} other
 */
function isSame(one, other) {
  const [first, second] = [reference(one), reference(other)];
  return one === other || (first !== null && first.sheet === second?.sheet && first.cells === second.cells);
}
