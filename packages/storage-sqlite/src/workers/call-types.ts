import type { StorageErrorCode } from "@byot/storage";

/** What can be asked of the other side, by name: what goes there and what comes back. */
export type CallTypes<Calls> = {
  readonly [Name in keyof Calls]: { readonly argument: unknown; readonly answer: unknown };
};

/** Carries calls out. */
export type Handlers<Calls extends CallTypes<Calls>> = {
  readonly [Name in keyof Calls]: (
    argument: Calls[Name]["argument"],
  ) => Calls[Name]["answer"] | Promise<Calls[Name]["answer"]>;
};

/** Has calls carried out, here or elsewhere. */
export interface CallHost<Calls extends CallTypes<Calls>> {
  /** Resolves to the answer, or rejects with the handler's error; with code `UNAVAILABLE` when it got lost. */
  call<Name extends keyof Calls>(
    name: Name,
    argument: Calls[Name]["argument"],
  ): Promise<Calls[Name]["answer"]>;
  /** Ends the host. */
  close(): Promise<void>;
}

/** A call on its way. */
export interface CallMessage<Calls extends CallTypes<Calls>, Name extends keyof Calls> {
  /** Which call it is, told again in the reply. */
  readonly id: number;
  /** What is asked. */
  readonly name: Name;
  /** What goes with it. */
  readonly argument: Calls[Name]["argument"];
}

/** The reply to a call. */
export type ReplyMessage<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly error: WireError };

/** An error in a form that survives the way between two threads. */
export type WireError = (
  | { readonly kind: "StorageError"; readonly code: StorageErrorCode }
  | { readonly kind: "SqliteError"; readonly code: string }
  | { readonly kind: "TypeError" | "Error" }
) & {
  /** Its message. */
  readonly message: string;
  /** What caused it. */
  readonly cause?: WireError;
};
