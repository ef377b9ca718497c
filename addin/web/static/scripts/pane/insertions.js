// What can be inserted about a market: for each, what somebody chooses, the call that it makes, and its columns.

/** @typedef {import("./formula_text.js").Argument} Argument */
/** @typedef {import("./answers.js").MarketCard} MarketCard */
/** @typedef {"segment" | "dimension" | "year" | "from" | "to" | "unit" | "headings"} Field */
/** @typedef {"text" | "year" | "size" | "percent"} Kind What a column has. */

/**
 * @typedef {object} Choices What is chosen; null is the function's default.
 * @property {string | null} segment
 * @property {string | null} dimension
 * @property {Argument} year
 * @property {Argument} from
 * @property {Argument} to
 * @property {string | null} unit
 * @property {true | null} headings
 */

/**
 * @typedef {object} Insertion
 * @property {string} id
 * @property {string} title
 * @property {string} name The function.
 * @property {Field[]} fields
 * @property {boolean} [ofSegment] Whether a segment must be chosen.
 * @property {(market: string, chosen: Choices) => Argument[]} args
 * @property {Kind[]} columns
 */

/** @type {Insertion[]} */
const ALL = [
  {
    id: "size",
    title: "Size in a year",
    name: "MARKET_SIZE",
    fields: ["segment", "year", "unit"],
    args: (market, { year, segment, unit }) => [market, year, segment, unit],
    columns: ["size"],
  },
  {
    id: "growth",
    title: "Growth (CAGR)",
    name: "MARKET_CAGR",
    fields: ["segment"],
    args: (market, { segment }) => [market, segment],
    columns: ["percent"],
  },
  {
    id: "share",
    title: "Share of a segment",
    name: "SEGMENT_SHARE",
    fields: ["segment", "year"],
    ofSegment: true,
    args: (market, { segment, year }) => [market, segment, year],
    columns: ["percent"],
  },
  {
    id: "source",
    title: "Source of a size",
    name: "MARKET_SOURCE",
    fields: ["segment", "year"],
    args: (market, { year, segment }) => [market, year, segment],
    columns: ["text"],
  },
  {
    id: "series",
    title: "Series of sizes",
    name: "MARKET_SERIES",
    fields: ["segment", "from", "to", "unit", "headings"],
    args: (market, { segment, from, to, unit, headings }) => [market, segment, from, to, unit, null, null, null, headings],
    columns: ["year", "size"],
  },
  {
    id: "table",
    title: "Segment table",
    name: "SEGMENT_TABLE",
    fields: ["dimension", "year", "unit", "headings"],
    ofSegment: true,
    args: (market, { dimension, year, unit, headings }) => [market, dimension, year, unit, null, null, null, headings],
    columns: ["text", "percent", "size", "percent", "text"],
  },
];

/**
 * Returns what can be inserted about a market: without segments, nothing that needs one.
 * @param {MarketCard} card
 */
export function insertions(card) {
  return ALL.filter((each) => card.cuts.length || !each.ofSegment);
}

/**
 * Returns the number format of a column; null if Excel's own is right.
 * @param {Kind} kind
 */
export function numberFormat(kind) {
  return { text: null, year: "0", size: "[>=1000]#,##0;[>=1]#,##0.0##;0.0####", percent: "0.0#%" }[kind];
}

/**
 * Returns a value as a cell with that number format shows it.
 * @param {unknown} value
 * @param {Kind} kind
 */
export function shown(value, kind) {
  if (typeof value !== "number" || kind === "text" || kind === "year") {
    return String(value);
  }
  if (kind === "percent") {
    return value.toLocaleString("en", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 2 });
  }
  const most = value >= 1000 ? 0 : value >= 1 ? 3 : 5;
  return value.toLocaleString("en", { minimumFractionDigits: Math.min(1, most), maximumFractionDigits: most });
}
