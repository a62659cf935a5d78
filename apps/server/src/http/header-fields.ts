import type { ServerResponse } from "node:http";

/** Header fields of an answer, by name. */
export type HeaderFields = Readonly<Record<string, string>>;

/** Gives an answer header fields, in the place of those of the same names. */
export function setFields(response: ServerResponse, fields: HeaderFields): void {
  for (const name in fields) {
    if (Object.hasOwn(fields, name)) {
      response.setHeader(name, fields[name] ?? "");
    }
  }
}
