import type { DecisionQuery, RefusalQuery, TimeSpan } from "@byot/storage";
import { joinedColumns } from "./decision-rows.js";
import { tokenRefusals } from "./decisions-schema.js";
import { columnsOf } from "./table-sql.js";

/** What a list of decisions can be asked to be equal to; its policy and its rule are asked for as one. */
export type DecisionFilter =
  | Exclude<keyof DecisionQuery, keyof TimeSpan | "limit" | "cursor" | "policyId" | "ruleId">
  | "ground";
/** What a list of refused tokens can be asked to be equal to. */
export type RefusalFilter = Exclude<keyof RefusalQuery, keyof TimeSpan | "limit" | "cursor">;

/** Where a list reads the records that pass one filter, in their order. */
interface Lead {
  /** The table and index that give the order, and what is joined to it. */
  readonly from: string;
  /** The alias of the table that gives the order. */
  readonly alias: "d" | "p" | "g";
  /** What the filter asks of it; nothing without a filter. */
  readonly where: string;
}

interface Filter {
  /** How to read a list by this filter. */
  readonly lead: Lead;
  /** How to ask for it in a list that is read by another filter. */
  readonly condition: string;
}

const withPersonal = "LEFT JOIN decision_personal AS p ON p.decision_sequence = d.sequence";
// A cross join keeps its tables in their order, and with it the order of the list.
const withDecision = (alias: "p" | "g") =>
  `CROSS JOIN decisions AS d ON d.sequence = ${alias}.decision_sequence AND +d.workspace_id = @workspaceId`;

const unfiltered: Lead = {
  from: `decisions AS d INDEXED BY decisions_at ${withPersonal}`,
  alias: "d",
  where: "",
};

const filters: { readonly [Name in DecisionFilter]: Filter } = {
  subject: {
    lead: {
      from: `decision_personal AS p INDEXED BY decision_personal_subject ${withDecision("p")}`,
      alias: "p",
      where: "AND p.subject = @subject",
    },
    condition: `AND EXISTS (SELECT 1 FROM decision_personal AS s
      WHERE s.decision_sequence = d.sequence AND s.subject = @subject)`,
  },
  ground: {
    lead: {
      from: `decision_grounds AS g ${withDecision("g")} ${withPersonal}`,
      alias: "g",
      where: "AND g.policy_id = @policyId AND g.rule_id = @ruleId",
    },
    condition: `AND EXISTS (SELECT 1 FROM decision_grounds AS o
      WHERE o.workspace_id = d.workspace_id AND o.policy_id = @policyId AND o.rule_id = @ruleId
        AND o.at = d.at AND o.decision_id = d.decision_id)`,
  },
  reason: columnFilter("reason", "decisions_reason"),
  action: columnFilter("action", "decisions_action"),
  resource: columnFilter("resource", "decisions_resource"),
  providerId: columnFilter("provider_id", "decisions_provider", "providerId"),
  issuer: columnFilter("issuer", "decisions_issuer"),
  decision: columnFilter("decision", "decisions_decision"),
};

function columnFilter(column: string, index: string, parameter = column): Filter {
  return {
    lead: {
      from: `decisions AS d INDEXED BY ${index} ${withPersonal}`,
      alias: "d",
      where: `AND d.${column} = @${parameter}`,
    },
    condition: `AND d.${column} = @${parameter}`,
  };
}

/** The filters of a query; those that usually match least come first. */
export function filtersOf(query: DecisionQuery): readonly DecisionFilter[] {
  return decisionFilters.filter((name) =>
    name === "ground"
      ? query.policyId !== undefined || query.ruleId !== undefined
      : query[name] !== undefined,
  );
}

/** Every filter of a list of decisions. */
export const decisionFilters: readonly DecisionFilter[] = Object.keys(filters).filter(isFilter);

function isFilter(name: string): name is DecisionFilter {
  return Object.hasOwn(filters, name);
}

/** One page of decisions, read in the order of the index that belongs to the first of the filters. */
export function decisionListSql([first, ...others]: readonly DecisionFilter[]): string {
  const { from, alias, where } = first === undefined ? unfiltered : filters[first].lead;
  return `SELECT ${joinedColumns} FROM ${from}
    WHERE ${within(alias, "decision_id")} ${where} ${others.map((name) => filters[name].condition).join(" ")}
    ${lastFirst(alias, "decision_id")}`;
}

/** How many decisions pass a filter within a span, but counted no further than a limit. */
export function decisionCountSql(filter: DecisionFilter): string {
  const { from, alias, where } = filters[filter].lead;
  const [table] = from.split(/ (?:CROSS|LEFT) JOIN /);
  return `SELECT count(*) AS count FROM
    (SELECT 1 FROM ${table} WHERE ${within(alias, "decision_id")} ${where} LIMIT @limit)`;
}

/** One page of refused tokens. */
export function refusalListSql(filter: RefusalFilter | undefined): string {
  const index = filter === undefined ? "token_refusals_at" : "token_refusals_code";
  const where = filter === undefined ? "" : "AND d.code = @code";
  return `SELECT ${columnsOf(tokenRefusals, "d")} FROM token_refusals AS d INDEXED BY ${index}
    WHERE ${within("d", "refusal_id")} ${where}
    ${lastFirst("d", "refusal_id")}`;
}

function within(alias: string, id: string): string {
  return `${alias}.workspace_id = @workspaceId AND ${alias}.at >= @fromAt
    AND (${alias}.at, ${alias}.${id}) < (@untilAt, @untilId)`;
}

function lastFirst(alias: string, id: string): string {
  return `ORDER BY ${alias}.at DESC, ${alias}.${id} DESC LIMIT @limit`;
}
