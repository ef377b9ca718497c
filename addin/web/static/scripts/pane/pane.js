// The task pane: puts its parts to work.

import { startAccount } from "./account.js";
import { showCard } from "./card.js";
import { say } from "./messages.js";
import { look, startSearch } from "./search.js";
import { startSources } from "./sources_view.js";
import { useTheme } from "./theme.js";
import { startWorkbook } from "./workbook_view.js";

const NO_EXCEL = "This page is a part of Excel. Open it there, with Market pane on the Marketbook tab.";
const NO_OFFICE = "Microsoft's script for add-ins could not be loaded. Check the connection, and open the pane again.";

if ("Office" in globalThis) {
  await start();
} else {
  say(NO_OFFICE, "error");
}

async function start() {
  startSearch((market) => void showCard(market));
  startWorkbook();
  startAccount(() => void look());
  const { host } = await Office.onReady();
  useTheme(Office.context.officeTheme);
  if (host === Office.HostType.Excel) {
    await startSources();
  } else {
    say(NO_EXCEL, "warning");
  }
}
