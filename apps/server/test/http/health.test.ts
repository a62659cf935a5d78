import { expect, test } from "vitest";
import { startService } from "../support/service.js";

test("is alive and ready while its storage is", async () => {
  await using service = await startService();

  const alive = await service.send("/healthz");
  const ready = await service.send("/readyz");

  expect(alive).toMatchObject({ status: 200, body: { data: { status: "alive" } } });
  expect(ready).toMatchObject({
    status: 200,
    body: { data: { status: "ready", parts: { storage: "ready", configuration: "confirmed" } } },
  });
});

test("is alive but not ready once its storage is closed, and names that part", async () => {
  await using service = await startService();
  await service.storage.close();

  const alive = await service.send("/healthz");
  const ready = await service.send("/readyz");

  expect(alive.status).toBe(200);
  expect(ready).toMatchObject({
    status: 503,
    body: { data: { status: "not ready", parts: { storage: "unavailable" } } },
  });
});

test("answers 503 with a time to try again where the storage is needed and closed", async () => {
  await using service = await startService();
  await service.storage.close();

  const answer = await service.send("/v1/workspaces", {
    headers: { authorization: `Bearer ${service.rootKey}` },
  });

  expect(answer).toMatchObject({ status: 503, body: { code: "storage_unavailable" } });
  expect(answer.headers.get("retry-after")).toBe("1");
});
