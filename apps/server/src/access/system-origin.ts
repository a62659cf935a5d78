import type { ChangeOrigin } from "@byot/storage";

/** Who a change is recorded for that a part of the service makes by itself. */
export function systemOrigin(part: "start" | "demo"): ChangeOrigin {
  return { by: { kind: "system", id: part } };
}
