// A classic script, right after office.js. Modules come later: without this, Excel would call functions that are not
// associated yet, and show #VALUE! (issue 4769 of OfficeDev/office-js). The first association ends the wait.

/** @type {any} Microsoft's types do not have it. */ (CustomFunctions).delayInitialization?.();
