/** What is read of a request on `node:http`. */
export interface NodeRequest {
  /** Its header fields. */
  readonly headers: { readonly authorization?: string | undefined };
}
