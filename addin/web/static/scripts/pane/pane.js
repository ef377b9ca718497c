// The task pane: puts its parts to work.

import { startAccount } from "./account.js";
import { showCard } from "./card.js";
import { byId } from "./dom.js";
import { look, startSearch } from "./search.js";
import { startSources } from "./sources_view.js";
import { useTheme } from "./theme.js";
import { startWorkbook } from "./workbook_view.js";

const NO_EXCEL = "This page is a part of Excel. Open it there: on the Marketbook tab, click Market pane.";
const NO_OFFICE = "Microsoft's script for add-ins could not be loaded. Check the connection, and open the pane again.";

if ("Office" in globalThis) {
  await start();
} else {
  onlySay(NO_OFFICE);
}

async function start() {
  startSearch((market) => void showCard(market));
  startWorkbook();
  const { host } = await Office.onReady();
  if (host !== Office.HostType.Excel) {
    onlySay(NO_EXCEL);
    return;
  }
  useTheme(Office.context.officeTheme);
  startAccount(() => void look());
  await startSources();
}

/**
 * Says why nothing of the pane works here, in its place.
 * @param {string} why
 */
function onlySay(why) {
  byId("elsewhere-why").textContent = why;
  byId("elsewhere").hidden = false;
  byId("parts").hidden = true;
}
