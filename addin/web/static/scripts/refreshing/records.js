// Marketbook's records: texts in custom XML parts of the workbook, one part for each namespace.

/** @typedef {import("./requests.js").Requests} Requests */

const OURS = "urn:marketbook:";

/** The namespace in which a refresh notes that it is at work, and how the workbook was. It is no record. */
export const AT_WORK = `${OURS}refresh`;

/**
 * Returns the records by their namespaces.
 * @param {Requests} requests
 * @returns {Promise<Record<string, string>>}
 */
export async function readRecords(requests) {
  const parts = requests.context.workbook.customXmlParts.load("items/id, items/namespaceUri");
  await requests.send();
  const ours = parts.items.filter(({ namespaceUri: space }) => space.startsWith(OURS) && space !== AT_WORK);
  const texts = ours.map((part) => ({ space: part.namespaceUri, xml: part.getXml() }));
  await requests.send();
  return Object.fromEntries(texts.map(({ space, xml }) => [space, textOf(xml.value)]));
}

/**
 * Changes the records to what they are to be. Others of Marketbook's are left as they are, or deleted if `only` these are
 * to be there.
 * @param {Requests} requests
 * @param {Record<string, string>} records
 * @param {boolean} [only]
 */
export async function writeRecords(requests, records, only = false) {
  const parts = requests.context.workbook.customXmlParts.load("items/id, items/namespaceUri");
  await requests.send();
  const found = new Map(parts.items.map((part) => [part.namespaceUri, part]));
  for (const [space, text] of Object.entries(records)) {
    await requests.make(text.length);
    const part = found.get(space);
    if (part) {
      part.setXml(xmlOf(space, text));
    } else {
      parts.add(xmlOf(space, text));
    }
  }
  if (only) {
    const gone = [...found].filter(([space]) => space.startsWith(OURS) && space !== AT_WORK && !(space in records));
    gone.forEach(([, part]) => part.delete());
  }
  await requests.write();
}

/**
 * A text as the XML of a part.
 * @param {string} space
 * @param {string} text
 */
export function xmlOf(space, text) {
  const made = document.implementation.createDocument(space, "record");
  made.documentElement.append(text);
  return new XMLSerializer().serializeToString(made);
}

/** @param {string} xml */
export function textOf(xml) {
  return new DOMParser().parseFromString(xml, "application/xml").documentElement.textContent ?? "";
}
