import { loggedDecisionSchema, routes } from "@byot/api-contract";
import { afterEach, describe, expect, test } from "vitest";
import { stopAll } from "../start/programme.js";
import { askFor, makeAcme, startOn } from "./audited-server.js";
import { type ServerStore, storeKinds } from "./server-stores.js";

const stores: ServerStore[] = [];

afterEach(async () => {
  await stopAll();
  await Promise.all(stores.splice(0).map((store) => store.remove()));
});

describe.each(storeKinds)("on %s", (_name, openStore) => {
  test.each(["strict", "buffered"])(
    "a server that is asked to end loses no answered decision of a %s workspace",
    async (decisionLog) => {
      const store = await openStore();
      stores.push(store);
      const server = await startOn(store);
      await makeAcme(server, { decisionLog });
      const answers = await Promise.all(
        Array.from({ length: 300 }, (_, index) => askFor(server, `person-${index}`)),
      );

      const ended = await server.programme.stop("SIGTERM");

      const answered = answers.map(
        ({ body }) => routes.decisions.authorize.answer.parse(body).data.decisionId,
      );
      const next = await startOn(store);
      const { text } = await next.call("GET", "/acme/audit/export");
      const logged = new Set(
        text
          .trimEnd()
          .split("\n")
          .map((line) => loggedDecisionSchema.parse(JSON.parse(line)).decisionId),
      );
      const verified = await next.call("GET", "/acme/audit/verify");
      expect(ended).toEqual({ code: 0, signal: null });
      expect(answered.filter((id) => !logged.has(id))).toEqual([]);
      expect(routes.audit.verify.answer.parse(verified.body).data.intact).toBe(true);
    },
  );
});
