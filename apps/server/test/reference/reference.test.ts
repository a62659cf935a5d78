import { expect, test } from "vitest";
import { type Service, startService } from "../support/service.js";
import { describeApi } from "./small-api.js";

/** The path of the page's script. */
async function scriptOf(service: Service): Promise<string> {
  const { text } = await service.send("/docs");
  const [, path = ""] = /<script src="([^"]+)"><\/script>/.exec(text) ?? [];
  return `/${path}`;
}

test("answers the description of the API to anybody", async () => {
  await using service = await startService({ describeApi });

  const answer = await service.send("/openapi.json");

  expect(answer).toMatchObject({ status: 200, body: describeApi() });
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
});

test.each([
  ["/", "docs"],
  ["/docs/", "../docs"],
])("leads from %s to the page, below whatever path a proxy puts before it", async (path, to) => {
  await using service = await startService({ describeApi });

  const answer = await service.send(path);

  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toBe(to);
});

test("lets the page load nothing from elsewhere and be framed nowhere", async () => {
  await using service = await startService({ describeApi });

  const { headers, text } = await service.send("/docs");

  const policy = headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy).not.toContain("upgrade-insecure-requests");
  expect(text).not.toMatch(/https?:\/\//);
  expect(text).not.toMatch(/(?:src|href)="\//);
});

test("lets browsers keep the script, whose name changes with it", async () => {
  await using service = await startService({ describeApi });
  const path = await scriptOf(service);

  const { status, headers } = await fetch(`${service.url}${path}`);

  expect(path).toMatch(/^\/docs\/reference\.[\w-]{16}\.js$/);
  expect(status).toBe(200);
  expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(headers.get("vary")).toContain("Accept-Encoding");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("compresses the script for whoever takes that", async () => {
  await using service = await startService({ describeApi });
  const url = `${service.url}${await scriptOf(service)}`;

  const plain = await fetch(url, { headers: { "accept-encoding": "identity" } });
  const zipped = await fetch(url, { headers: { "accept-encoding": "gzip" } });

  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(zipped.headers.get("content-encoding")).toBe("gzip");
  expect(await zipped.text()).toBe(await plain.text());
});

test.each([
  ["another file", "/docs/reference.js"],
  ["an older version", "/docs/reference.AAAAAAAAAAAAAAAA.js"],
  ["a file outside", "/docs/..%2F..%2Fpackage.json"],
  ["a prototype's property", "/docs/__proto__"],
  ["capitals", "/DOCS"],
])("has no %s", async (_title, path) => {
  await using service = await startService({ describeApi });

  expect(await service.send(path)).toMatchObject({ status: 404, body: { code: "route_unknown" } });
});

test("has none of it where nobody describes the API", async () => {
  await using service = await startService();

  expect(await service.send("/docs")).toMatchObject({ status: 404 });
  expect(await service.send("/openapi.json")).toMatchObject({ status: 404 });
});
