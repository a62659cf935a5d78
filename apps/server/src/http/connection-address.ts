import { isIP, isIPv4 } from "node:net";

const mappedIpv4 = /^::ffff:(?=\d)/i;
const zone = /%.*$/;

/**
 * The address of a connection as policies read addresses: without the zone of a link-local one, and IPv4 as such where
 * it came in through IPv6. `undefined` once the connection is gone.
 */
export function connectionAddress(remoteAddress: string | undefined): string | undefined {
  const address = remoteAddress?.replace(zone, "") ?? "";
  const unmapped = address.replace(mappedIpv4, "");
  if (isIPv4(unmapped)) {
    return unmapped;
  }
  return isIP(address) === 0 ? undefined : address;
}
