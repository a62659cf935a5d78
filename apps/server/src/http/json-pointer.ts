/** A JSON Pointer (RFC 6901) from its parts; `""` is the whole value. */
export function toPointer(parts: readonly PropertyKey[]): string {
  return parts
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}
