import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createClientAddressReader, type ForwardedRequest } from "../../src/http/client-address.js";
import { parseTrustedProxies } from "../../src/http/trusted-proxies.js";

const isTrusted = parseTrustedProxies(["10.0.0.0/8"]) ?? (() => false);
const read = createClientAddressReader(isTrusted);

function clientOf(forwardedFor: string): string | undefined {
  const request = {
    headers: { "x-forwarded-for": forwardedFor },
    socket: { remoteAddress: "10.0.0.1" },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of a request as is read
  return read(request as unknown as ForwardedRequest);
}

const claim = fc.oneof(
  fc.string(),
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom("10.0.0.2", "127.0.0.1", "::1", "unknown", ",", ", ,"),
);
const proxy = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((part) => `10.${part.join(".")}`);
const stranger = fc.oneof(
  fc.nat(255).map((last) => `192.0.2.${last}`),
  fc.nat(0xffff).map((last) => `2001:db8::${Math.max(last, 1).toString(16)}`),
);

test("is what the first believed proxy saw, whatever the client claims", () => {
  fc.assert(
    fc.property(
      fc.array(claim, { maxLength: 5 }),
      stranger,
      fc.array(proxy, { maxLength: 4 }),
      (claims, client, proxies) => {
        expect(clientOf([...claims, client, ...proxies].join(", "))).toBe(client);
      },
    ),
    { numRuns: 2000 },
  );
});

test("is an address or not known, whatever a header holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (header) => {
      const client = clientOf(header);

      expect(client ?? "10.0.0.1").toMatch(/^[\da-f:.]+$/i);
    }),
    { numRuns: 5000 },
  );
});
