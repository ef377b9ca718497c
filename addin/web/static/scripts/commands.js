// The ribbon's buttons. They work without the pane too: the page runs behind it, and shows it if there is a result.

import { ACTIONS } from "./pane/actions.js";
import { fail } from "./pane/messages.js";

if ("Office" in globalThis) {
  await Office.onReady();
  for (const [id, action] of Object.entries(ACTIONS)) {
    Office.actions.associate(id, (/** @type {Office.AddinCommands.Event} */ event) => void run(action, event));
  }
}

/**
 * Does what a button is for. Excel must be told when it is over, however it ends.
 * @param {() => Promise<void>} action
 * @param {Office.AddinCommands.Event} event
 */
async function run(action, event) {
  try {
    await action();
  } catch (error) {
    fail(error);
  } finally {
    event.completed();
  }
}
