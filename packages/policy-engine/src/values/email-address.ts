/**
 * Reads an address as `local@domain`, split at the last `@`. The local part stays as it is, the domain is
 * lower-cased (RFC 5321 section 2.4), so equal addresses are equal texts.
 */
export function parseEmail(text: string): string | undefined {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(0, at));
  const domain = text.slice(at + 1);
  return local === "" || !isDomain(domain) || /[\s\p{Cc}]/u.test(local)
    ? undefined
    : `${local}@${domain.toLowerCase()}`;
}

/** Answers whether an address is the one, in the one domain or in a sub-domain of the pattern. */
export type EmailPattern = (address: string) => boolean;

/** Reads `user@example.org` (that address), `example.org` (that domain) or `.example.org` (any below it). */
export function parseEmailPattern(text: string): EmailPattern | undefined {
  if (text.includes("@")) {
    const expected = parseEmail(text);
    return expected === undefined ? undefined : (address) => address === expected;
  }
  const domain = text.toLowerCase();
  if (!isDomain(domain.startsWith(".") ? domain.slice(1) : domain)) {
    return undefined;
  }
  const suffix = domain.startsWith(".") ? domain : `@${domain}`;
  return (address) => address.slice(address.lastIndexOf("@")).endsWith(suffix);
}

// Labels between dots: no length is checked, as no address is ever sent anything.
function isDomain(text: string): boolean {
  return /^[^\s@.\p{Cc}]+(?:\.[^\s@.\p{Cc}]+)*$/u.test(text);
}
