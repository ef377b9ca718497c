// The search: markets are found while somebody types. The focus stays in the field; arrows go through the list.

import { request } from "../server.js";
import { byId, inputById, made } from "./dom.js";
import { fail } from "./messages.js";
import { Newest, quiet } from "./newest.js";

/** @typedef {import("./answers.js").MarketShown} MarketShown */

const PAUSE_MS = 150;
const MOST = 50;

const search = new Newest();
/** @type {MarketShown[]} */
let found = [];
let active = -1;
let text = ""; // that was looked for when these were found
let looking = Promise.resolve();

/**
 * Makes the search work.
 * @param {(market: string) => void} chosen Called with the name of the market that somebody chooses.
 */
export function startSearch(chosen) {
  const input = inputById("search");
  input.addEventListener("input", () => void look(PAUSE_MS));
  input.addEventListener("click", () => open(found.length > 0));
  input.addEventListener("keydown", (event) => {
    if (!event.isComposing && pressed(event.key, choose)) {
      event.preventDefault();
    }
  });
  byId("found").addEventListener("click", (event) => {
    const option = event.target instanceof Element && event.target.closest("[role=option]");
    if (option) {
      choose([...byId("found").children].indexOf(option));
    }
  });

  /** @param {number} at */
  function choose(at) {
    close();
    chosen(found[at].name);
  }
}

/**
 * Looks for markets now, or after a pause in which nobody types. What is shown stays until there is an answer.
 * @param {number} [pause]
 */
export function look(pause = 0) {
  looking = looked(inputById("search").value, pause);
  return looking;
}

/**
 * @param {string} wanted
 * @param {number} pause
 */
async function looked(wanted, pause) {
  const query = new URLSearchParams({ search: wanted, limit: String(MOST + 1) });
  try {
    await search.run(async (signal) => {
      await quiet(pause, signal);
      return request(`/api/excel/markets?${query}`, { signal });
    }, (answer) => show(answer, wanted));
  } catch (error) {
    fail(error);
  }
}

/**
 * @param {MarketShown[]} answer
 * @param {string} wanted
 */
function show(answer, wanted) {
  text = wanted;
  found = answer.slice(0, MOST);
  byId("found").replaceChildren(...found.map(option));
  open(found.length > 0);
  byId("found-count").textContent = counted(answer.length);
}

/**
 * @param {MarketShown} market
 * @param {number} at
 */
function option(market, at) {
  const about = [market.geography, market.unit].filter(Boolean).join(" · ");
  return made(
    "li",
    { role: "option", id: `found-${at}`, "aria-selected": "false" },
    made("span", { class: "name" }, market.name),
    made("span", { class: "hint" }, about),
  );
}

/** @param {number} count */
function counted(count) {
  if (!count) {
    return text.trim() ? "No market is called like this." : "Your catalog has no markets yet.";
  }
  return count > MOST ? `The first ${MOST} markets. Type more of the name.` : `${count} market${count === 1 ? "" : "s"}`;
}

/**
 * What a key does in the field; false if it is none of ours.
 * @param {string} key
 * @param {(at: number) => void} choose
 */
function pressed(key, choose) {
  const isOpen = !byId("found").hidden;
  switch (key) {
    case "ArrowDown":
    case "ArrowUp":
      if (!isOpen) {
        open(found.length > 0);
      }
      point(key === "ArrowDown" ? active + 1 : active - 1);
      return true;
    case "Enter":
      void enter(choose);
      return true;
    case "Escape":
      close();
      return true;
  }
  return false;
}

/**
 * Chooses the active market of the list, or the first. If the list is of a former text, the new one is waited for.
 * @param {(at: number) => void} choose
 */
async function enter(choose) {
  const isOf = () => text === inputById("search").value;
  if (!isOf()) {
    await looking;
  }
  if (isOf() && !byId("found").hidden) {
    choose(Math.max(active, 0));
  }
}

/**
 * Makes an entry of the list the active one, from the last to the first and back.
 * @param {number} at
 */
function point(at) {
  const options = [...byId("found").children];
  if (!options.length) {
    return;
  }
  options[active]?.setAttribute("aria-selected", "false");
  active = (at + options.length) % options.length;
  options[active].setAttribute("aria-selected", "true");
  options[active].scrollIntoView({ block: "nearest" });
  byId("search").setAttribute("aria-activedescendant", options[active].id);
}

function close() {
  search.end();
  open(false);
  byId("found-count").textContent = "";
}

/** @param {boolean} isOpen */
function open(isOpen) {
  active = -1;
  byId("found").hidden = !isOpen;
  byId("search").setAttribute("aria-expanded", String(isOpen));
  byId("search").removeAttribute("aria-activedescendant");
}
