// Named styles. Those that a workbook has already may be the user's: they are left as they are.

/** @typedef {import("./wire.js").Style} Style */
/** @typedef {import("./requests.js").Requests} Requests */

const CHARACTERS = 3_000; // of the request for one style

/**
 * Adds the styles that the workbook did not have, except for those that have come with inserted sheets meanwhile.
 * @param {Requests} requests
 * @param {Style[]} styles
 * @param {string[]} missing
 */
export async function addStyles(requests, styles, missing) {
  if (!missing.length) {
    return;
  }
  const there = requests.context.workbook.styles.load("items/name");
  await requests.send();
  const known = new Set(there.items.map(({ name }) => name));
  for (const style of styles.filter(({ name }) => missing.includes(name) && !known.has(name))) {
    await requests.make(CHARACTERS);
    there.add(style.name);
    define(there.getItem(style.name), style);
  }
  await requests.write();
}

/**
 * @param {Excel.Style} made
 * @param {Style} style
 */
function define(made, style) {
  made.set({
    numberFormat: style.number_format,
    horizontalAlignment: style.horizontal,
    verticalAlignment: style.vertical,
    indentLevel: style.indent,
    wrapText: style.wraps,
    shrinkToFit: style.shrinks,
    locked: style.is_locked,
  });
  const { font } = style;
  made.font.set({
    ...(font.name === null ? {} : { name: font.name }),
    ...(font.size === null ? {} : { size: font.size }),
    ...(font.color === null ? {} : { color: font.color }),
    bold: font.bold ?? false,
    italic: font.italic ?? false,
    underline: font.underline ?? "None",
  });
  if (style.fill) {
    made.fill.color = style.fill;
  }
  for (const { edge, weight, color } of style.borders) {
    made.borders.getItem(edge).set({ style: "Continuous", weight, color });
  }
}
