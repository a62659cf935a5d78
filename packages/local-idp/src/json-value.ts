/** Anything JSON can say (RFC 8259, section 3). */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** A JSON object (RFC 8259, section 4), such as the claims of a token. */
export type JsonObject = Readonly<Record<string, JsonValue>>;
