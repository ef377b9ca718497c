// The form that inserts something about a market at the selected cell, with a preview.

import { namespaced } from "../names/formulas.js";
import { button, made } from "./dom.js";
import { call } from "./formula_text.js";
import { fieldsOf } from "./insert_fields.js";
import { insert } from "./inserting.js";
import { insertions } from "./insertions.js";
import { ask, clear, fail, say } from "./messages.js";
import { Newest, quiet } from "./newest.js";
import { reason, values, valueTable } from "./preview.js";

/** @typedef {import("./answers.js").MarketCard} MarketCard */
/** @typedef {import("./insertions.js").Insertion} Insertion */
/** @typedef {import("./preview.js").Value} Value */
/** @typedef {{formula: string, rows: Value[][], columns: import("./insertions.js").Kind[]}} Ready */

const PAUSE_MS = 200;
const LEFT = "Nothing was inserted, because another market was opened before its values were known.";

const asking = new Newest(); // one form is shown at a time

/**
 * Returns the form for a market.
 * @param {MarketCard} card
 * @returns {HTMLElement}
 */
export function insertForm(card) {
  return new InsertForm(card).element;
}

/** The form: what is chosen, the formula that this makes, and its values once they are known. */
class InsertForm {
  /** @param {MarketCard} card */
  constructor(card) {
    this.card = card;
    this.known = insertions(card);
    this.what = made("select", { id: "insert-what" }, ...this.known.map(({ id, title }) => made("option", { value: id }, title)));
    this.fields = made("div", { class: "fields" });
    this.formula = made("code");
    this.values = made("div");
    this.reason = made("p", { class: "hint", role: "status" });
    this.read = fieldsOf(this.known[0], card, this.fields);
    this.isInserting = false;
    this.hasFailed = false;
    /** @type {Ready | null} */
    this.ready = null;
    this.previewed = this.preview();
    this.element = this.assembled();
  }

  assembled() {
    this.what.addEventListener("input", () => {
      this.read = fieldsOf(this.chosen, this.card, this.fields, this.read());
    });
    const form = made(
      "div",
      {},
      made("label", { for: this.what.id }, "What to insert"),
      this.what,
      this.fields,
      made("div", { class: "preview" }, made("p", {}, this.formula), this.values, this.reason),
      button("Insert at the selected cell", () => void this.insert(), { id: "insert", appearance: "primary" }),
    );
    form.addEventListener("input", () => {
      this.previewed = this.preview();
    });
    return form;
  }

  get chosen() {
    return /** @type {Insertion} */ (this.known.find(({ id }) => id === this.what.value));
  }

  /** Shows the formula at once, and its values when the server has given them. */
  async preview() {
    const { chosen, card } = this;
    const choices = this.read();
    const args = chosen.args(card.name, choices);
    const formula = namespaced(call(chosen.name, args));
    this.ready = null;
    this.hasFailed = false;
    this.formula.textContent = formula;
    this.values.className = "old";
    try {
      await asking.run(
        async (signal) => {
          await quiet(PAUSE_MS, signal);
          return values(chosen.name, args, signal);
        },
        (rows) => {
          this.ready = { formula, rows, columns: chosen.columns };
          this.showValues(rows, choices.headings !== null);
        },
      );
    } catch (error) {
      this.hasFailed = true;
      this.values.replaceChildren();
      this.reason.textContent = "";
      fail(error);
    }
  }

  /**
   * @param {Value[][]} rows
   * @param {boolean} hasHeadings
   */
  showValues(rows, hasHeadings) {
    const why = reason(rows);
    this.values.className = "";
    this.values.replaceChildren(valueTable(rows, this.chosen.columns, hasHeadings && !why));
    this.reason.textContent = why;
  }

  /** Inserts what the newest preview shows. */
  async insert() {
    if (this.isInserting) {
      return;
    }
    this.isInserting = true;
    try {
      const ready = await this.newest();
      if (ready) {
        await inserted(ready);
      } else if (!this.hasFailed) {
        say(LEFT, "warning");
      }
    } catch (error) {
      fail(error);
    } finally {
      this.isInserting = false;
    }
  }

  /** The newest preview, which may be on its way. One that has failed is tried again; null if it fails again. */
  async newest() {
    if (this.hasFailed) {
      this.previewed = this.preview();
    }
    for (;;) {
      const { previewed } = this;
      await previewed;
      if (previewed === this.previewed) {
        return this.ready;
      }
    }
  }
}

/** @param {Ready} ready */
async function inserted({ formula, rows, columns }) {
  clear();
  const what = { formula, rows: rows.length, columns: rows[0].length, kinds: columns };
  const place = await insert(what, (question) => ask(question, "Replace"));
  if (place) {
    say(`Inserted at ${place}.`, "success");
  }
}
