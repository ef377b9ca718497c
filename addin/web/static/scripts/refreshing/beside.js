// What sheets have beside the entries of their cells. What the user has added there is kept aside.

import { isSupported } from "../supported.js";
import { SHAPES } from "./added.js";
import { addressOf, areaOf, rectangles } from "./areas.js";
import { batches, piecesOf } from "./blocks.js";

/** @typedef {import("./wire.js").Beside} Beside */
/** @typedef {import("./reading.js").Ours} Ours */
/** @typedef {import("./requests.js").Requests} Requests */

const NO_FILL = new Set(["", "#FFFFFF"]);
const ASKED = { hyperlink: true, format: { fill: { color: true } } };

/**
 * Returns what is on each sheet.
 * @param {Requests} requests
 * @param {Ours[]} all
 * @returns {Promise<Beside[]>}
 */
export async function besides(requests, all) {
  const things = all.map(loadThings);
  await requests.send();
  const places = things.map(loadPlaces);
  await requests.send();
  const looks = await looksOf(requests, all);
  return all.map((_, at) => beside(things[at], places[at], looks[at]));
}

/**
 * The objects of a sheet, and the areas that Excel can tell at once. Blank cells that are merged or validated need not be among
 * those that are used, so that the whole sheet is asked.
 * @param {Ours} ours
 */
function loadThings({ sheet }) {
  const { charts, shapes, pivotTables, comments, tables, autoFilter } = sheet;
  const cells = sheet.getRange();
  return {
    charts: charts.getCount(),
    shapes: shapes.load("items/type"),
    pivots: pivotTables.getCount(),
    slicers: isSupported("1.10") ? sheet.slicers.getCount() : { value: 0 },
    comments: isSupported("1.10") ? comments.load("items/id") : { items: [] },
    notes: isSupported("1.18") ? sheet.notes.load("items/visible") : { items: [] },
    tables: tables.load("items/name"),
    filter: autoFilter.getRangeOrNullObject().load("address"),
    merged: isSupported("1.13") ? cells.getMergedAreasOrNullObject().load("address") : null,
    validated: sheet.protection.protected ? null : cells.getSpecialCellsOrNullObject("DataValidations").load("address"),
    formats: cells.conditionalFormats.load("items/id"),
  };
}

/** @typedef {ReturnType<typeof loadThings>} Things */

/**
 * Where the objects are that Excel tells one by one.
 * @param {Things} things
 */
function loadPlaces({ comments, notes, formats }) {
  return {
    comments: [...comments.items, ...notes.items].map((each) => each.getLocation().load("address")),
    ruled: formats.items.map((format) => format.getRanges().load("address")),
  };
}

/** @typedef {ReturnType<typeof loadPlaces>} Places */
/** @typedef {{links: string[], fills: Record<string, string[]>}} Looks */

/**
 * @param {Things} things
 * @param {Places} places
 * @param {Looks} looks
 * @returns {Beside}
 */
function beside(things, places, looks) {
  const known = things.shapes.items.filter(({ type }) => SHAPES.has(type));
  const images = known.filter(({ type }) => type === "Image").length;
  return {
    charts: things.charts.value,
    pictures: images,
    shapes: known.length - images,
    pivots: things.pivots.value,
    slicers: things.slicers.value,
    comments: places.comments.map(({ address }) => plain(address)),
    tables: things.tables.items.map(({ name }) => name),
    merged: areas(things.merged),
    ruled: places.ruled.flatMap(areas),
    validated: areas(things.validated),
    filter: areas(things.filter)[0] ?? "",
    ...looks,
  };
}

/**
 * The addresses of a range or of several, without their sheet.
 * @param {{address: string, isNullObject: boolean} | null} range
 * @returns {string[]}
 */
function areas(range) {
  return range === null || range.isNullObject ? [] : splitAreas(range.address).map(plain);
}

/**
 * Addresses in a list. The names of their sheets can have commas.
 * @param {string} addresses
 * @returns {string[]}
 */
function splitAreas(addresses) {
  return addresses.match(/(?:'(?:[^']|'')*'|[^',])+/g) ?? [];
}

/** @param {string} address */
const plain = (address) => addressOf(areaOf(address.trim()));

/**
 * The links and the fills of the sheets' cells.
 * @param {Requests} requests
 * @param {Ours[]} all
 * @returns {Promise<Looks[]>}
 */
async function looksOf(requests, all) {
  const looks = new Map(all.map((ours) => [ours, { links: /** @type {string[]} */ ([]), cells: new Map() }]));
  for (const some of batches(all.flatMap((ours) => [...piecesOf(ours)]))) {
    const read = some.map(({ range }) => range.getCellProperties(ASKED));
    await requests.send();
    for (const [at, { ours, area }] of some.entries()) {
      note(/** @type {Noted} */ (looks.get(ours)), area, read[at].value);
    }
  }
  return [...looks.values()].map(({ links, cells }) => {
    return { links, fills: Object.fromEntries([...cells].map(([color, filled]) => [color, rectangles(filled)])) };
  });
}

/** @typedef {{links: string[], cells: Map<string, [number, number][]>}} Noted The filled cells by their color. */

/**
 * @param {Noted} noted
 * @param {import("./areas.js").Area} area
 * @param {Excel.CellProperties[][]} properties
 */
function note(noted, area, properties) {
  for (const [down, row] of properties.entries()) {
    for (const [across, { hyperlink, format }] of row.entries()) {
      const [top, left] = [area.top + down, area.left + across];
      if (hyperlink?.address || hyperlink?.documentReference) {
        noted.links.push(addressOf({ top, left, bottom: top, right: left }));
      }
      const color = (format?.fill?.color ?? "").toUpperCase();
      if (!NO_FILL.has(color)) {
        const cells = noted.cells.get(color) ?? [];
        cells.push([top, left]);
        noted.cells.set(color, cells);
      }
    }
  }
}
