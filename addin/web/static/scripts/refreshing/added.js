// What users have added to report sheets, and is on the copies that are kept aside. It goes from the sheets themselves, as in a
// refresh of the file: otherwise each refresh would keep it aside again. What Excel has not copied stays.
//
// Nothing of it could be put back, so that it goes when everything else is written. That can be done again.

import { isSupported } from "../supported.js";

/** @typedef {import("./wire.js").KeptAside} KeptAside */
/** @typedef {import("./requests.js").Requests} Requests */

/** What Excel tells of shapes. Of others, it does not tell what they are: they could be our charts. */
export const SHAPES = new Set(["Image", "GeometricShape", "Line", "Group"]);

/**
 * Removes what is on the copies too, but for tables, to whose cells formulas can refer by name. Charts are left to those who
 * bring them up to date.
 * @param {Requests} requests
 * @param {KeptAside[]} asides
 * @returns {Promise<Set<string>>} The sheets whose charts Excel has not copied.
 */
export async function removeAdded(requests, asides) {
  const { worksheets } = requests.context.workbook;
  const all = asides.map(({ sheet, copy }) => ({ sheet, own: load(worksheets.getItem(sheet)), copied: load(worksheets.getItem(copy)) }));
  if (all.length > 0) {
    await requests.send();
  }
  for (const { own, copied } of all) {
    const [there, kept] = [lists(own), lists(copied)];
    const removed = there.filter((items, at) => items.length <= kept[at].length).flat();
    removed.reverse().forEach((each) => each.delete());
  }
  await requests.write();
  return new Set(all.filter(({ own, copied }) => own.charts.value > copied.charts.value).map(({ sheet }) => sheet));
}

/** @param {Excel.Worksheet} sheet */
function load({ charts, shapes, comments, notes }) {
  return {
    charts: charts.getCount(),
    shapes: shapes.load("items/id, items/type"),
    comments: isSupported("1.10") ? comments.load("items/id") : { items: [] },
    notes: isSupported("1.18") ? notes.load("items/visible") : { items: [] },
  };
}

/**
 * @param {ReturnType<typeof load>} loaded
 * @returns {{delete: () => void}[][]}
 */
function lists({ shapes, comments, notes }) {
  return [shapes.items.filter(({ type }) => SHAPES.has(type)), comments.items, notes.items];
}
