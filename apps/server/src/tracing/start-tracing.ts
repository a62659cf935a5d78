import { context, diag, DiagLogLevel, propagation, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import type * as sdkNode from "@opentelemetry/sdk-node";
import { StartProblem } from "../process/start-problem.js";
import { tracedAuthorizer } from "./traced-authorizer.js";
import type { Tracing } from "./tracing.js";

/** What is used of the SDK of OpenTelemetry, which is installed where traces are wanted. */
export type OpenTelemetrySdk = Pick<typeof sdkNode, "NodeSDK" | "resources">;

/** What tracing is started with. */
export interface TracingParts {
  /** Loads the SDK. */
  readonly loadSdk: () => Promise<OpenTelemetrySdk>;
  /** Is told when traces cannot be exported. */
  readonly onTrouble: (message: string) => void;
  /** Lets time pass. */
  readonly pause: (millis: number) => Promise<void>;
}

const stopMillis = 3000;
const ignore = (): void => undefined;

/**
 * Starts to make traces and to export them. Everything about the export is said by the variables of OpenTelemetry.
 *
 * @throws StartProblem when the SDK is not installed.
 */
export async function startTracing({ loadSdk, onTrouble, pause }: TracingParts): Promise<Tracing> {
  const { NodeSDK, resources } = await load(loadSdk);
  const sdk = new NodeSDK({
    // Where the variables of OpenTelemetry name the service otherwise, they count.
    resource: resources.resourceFromAttributes({ "service.name": "byot" }),
    // SECURITY: the other detectors tell the command line and the machine's users.
    resourceDetectors: [resources.envDetector],
    logRecordProcessors: [],
    metricReaders: [],
  });
  sdk.start();
  diag.setLogger(
    { error: onTrouble, warn: onTrouble, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const tracer = trace.getTracer("byot");
  return {
    authorizer: (authorizer) => tracedAuthorizer(authorizer, tracer),
    run: ({ headers }, work) => context.with(propagation.extract(ROOT_CONTEXT, headers), work),
    stop: () => Promise.race([sdk.shutdown().catch(ignore), pause(stopMillis)]),
  };
}

async function load(loadSdk: TracingParts["loadSdk"]): Promise<OpenTelemetrySdk> {
  try {
    return await loadSdk();
  } catch (cause) {
    throw new StartProblem(
      "OTEL_EXPORTER_OTLP_ENDPOINT is set, and the package @opentelemetry/sdk-node that exports traces cannot be loaded; install it beside byot, or leave the variable out",
      { cause },
    );
  }
}
