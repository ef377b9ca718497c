// The parts of the pane: Markets, Sources and Workbook.

import { byId } from "./dom.js";

/** @typedef {"markets" | "sources" | "workbook"} Part */

/**
 * Shows a part.
 * @param {Part} part
 */
export function showPart(part) {
  byId("tabs").setAttribute("activeid", `${part}-tab`);
}

/** Moves the focus to the part that is shown, where what had it is gone. */
export function focusPart() {
  byId(byId("tabs").getAttribute("activeid") ?? "").focus();
}

/**
 * Whether somebody can see a part.
 * @param {Part} part
 */
export function isShown(part) {
  return !byId(part).hidden;
}

/**
 * Tells when a part is shown.
 * @param {Part} part
 * @param {() => void} listener
 */
export function onShown(part, listener) {
  byId("tabs").addEventListener("change", () => {
    if (isShown(part)) {
      listener();
    }
  });
}
