// What is done to the whole workbook: a refresh, converting to values, and formulas for another Excel.

import { convertToValues } from "../names/converting.js";
import { relink } from "../names/relinking.js";
import { refresh } from "../refreshing/refresh.js";
import { shownMarket } from "./card.js";
import { changes } from "./changes.js";
import { byId } from "./dom.js";
import { ask, say } from "./messages.js";
import { doWork, startWork } from "./work.js";

const CONVERT =
  "Replace all of Marketbook's formulas in this workbook with their values? Save a copy first. They cannot be brought back later.";

/** Makes the buttons work. */
export function startWorkbook() {
  startWork();
  byId("refresh-button").addEventListener("click", () => void refreshWorkbook());
  byId("convert-button").addEventListener("click", () => void convert());
  byId("relink-here").addEventListener("click", () => void relinkTo("web"));
  byId("relink-desktop").addEventListener("click", () => void relinkTo("desktop"));
}

/** Brings Marketbook's sheets up to date. A workbook without such sheets gets them about the market that is shown. */
export async function refreshWorkbook() {
  await doWork(
    (onProgress, signal) => refresh({ market: shownMarket(), onProgress, signal }),
    (refreshed) => {
      byId("changes").replaceChildren(...changes(refreshed));
      byId("changes").hidden = false;
      say(refreshed.refused || "The workbook is up to date.", refreshed.refused ? "warning" : "success");
    },
    { canCancel: true },
  );
}

/** Replaces Marketbook's formulas with their values, if somebody agrees. */
export async function convert() {
  if (await ask(CONVERT, "Convert")) {
    await doWork(
      (onProgress) => convertToValues({ onProgress }),
      (done) => told(done, "converted to values"),
    );
  }
}

/**
 * Spells Marketbook's formulas as the Excel knows them in which the workbook will be used.
 * @param {"web" | "desktop"} host
 */
export async function relinkTo(host) {
  await doWork(
    (onProgress) => relink(host, { onProgress }),
    (done) => told(done, host === "web" ? "changed for this Excel" : "changed for desktop Excel"),
  );
}

/**
 * Says how many formulas were changed, and which were not.
 * @param {{count: number, note: string}} done
 * @param {string} how
 */
function told({ count, note }, how) {
  const formulas = count === 1 ? "1 formula was" : `${count.toLocaleString("en")} formulas were`;
  const sentence = count ? `${formulas} ${how}.` : note ? "" : "There was nothing to change.";
  say([sentence, note].filter(Boolean).join(" "), note ? "warning" : "success");
}
