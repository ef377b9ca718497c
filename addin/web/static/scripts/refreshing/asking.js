// What the server says is to be done. It names the sheets that are added, and does not know the names of the user's sheets.

import { request as ask } from "../server.js";

/** @typedef {import("./wire.js").RefreshRequest} RefreshRequest */
/** @typedef {import("./wire.js").Instructions} Instructions */
/** @typedef {import("./requests.js").Requests} Requests */

const PATH = "/api/excel/refresh";
const SECONDS = 180;

/**
 * Returns what is to be done. The server is asked again if the workbook has sheets of the names that it has chosen.
 * @param {Requests} requests
 * @param {RefreshRequest} request
 * @param {AbortSignal} [signal]
 * @returns {Promise<Instructions>}
 */
export async function instructionsFor(requests, request, signal) {
  const { worksheets } = requests.context.workbook;
  const taken = new Set(request.taken);
  for (;;) {
    /** @type {Instructions} */
    const answer = await ask(PATH, { method: "POST", body: { ...request, taken: [...taken] }, signal, seconds: SECONDS });
    worksheets.load("items/name");
    await requests.send();
    const there = new Set(worksheets.items.map(({ name }) => name.toLowerCase()));
    const clashing = answer.creates.filter((name) => there.has(name.toLowerCase()) && !taken.has(name));
    if (clashing.length === 0) {
      return answer;
    }
    clashing.forEach((name) => taken.add(name));
  }
}
