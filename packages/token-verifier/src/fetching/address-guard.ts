import { BlockList, isIP } from "node:net";

/** Which addresses a connection may go to. */
export type AddressRule = (address: string) => boolean;

type Range = readonly [network: string, prefix: number];

/** Everything that is not the public internet (RFC 6890 and the IANA special-purpose registry). */
const reservedIpv4: readonly Range[] = [
  ["0.0.0.0", 8], // "this network"
  ["10.0.0.0", 8], // private
  ["100.64.0.0", 10], // carrier-grade NAT
  ["127.0.0.0", 8], // loopback
  ["169.254.0.0", 16], // link-local; cloud metadata services live here
  ["172.16.0.0", 12], // private
  ["192.0.0.0", 24], // protocol assignments
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16], // private
  ["198.18.0.0", 15], // benchmarking
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, and broadcast
];

/** All of IPv6 that is unicast and global; loopback, private, mapped and NAT64 addresses lie outside. */
const globalIpv6: readonly Range[] = [["2000::", 3]];

/** Parts of {@link globalIpv6} that lead elsewhere all the same. */
const reservedIpv6: readonly Range[] = [
  ["2001::", 23], // protocol assignments, among them Teredo, which carries an IPv4 address
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4, which carries an IPv4 address
  ["3fff::", 20], // documentation
];

const loopbackIpv4: readonly Range[] = [["127.0.0.0", 8]];
const loopbackIpv6: readonly Range[] = [["::1", 128]];

const isReservedIpv4 = listOf("ipv4", reservedIpv4);
const isGlobalIpv6 = listOf("ipv6", globalIpv6);
const isReservedIpv6 = listOf("ipv6", reservedIpv6);
const isLoopbackIpv4 = listOf("ipv4", loopbackIpv4);
const isLoopbackIpv6 = listOf("ipv6", loopbackIpv6);

const publicRules: Readonly<Record<number, AddressRule>> = {
  4: (address) => !isReservedIpv4(address),
  6: (address) => isGlobalIpv6(address) && !isReservedIpv6(address),
};

const loopbackRules: Readonly<Record<number, AddressRule>> = {
  4: isLoopbackIpv4,
  6: isLoopbackIpv6,
};

/** Tells whether an IP address belongs to the public internet; a text that is no address does not. */
export function isPublicAddress(address: string): boolean {
  return publicRules[isIP(address)]?.(address) === true;
}

/** Tells whether an IP address is this machine; a text that is no address is not. */
export function isLoopbackAddress(address: string): boolean {
  return loopbackRules[isIP(address)]?.(address) === true;
}

function listOf(family: "ipv4" | "ipv6", ranges: readonly Range[]): AddressRule {
  const list = new BlockList();
  for (const [network, prefix] of ranges) {
    list.addSubnet(network, prefix, family);
  }
  return (address) => list.check(address, family);
}
