// What the server tells the pane (addin/web/pane.py).

/** @typedef {{name: string, aliases: string[], geography: string, unit: string}} MarketShown */
/** @typedef {{about: string, figure: string, status: string, source: string}} Figure */
/** @typedef {{name: string, argument: string, share: Figure, growth: Figure, portion: number | null}} SegmentShown */
/** @typedef {{dimension: string, year: number | null, complete: boolean, segments: SegmentShown[]}} Cut */
/** @typedef {{publisher: string, date: string, title: string, url: string}} SourceShown */
/** @typedef {{what: string, stated: string, expected: string, allowed: string, verdict: string, level: string}} CheckShown */

/**
 * @typedef {object} MarketCard
 * @property {string} name
 * @property {string[]} aliases
 * @property {string} geography
 * @property {string} unit
 * @property {number | null} base_year
 * @property {number | null} first_year
 * @property {number | null} last_year
 * @property {Figure[]} figures
 * @property {string[]} units
 * @property {Cut[]} cuts
 * @property {SourceShown[]} sources
 * @property {string} summary
 * @property {CheckShown[]} checks
 * @property {string} notice
 */

/** @typedef {{name: string, place: string}} Me */

export {};
