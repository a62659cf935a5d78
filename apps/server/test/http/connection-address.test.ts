import { expect, test } from "vitest";
import { connectionAddress } from "../../src/http/connection-address.js";

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["::FFFF:192.0.2.7", "192.0.2.7"],
  ["2001:db8::7", "2001:db8::7"],
  ["fe80::1%eth0", "fe80::1"],
  ["::1", "::1"],
  ["/run/byot.sock", undefined],
  ["", undefined],
  [undefined, undefined],
])("of %j is %j", (remoteAddress, address) => {
  expect(connectionAddress(remoteAddress)).toBe(address);
});
