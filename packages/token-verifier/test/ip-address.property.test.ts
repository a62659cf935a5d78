import { BlockList, isIP } from "node:net";
import { validateTrustedIssuer } from "@byot/token-verifier";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { acmeProvider } from "./support/acme.js";

/** What the guard says about an address literal, which is all that the package shows of it. */
function isAllowed(address: string, allow: readonly string[] = []): boolean {
  const host = address.includes(":") ? `[${address}]` : address;
  const provider = acmeProvider({ keys: { jwksUri: `https://${host}/keys` } });
  return validateTrustedIssuer(provider, { allow }).length === 0;
}

const reserved = new BlockList();
for (const range of [
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24",
  "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24",
  "224.0.0.0/4 240.0.0.0/4",
].flatMap((line) => line.split(" "))) {
  const [network = "", prefix] = range.split("/");
  reserved.addSubnet(network, Number(prefix), "ipv4");
}

const special = new BlockList();
for (const range of ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]) {
  const [network = "", prefix] = range.split("/");
  special.addSubnet(network, Number(prefix), "ipv6");
}
const unicast = new BlockList();
unicast.addSubnet("2000::", 3, "ipv6");

/** Addresses anywhere, and many close to the ranges that count. */
const ipv4 = fc.oneof(
  fc.ipV4(),
  fc
    .tuple(
      fc.constantFrom(0, 10, 100, 126, 127, 128, 169, 172, 192, 198, 203, 223, 224, 255),
      fc.constantFrom(0, 15, 16, 18, 19, 20, 31, 32, 51, 63, 64, 88, 127, 128, 168, 169, 254, 255),
      fc.constantFrom(0, 2, 99, 100, 113, 255),
      fc.nat({ max: 255 }),
    )
    .map((bytes) => bytes.join(".")),
);

test("every IPv4 address is judged as a block list judges it", () => {
  fc.assert(
    fc.property(ipv4, (address) => {
      expect(isAllowed(address)).toBe(!reserved.check(address, "ipv4"));
    }),
    { numRuns: 2000 },
  );
});

test("every IPv6 address is judged as block lists judge it", () => {
  const near = fc
    .tuple(fc.constantFrom("2000", "2001", "2002", "3fff", "4000", "64", "fe80", "0"), fc.ipV6())
    .map(([group, rest]) => rest.replace(/^[^:]*/, group))
    .filter((text) => isIP(text) === 6);
  fc.assert(
    fc.property(fc.oneof(fc.ipV6(), near), (address) => {
      const expected = unicast.check(address, "ipv6") && !special.check(address, "ipv6");
      expect(isAllowed(address)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test("a listed range holds the addresses that a block list finds in it", () => {
  const near = fc.tuple(fc.ipV4(), fc.nat({ max: 32 }), fc.nat({ max: 2 ** 32 - 1 }));
  fc.assert(
    fc.property(near, ([network, prefix, difference]) => {
      const list = new BlockList();
      list.addSubnet(network, prefix, "ipv4");
      const bits = network.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
      const number = (bits ^ (difference >>> Math.min(31, prefix))) >>> 0;
      const address = [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join(".");
      const expected = list.check(address, "ipv4") || !reserved.check(address, "ipv4");
      expect(isAllowed(address, [`${network}/${prefix}`])).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});
