import { once } from "node:events";
import { request, ServerResponse, type IncomingMessage } from "node:http";
import { loggedDecisionSchema, routes } from "@byot/api-contract";
import { type Storage, StorageError } from "@byot/storage";
import { expect, test, vi } from "vitest";
import { makeAcme } from "../../support/acme.js";
import { pathOf } from "../../support/caller.js";
import { decisionAt } from "../../support/log-records.js";
import { type Service, startService } from "../../support/service.js";

const { exportDecisions } = routes.audit;
const many = 1000;

async function recordMany(service: Service): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let recorded = 0; recorded < many; recorded += 250) {
    const records = Array.from({ length: 250 }, () => {
      service.clock.advanceSeconds(1);
      return decisionAt("acme", service.clock.now());
    });
    await service.storage.decisionLog.append(records);
    ids.push(...records.map(({ decisionId }) => decisionId));
  }
  return ids.toReversed();
}

/** Records more than sockets hold between server and caller. */
async function recordMuch(service: Service): Promise<void> {
  const attributes = [{ name: "ext_note", origin: "token", value: "x".repeat(50_000) }] as const;
  for (let page = 0; page < 5; page += 1) {
    const records = Array.from({ length: 200 }, () =>
      decisionAt("acme", service.clock.now(), { personal: { subject: "ada", attributes } }),
    );
    await service.storage.decisionLog.append(records);
  }
}

/** Begins an export and reads nothing of it yet. */
function begin(service: Service, method = "GET"): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${service.rootKey}` };
  return new Promise((resolve, reject) => {
    request(`${service.url}${pathOf(exportDecisions.path)}`, { method, headers }, resolve)
      .on("error", reject)
      .end();
  });
}

/** How many pages were read, and what happens instead of the one after some. */
function countingPages(afterPages: number, fail?: () => Promise<never>) {
  const counted = { pages: 0 };
  const wrapStorage = (storage: Storage): Storage => ({
    ...storage,
    decisionLog: {
      ...storage.decisionLog,
      list: (workspaceId, query) => {
        counted.pages += 1;
        return counted.pages > afterPages && fail !== undefined
          ? fail()
          : storage.decisionLog.list(workspaceId, query);
      },
    },
  });
  return { counted, wrapStorage };
}

const broken = (): Promise<never> =>
  Promise.reject(new StorageError("UNAVAILABLE", "the disk is gone"));

test("streams every decision, newest first, one for each line", async () => {
  await using service = await startService();
  await makeAcme(service);
  const ids = await recordMany(service);

  const answer = await service.ask(exportDecisions);

  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
  expect(answer.text.endsWith("\n")).toBe(true);
  const lines = answer.text.trimEnd().split("\n");
  const exported = lines.map((line) => loggedDecisionSchema.parse(JSON.parse(line)).decisionId);
  expect(exported).toEqual(ids);
});

test("streams what matches, and nothing when nothing does", async () => {
  await using service = await startService();
  await makeAcme(service);
  await recordMany(service);

  const some = await service.ask(exportDecisions, { query: { from: "2026-03-02T09:16:31Z" } });
  const none = await service.ask(exportDecisions, { query: { subject: "nobody" } });

  expect(some.text.trimEnd().split("\n")).toHaveLength(10);
  expect(none).toMatchObject({ status: 200, text: "" });
});

test("answers HEAD without reading more than it has to", async () => {
  const { counted, wrapStorage } = countingPages(0);
  await using service = await startService({ wrapStorage });
  await makeAcme(service);
  await recordMany(service);

  const response = await begin(service, "HEAD");
  response.resume();
  await once(response, "end");

  expect(response.statusCode).toBe(200);
  expect(counted.pages).toBe(1);
});

test("has no pages: a limit is refused", async () => {
  await using service = await startService();
  await makeAcme(service);

  const problem = await service.refuse(exportDecisions, { query: { limit: "10" } });

  expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path: "/limit" }] });
});

test("is a problem like any other when it fails before its first line", async () => {
  await using service = await startService(countingPages(0, broken));
  await makeAcme(service);

  const problem = await service.refuse(exportDecisions);

  expect(problem).toMatchObject({ code: "storage_unavailable", status: 503 });
});

test("is cut off, and never looks whole, when it fails on the way", async () => {
  await using service = await startService(countingPages(3, broken));
  await makeAcme(service);
  await recordMany(service);

  const response = await begin(service);
  const failed = new Promise((resolve) => {
    response.once("error", resolve);
  });
  response.resume();

  expect(await failed).toMatchObject({ code: "ECONNRESET" });
  expect(response.complete).toBe(false);
  expect(service.logged()).toContainEqual(
    expect.objectContaining({ msg: "an answer was cut off", level: 50 }),
  );
});

test("reads no faster than its caller, and no further once the caller has gone", async () => {
  const { counted, wrapStorage } = countingPages(0);
  await using service = await startService({ wrapStorage });
  await makeAcme(service);
  await recordMuch(service);

  const response = await begin(service);
  response.pause();
  await service.send("/healthz");
  const whileNobodyReads = counted.pages;
  response.destroy();
  await expect
    .poll(() => service.logged().some(({ msg }) => msg === "abandoned by the caller"))
    .toBe(true);

  expect(whileNobodyReads).toBeLessThanOrEqual(2);
  expect(counted.pages).toBeLessThanOrEqual(2);
  expect(service.logged()).not.toContainEqual(
    expect.objectContaining({ msg: "an answer was cut off" }),
  );
});

test("sends a caller away that takes nothing for a minute", async () => {
  const { counted, wrapStorage } = countingPages(0);
  await using service = await startService({ wrapStorage });
  await makeAcme(service);
  await recordMuch(service);
  const timeouts = vi.spyOn(ServerResponse.prototype, "setTimeout").mockReturnThis();

  const response = await begin(service);
  response.pause();
  await vi.waitFor(() => expect(timeouts).toHaveBeenCalled());
  const { pages } = counted;
  const failed = once(response, "error");
  const [stalled] = timeouts.mock.contexts;
  expect(stalled instanceof ServerResponse && stalled.emit("timeout")).toBe(true);
  response.resume();

  expect(timeouts).toHaveBeenCalledExactlyOnceWith(60_000);
  expect(await failed).toMatchObject([{ code: "ECONNRESET" }]);
  expect(response.complete).toBe(false);
  expect(counted.pages).toBe(pages);
  timeouts.mockRestore();
});
