// The custom functions: each name of the registry is bound to a call of it.

import { NAMES } from "../names.js";
import { call } from "./batching.js";
import { request } from "./server.js";
import { onChange } from "./session.js";

for (const name of NAMES) {
  CustomFunctions.associate(name, (/** @type {any[]} */ ...given) => call(name, given.slice(0, -1)));
}

// Cells that were calculated while nobody was signed in are errors.
onChange((isSignedOut) => {
  if (!isSignedOut) {
    void recalculate();
  }
});

/** Has every cell calculated again, unless the new token opens nothing: then cells keep what they show. */
async function recalculate() {
  try {
    await request("/api/excel/me");
  } catch {
    return; // the pane asks the same, and says why
  }
  await Excel.run({ delayForCellEdit: true }, async (context) => {
    context.workbook.application.calculate(Excel.CalculationType.full); // marks every cell as changed
    await context.sync();
  });
}
