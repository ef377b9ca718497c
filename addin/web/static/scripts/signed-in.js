// Passes the token on this page to the pane that opened this window, which then closes it.

const SENT = "Excel has access now. You can close this window.";
const NOT_OPENED = "Excel has not opened this window, so it has no access. You can close this window.";
const PATIENCE = 15000; // milliseconds until Excel counts as not there

const told = /** @type {HTMLElement} */ (document.getElementById("told"));
const token = told.dataset.token;
delete told.dataset.token;

/**
 * Sends the token to a pane of this very server, and to nobody else.
 * @returns {Promise<void>}
 */
async function send() {
  await Promise.race([Office.onReady(), silence()]);
  Office.context.ui.messageParent(JSON.stringify({ token }), { targetOrigin: location.origin });
}

/** @returns {Promise<never>} */
function silence() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error("Excel does not answer.")), PATIENCE);
  });
}

/** Ends a token that nobody got: otherwise it could be used for weeks. */
async function giveBack() {
  try {
    await fetch("/api/excel/sign-out", { method: "POST", headers: { Authorization: `Bearer ${token}` } });
  } catch {
    // The page Tokens lists it.
  }
}

try {
  await send();
  told.textContent = SENT;
} catch {
  await giveBack();
  told.textContent = NOT_OPENED;
}
