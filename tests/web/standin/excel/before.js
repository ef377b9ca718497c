// Runs before Microsoft's script for Excel on the web: the bridge over which the two talk. Messages wait until the
// stand-in is loaded. A classic script.

{
  /** @type {string[]} */
  const waiting = [];
  const bridge = {
    /** @type {(text: string) => void} */
    onMessageFromHost: () => {},
    /** @type {(text: string) => void} */
    sendMessageToHost: (text) => void waiting.push(text),
  };
  const tell = (/** @type {object} */ message) => bridge.onMessageFromHost(JSON.stringify(message));
  const address = new URL("/standin/host.js", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  const loaded = import(address).then(({ Host }) => {
    const host = new Host(/** @type {any} */ (globalThis).standInSettings, tell);
    bridge.sendMessageToHost = (text) => void setTimeout(() => host.take(JSON.parse(text)));
    Object.assign(globalThis, { standIn: host });
    waiting.forEach(bridge.sendMessageToHost);
  });
  Object.assign(globalThis, { _richApiNativeBridge: bridge, standInLoaded: loaded });
}
