import type { ServerResponse } from "node:http";

/** Header fields of an answer, by name. */
export type HeaderFields = Readonly<Record<string, string>>;

/** Header fields of an answer as Node takes a whole head: names and values in turn. */
export type RawFields = readonly string[];

/** The same header fields for a whole head. */
export function rawFields(fields: HeaderFields): RawFields {
  return Object.entries(fields).flat();
}

/** Gives an answer header fields, in the place of those of the same names. */
export function setFields(response: ServerResponse, fields: HeaderFields): void {
  for (const name in fields) {
    if (Object.hasOwn(fields, name)) {
      response.setHeader(name, fields[name] ?? "");
    }
  }
}

/** As {@link setFields}. */
export function setRawFields(response: ServerResponse, fields: RawFields): void {
  for (let at = 0; at + 1 < fields.length; at += 2) {
    response.setHeader(fields[at] ?? "", fields[at + 1] ?? "");
  }
}
