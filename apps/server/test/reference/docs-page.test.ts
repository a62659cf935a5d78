import { createServer, request as openRequest, type Server } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserNote, hasNoBrowser, launchBrowser } from "../support/browser.js";
import { type Service, startService } from "../support/service.js";
import { describeApi } from "./small-api.js";

/** What a browser did while it showed a page. */
interface Visit {
  readonly page: Page;
  /** Every address that was asked, but for data that came with the page. */
  readonly asked: readonly string[];
  /** What the browser complained of. */
  readonly complaints: readonly string[];
}

const reportViolations = `document.addEventListener("securitypolicyviolation", (violation) => {
  console.error("policy violated: " + violation.violatedDirective + " by " + violation.blockedURI);
});`;

let browser: Browser;
let service: Service;

/** A proxy that has put `/authz` before every path. */
function startProxy(target: string): Promise<Server> {
  const { port } = new URL(target);
  const proxy = createServer((request, response) => {
    const { url = "", method = "GET", headers } = request;
    const path = url.replace(/^\/authz/, "");
    request.pipe(
      openRequest({ port, path, method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  return new Promise((resolve) => proxy.listen(0, "127.0.0.1", () => resolve(proxy)));
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function visit(url: string): Promise<Visit> {
  const page = await browser.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!/^(?:data|blob):/.test(request.url())) {
      asked.push(request.url());
    }
  });
  page.on("console", (message) => {
    if (message.type() === "error" || /header|policy/i.test(message.text())) {
      complaints.push(message.text());
    }
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  // As text: what runs in the browser knows what the tests do not.
  await page.addInitScript({ content: reportViolations });
  await page.goto(url);
  await page.getByText("Decides one question").first().waitFor();
  return { page, asked, complaints };
}

describe.skipIf(hasNoBrowser)(`the page of the reference in a browser${browserNote}`, () => {
  beforeAll(async () => {
    browser = await launchBrowser();
    service = await startService({ describeApi });
  });

  afterAll(async () => {
    await browser.close();
    await service[Symbol.asyncDispose]();
  });

  test("shows every route, asks nobody but its own server, and breaks no policy", async () => {
    const { page, asked, complaints } = await visit(`${service.url}/`);

    expect(page.url()).toBe(`${service.url}/docs`);
    expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set([service.url]));
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("works by plain http under a name of the local network", async () => {
    const url = service.url.replace("127.0.0.1", "byot.lan");

    const { page, asked, complaints } = await visit(`${url}/docs`);

    expect(new Set(asked.map((each) => new URL(each).origin))).toEqual(new Set([url]));
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("works below a path that a proxy puts before it", async () => {
    const proxy = await startProxy(service.url);
    const url = `http://127.0.0.1:${portOf(proxy)}`;

    const { page, asked, complaints } = await visit(`${url}/authz/`);

    expect(page.url()).toBe(`${url}/authz/docs`);
    await page.getByText(`${url}/authz/v1/workspaces/`).first().waitFor();
    expect(asked.filter((each) => !each.startsWith(`${url}/authz/`))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
    proxy.closeAllConnections();
    proxy.close();
  });
});
