// Signing out: here at once, and then on the server, which ends the token that Excel got at the sign-in.

import { Failure, request } from "./server.js";
import { forget } from "./session.js";

const PATH = "/api/excel/sign-out";
const NOT_TOLD = "Marketbook's server could not be told that you signed out, so the token is still in force.";

/**
 * Signs out. Rejects with a sentence if the token is still in force. (The server keeps a personal token in force anyway.)
 * @returns {Promise<void>}
 */
export async function signOut() {
  const token = forget();
  try {
    await request(PATH, { method: "POST", token, keepalive: true });
  } catch (error) {
    if (!(error instanceof Failure && error.kind === "signed-out")) {
      throw new Error(`${NOT_TOLD} To end it, revoke it at ${location.origin}/tokens.`);
    }
  }
}
