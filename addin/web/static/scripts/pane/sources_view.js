// The sources of the selected cell's formula: each call of ours, with its status and where its figure is from.

import { sourcesOfSelection } from "../names/sources.js";
import { badge, byId, made } from "./dom.js";
import { fail } from "./messages.js";
import { Newest, quiet } from "./newest.js";
import { isShown, onShown } from "./tabs.js";

/** @typedef {import("../names/sources.js").Source} Source */
/** @typedef {import("../names/sources.js").Sources} Sources */

const PAUSE_MS = 150;
const STATUS = /^(?:reported|interpolated|compounded|derived|estimated|assumed)\b/;

const asking = new Newest();
let isOpen = true;

/** Shows the sources while their part of the pane is open, for each cell that is selected. The page outlives a closed pane. */
export async function startSources() {
  byId("sources-again").addEventListener("click", () => void showSources());
  onShown("sources", () => void showSources());
  if (isShown("sources")) {
    void showSources(); // somebody was faster than Office
  }
  try {
    await Excel.run({ delayForCellEdit: true }, async (context) => {
      context.workbook.onSelectionChanged.add(async () => {
        if (isOpen && isShown("sources")) {
          await showSources();
        }
      });
      await context.sync();
    });
    await Office.addin.onVisibilityModeChanged(({ visibilityMode }) => {
      isOpen = visibilityMode === Office.VisibilityMode.taskpane;
      if (isOpen && isShown("sources")) {
        void showSources();
      }
    });
  } catch (error) {
    fail(error);
  }
}

/** Shows the sources of the selected cell's formula. What is shown stays until there is an answer. */
export async function showSources() {
  try {
    await asking.run(async (signal) => {
      await quiet(PAUSE_MS, signal);
      return sourcesOfSelection({ signal });
    }, show);
  } catch (error) {
    fail(error);
  }
}

/** @param {Sources} found */
function show({ place, sources }) {
  const count = sources.length === 1 ? "1 call" : `${sources.length} calls`;
  byId("sources-cell").textContent = sources.length ? `${place}: ${count}` : `${place} does not call Marketbook's functions.`;
  byId("sources-list").replaceChildren(...sources.map(item));
}

/** @param {Source} source */
function item({ call, reason }) {
  const [status = ""] = STATUS.exec(reason) ?? [];
  const rest = reason.slice(status.length);
  return made("li", {}, made("code", {}, call), made("p", {}, status ? badge(status) : null, rest));
}
