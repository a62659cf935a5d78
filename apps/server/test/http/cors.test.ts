import { expect, test } from "vitest";
import { type CorsRequest, createCors, isOrigin } from "../../src/http/cors.js";

const app = "https://app.acme.com";
const stranger = "https://evil.example";

function request(origin?: string, more: Readonly<Record<string, string>> = {}): CorsRequest {
  return { method: "POST", headers: { ...(origin === undefined ? {} : { origin }), ...more } };
}

function preflight(origin: string): CorsRequest {
  return { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } };
}

test("lets no page read answers unless its origin is listed", () => {
  const closed = createCors([]);

  expect(closed.fieldsFor(request(app))).toEqual({});
  expect(closed.preflightFieldsFor(preflight(app))).toBeUndefined();
});

test("lets pages of a listed origin read answers, and the header fields that say something", () => {
  const fields = createCors([app]).fieldsFor(request(app));

  expect(fields).toMatchObject({ "Access-Control-Allow-Origin": app, Vary: "Origin" });
  expect(fields["Access-Control-Expose-Headers"]?.split(", ")).toEqual(
    expect.arrayContaining(["ETag", "Retry-After", "X-Request-Id"]),
  );
});

test.each([
  [stranger],
  ["https://app.acme.com.evil.example"],
  ["https://evil.example/?https://app.acme.com"],
  ["http://app.acme.com"],
  ["https://app.acme.com:8443"],
  ["https://APP.acme.com"],
  ["null"],
  ["*"],
  [undefined],
])("lets a page of %s read nothing, and caches know that answers differ", (origin) => {
  const cors = createCors([app, "http://localhost:5173"]);

  expect(cors.fieldsFor(request(origin))).toEqual({ Vary: "Origin" });
});

test("tells a page of a listed origin before it asks what it may send", () => {
  const fields = createCors([app]).preflightFieldsFor(preflight(app));

  expect(fields).toMatchObject({
    "Access-Control-Allow-Origin": app,
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE",
    "Access-Control-Max-Age": "600",
    Vary: "Origin",
  });
  expect(fields?.["Access-Control-Allow-Headers"]?.split(", ")).toEqual(
    expect.arrayContaining(["Authorization", "Content-Type", "If-Match"]),
  );
});

test("answers no other OPTIONS, and no stranger's preflight", () => {
  const cors = createCors([app]);

  expect(cors.preflightFieldsFor({ method: "OPTIONS", headers: { origin: app } })).toBeUndefined();
  expect(cors.preflightFieldsFor(preflight(stranger))).toBeUndefined();
  expect(cors.preflightFieldsFor({ ...preflight(app), method: "POST" })).toBeUndefined();
});

test("never lets a page use the cookies of whoever looks at it", () => {
  const cors = createCors([app]);
  const fields = { ...cors.fieldsFor(request(app)), ...cors.preflightFieldsFor(preflight(app)) };

  expect(Object.keys(fields)).not.toContain("Access-Control-Allow-Credentials");
});

test.each([[app], ["http://localhost:5173"], ["https://192.168.1.4:8443"], ["http://[::1]:3000"]])(
  "takes %s for an origin",
  (text) => {
    expect(isOrigin(text)).toBe(true);
  },
);

test.each([
  ["*"],
  ["null"],
  [""],
  ["app.acme.com"],
  ["https://app.acme.com/"],
  ["https://app.acme.com/path"],
  ["https://*.acme.com"],
  ["https://app.acme.com:443"],
  ["https://App.acme.com"],
  ["https://user@app.acme.com"],
  ["file:///tmp/page.html"],
  ["chrome-extension://abcdefgh"],
])("does not take %j for an origin", (text) => {
  expect(isOrigin(text)).toBe(false);
});
