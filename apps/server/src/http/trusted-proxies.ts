import { BlockList, isIP, isIPv4 } from "node:net";
import { connectionAddress } from "./connection-address.js";

/** Says whether an address, as {@link connectionAddress} writes it, is a proxy that is believed. */
export type TrustsProxy = (address: string) => boolean;

interface Range {
  readonly address: string;
  readonly prefix: number;
}

const namedRanges: Readonly<Record<string, readonly Range[]>> = {
  loopback: [
    { address: "127.0.0.0", prefix: 8 },
    { address: "::1", prefix: 128 },
  ],
};

const range = /^([^/]+)(?:\/(\d{1,3}))?$/;

/**
 * Reads which proxies are believed: addresses, ranges such as `10.0.0.0/8`, and `loopback`. `undefined` when an entry is
 * none of these, or is a range of all addresses: with everybody believed, everybody could claim any address.
 */
export function parseTrustedProxies(entries: readonly string[]): TrustsProxy | undefined {
  const trusted = new BlockList();
  for (const entry of entries) {
    const ranges = rangesOf(entry);
    if (ranges === undefined) {
      return undefined;
    }
    for (const { address, prefix } of ranges) {
      trusted.addSubnet(address, prefix, familyOf(address));
    }
  }
  return entries.length === 0
    ? () => false
    : (address) => trusted.check(address, familyOf(address));
}

function rangesOf(entry: string): readonly Range[] | undefined {
  if (Object.hasOwn(namedRanges, entry)) {
    return namedRanges[entry];
  }
  const [, address = "", digits] = range.exec(entry) ?? [];
  const longest = isIPv4(address) ? 32 : 128;
  const prefix = digits === undefined ? longest : Number(digits);
  const isUsable = isPlainAddress(address) && prefix > 0 && prefix <= longest;
  return isUsable ? [{ address, prefix }] : undefined;
}

/** Whether it is an address in the form that addresses are compared in: no zone, and no IPv4 dressed up as IPv6. */
function isPlainAddress(text: string): boolean {
  return isIP(text) !== 0 && connectionAddress(text) === text;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv4(address) ? "ipv4" : "ipv6";
}
