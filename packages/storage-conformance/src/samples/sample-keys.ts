/** Keys that a naive order, comparison or look-up gets wrong, in the order of their UTF-8 bytes. */
export const awkwardKeys: readonly string[] = [
  "Orders",
  "Z",
  "__proto__",
  "constructor",
  "orders",
  "orders ",
  "orders'; --",
  "orders_%",
  "toString",
  "x".repeat(255),
  // The same word twice: with one character for its last letter and with two.
  "cafe\u0301",
  "caf\u00e9",
  "注文",
  // U+FF61 comes before U+1F600, but its UTF-16 code unit is larger.
  "\uff61",
  "\u{1f600}",
].toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));

/** A text with characters of every length in UTF-8, line breaks and quotes. */
export const awkwardText = "naïve 注文 \u{1f600}\u{20bb7} 'quoted' \"twice\" \\ back\nline\ttab";
