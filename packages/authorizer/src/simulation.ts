import type { DecisionResult, PolicyDocument } from "@byot/policy-engine";
import type { CheckOrigin, DecisionReason } from "./check.js";

/** A check with given attributes in the place of a token. */
export interface SimulationRequest extends Pick<CheckOrigin, "workspaceId" | "minRevision"> {
  /**
   * What policies read, by full name: `ext_plan`, `external_subject`. What is no text, number or truth value, nor a
   * list of those, counts as a value of a wrong type. `is_external_principal` is true unless it is given here; the
   * time and the address are given apart.
   */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What policies read as `request_metadata`. @defaultValue `{}` */
  readonly context?: Readonly<Record<string, unknown>>;
  /** The resource's name. @defaultValue the empty text, which is no resource's name */
  readonly resource?: string;
  /** The action's name. @defaultValue the empty text, which is no action's name */
  readonly action?: string;
  /** The time of the check. @defaultValue now */
  readonly currentTime?: Date;
  /** The user's address. @defaultValue not known */
  readonly ipAddress?: string;
  /**
   * Drafts to ask in the place of the workspace's policies, whatever the resource and the action: as if permissions of
   * one priority attached them. As `parsePolicy` returned them, each name once.
   * @defaultValue the workspace's own policies and permissions are asked
   */
  readonly policies?: readonly PolicyDocument[];
  /** Whether the explanation may hold values of attributes and policies. @defaultValue `false` */
  readonly revealValues?: boolean;
}

/** What would be decided. It is always explained, and nothing is recorded. */
export interface Simulation extends Omit<DecisionResult, "reason"> {
  /** Why. */
  readonly reason: DecisionReason;
  /** The workspace's revision it was made on. */
  readonly revision: number;
  /** The time of the check. */
  readonly evaluatedAt: Date;
}
