/**
 * Whether a page comes from this server: from its public URL, or where it has none, from the host that the request was
 * sent to. A page that does not say where it comes from, such as one in a sandbox, does not.
 */
export function isOwnOrigin(
  origin: string,
  host: string | undefined,
  publicUrl: string | undefined,
): boolean {
  if (publicUrl !== undefined) {
    return origin === new URL(publicUrl).origin;
  }
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}
