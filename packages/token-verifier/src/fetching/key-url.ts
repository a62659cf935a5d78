import { fail, type Result, succeed } from "../result.js";
import {
  type AddressRule,
  isLoopbackAddress,
  isPublicAddress,
  isServerAddress,
} from "./address-guard.js";
import { parseIpAddress } from "./ip-address.js";
import type { ParsedKeyUrlRules } from "./key-url-rules.js";

/** An address that may be fetched. */
export interface KeyUrl {
  /** The address. */
  readonly url: URL;
  /** The IP addresses that its host may have. */
  readonly isAllowedAddress: AddressRule;
}

/**
 * Reads the address of a key set or discovery document and holds it against the rules. On failure `error`
 * completes a sentence that begins with the name of the setting.
 */
export function readKeyUrl(text: string, rules: ParsedKeyUrlRules): Result<KeyUrl, string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // The parser strips white space and control characters; two spellings of one address are one too many.
  if (url === undefined || /[\s\p{Cc}\\]/u.test(text)) {
    return fail("is not an absolute url");
  }
  if (url.username !== "" || url.password !== "" || /^[^/]*\/\/[^/?]*@/.test(text)) {
    return fail("has user information");
  }
  if (text.includes("#")) {
    return fail("has a fragment");
  }
  if (url.hostname.endsWith(".")) {
    return fail("has a host that ends in a dot");
  }
  return url.protocol === "http:" ? readLoopbackUrl(url, rules) : readHttpsUrl(url, rules);
}

function readLoopbackUrl(
  url: URL,
  { allowLoopbackHttp }: ParsedKeyUrlRules,
): Result<KeyUrl, string> {
  if (!allowLoopbackHttp) {
    return fail("is not an https url");
  }
  const host = hostOf(url);
  return host === "localhost" || isLoopbackAddress(host)
    ? succeed({ url, isAllowedAddress: isLoopbackAddress })
    : fail("is an http url to another machine");
}

const httpsPort = 443;

function readHttpsUrl(url: URL, rules: ParsedKeyUrlRules): Result<KeyUrl, string> {
  if (url.protocol !== "https:") {
    return fail("is not an https url");
  }
  // The parser leaves out the port when it is the one of the scheme.
  const port = url.port === "" ? httpsPort : Number(url.port);
  const isListed = rules.isAllowedEndpoint(url.hostname, port);
  if (port !== httpsPort && !isListed) {
    return fail("has a port other than 443");
  }
  const isAllowedAddress: AddressRule = isListed
    ? isServerAddress
    : (address) => isPublicAddress(address) || rules.isAllowedAddress(address);
  const host = hostOf(url);
  const isAllowedHost =
    parseIpAddress(host) === undefined ? isListed || !isLocalName(host) : isAllowedAddress(host);
  return isAllowedHost
    ? succeed({ url, isAllowedAddress })
    : fail("leads to an address that is not on the public internet");
}

/** The host as the parser normalised it: every numeric spelling of an IPv4 address has become the usual one. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

function isLocalName(host: string): boolean {
  return /(?:^|\.)(?:localhost|local|internal)$/.test(host);
}
