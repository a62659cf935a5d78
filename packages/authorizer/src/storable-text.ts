const unstorable = /[\0\p{Cs}]/u;
const everyUnstorable = /[\0\p{Cs}]/gu;

/**
 * A text as any database takes it: NUL and halves of surrogate pairs become U+FFFD. Records of many checks are written
 * together, so that one that cannot be stored would leave all of them unanswered.
 */
export function storableText(text: string): string {
  return unstorable.test(text) ? text.replace(everyUnstorable, "\uFFFD") : text;
}

/** The longest text that a record keeps of what nothing else bounds, in UTF-16 code units. */
const longestText = 256;

/** The beginning of a text, as any database takes it. */
export function keptText(text: string): string {
  return storableText(text.slice(0, longestText));
}
