// Runs after Microsoft's script for Excel on the web: tells it what it would ask the page around it, which is not there.
// A classic script.

{
  const { OSF, standInLoaded, standInSettings } = /** @type {any} */ (globalThis);
  const about = {
    ...{ _id: "1", _appName: OSF.AppName.ExcelWebApp, _appVersion: "16.0", _appUILocale: "en-US", _dataLocale: "en-US" },
    ...{ _docUrl: "https://example.com/Book1.xlsx", _clientMode: 0, _settings: [], _reason: "documentOpened" },
    ...{ _osfControlType: 1, _requirementMatrix: JSON.stringify(standInSettings.requirements), _initialDisplayMode: 1 },
  };
  const nothing = () => {};
  const page = {
    /** @type {(name: string, callback: ((error: number, answer: any) => void) | null) => void} */
    invoke: (name, callback) => {
      if (name === "ContextActivationManager_getAppContextAsync") {
        standInLoaded.then(() => callback?.(0, about));
      }
    },
    ...{ registerForEvent: nothing, unregisterForEvent: nothing },
  };
  OSF.InitializationHelper.prototype.setAgaveHostCommunication = function () {
    const service = { registerMethod: nothing, registerConversation: nothing };
    Object.assign(this._webAppState, { id: "1", wnd: window, clientEndPoint: page, serviceEndPoint: service });
  };

  // Microsoft's address has a newer office.js than npm, with the notes of a sheet. Here they are asked for as comments are.
  const { BatchApiHelper } = /** @type {any} */ (OfficeExtension);
  Object.defineProperty(Excel.Worksheet.prototype, "notes", {
    get() {
      return BatchApiHelper.createPropertyObject(Excel.CommentCollection, this, "Notes", true, 4);
    },
  });
}
