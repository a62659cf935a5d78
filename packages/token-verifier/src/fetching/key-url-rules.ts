import { type AddressRule, addressesIn } from "./address-guard.js";
import { type IpRange, parseIpRange } from "./ip-range.js";

/** Which addresses of key sets and discovery documents are allowed. */
export interface KeyUrlRules {
  /**
   * Identity providers outside the public internet or on another port than 443, reached by https. Each entry
   * is one of
   * - `host:port`, such as `login.acme.internal:8443` or `10.1.2.3:443`: this very host and port may be
   *   fetched, at whatever public, private or loopback address the host has;
   * - a range of addresses, such as `10.1.0.0/16` or `fd12::/32`: hosts may have these addresses too, on
   *   port 443. Whoever configures providers can then reach every https server of that range.
   * @defaultValue none
   */
  readonly allow?: readonly string[];
  /**
   * Allows plain http, to this machine alone. For development: whoever can run a process on this machine
   * can then sign tokens for the issuer. @defaultValue `false`
   */
  readonly allowLoopbackHttp?: boolean;
}

/** {@link KeyUrlRules}, read. */
export interface ParsedKeyUrlRules {
  /** Whether plain http to this machine is allowed. */
  readonly allowLoopbackHttp: boolean;
  /** Tells whether a host, spelled as in a URL, may be fetched on that port. */
  readonly isAllowedEndpoint: (host: string, port: number) => boolean;
  /** Which addresses beside the public ones a host may have. */
  readonly isAllowedAddress: AddressRule;
}

/**
 * Reads rules.
 *
 * @throws TypeError when an entry of `allow` is neither a host with a port nor a range.
 */
export function parseKeyUrlRules({
  allow = [],
  allowLoopbackHttp = false,
}: KeyUrlRules): ParsedKeyUrlRules {
  const ranges: IpRange[] = [];
  const endpoints = new Set<string>();
  for (const entry of allow) {
    const range = parseIpRange(entry);
    if (range === undefined) {
      endpoints.add(parseEndpoint(entry));
    } else {
      ranges.push(range);
    }
  }
  return {
    allowLoopbackHttp,
    isAllowedEndpoint: (host, port) => endpoints.has(`${host}:${port}`),
    isAllowedAddress: addressesIn(ranges),
  };
}

/** Spells a host with a port as the URL parser does, which settles letter case and numeric spellings. */
function parseEndpoint(entry: string): string {
  const [, host = "", port = ""] = /^([^\s/?#@\\]+):([1-9]\d{0,4})$/.exec(entry) ?? [];
  const url = URL.canParse(`https://${host}`) ? new URL(`https://${host}`) : undefined;
  if (url === undefined || url.port !== "" || url.hostname === "" || Number(port) > 0xffff) {
    throw new TypeError(`\`${entry}\` is neither a host with a port nor a range of addresses`);
  }
  return `${url.hostname}:${port}`;
}
