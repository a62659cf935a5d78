import { z } from "zod";

/**
 * What an API key may be allowed to do, with one sentence each. A key without any scope is good for one thing:
 * asking for decisions in a workspace that requires an API key for it.
 */
export const scopeMeanings = {
  "workspaces:read": "List and read workspaces.",
  "workspaces:write": "Create, change and delete workspaces.",
  "config:read": "Read providers, policies, resources and permissions.",
  "config:write": "Change providers, policies, resources and permissions.",
  "keys:read": "List API keys; their secrets are never shown.",
  "keys:write": "Create API keys within one's own scopes, and revoke any key of the workspace.",
  "audit:read": "Read decisions, refused tokens and changes, and verify that the log is whole.",
  "audit:write": "Take what is personal about a subject out of the logs, for good.",
  "decisions:explain": "See which rules and conditions led to a decision.",
  "decisions:subject": "Ask for decisions about a subject by its name, without a token.",
  "decisions:client_ip": "Say from which address the user comes.",
} as const;

/** One thing an API key may be allowed to do. */
export type Scope = keyof typeof scopeMeanings;

/** Whether a text is a scope. */
export function isScope(text: string): text is Scope {
  return Object.hasOwn(scopeMeanings, text);
}

/** Every scope. */
export const scopes: readonly Scope[] = Object.keys(scopeMeanings).filter(isScope);

/** One scope. */
export const scopeSchema: z.ZodType<Scope> = z.enum(scopes);
