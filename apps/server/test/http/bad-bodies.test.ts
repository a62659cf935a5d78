import { gzipSync } from "node:zlib";
import { routes } from "@byot/api-contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everythingIn, makeAcme } from "../support/acme.js";
import { pathOf } from "../support/caller.js";
import { everyRoute, goodCalls } from "../support/every-route.js";
import { type Service, startService } from "../support/service.js";

/** Of a draft whatever is wrong is a finding: any object is one. */
const mayBeDraft = new Set(["a number beyond all bounds", "only __proto__", "only constructor"]);

const routesWithBody = everyRoute.filter(({ route }) => route.bodyLimitBytes > 0);

type Raw = string | Uint8Array;

function bytes(...parts: readonly (Raw | readonly number[])[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))),
  );
}

const nothing: Raw = new Uint8Array();
const brackets = 30_000;

/** Bodies that are not JSON, or JSON that no route takes. */
const badBodies: readonly (readonly [string, Raw, string, number])[] = [
  ["nothing", nothing, "json_malformed", 400],
  ["white space", "  \n", "json_malformed", 400],
  ["half an object", '{"name":', "json_malformed", 400],
  ["two objects", "{}{}", "json_malformed", 400],
  ["single quotes", "{'name':'a'}", "json_malformed", 400],
  ["a trailing comma", '{"name":"a",}', "json_malformed", 400],
  ["a comment", '{"name":"a"} // b', "json_malformed", 400],
  ["NaN", '{"priority":NaN}', "json_malformed", 400],
  ["a byte order mark", bytes([0xef, 0xbb, 0xbf], "{}"), "json_malformed", 400],
  ["invalid UTF-8", bytes('{"name":"', [0xff, 0xfe], '"}'), "json_malformed", 400],
  ["an overlong NUL", bytes('{"name":"', [0xc0, 0x80], '"}'), "json_malformed", 400],
  ["a surrogate in UTF-8", bytes('{"name":"', [0xed, 0xa0, 0x80], '"}'), "json_malformed", 400],
  ["UTF-16", Buffer.from('{"name":"a"}', "utf16le"), "json_malformed", 400],
  ["a form", "name=a&actions=b", "json_malformed", 400],
  ["null", "null", "request_invalid", 400],
  ["true", "true", "request_invalid", 400],
  ["text", '"acme"', "request_invalid", 400],
  ["a number", "7", "request_invalid", 400],
  ["a list", "[]", "request_invalid", 400],
  ["open brackets", "[".repeat(brackets), "json_malformed", 400],
  ["nested lists", "[".repeat(brackets) + "]".repeat(brackets), "request_invalid", 400],
  [
    "nested objects",
    '{"a":'.repeat(brackets / 6) + "1" + "}".repeat(brackets / 6),
    "request_invalid",
    400,
  ],
  ["NUL in a value", String.raw`{"name":"a\u0000b"}`, "request_invalid", 400],
  ["NUL in a key", String.raw`{"na\u0000me":"a"}`, "request_invalid", 400],
  ["a lone surrogate in a value", String.raw`{"name":"\ud800"}`, "request_invalid", 400],
  ["a lone surrogate in a key", String.raw`{"\udfff":"a"}`, "request_invalid", 400],
  ["a number beyond all bounds", '{"name":1e999}', "request_invalid", 400],
  ["only __proto__", '{"__proto__":{"name":"a","id":"a"}}', "request_invalid", 400],
  ["only constructor", '{"constructor":{"prototype":{"name":"a"}}}', "request_invalid", 400],
];

async function sendRaw(
  service: Service,
  { title, route }: (typeof everyRoute)[number],
  request: { readonly rawBody: Raw; readonly headers?: Readonly<Record<string, string>> },
) {
  const { path = {} } = goodCalls[title] ?? {};
  return service.send(pathOf(route.path, { path }), {
    method: route.method.toUpperCase(),
    rawBody: request.rawBody,
    headers: {
      authorization: `Bearer ${service.rootKey}`,
      "content-type": "application/json",
      "if-match": '"1"',
      ...request.headers,
    },
  });
}

describe.each(routesWithBody)("$title", (entry) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService();
    await makeAcme(service);
  });

  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const badHere = badBodies.filter(
    ([title]) => entry.title !== "policies.validate" || !mayBeDraft.has(title),
  );

  test.each(badHere)("refuses %s", async (_title, rawBody, ...[code, status]) => {
    const before = await everythingIn(service);

    const answer = await sendRaw(service, entry, { rawBody });

    expect(answer).toMatchObject({ status, body: { code } });
    expect(await everythingIn(service)).toEqual(before);
    expect({}).not.toHaveProperty("name");
  });

  test("refuses a body beyond its limit, whether or not its length is said", async () => {
    const tooMuch = `"${"a".repeat(entry.route.bodyLimitBytes - 1)}"`;

    const withLength = await sendRaw(service, entry, { rawBody: tooMuch });
    const { path = {} } = goodCalls[entry.title] ?? {};
    const withoutLength = await fetch(service.url + pathOf(entry.route.path, { path }), {
      method: entry.route.method.toUpperCase(),
      duplex: "half",
      headers: {
        authorization: `Bearer ${service.rootKey}`,
        "content-type": "application/json",
        "if-match": '"1"',
      },
      body: new Blob([tooMuch]).stream(),
    });

    expect(withLength).toMatchObject({ status: 413, body: { code: "body_too_large" } });
    expect(withoutLength.status).toBe(413);
    await withoutLength.body?.cancel();
  });

  test("takes a body of exactly its limit for what it is", async () => {
    const rawBody = `"${"a".repeat(entry.route.bodyLimitBytes - 2)}"`;
    const answer = await sendRaw(service, entry, { rawBody });

    expect(answer.body).toMatchObject({ code: "request_invalid" });
  });
});

