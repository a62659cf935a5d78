import { expect, test } from "vitest";
import { isLoopbackAddress, isLoopbackHost } from "../../src/demo/loopback.js";

test.each([["127.0.0.1"], ["127.255.255.254"], ["::1"], ["0:0:0:0:0:0:0:1"], ["::ffff:127.0.0.1"]])(
  "takes the address %s for loopback",
  (address) => {
    expect(isLoopbackAddress(address)).toBe(true);
  },
);

test.each([
  ["0.0.0.0"],
  ["::"],
  ["10.0.0.1"],
  ["128.0.0.1"],
  ["::ffff:10.0.0.1"],
  ["::2"],
  ["127.1"],
  ["0177.0.0.1"],
  ["2130706433"],
  ["localhost"],
  [""],
])("takes the address `%s` for something else", (address) => {
  expect(isLoopbackAddress(address)).toBe(false);
});

test.each([
  ["localhost"],
  ["LocalHost:8787"],
  ["127.0.0.1"],
  ["127.0.0.1:8787"],
  ["[::1]"],
  ["[::1]:8787"],
  ["::1"],
])("takes the host %s for loopback", (host) => {
  expect(isLoopbackHost(host)).toBe(true);
});

test.each([
  [""],
  ["evil.example"],
  ["evil.example:8787"],
  ["localhost.evil.example"],
  ["127.0.0.1.evil.example"],
  ["evil.example:127.0.0.1"],
  ["localhost:8787:80"],
  ["localhost@evil.example"],
  ["localhost,evil.example"],
  ["localhost\u0000.evil.example"],
  ["127.1:8787"],
  ["[::1"],
  ["[evil.example]"],
  ["0.0.0.0:8787"],
])("takes the host `%s` for something else", (host) => {
  expect(isLoopbackHost(host)).toBe(false);
});
