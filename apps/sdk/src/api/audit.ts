import type { CallOptions } from "../transport/call-options.js";
import type { Answer } from "./answer.js";
import { ask } from "./ask.js";
import type {
  ChangesQuery,
  DecisionFilter,
  DecisionsQuery,
  LoggedChange,
  LoggedDecision,
  LoggedRefusal,
  RefusalsQuery,
} from "./audit-log.js";
import type {
  ChainReport,
  Checkpoint,
  Erasure,
  ErasureResult,
  Statistics,
  StatisticsQuery,
} from "./audit-reports.js";
import type { Connection } from "./connection.js";
import { readLines } from "./lines.js";
import { Pages } from "./pages.js";
import { pathOf } from "./path.js";
import { objectHaving } from "./reads.js";

const readsDecision = objectHaving<LoggedDecision>("decisionId", "at", "decision", "reason");
const readsReport = objectHaving<ChainReport>("intact", "problemCount", "heads");

/** How a checkpoint is held against the log. */
export interface VerifyOptions extends CallOptions {
  /** An earlier checkpoint, kept elsewhere: each of its heads must still be in its chain. @defaultValue none */
  readonly expected?: Checkpoint | undefined;
}

/** What was decided, refused and changed, and whether the record of it is whole. */
export class Audit {
  readonly #connection: Connection;
  readonly #path: string;

  /** Clients make them. */
  constructor(connection: Connection) {
    this.#connection = connection;
    this.#path = `/v1/workspaces/${connection.workspaceId}/audit`;
  }

  /** What was decided, newest first. */
  decisions(query: DecisionsQuery = {}, options: CallOptions = {}): Pages<LoggedDecision> {
    const path = `${this.#path}/decisions`;
    const request = { operation: "audit.decisions", path, query: { ...query }, options };
    return new Pages(this.#connection, request, readsDecision);
  }

  /** One decision, by the `decisionId` that its answer carried. */
  async decision(id: string, options: CallOptions = {}): Promise<Answer<LoggedDecision>> {
    const path = this.#path + pathOf("decisions", id);
    return ask(this.#connection, { operation: "audit.decision", path, options }, readsDecision);
  }

  /** Which tokens were refused, newest first. */
  refusals(query: RefusalsQuery = {}, options: CallOptions = {}): Pages<LoggedRefusal> {
    const path = `${this.#path}/refusals`;
    const request = { operation: "audit.refusals", path, query: { ...query }, options };
    return new Pages(this.#connection, request, objectHaving<LoggedRefusal>("refusalId", "code"));
  }

  /** Who changed what, newest first. */
  changes(query: ChangesQuery = {}, options: CallOptions = {}): Pages<LoggedChange> {
    const path = `${this.#path}/changes`;
    const request = { operation: "audit.changes", path, query: { ...query }, options };
    return new Pages(this.#connection, request, objectHaving<LoggedChange>("changeId", "kind"));
  }

  /** Counts over a span of time. */
  async statistics(query: StatisticsQuery, options: CallOptions = {}): Promise<Answer<Statistics>> {
    const path = `${this.#path}/statistics`;
    const request = { operation: "audit.statistics", path, query: { ...query }, options };
    return ask(this.#connection, request, objectHaving<Statistics>("buckets", "reasons"));
  }

  /** Where the chains of the decision log end now. Keep it where whoever can write the database cannot. */
  async checkpoint(options: CallOptions = {}): Promise<Answer<Checkpoint>> {
    const path = `${this.#path}/checkpoint`;
    const request = { operation: "audit.checkpoint", path, options };
    return ask(this.#connection, request, objectHaving<Checkpoint>("heads"));
  }

  /** Reads the whole decision log: whether its chains are whole, and still hold an earlier checkpoint. */
  async verify({ expected, ...options }: VerifyOptions = {}): Promise<Answer<ChainReport>> {
    const path = `${this.#path}/verify`;
    const request =
      expected === undefined
        ? { operation: "audit.verify", path, options }
        : ({
            operation: "audit.verify",
            method: "POST",
            path,
            body: { expected: expected.heads },
            repeatable: true,
            options,
          } as const);
    return ask(this.#connection, request, readsReport);
  }

  /**
   * Everything that was decided, newest first: one JSON text of a {@link LoggedDecision} for each line, as the server
   * wrote it, at constant memory. `timeoutMs` bounds the wait for the first line and for each that follows.
   *
   * @throws ByotError when the export breaks off: what came until then is a part, not the whole.
   */
  export(filter: DecisionFilter = {}, options: CallOptions = {}): AsyncIterable<string> {
    const path = `${this.#path}/export`;
    const request = { operation: "audit.export", path, query: { ...filter }, options };
    return readLines(this.#connection, request);
  }

  /** Takes what is personal about a subject out of the logs, for good. */
  async erase(erasure: Erasure, options: CallOptions = {}): Promise<Answer<ErasureResult>> {
    const request = {
      operation: "audit.erase",
      method: "POST",
      path: `${this.#path}/erasures`,
      body: erasure,
      options,
    } as const;
    return ask(this.#connection, request, objectHaving<ErasureResult>("erasureId", "decisions"));
  }
}
