// A market's card: its figures, what can be inserted, its segments, sources and checks.

import { request } from "../server.js";
import { checks } from "./checks.js";
import { cuts } from "./cuts.js";
import { badge, byId, made } from "./dom.js";
import { insertForm } from "./insert_form.js";
import { fail } from "./messages.js";
import { Newest } from "./newest.js";

/** @typedef {import("./answers.js").MarketCard} MarketCard */

const asking = new Newest();
let market = "";

/** The name of the market whose card is shown; "" if none is. */
export function shownMarket() {
  return market;
}

/**
 * Shows a market's card, and moves the focus to it. The former one stays until there is an answer.
 * @param {string} name
 */
export async function showCard(name) {
  try {
    await asking.run((signal) => request(`/api/excel/market?${new URLSearchParams({ name })}`, { signal }), show);
  } catch (error) {
    fail(error);
  }
}

/** @param {MarketCard} card */
function show(card) {
  market = card.name;
  const heading = made("h2", { id: "card-name", tabindex: "-1" }, card.name);
  byId("card").replaceChildren(
    ...[
      heading,
      made("p", { class: "hint" }, about(card)),
      card.notice ? made("p", { class: "notice" }, card.notice) : null,
      figures(card),
      section("Insert", insertForm(card)),
      card.cuts.length ? section("Segments", ...card.cuts.map(cuts)) : null,
      section("Sources", sources(card)),
      section("Checks", ...checks(card)),
    ].filter((part) => part !== null),
  );
  byId("card").hidden = false;
  heading.focus();
}

/** @param {MarketCard} card */
function about(card) {
  const also = card.aliases.length ? `also called ${card.aliases.join(", ")}` : "";
  return [card.geography, card.unit, also].filter(Boolean).join(" · ");
}

/** @param {MarketCard} card */
function figures(card) {
  const items = card.figures.map(({ about: what, figure, status, source }) =>
    made(
      "div",
      {},
      made("dt", {}, what),
      made("dd", {}, figure ? made("strong", {}, figure) : "No figure", " ", status ? badge(status) : null),
      made("dd", { class: "hint" }, status ? withoutStatus(source) : source),
    ),
  );
  return made("dl", { class: "figures" }, ...items);
}

/**
 * A line such as "reported for 2023: stated as 8.6 ..." from its colon on: what it begins with is shown above it.
 * @param {string} line
 */
function withoutStatus(line) {
  return line.replace(/^(?:reported|interpolated|compounded|derived|estimated|assumed)\b[^:]*: /, "");
}

/** @param {MarketCard} card */
function sources(card) {
  const items = card.sources.map(({ publisher, date, title, url }) =>
    made(
      "li",
      {},
      made("strong", {}, publisher),
      `, ${date}`,
      made("br"),
      url ? made("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title) : title,
    ),
  );
  return made("ul", { class: "plain" }, ...items);
}

/**
 * @param {string} title
 * @param {HTMLElement[]} parts
 */
function section(title, ...parts) {
  return made("section", {}, made("h3", {}, title), ...parts);
}
