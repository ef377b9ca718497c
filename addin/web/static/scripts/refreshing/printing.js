// How sheets are printed, and which of their cells stay in sight. Only what differs is set, because each setting takes its
// time.

import { LAST_COLUMN, LAST_ROW } from "../names/addresses.js";
import { addressOf, areaOf } from "./areas.js";

/** @typedef {import("./wire.js").SheetInstructions} SheetInstructions */

/**
 * @typedef {object} Page
 * @property {string} area
 * @property {string} titleRows
 * @property {number[]} starts Rows at which a page starts.
 * @property {Record<string, any>} layout Settings as Excel names them.
 * @property {number[]} margins Left, right, top, bottom, header and footer, in points.
 * @property {{leftFooter: string, rightFooter: string}} footers
 * @property {string} freeze The first cell that scrolls, such as "A13"; blank if all do.
 */

const LAYOUT = ["orientation", "paperSize", "centerHorizontally", "centerVertically", "zoom"];
const SIDES = ["left", "right", "top", "bottom", "header", "footer"];

/**
 * Asks how a sheet is printed.
 * @param {Excel.Worksheet} sheet
 */
export function loadPage(sheet) {
  const { pageLayout: layout, horizontalPageBreaks: breaks } = sheet;
  layout.load([...LAYOUT, ...SIDES.map((side) => `${side}Margin`)].join(", "));
  return {
    layout,
    area: layout.getPrintAreaOrNullObject().load("address"),
    titles: layout.getPrintTitleRowsOrNullObject().load("address"),
    footers: layout.headersFooters.defaultForAllPages.load("leftFooter, rightFooter"),
    breaks: breaks.load("items/rowIndex"),
    frozen: sheet.freezePanes.getLocationOrNullObject().load("address"),
  };
}

/**
 * Returns how a sheet is printed.
 * @param {ReturnType<typeof loadPage>} loaded
 * @returns {Page}
 */
export function pageOf({ layout, area, titles, footers, breaks, frozen }) {
  const settings = /** @type {any} */ (layout);
  return {
    area: area.isNullObject ? "" : area.address.split(",").map((each) => addressOf(areaOf(each))).join(","), // prettier-ignore
    titleRows: titles.isNullObject ? "" : rows(titles.address),
    starts: breaks.items.map(({ rowIndex }) => rowIndex + 1),
    layout: { ...Object.fromEntries(LAYOUT.map((name) => [name, settings[name]])), zoom: zoomOf(layout.zoom) },
    margins: SIDES.map((side) => settings[`${side}Margin`]),
    footers: { leftFooter: footers.leftFooter, rightFooter: footers.rightFooter },
    freeze: frozen.isNullObject ? "" : firstThatScrolls(areaOf(frozen.address)),
  };
}

/**
 * How a sheet is to be printed, and which of its cells are to stay in sight.
 * @param {SheetInstructions} wanted
 * @param {Page} before
 * @returns {Page}
 */
export function pageWanted({ printing, freeze }, before) {
  if (printing === null) {
    return { ...before, freeze };
  }
  const { scale, pages_high: high, margins } = printing;
  return {
    area: printing.area,
    titleRows: printing.title_rows,
    starts: printing.starts,
    layout: {
      ...{ orientation: "Landscape", paperSize: "A4", centerHorizontally: true },
      centerVertically: printing.is_centered_vertically,
      zoom: scale ? { scale } : { horizontalFitToPages: 1, ...(high ? { verticalFitToPages: high } : {}) },
    },
    margins: SIDES.map((side) => margins[/** @type {keyof typeof margins} */ (side)]),
    footers: { leftFooter: printing.left_footer, rightFooter: printing.right_footer },
    freeze,
  };
}

/**
 * Changes how a sheet is printed.
 * @param {Excel.Worksheet} sheet
 * @param {Page} before
 * @param {Page} after
 */
export function writePage(sheet, before, after) {
  const { pageLayout: layout, horizontalPageBreaks: breaks } = sheet;
  if (after.area && before.area !== after.area) {
    layout.setPrintArea(after.area.includes(",") ? sheet.getRanges(after.area) : after.area);
  }
  if (after.titleRows && before.titleRows !== after.titleRows) {
    layout.setPrintTitleRows(after.titleRows.replace(/(\d+)/g, "$$$1"));
  }
  const changed = LAYOUT.filter((name) => isOther(before.layout[name], after.layout[name]));
  if (changed.length > 0) {
    layout.set(Object.fromEntries(changed.map((name) => [name, after.layout[name]])));
  }
  if (before.margins.some((points, at) => Math.abs(points - after.margins[at]) > 0.1)) {
    layout.setPrintMargins("Points", Object.fromEntries(SIDES.map((side, at) => [side, after.margins[at]])));
  }
  if (isOther(before.footers, after.footers)) {
    layout.headersFooters.defaultForAllPages.set(after.footers);
  }
  if (isOther(before.starts, after.starts)) {
    breaks.removePageBreaks();
    after.starts.forEach((row) => breaks.add(`A${row}`));
  }
  if (before.freeze !== after.freeze) {
    freezePanes(sheet, after.freeze);
  }
}

/**
 * Keeps the cells above and left of a cell in sight.
 * @param {Excel.Worksheet} sheet
 * @param {string} freeze
 */
function freezePanes({ freezePanes: panes }, freeze) {
  panes.unfreeze();
  const { top, left } = areaOf(freeze || "A1");
  if (top > 1 && left > 1) {
    panes.freezeAt(addressOf({ top: 1, left: 1, bottom: top - 1, right: left - 1 }));
  } else if (top > 1) {
    panes.freezeRows(top - 1);
  } else if (left > 1) {
    panes.freezeColumns(left - 1);
  }
}

/**
 * The first cell behind frozen ones. Whole rows have no columns in their address, or all.
 * @param {import("./areas.js").Area} frozen
 */
function firstThatScrolls({ bottom, right }) {
  const [top, left] = [bottom < LAST_ROW ? bottom + 1 : 1, right < LAST_COLUMN ? right + 1 : 1];
  return addressOf({ top, left, bottom: top, right: left });
}

/**
 * @param {unknown} one
 * @param {unknown} other
 */
const isOther = (one, other) => JSON.stringify(one) !== JSON.stringify(other);

/** @param {Excel.PageLayoutZoomOptions} zoom */
function zoomOf({ scale, horizontalFitToPages: wide, verticalFitToPages: high }) {
  if (scale) {
    return { scale };
  }
  return { ...(wide ? { horizontalFitToPages: wide } : {}), ...(high ? { verticalFitToPages: high } : {}) };
}

/** @param {string} address */
const rows = (address) => address.slice(address.lastIndexOf("!") + 1).replaceAll("$", "");
