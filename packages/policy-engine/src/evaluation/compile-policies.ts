import { type ResolvedRequest, resolveLazily, SlotTable } from "../conditions/attribute-slots.js";
import { defaultTimeZone, timeZoneOf } from "../conditions/local-clock.js";
import type { RequestAttributes } from "../conditions/request-attributes.js";
import { explainEvaluation } from "../explanation/explain-evaluation.js";
import { internAtoms } from "./atom-table.js";
import { compilePolicy, type CompiledPolicy, type PolicyVersion } from "./compiled-policy.js";
import type { ConsultedAttribute } from "./consulted-attributes.js";
import { decide, noPermission, undecidable } from "./decide.js";
import type { DecisionResult } from "./decision-result.js";
import { evaluatePolicies } from "./evaluate-policies.js";
import {
  type Attachment,
  indexPermissions,
  type PermissionGrant,
  type PreparedPolicies,
} from "./permission-index.js";

/** How one request is decided. */
export interface DecideOptions {
  /**
   * Whether to answer `NotApplicable`, rather than `Deny`, where a permission matches but no rule says
   * anything and no policy has a default: for trying drafts out. Nothing is allowed by it.
   *
   * @defaultValue `false`
   */
  readonly leaveOpen?: boolean;
  /**
   * Whether to add `trace` and `nearestMisses` to the result. It costs many times a decision, and names
   * attributes and rules: for those who may know the policies.
   *
   * @defaultValue `false`
   */
  readonly explain?: boolean;
  /**
   * Whether the explanation may hold values: those of the request's attributes and the literals of policies.
   * Both can be secrets.
   *
   * @defaultValue `false`
   */
  readonly revealValues?: boolean;
}

/** Permissions and policies, ready to decide any number of requests. */
export interface DecisionPlan {
  /**
   * What the policies say about one request.
   *
   * Never throws: whatever the attributes are, the answer is a result, and one that cannot be worked
   * out is not an Allow.
   */
  readonly decide: (attributes: RequestAttributes, options?: DecideOptions) => DecisionResult;
  /**
   * What the policies of an action on a resource look at, whether or not one request makes them look there; each
   * attribute once, higher priorities first, then in document order. Worked out once, then remembered: the same list
   * every time. Empty when no permission matches.
   */
  readonly attributesOf: (resource: string, action: string) => readonly ConsultedAttribute[];
}

/** How policies are compiled. */
export interface CompileOptions {
  /** Whose clocks count in conditions that name no `time_zone`, by IANA name. @defaultValue `UTC` */
  readonly timeZone?: string;
}

const noAttributes: readonly ConsultedAttribute[] = [];

/** The most rules that may have to be looked at for one decision; above it every answer is refused. */
export const maximumRulesPerDecision = 10_000;

/** The most that the conditions of all policies of one decision may weigh; above it every answer is refused. */
const maximumWeightPerDecision = 50_000;

/**
 * Turns permissions and policies into a plan. The plan keeps nothing of what it was given that could
 * change its answers later, and is not changed by deciding.
 *
 * @throws TypeError when two policies share an id, a permission names a policy that is not there or a
 * priority that is not a safe integer, a document did not come out of `parsePolicy`, or the runtime knows no time zone
 * of that name.
 */
export function compilePolicies(
  permissions: readonly PermissionGrant[],
  policies: readonly PolicyVersion[],
  { timeZone = defaultTimeZone }: CompileOptions = {},
): DecisionPlan {
  timeZoneOf(timeZone);
  const slots = new SlotTable();
  const compileLeaf = internAtoms(slots, timeZone);
  const byId = new Map(policies.map((policy) => [policy.id, compilePolicy(policy, compileLeaf)]));
  if (byId.size !== policies.length) {
    throw new TypeError("two policies have the same id");
  }
  const find = indexPermissions(
    permissions.map((grant) => attach(grant, byId)),
    slots,
  );

  return {
    decide(attributes, options = {}) {
      try {
        const applicable = find(attributes.resource, attributes.action);
        return applicable === undefined
          ? noPermission()
          : decideOn(applicable, resolveLazily(attributes), options);
      } catch {
        // SECURITY: a proxy or a getter among the attributes may throw; that must not look like an answer.
        return undecidable("internal_error");
      }
    },
    attributesOf: (resource, action) => find(resource, action)?.attributes() ?? noAttributes,
  };
}

function decideOn(
  applicable: PreparedPolicies,
  request: ResolvedRequest,
  { leaveOpen = false, explain = false, revealValues = false }: DecideOptions,
): DecisionResult {
  if (
    applicable.ruleCount > maximumRulesPerDecision ||
    applicable.weight > maximumWeightPerDecision
  ) {
    return undecidable("limit_exceeded");
  }
  const quick = explain ? undefined : applicable.decideQuickly?.(request);
  if (quick !== undefined) {
    return quick;
  }
  const evaluation = evaluatePolicies(applicable, request, { leaveOpen });
  const result = decide(evaluation, request, leaveOpen);
  return explain ? explainEvaluation(result, { evaluation, request, revealValues }) : result;
}

// A permission whose policy is missing could be hiding a Deny, so it is never left out.
function attach(grant: PermissionGrant, policies: ReadonlyMap<string, CompiledPolicy>): Attachment {
  const policy = policies.get(grant.policyId);
  if (policy === undefined) {
    throw new TypeError(`a permission names the unknown policy \`${grant.policyId}\``);
  }
  if (!Number.isSafeInteger(grant.priority)) {
    throw new TypeError(`priority \`${grant.priority}\` is not a safe integer`);
  }
  return { grant: { ...grant, actions: [...grant.actions] }, policy };
}
