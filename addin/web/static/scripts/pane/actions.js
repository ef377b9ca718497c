// What the ribbon's buttons do. They show the pane, because progress, questions and results are there. What can take
// long goes on in the pane by itself: the ribbon waits for five minutes only.

import { showSources } from "./sources_view.js";
import { showPart } from "./tabs.js";
import { convert, refreshWorkbook, relinkTo } from "./workbook_view.js";

/**
 * Each command by its id in the manifest.
 * @type {Record<string, () => Promise<void>>}
 */
export const ACTIONS = {
  refresh: async () => {
    await shown("workbook");
    void refreshWorkbook();
  },
  sources: async () => {
    await shown("sources");
    await showSources();
  },
  convert: async () => {
    await shown("workbook");
    void convert();
  },
  relinkHere: async () => {
    await relinkTo("web");
    await shown("workbook");
  },
  relinkDesktop: async () => {
    await relinkTo("desktop");
    await shown("workbook");
  },
};

/** @param {import("./tabs.js").Part} part */
async function shown(part) {
  showPart(part);
  await Office.addin.showAsTaskpane();
}
