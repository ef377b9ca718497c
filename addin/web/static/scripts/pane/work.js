// Work on the whole workbook, one at a time, with its progress and a way to cancel it.

import { byId } from "./dom.js";
import { isEnded } from "./failures.js";
import { clear, fail, say } from "./messages.js";

/** @typedef {(text: string, done: number, total: number) => void} OnProgress The total is 0 if nobody knows it. */

const BUSY = "The workbook is being changed already. Wait until that is done.";
const CANCELLED = "Cancelled. The workbook is as it was.";
const BUTTONS = ["refresh-button", "convert-button", "relink-here", "relink-desktop"];

/** @type {AbortController | null} */
let running = null;

/** Makes the button Cancel work. */
export function startWork() {
  byId("work-cancel").addEventListener("click", () => running?.abort());
}

/**
 * Does work, and shows what it has done, or why it has not. Nothing is done while other work is.
 * @template Done
 * @param {(onProgress: OnProgress, signal: AbortSignal) => Promise<Done>} work
 * @param {(done: Done) => void} show
 * @param {{canCancel?: boolean}} [options]
 */
export async function doWork(work, show, { canCancel = false } = {}) {
  if (running) {
    say(BUSY, "warning");
    return;
  }
  running = new AbortController();
  clear();
  begin(canCancel);
  try {
    await Office.onReady(); // what this Excel can do is known only then
    show(await work(progress, running.signal));
  } catch (error) {
    if (isEnded(error)) {
      say(CANCELLED);
    } else {
      fail(error);
    }
  } finally {
    running = null;
    end();
  }
}

/** @param {boolean} canCancel */
function begin(canCancel) {
  byId("work").hidden = false;
  byId("work-cancel").hidden = !canCancel;
  enable(false);
}

function end() {
  const hadFocus = byId("work").contains(document.activeElement);
  byId("work").hidden = true;
  byId("work-text").textContent = "";
  byId("work-bar").removeAttribute("value");
  enable(true);
  if (hadFocus) {
    byId("refresh-button").focus(); // only a refresh can be cancelled
  }
}

/** @param {boolean} is */
function enable(is) {
  for (const id of BUTTONS) {
    byId(id).toggleAttribute("disabled-focusable", !is);
    byId(id).setAttribute("aria-disabled", String(!is));
  }
}

/** @type {OnProgress} */
function progress(text, done, total) {
  byId("work-text").textContent = `${text} …`;
  const bar = byId("work-bar");
  if (total) {
    bar.setAttribute("max", String(total));
    bar.setAttribute("value", String(done));
  } else {
    bar.removeAttribute("value");
  }
}
