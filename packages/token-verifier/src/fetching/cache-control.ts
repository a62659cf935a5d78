/**
 * Reads `max-age` of a `Cache-Control` header, in seconds (RFC 9111 §5.2.2.1); `undefined` when there is none
 * that is a whole number. Of several the smallest counts (§4.2.1).
 */
export function readMaxAge(header: string | null | undefined): number | undefined {
  const ages = (header ?? "").split(",").flatMap((directive) => {
    const [, seconds] = /^\s*max-age\s*=\s*"?(\d+)"?\s*$/i.exec(directive) ?? [];
    return seconds === undefined ? [] : [Number(seconds)];
  });
  return ages.length === 0 ? undefined : Math.min(...ages);
}
