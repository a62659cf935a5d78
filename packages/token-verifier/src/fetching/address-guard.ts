import { parseIpAddress } from "./ip-address.js";
import { type IpRange, isInRange, parseIpRange } from "./ip-range.js";

/** Which addresses a connection may go to; a text that is no address is none of them. */
export type AddressRule = (address: string) => boolean;

/** Everything of IPv4 that is not the public internet (RFC 6890 and the IANA special-purpose registry). */
const reservedIpv4 = rangesOf([
  "0.0.0.0/8", // "this network"
  "10.0.0.0/8", // private
  "100.64.0.0/10", // carrier-grade NAT
  "127.0.0.0/8", // loopback
  "169.254.0.0/16", // link-local; cloud metadata services live here
  "172.16.0.0/12", // private
  "192.0.0.0/24", // protocol assignments
  "192.0.2.0/24", // documentation
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16", // private
  "198.18.0.0/15", // benchmarking
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, and broadcast
]);

/**
 * All of IPv6 that is unicast and global. Loopback, private, link-local and multicast addresses lie outside,
 * and so do those that carry an IPv4 address: mapped, compatible and NAT64.
 */
const globalIpv6 = rangesOf(["2000::/3"]);

/** Parts of {@link globalIpv6} that lead elsewhere all the same. */
const reservedIpv6 = rangesOf([
  "2001::/23", // protocol assignments, among them Teredo, which carries an IPv4 address
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4, which carries an IPv4 address
  "3fff::/20", // documentation
]);

const loopback = rangesOf(["127.0.0.0/8", "::1/128"]);

/** Where the networks of companies, containers and clouds are. */
const privateNetworks = rangesOf([
  "10.0.0.0/8",
  "100.64.0.0/10",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "fc00::/7",
]);

/** Tells whether an IP address belongs to the public internet. */
export const isPublicAddress: AddressRule = (address) => {
  const isIpv6 = address.includes(":");
  return isIpv6
    ? matches(address, globalIpv6) && !matches(address, reservedIpv6)
    : parseIpAddress(address) !== undefined && !matches(address, reservedIpv4);
};

/** Tells whether an IP address is this machine. */
export const isLoopbackAddress: AddressRule = (address) => matches(address, loopback);

/**
 * Tells whether a server that somebody runs can have an IP address: public, private or this machine. What is
 * left over are addresses of the link, where metadata services answer, and those of no machine.
 */
export const isServerAddress: AddressRule = (address) =>
  isPublicAddress(address) || isLoopbackAddress(address) || matches(address, privateNetworks);

/** Makes a rule of ranges. */
export function addressesIn(ranges: readonly IpRange[]): AddressRule {
  return (address) => matches(address, ranges);
}

function matches(text: string, ranges: readonly IpRange[]): boolean {
  const address = parseIpAddress(text);
  return address !== undefined && ranges.some((range) => isInRange(address, range));
}

function rangesOf(texts: readonly string[]): readonly IpRange[] {
  return texts.flatMap((text) => parseIpRange(text) ?? []);
}