const create = { title: "workspaces.create", route: routes.workspaces.create };
const validateDraft = { title: "policies.validate", route: routes.policies.validate };
const good = '{"id":"beta","name":"Beta"}';

async function sendTo(
  service: Service,
  rawBody: Raw,
  headers: Readonly<Record<string, string>>,
): ReturnType<typeof sendRaw> {
  return sendRaw(service, create, { rawBody, headers });
}

test.each([
  ["application/json"],
  ["Application/JSON"],
  ["application/json; charset=utf-8"],
  ['application/json;charset="UTF-8"'],
  ["application/json ; charset = utf-8 "],
])("takes the content type `%s`", async (type) => {
  await using service = await startService();

  const answer = await sendTo(service, good, { "content-type": type });

  expect(answer.status).toBe(201);
});

test.each([
  [""],
  ["text/plain"],
  ["application/x-www-form-urlencoded"],
  ["multipart/form-data; boundary=a"],
  ["application/jsonp"],
  ["application/json, text/plain"],
  ["application/problem+json"],
  ["application/json; charset=utf-16"],
  ["application/json; charset=iso-8859-1"],
  ["application/json; charset=utf-8; charset=utf-7"],
  ["*/*"],
  ["json"],
])("refuses the content type `%s`", async (type) => {
  await using service = await startService();

  const answer = await sendTo(service, good, { "content-type": type });

  expect(answer).toMatchObject({ status: 415, body: { code: "content_type_unsupported" } });
});

test("refuses a body without a content type", async () => {
  await using service = await startService();

  const answer = await fetch(`${service.url}/v1/workspaces`, {
    method: "POST",
    headers: { authorization: `Bearer ${service.rootKey}` },
    body: Buffer.from(good),
  });

  expect(answer.status).toBe(415);
  expect(await answer.json()).toMatchObject({ code: "content_type_unsupported" });
});

test.each([["gzip"], ["deflate"], ["br"], ["x-unknown"], ["gzip, gzip"]])(
  "refuses a body with the content encoding `%s`",
  async (encoding) => {
    await using service = await startService();

    const answer = await sendTo(service, gzipSync(good), { "content-encoding": encoding });

    expect(answer).toMatchObject({ status: 415, body: { code: "content_type_unsupported" } });
  },
);

test("takes the last of two equal keys, and __proto__ for an unknown field", async () => {
  await using service = await startService();

  const twice = await sendTo(service, '{"id":"beta","name":"Beta","name":"Gamma"}', {});
  const proto = await sendTo(service, '{"id":"delta","name":"Delta","__proto__":{"a":1}}', {});

  expect(twice).toMatchObject({ status: 201, body: { data: { name: "Gamma" } } });
  expect(proto).toMatchObject({
    status: 400,
    body: { errors: [{ path: "/__proto__", code: "unknown_field" }] },
  });
});

test("repeats nothing of a body that it cannot read", async () => {
  await using service = await startService();
  const token = service.keepSecret("eyJhbGciOiJSUzI1NiJ9.e30.c2ln");

  const answer = await sendTo(service, `{"token":"${token}",}`, {});

  expect(answer.text).not.toContain("eyJ");
});

test("lists every mistake of a body with its place", async () => {
  await using service = await startService();

  const body = '{"id":"Beta","name":7,"a/b~c":1,"settings":{"checksRequireApiKey":"no","x":1}}';
  const answer = await sendTo(service, body, {});

  expect(answer.body).toMatchObject({ code: "request_invalid" });
  expect(answer.text).toContain('"/a~1b~0c"');
  for (const path of ["/id", "/name", "/settings/checksRequireApiKey", "/settings/x"]) {
    expect(answer.text).toContain(`"path":"${path}"`);
  }
});

test("lists at most 50 mistakes, whatever a body holds", async () => {
  await using service = await startService();
  const fields = Array.from({ length: 5000 }, (_, index) => [`f${index}`, 1]);

  const answer = await sendTo(service, JSON.stringify(Object.fromEntries(fields)), {});

  expect(answer.body).toMatchObject({ code: "request_invalid", errors: { length: 50 } });
});

test("says what is wrong in one line, whatever the request names", async () => {
  await using service = await startService();

  const answer = await service.send("/v1/workspaces/a%0Ab%E2%80%A8c%1B%5B31m", {
    headers: { authorization: `Bearer ${service.rootKey}` },
  });

  expect(answer.body).toMatchObject({
    code: "workspace_unknown",
    detail: "there is no workspace `a\uFFFDb\uFFFDc\uFFFD[31m`",
  });
});

test.each([...mayBeDraft])("finds everything wrong with a draft that is %s", async (title) => {
  await using service = await startService();
  await makeAcme(service);
  const [, rawBody = ""] = badBodies.find(([each]) => each === title) ?? [];

  const answer = await sendRaw(service, validateDraft, { rawBody });

  expect(answer).toMatchObject({ status: 200, body: { data: { valid: false } } });
});
