import type { Storage } from "@byot/storage";
import { Router } from "express";

/** `/healthz`: the process is alive. `/readyz`: it can answer, or 503 with the part that keeps it from it. */
export function createHealthRouter(storage: Pick<Storage, "isReady">): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get("/healthz", (_request, response) => {
    response.set("Cache-Control", "no-store").json({ data: { status: "alive" } });
  });
  router.get("/readyz", async (_request, response) => {
    const ready = await storage.isReady();
    response
      .status(ready ? 200 : 503)
      .set("Cache-Control", "no-store")
      .json({
        data: {
          status: ready ? "ready" : "not ready",
          parts: { storage: ready ? "ready" : "unavailable" },
        },
      });
  });
  return router;
}
