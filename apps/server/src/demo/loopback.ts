import { BlockList, isIP } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether an IP address, IPv4-mapped ones too, is this machine's loopback. */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Whether a host, as a name, an address or a `Host` header with or without a port, is loopback. */
export function isLoopbackHost(host: string): boolean {
  const name = isIP(host) === 0 ? host.replace(/:\d{1,5}$/, "").replace(/^\[(.*)\]$/, "$1") : host;
  return name.toLowerCase() === "localhost" || isLoopbackAddress(name);
}
