// The filter of a sheet, with what the user has filtered by.

import { addressOf, areaOf } from "./areas.js";

/** @typedef {{area: string, criteria: (Excel.FilterCriteria | null)[]} | null} Filter */

/**
 * Asks for the filter of a sheet.
 * @param {Excel.Worksheet} sheet
 */
export function loadFilter({ autoFilter }) {
  return { filter: autoFilter.load("criteria"), range: autoFilter.getRangeOrNullObject().load("address") };
}

/**
 * @param {ReturnType<typeof loadFilter>} loaded
 * @returns {Filter}
 */
export function filterOf({ filter, range }) {
  return range.isNullObject ? null : { area: addressOf(areaOf(range.address)), criteria: filter.criteria.map((each) => each ?? null) };
}

/**
 * Gives a sheet a filter, or takes it away. While cells are filtered, Excel enters a table wrongly into hidden rows.
 * @param {Excel.Worksheet} sheet
 * @param {Filter} filter
 */
export function writeFilter(sheet, filter) {
  sheet.autoFilter.remove();
  if (!filter) {
    return;
  }
  sheet.autoFilter.apply(filter.area);
  for (const [at, criteria] of filter.criteria.entries()) {
    if (criteria?.filterOn) {
      sheet.autoFilter.apply(filter.area, at, criteria);
    }
  }
}
