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
  for (const { item, formula } of await found(requests, before.moved)) {
    const { sheet = "", cells = "" } = reference(formula) ?? {};
    const kept = asides.find((each) => each.sheet.toLowerCase() === sheet.toLowerCase());
    if (kept) {
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
  for (const { item, formula } of await found(requests, moved)) {
    item.formula = formula;
  }
  await requests.write();
}

/**
 * The user's names that change, with the formulas that they had.
 * @param {Requests} requests
 * @param {Before["moved"]} moved
 */
async function found(requests, moved) {
  const { workbook } = requests.context;
  const items = moved.map(({ scope, name, formula }) => {
    const names = scope ? workbook.worksheets.getItemOrNullObject(scope).names : workbook.names;
    return { item: names.getItemOrNullObject(name).load("name"), formula };
  });
  if (items.length > 0) {
    await requests.send();
  }
  return items.filter(({ item }) => !item.isNullObject);
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
