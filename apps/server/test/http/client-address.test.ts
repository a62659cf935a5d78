import { expect, test } from "vitest";
import { type ForwardedRequest, createClientAddressReader } from "../../src/http/client-address.js";
import { parseTrustedProxies } from "../../src/http/trusted-proxies.js";

interface Situation {
  readonly remoteAddress?: string;
  readonly forwardedFor?: string;
  readonly trusted?: readonly string[];
}

function clientOf(situation: Situation): string | undefined {
  const { remoteAddress = "10.0.0.1", forwardedFor, trusted = [] } = situation;
  const isTrusted = parseTrustedProxies(trusted);
  if (isTrusted === undefined) {
    throw new TypeError("a test trusts what cannot be trusted");
  }
  const request = {
    headers: forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor },
    socket: { remoteAddress },
  };
  return createClientAddressReader(isTrusted)(asRequest(request));
}

function asRequest(request: object): ForwardedRequest {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of a request as is read
  return request as ForwardedRequest;
}

test("is the connection's own when no proxy is believed, whatever it claims", () => {
  expect(clientOf({ forwardedFor: "192.0.2.7" })).toBe("10.0.0.1");
});

test("is the connection's own when it is none of the proxies that are believed", () => {
  const situation = { remoteAddress: "192.0.2.9", forwardedFor: "192.0.2.7" };

  expect(clientOf({ ...situation, trusted: ["10.0.0.0/8"] })).toBe("192.0.2.9");
});

test("is the proxy's own when it has forwarded nobody", () => {
  expect(clientOf({ trusted: ["10.0.0.0/8"] })).toBe("10.0.0.1");
});

test.each([
  ["one proxy", "192.0.2.7", "192.0.2.7"],
  ["a client that claims another address", "203.0.113.1, 192.0.2.7", "192.0.2.7"],
  ["two proxies that are believed", "192.0.2.7, 10.1.1.1", "192.0.2.7"],
  ["a claim before two proxies", "10.9.9.9, 192.0.2.7, 10.1.1.1", "192.0.2.7"],
  ["only addresses that are believed", "10.3.3.3, 10.2.2.2", "10.3.3.3"],
  ["no blanks", "203.0.113.1,192.0.2.7", "192.0.2.7"],
  ["a port", "192.0.2.7:4711", "192.0.2.7"],
  ["IPv6", "2001:db8::7", "2001:db8::7"],
  ["IPv6 in brackets", "[2001:db8::7]", "2001:db8::7"],
  ["IPv6 with a port", "[2001:db8::7]:443", "2001:db8::7"],
  ["IPv4 in IPv6", "::ffff:192.0.2.7", "192.0.2.7"],
])("is what the proxy saw, with %s", (_title, forwardedFor, client) => {
  expect(clientOf({ forwardedFor, trusted: ["10.0.0.0/8"] })).toBe(client);
});

test.each([
  ["unknown"],
  ["_hidden"],
  [""],
  ["192.0.2.7,"],
  ["192.0.2.7, unknown"],
  ["010.1.2.3"],
  ["192.0.2.256"],
  ["0x7f.1"],
  ["192.0.2.7 192.0.2.8"],
  ["[192.0.2.7]"],
  ["[2001:db8::7"],
  ["192.0.2.7:port"],
])("is not known when the proxy says %j", (forwardedFor) => {
  expect(clientOf({ forwardedFor, trusted: ["10.0.0.0/8"] })).toBeUndefined();
});

test("lets what is malformed stand further left than anybody looks", () => {
  const forwardedFor = "unknown, ../../etc/passwd, 192.0.2.7";

  expect(clientOf({ forwardedFor, trusted: ["10.0.0.0/8"] })).toBe("192.0.2.7");
});

test.each([
  ["127.0.0.1", "192.0.2.7"],
  ["127.8.8.8", "192.0.2.7"],
  ["::1", "192.0.2.7"],
  ["::ffff:127.0.0.1", "192.0.2.7"],
  ["10.0.0.1", "10.0.0.1"],
])("of %s, with loopback believed, is %s", (remoteAddress, client) => {
  expect(clientOf({ remoteAddress, forwardedFor: "192.0.2.7", trusted: ["loopback"] })).toBe(
    client,
  );
});

test("is not known on a socket without addresses", () => {
  expect(clientOf({ remoteAddress: "/run/byot.sock", trusted: ["loopback"] })).toBeUndefined();
});

test.each([["10.0.0.1"], ["10.0.0.0/8"], ["2001:db8::1"], ["2001:db8::/32"], ["loopback"]])(
  "believes %s",
  (entry) => {
    expect(parseTrustedProxies([entry])).toBeDefined();
  },
);

test.each([
  [""],
  ["localhost"],
  ["proxy.acme.com"],
  ["10.0.0.0/"],
  ["10.0.0.0/33"],
  ["10.0.0.0/-1"],
  ["010.0.0.0/8"],
  ["10.0.0.0/8/8"],
  ["2001:db8::/129"],
  ["::ffff:10.0.0.0/104"],
  ["0.0.0.0/0"],
  ["::/0"],
  ["*"],
  ["__proto__"],
  ["fe80::1%eth0"],
])("does not take %j for a proxy", (entry) => {
  expect(parseTrustedProxies(["10.0.0.1", entry])).toBeUndefined();
});
