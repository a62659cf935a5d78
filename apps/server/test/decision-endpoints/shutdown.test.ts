import { EventEmitter, once } from "node:events";
import { expect, test } from "vitest";
import { shutDown } from "../../src/process/graceful-shutdown.js";
import { makeAcme } from "../support/acme.js";
import { bytesOf, openConnection, readToEnd } from "../support/raw-http.js";
import { mountings, startService } from "../support/service.js";

test.each(mountings)(
  "a decision that is being recorded is answered before %s ends",
  async (mounting) => {
    const events: string[] = [];
    const gate = new EventEmitter();
    const released = once(gate, "open");
    await using service = await startService({
      mounting,
      wrapStorage: (storage) => ({
        ...storage,
        decisionLog: {
          ...storage.decisionLog,
          append: async (records) => {
            events.push("recording");
            await released;
            return storage.decisionLog.append(records);
          },
        },
      }),
    });
    await makeAcme(service);
    const token = await service.tokenOf("ada");
    const body = JSON.stringify({ token, resource: "premium-features", action: "access" });
    const headers = { "Content-Type": "application/json", "Content-Length": body.length };
    const socket = await openConnection(service.url);
    const answer = readToEnd(socket);
    socket.write(bytesOf({ target: "/v1/workspaces/acme/authorize", headers, body }));
    await expect.poll(() => events).toEqual(["recording"]);

    const down = shutDown({
      server: service.server,
      close: async () => void events.push("closed"),
    });
    const late = await openConnection(service.url).catch(() => undefined);
    await (late === undefined ? undefined : once(late.resume(), "close"));
    events.push("released");
    gate.emit("open");
    const text = await answer;
    await down;

    expect(events).toEqual(["recording", "released", "closed"]);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    const { items } = await service.storage.decisionLog.list("acme", { limit: 10 });
    expect(items).toHaveLength(1);
    expect(text).toContain(`"decisionId":"${items[0]?.decisionId}"`);
  },
);
