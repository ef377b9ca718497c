// What all objects of Excel have in common: how office.js finds them again in its next request.

/**
 * An object of Excel, as office.js asks for it. Its public members are those of Excel's interface; one that begins with
 * an underscore is the stand-in's own.
 */
export class Thing {
  /**
   * The key under which the object is in its collection; undefined if it is not in one.
   * @returns {string | undefined}
   */
  get _id() {
    return undefined;
  }

  /** Whether office.js gets a number for the object itself, because no path leads to it for sure. */
  get _isKept() {
    return false;
  }
}
