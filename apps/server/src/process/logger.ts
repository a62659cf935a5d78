import { type Logger, pino } from "pino";
import type { LogLevel } from "./log-level.js";

/**
 * Logs JSON lines to standard output. What is logged is named field by field where it is logged; the redaction here is
 * the second line of defence, for objects that carry more than was thought.
 */
export function createLogger(level: LogLevel): Logger {
  return pino({
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        "token",
        "*.token",
        "*.headers",
        "*.authorization",
        "*.key",
        "*.body",
        "*.input",
        "*.connectionString",
      ],
      censor: "[redacted]",
    },
  });
}
