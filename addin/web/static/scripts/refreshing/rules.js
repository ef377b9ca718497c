// Conditional formats of a report sheet.

/** @typedef {import("./wire.js").Rule} Rule */
/** @typedef {import("./wire.js").Bars} Bars */

/**
 * Adds a rule, in front of those that are there.
 * @param {Excel.Worksheet} sheet
 * @param {Rule} rule
 */
export function addRule(sheet, { area, formula, look: { font, fill, borders, number_format: code } }) {
  const { custom } = sheet.getRange(area).conditionalFormats.add("Custom");
  custom.rule.formula = formula;
  const { format } = custom;
  if (font) {
    const { color, bold, italic } = font;
    format.font.set({
      ...(color === null ? {} : { color }),
      ...(bold === null ? {} : { bold }),
      ...(italic === null ? {} : { italic }),
    });
  }
  if (fill) {
    format.fill.color = fill;
  }
  for (const { edge, color } of borders) {
    format.borders.getItem(edge).set({ style: "Continuous", color }); // always a thin line
  }
  if (code) {
    format.numberFormat = code;
  }
}

/**
 * Shows fractions from 0 to 1 as bars in their cells, in front of other rules.
 * @param {Excel.Worksheet} sheet
 * @param {Bars} bars
 */
export function addBars(sheet, { area, color }) {
  const { dataBar } = sheet.getRange(area).conditionalFormats.add("DataBar");
  dataBar.lowerBoundRule = { type: "Number", formula: "0" };
  dataBar.upperBoundRule = { type: "Number", formula: "1" };
  dataBar.positiveFormat.set({ fillColor: color, gradientFill: false });
}
