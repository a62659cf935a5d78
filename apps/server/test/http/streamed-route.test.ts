import { EventEmitter, once } from "node:events";
import { routes } from "@byot/api-contract";
import express from "express";
import { expect, test } from "vitest";
import { createHttpFrame } from "@byot/server";
import { streamedRoute } from "../../src/http/streamed-route.js";
import { done } from "../../src/operations/outcome.js";
import { listen } from "../../src/process/listen.js";
import { bytesOf, openConnection } from "../support/raw-http.js";
import { decisionAt } from "../support/log-records.js";
import { describeDecision } from "../../src/operations/audit/describe-records.js";

const { exportDecisions } = routes.audit;
const line = describeDecision(decisionAt("acme", new Date("2026-03-02T09:00:00.000Z")));

test("ends the reading when its caller has gone before the first page", async () => {
  const events = new EventEmitter();
  const reading = once(events, "reading");
  const gone = once(events, "gone");
  const ended = once(events, "ended");
  async function* pages(): AsyncGenerator<readonly (typeof line)[], undefined> {
    try {
      events.emit("reading");
      await gone;
      yield [line];
      events.emit("ended", "read on");
      yield [line];
    } finally {
      events.emit("ended", "by return");
    }
    return undefined;
  }
  const app = express();
  app.use((_request, response, next) => {
    response.once("close", () => events.emit("gone"));
    next();
  });
  app.get(
    exportDecisions.path,
    streamedRoute(exportDecisions, async () => done(pages()), {
      ...createHttpFrame({ createId: () => "order-7" }),
      guard: async () => done(undefined),
    }),
  );
  const { server, url } = await listen(app, {
    port: 0,
    host: "127.0.0.1",
    furtherPorts: 0,
    onTaken: () => undefined,
  });
  const socket = await openConnection(url);
  socket.write(
    bytesOf({ method: "GET", target: exportDecisions.path.replace(":workspace", "acme") }),
  );

  await reading;
  socket.destroy();

  expect(await ended).toEqual(["by return"]);
  server.close();
  await once(server, "close");
});
