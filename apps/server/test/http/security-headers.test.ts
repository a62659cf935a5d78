import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { allowContent, securityHeaders } from "../../src/http/security-headers.js";

test("are helmet's, with nothing allowed to be loaded", () => {
  expect(securityHeaders()).toEqual({
    "Content-Security-Policy": "default-src 'none';frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "X-Download-Options": "noopen",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-XSS-Protection": "0",
  });
});

test("never make a browser insist on https, which the server does not speak", () => {
  const fields = securityHeaders({ defaultSrc: ["'self'"] });

  expect(fields["Content-Security-Policy"]).toBe("default-src 'self'");
  expect(fields).not.toHaveProperty("Strict-Transport-Security");
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
