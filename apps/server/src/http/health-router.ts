import type { Storage } from "@byot/storage";
import { Router } from "express";
import { mostUnconfirmedMillis } from "../most-unconfirmed-millis.js";

/**
 * `/healthz`: the process is alive. `/readyz`: it can answer, or 503 with the part that keeps it from it. The
 * configuration is stale when it is no longer certain that every change is known; nothing is decided then.
 */
export function createHealthRouter(
  storage: Pick<Storage, "isReady" | "millisSinceConfirmed">,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get("/healthz", (_request, response) => {
    response.set("Cache-Control", "no-store").json({ data: { status: "alive" } });
  });
  router.get("/readyz", async (_request, response) => {
    const isReachable = await storage.isReady();
    const isConfirmed = storage.millisSinceConfirmed() <= mostUnconfirmedMillis;
    const ready = isReachable && isConfirmed;
    response
      .status(ready ? 200 : 503)
      .set("Cache-Control", "no-store")
      .json({
        data: {
          status: ready ? "ready" : "not ready",
          parts: {
            storage: isReachable ? "ready" : "unavailable",
            configuration: isConfirmed ? "confirmed" : "stale",
          },
        },
      });
  });
  return router;
}
