// A server that behaves as the path says: `/<run>/<case>/v1/…`. Each case of each run is counted on its own.
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const allow = {
  allowed: true,
  decision: "Allow",
  reason: { code: "allowed_by_rule", message: "a rule allows it" },
  decisionId: "01980000-0000-7000-8000-000000000001",
  revision: 12,
  evaluatedAt: "2026-03-02T09:30:00.000Z",
  tokenExpiresAt: "2026-03-02T10:00:00.000Z",
  obligations: [],
};
const deny = {
  ...allow,
  allowed: false,
  decision: "Deny",
  reason: { code: "no_rule_matched", message: "no rule matched" },
};
const resource = { category: "custom", actions: ["read"], version: 3 };

const behaviours = {
  allow: [json(200, { data: allow })],
  deny: [json(200, { data: deny })],
  obliged: [
    json(200, { data: { ...allow, obligations: [{ id: "x", on: "Allow", attributes: {} }] } }),
  ],
  batch: [json(200, { data: { revision: 12, decisions: [allow, deny] } })],
  expired: [problem(401, "token_expired")],
  keyless: [problem(401, "api_key_missing")],
  invalid: [problem(400, "request_invalid")],
  conflict: [problem(412, "version_stale")],
  internal: [problem(500, "internal_error")],
  busy: [problem(429, "rate_limited", { "Retry-After": "0" }), json(200, { data: allow })],
  unavailable: [
    problem(503, "jwks_unavailable", { "Retry-After": "0" }),
    json(200, { data: allow }),
  ],
  down: [problem(503, "jwks_unavailable", { "Retry-After": "600" })],
  html: [raw(200, "<!doctype html><title>Sign in</title>")],
  truncated: [raw(200, JSON.stringify({ data: allow }).slice(0, -2))],
  contradicting: [json(200, { data: { ...allow, decision: "Deny" } })],
  redirect: [(response) => response.writeHead(307, { Location: "/elsewhere" }).end()],
  reset: [(_response, request) => request.socket.resetAndDestroy()],
  hang: [() => undefined],
  stall: [(response) => response.writeHead(200).write('{"data":')],
  cut: [
    (response) => {
      response.writeHead(200, { "Content-Length": "1000" });
      response.write('{"data":', () => response.destroy());
    },
  ],
  list: [
    json(200, { data: [{ ...resource, name: "a" }], page: { nextCursor: "b" } }),
    json(200, { data: [{ ...resource, name: "b" }], page: { nextCursor: null } }),
  ],
  lines: [raw(200, '{"a":1}\n{"b":"zoë"}\n')],
  brokenLines: [raw(200, '{"a":1}\n{"b"')],
};

function json(status, body, headers = {}) {
  return (response) =>
    response
      .writeHead(status, { "Content-Type": "application/json", ...headers })
      .end(JSON.stringify(body));
}

function problem(status, code, headers = {}) {
  return json(status, { code, status, title: "A title", detail: "a detail" }, headers);
}

function raw(status, body) {
  return (response) => response.writeHead(status, { "Content-Type": "text/html" }).end(body);
}

/** Starts it; `pages` are served as they are, and `onResult` is told what a page posts to `/result`. */
export async function startFaultServer({ pages = {}, onResult = () => undefined } = {}) {
  const counts = new Map();
  const answer = async (request, response) => {
    const [, run, name] = request.url.split("/");
    const sent = await text(request);
    if (run === "result") {
      response.end();
      onResult(sent);
      return;
    }
    if (Object.hasOwn(pages, request.url)) {
      const { type, body } = pages[request.url];
      response.writeHead(200, { "Content-Type": type }).end(body);
      return;
    }
    const key = `${run}/${name}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    const steps = behaviours[name] ?? [raw(404, "")];
    (steps[count] ?? steps.at(-1))(response, request);
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
