import type { RawFields } from "./header-fields.js";

/** An answer, ready to be sent: all but the header fields that every answer has. */
export interface Reply {
  /** HTTP status. */
  readonly status: number;
  /** Header fields, but for `Content-Length`. */
  readonly fields: RawFields;
  /** The body. */
  readonly text: string;
}
