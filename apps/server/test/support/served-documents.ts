import { createServer } from "node:http";

/** What is served under one path. */
export interface ServedDocument {
  /** @defaultValue 200 */
  readonly status?: number;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server on loopback that stands for an identity provider, a good one or a broken one. */
export interface DocumentServer extends AsyncDisposable {
  /** Where it answers. */
  readonly origin: string;
  /** The paths it was asked for. */
  readonly asked: readonly string[];
}

/** Serves documents by path, made from the server's origin; everything else is not found. */
export async function serveDocuments(
  documentsOf: (origin: string) => Readonly<Record<string, ServedDocument>>,
): Promise<DocumentServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const { status = 200, body, headers = {} } = documentsOf(origin)[path] ?? { status: 404 };
    response
      .writeHead(status, headers)
      .end(typeof body === "string" ? body : JSON.stringify(body ?? null));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
