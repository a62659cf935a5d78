import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { allowContent, securityHeaders } from "../../src/http/security-headers.js";

test("are helmet's, with nothing allowed to be loaded", () => {
  expect(securityHeaders()).toEqual({
    "content-security-policy": "default-src 'none';frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "origin-agent-cluster": "?1",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-dns-prefetch-control": "off",
    "x-download-options": "noopen",
    "x-frame-options": "SAMEORIGIN",
    "x-permitted-cross-domain-policies": "none",
    "x-xss-protection": "0",
  });
});

test("never make a browser insist on https, which the server does not speak", () => {
  const fields = securityHeaders({ defaultSrc: ["'self'"] });

  expect(fields["content-security-policy"]).toBe("default-src 'self'");
  expect(fields).not.toHaveProperty("strict-transport-security");
});

test("cannot be made of a content policy that is none", () => {
  expect(() => securityHeaders({ "default src": ["'self'"] })).toThrow(Error);
});

test("of a page let it load something, and ask for nothing that plain http cannot give", () => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  for (const [name, value] of Object.entries(securityHeaders())) {
    response.setHeader(name, value);
  }

  allowContent({ defaultSrc: ["'self'"] })(response);

  expect(response.getHeader("content-security-policy")).toBe("default-src 'self'");
  expect(response.hasHeader("cross-origin-opener-policy")).toBe(false);
  expect(response.hasHeader("origin-agent-cluster")).toBe(false);
  expect(response.getHeader("x-content-type-options")).toBe("nosniff");
});
