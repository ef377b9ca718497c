// Links on the user's sheets to sheets of ours that are not there.

import { areaOf, reference } from "./areas.js";

/** @typedef {import("./requests.js").Requests} Requests */
/** @typedef {import("./wire.js").Name} Name */

const START = "_mb_sheet_start";
const ASKED = { hyperlink: true };

/**
 * Removes the links of the guide on Start to sheets that do not exist, unless the user has protected it.
 * @param {Requests} requests
 * @param {Record<string, Name>} names
 */
export async function dropDeadLinks(requests, names) {
  const { worksheets } = requests.context.workbook;
  const start = reference(names[START]?.refers_to ?? "");
  if (!start) {
    return;
  }
  const { bottom } = areaOf(start.cells);
  const sheet = worksheets.getItem(start.sheet);
  const guide = sheet.getRange(`A1:A${bottom}`);
  const cells = guide.getCellProperties(ASKED);
  sheet.protection.load("protected");
  worksheets.load("items/name");
  await requests.send();
  if (sheet.protection.protected) {
    return;
  }
  const there = new Set(worksheets.items.map(({ name }) => name.toLowerCase()));
  for (const [row, [{ hyperlink }]] of cells.value.entries()) {
    const to = reference(hyperlink?.documentReference ?? "")?.sheet.toLowerCase();
    if (to !== undefined && !there.has(to)) {
      guide.getCell(row, 0).clear("Hyperlinks");
    }
  }
  await requests.write();
}
