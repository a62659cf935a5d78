import { isIPv6 } from "node:net";

const groupsOfNetwork = 4;

/**
 * The name under which a client is counted. IPv6 addresses count by their network of 64 bits, of which anybody who has
 * one address has all.
 */
export function limitedClient(address: string | undefined): string {
  if (address === undefined) {
    return "unknown";
  }
  return isIPv6(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = "", tail = ""] = address.split("::");
  const first = groupsIn(head);
  const last = groupsIn(tail);
  const omitted = Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array.from({ length: omitted }, () => "0"), ...last];
  const network = groups.slice(0, groupsOfNetwork).map((group) => Number.parseInt(group, 16));
  return `${network.map((group) => group.toString(16)).join(":")}::/64`;
}

function groupsIn(part: string): readonly string[] {
  return part === "" ? [] : part.split(":").flatMap(withoutDots);
}

// Four bytes written as IPv4 stand for two groups at the end, which are no part of the network.
function withoutDots(group: string): readonly string[] {
  return group.includes(".") ? ["0", "0"] : [group];
}
