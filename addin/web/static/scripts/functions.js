// The custom functions: each name of the registry is bound to a call of it.

import { NAMES } from "../names.js";
import { call } from "./batching.js";
import { onChange } from "./session.js";

for (const name of NAMES) {
  CustomFunctions.associate(name, (/** @type {any[]} */ ...given) => call(name, given.slice(0, -1)));
}

// Cells that were calculated while nobody was signed in are errors. Full marks every cell as changed.
onChange((isSignedOut) => {
  if (!isSignedOut) {
    void Excel.run(async (context) => {
      context.workbook.application.calculate(Excel.CalculationType.full);
      await context.sync();
    });
  }
});
