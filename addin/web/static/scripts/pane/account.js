// Who is signed in, and the ways to sign in and out.

import { request } from "../server.js";
import { isSignedOut, onChange, signIn, signOut, useToken } from "../session.js";
import { byId, inputById } from "./dom.js";
import { clear, fail } from "./messages.js";
import { Newest } from "./newest.js";

/** @typedef {import("./answers.js").Me} Me */

const asking = new Newest();

/**
 * Makes signing in and out work.
 * @param {() => void} signedIn Called when somebody is signed in, and again for each sign-in.
 */
export function startAccount(signedIn) {
  byId("sign-in-button").addEventListener("click", () => void signIn().catch(fail));
  byId("sign-out").addEventListener("click", signOut);
  byId("token-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const given = inputById("token");
    if (given.value.trim()) {
      useToken(given.value);
      given.value = "";
    }
  });
  const changed = () => void show(signedIn);
  onChange(changed);
  changed();
}

/** @param {() => void} signedIn */
async function show(signedIn) {
  try {
    await asking.run((signal) => request("/api/excel/me", { signal }), named);
    if (!isSignedOut()) {
      clear();
      signedIn();
    }
  } catch (error) {
    if (!isSignedOut()) {
      fail(error);
    }
  }
  const isOut = isSignedOut();
  byId("sign-in").hidden = !isOut;
  byId("account").hidden = isOut || !byId("account-name").textContent;
}

/** @param {Me} me */
function named({ name, place }) {
  byId("account-name").textContent = name;
  byId("account-place").textContent = place;
}
