import { jsonReplacer } from "./json-replacer.js";

/** A value as JSON. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // It is several times faster without the replacer, and integers that need it are rare.
    return JSON.stringify(value, jsonReplacer);
  }
}
