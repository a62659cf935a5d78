import { request as openRequest, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { text as readText } from "node:stream/consumers";
import { routes } from "@byot/api-contract";
import { expect, test } from "vitest";
import { createDemoRoutes } from "../../src/demo/demo-routes.js";
import { makeAcme } from "../support/acme.js";
import { type Service, startService } from "../support/service.js";

interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

function startDemo(): Promise<Service> {
  return startService({ extraRoutes: createDemoRoutes });
}

/** Asks with exactly these headers, `Host` among them. */
function ask(
  service: Service,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<PlainAnswer> {
  const { port, host } = new URL(service.url);
  return new Promise((resolve, reject) => {
    openRequest({ host: "127.0.0.1", port, path, headers: { host, ...headers } }, (response) => {
      let text = "";
      response
        .setEncoding("utf8")
        .on("data", (chunk: string) => {
          text += chunk;
        })
        .on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
    })
      .on("error", reject)
      .end();
  });
}

test("gives a person a token as text, which a check takes", async () => {
  await using service = await startDemo();
  await makeAcme(service);

  const { status, headers, text } = await ask(service, "/demo-idp/token/ada");
  const { answer } = await service.call(routes.decisions.authorize, {
    key: null,
    body: { token: text, resource: "premium-features", action: "access" },
  });

  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
  expect(headers).not.toHaveProperty("access-control-allow-origin");
  expect(answer.data.allowed).toBe(true);
});

test("names the people", async () => {
  await using service = await startDemo();

  const { text } = await ask(service, "/demo-idp/people");

  expect(JSON.parse(text)).toMatchObject({ data: [{ id: "ada" }, { id: "ben" }, { id: "cleo" }] });
});

test.each([["nobody"], ["__proto__"], ["Ada"], ["%00"]])(
  "has no token for `%s`",
  async (person) => {
    await using service = await startDemo();

    const { status, text } = await ask(service, `/demo-idp/token/${person}`);

    expect(status).toBe(404);
    expect(text).toContain("the demo knows only `ada`, `ben`, `cleo`");
  },
);

test.each([["localhost"], ["localhost:8787"], ["127.0.0.1:1"], ["[::1]:8787"], ["127.9.9.9"]])(
  "gives tokens under the host %s",
  async (host) => {
    await using service = await startDemo();

    expect((await ask(service, "/demo-idp/token/ada", { host })).status).toBe(200);
  },
);

const strangers = [
  { host: "evil.example" },
  { host: "evil.example:8787" },
  { host: "localhost.evil.example" },
  { host: "10.0.0.1" },
  { host: "[2001:db8::1]:8787" },
  { host: "0.0.0.0:8787" },
  { forwarded: "for=10.0.0.1" },
  { via: "1.1 proxy" },
  { "x-real-ip": "127.0.0.1" },
  { "x-forwarded-for": "127.0.0.1" },
  { "X-Forwarded-Host": "localhost" },
  { "x-forwarded-proto": "http" },
  { "x-forwarded-anything": "" },
];

test.each(strangers)("does not exist for %j", async (headers) => {
  await using service = await startDemo();

  const answers = [
    await ask(service, "/demo-idp/token/ada", { ...headers }),
    await ask(service, "/Demo-IDP/token/ada", { ...headers }),
    await ask(service, "/demo-idp/people", { ...headers }),
  ];

  for (const { status, text } of answers) {
    expect(status).toBe(404);
    expect(text).toContain("route_unknown");
    expect(text).not.toContain("eyJ");
  }
});

test("does not exist for the HTTP/1.0 that proxies speak to servers behind them", async () => {
  await using service = await startDemo();
  const { port, host } = new URL(service.url);
  const socket = connect(Number(port), "127.0.0.1");

  socket.end(`GET /demo-idp/token/ada HTTP/1.0\r\nHost: ${host}\r\n\r\n`);

  const answer = await readText(socket);
  expect(answer).toContain("404 Not Found");
  expect(answer).not.toContain("eyJ");
});
