// The web-standard globals this package uses, and no others: reaching for one that Node, Bun, Deno, Workers or a
// browser lacks is a compile error. The file is not part of the published declarations, where `AbortSignal` is the
// reader's own.

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(
    type: "abort",
    listener: () => void,
    options?: { readonly once?: boolean },
  ): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare class URL {
  constructor(url: string);
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly origin: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

interface WebResponse extends Response {
  readonly headers: { get(name: string): string | null };
  readonly body: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
      cancel(): Promise<void>;
    };
  } | null;
  text(): Promise<string>;
}

declare class TextEncoder {
  encode(text: string): Uint8Array;
}

declare class TextDecoder {
  decode(piece: Uint8Array, options: { readonly stream: boolean }): string;
}

declare function fetch(url: string, init: object): Promise<WebResponse>;
declare function setTimeout(run: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;
declare const performance: { now(): number };

// Not everywhere: each is looked at behind `typeof`.
declare const process: { readonly env?: Readonly<Record<string, string | undefined>> } | undefined;
declare const document: object | undefined;
declare const Request: { readonly prototype: object } | undefined;

// The whole of it is the reader's own; here it is only made and passed on.
interface Response {
  readonly status: number;
}

declare const Response: new (
  body: string,
  init: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
) => Response;
