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

/**
 * An object that keeps its properties elsewhere.
 * @typedef {Thing & {_read: (key: string) => any, _write: (change: Record<string, any>) => void}} Keeper
 */

/**
 * A class with properties that are kept elsewhere, each under a key.
 * @template {new (...args: any[]) => Keeper} Base
 * @template {Record<string, string>} Keys
 * @param {Base} Class
 * @param {Keys} keys The properties with their keys.
 */
export function keeping(Class, keys) {
  class Keeping extends /** @type {new (...args: any[]) => Keeper} */ (Class) {}
  for (const [name, key] of Object.entries(keys)) {
    Object.defineProperty(Keeping.prototype, name, {
      get() {
        return this._read(key);
      },
      set(value) {
        this._write({ [key]: value });
      },
    });
  }
  return /** @type {new (...args: ConstructorParameters<Base>) => InstanceType<Base> & Record<keyof Keys, any>} */ (
    /** @type {unknown} */ (Keeping)
  );
}
