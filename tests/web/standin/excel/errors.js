// Errors as Excel reports them to a script.

/** A refusal of Excel, with one of Excel's codes. */
export class Refusal extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** What an argument is that Excel does not understand. */
export const invalid = () =>
  new Refusal("InvalidArgument", "The argument is invalid or missing or has an incorrect format.");

/** What is there no more, or never was. */
export const missing = () => new Refusal("ItemNotFound", "The requested resource doesn't exist.");

/** What is protected. */
export const denied = () => new Refusal("AccessDenied", "You cannot perform the requested operation.");

/** @param {string} what */
export const unknown = (what) =>
  new Refusal("NotImplemented", `The stand-in of Excel does not know ${what}. Add it where a script needs it.`);
