import { isIP } from "node:net";
import { fail, type Result, succeed } from "../result.js";
import { type AddressRule, isLoopbackAddress, isPublicAddress } from "./address-guard.js";

/** Which addresses of key sets and discovery documents are allowed. */
export interface KeyUrlRules {
  /**
   * Allows plain http, to this machine alone. For development: whoever can run a process on this machine
   * can then sign tokens for the issuer. @defaultValue `false`
   */
  readonly allowLoopbackHttp?: boolean;
}

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
export function readKeyUrl(text: string, rules: KeyUrlRules): Result<KeyUrl, string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // The parser strips white space and control characters; two spellings of one address are one too many.
  if (url === undefined || /[\s\p{Cc}\\]/u.test(text)) {
    return fail("is not an absolute url");
  }
  if (url.username !== "" || url.password !== "" || text.includes("#")) {
    return fail("has user information or a fragment");
  }
  return url.protocol === "http:" ? readLoopbackUrl(url, rules) : readPublicUrl(url);
}

function readLoopbackUrl(url: URL, { allowLoopbackHttp }: KeyUrlRules): Result<KeyUrl, string> {
  if (allowLoopbackHttp !== true) {
    return fail("is not an https url");
  }
  const host = hostOf(url);
  return host === "localhost" || isLoopbackAddress(host)
    ? succeed({ url, isAllowedAddress: isLoopbackAddress })
    : fail("is an http url to another machine");
}

function readPublicUrl(url: URL): Result<KeyUrl, string> {
  const host = hostOf(url);
  if (url.protocol !== "https:") {
    return fail("is not an https url");
  }
  // The parser leaves out the port when it is the one of the scheme.
  if (url.port !== "") {
    return fail("has a port other than 443");
  }
  if (isLocalName(host) || (isIP(host) !== 0 && !isPublicAddress(host))) {
    return fail("leads to an address that is not on the public internet");
  }
  return succeed({ url, isAllowedAddress: isPublicAddress });
}

/** The host as the parser normalised it: every numeric spelling of an IPv4 address has become the usual one. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

function isLocalName(host: string): boolean {
  return /(?:^|\.)(?:localhost|local|internal)\.?$/.test(host);
}
