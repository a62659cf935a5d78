import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { scramProof } from "./scram-proof.js";

// The client of PostgreSQL is a matter of the packages under test; to make and drop databases this much of its
// protocol is enough.

/** What PostgreSQL answered to a statement that it refused. */
export class SqlError extends Error {
  override readonly name: string = "SqlError";
  /** The code of the SQL standard, five characters. */
  readonly code: string;

  /**
   * @param code - The code of the SQL standard.
   * @param message - What PostgreSQL says.
   */
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const protocolVersion = 196_608;
const headerBytes = 5;

interface Session {
  readonly socket: Socket;
  readonly password: string;
  readonly statement: string;
  /** The client's first message of SCRAM, without its header. */
  readonly clientFirst: string;
}

/**
 * Runs one statement on a connection of its own, without TLS.
 *
 * @throws SqlError when PostgreSQL refuses the statement; Error of the system when it cannot be reached, and Error when
 * it has not answered within `timeoutMs`.
 */
export async function runSql(url: string, statement: string, timeoutMs: number): Promise<void> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const socket = connect(Number(port === "" ? 5432 : port), hostname);
  socket.setTimeout(timeoutMs, () => {
    socket.destroy(new Error(`PostgreSQL did not answer within ${timeoutMs} ms`));
  });
  const user = decodeURIComponent(username);
  socket.write(startup(["user", user, "database", decodeURIComponent(pathname.slice(1)) || user]));
  const clientFirst = `n=,r=${randomBytes(18).toString("base64")}`;
  try {
    await converse({ socket, statement, clientFirst, password: decodeURIComponent(password) });
  } finally {
    socket.destroy();
  }
}

async function converse(session: Session): Promise<void> {
  let isAsked = false;
  for await (const { type, body } of messagesFrom(session.socket)) {
    if (type === "E") {
      throw readError(body);
    }
    if (type === "R") {
      authenticate(session, body);
    }
    if (type === "Z") {
      if (isAsked) {
        return;
      }
      isAsked = true;
      session.socket.write(frame("Q", Buffer.from(`${session.statement}\0`)));
    }
  }
  throw new Error("PostgreSQL has ended the connection");
}

function authenticate(session: Session, body: Buffer): void {
  const { socket, password, clientFirst } = session;
  const answers: Readonly<Record<number, () => Buffer | undefined>> = {
    0: () => undefined,
    3: () => Buffer.from(`${password}\0`),
    10: () => {
      const first = Buffer.from(`n,,${clientFirst}`);
      return Buffer.concat([Buffer.from("SCRAM-SHA-256\0"), int32(first.length), first]);
    },
    11: () =>
      Buffer.from(scramProof({ password, clientFirst, serverFirst: body.toString("utf8", 4) })),
    12: () => undefined,
  };
  const answer = answers[body.readInt32BE()];
  if (answer === undefined) {
    throw new Error("PostgreSQL asks for a kind of password that tests do not know");
  }
  const reply = answer();
  if (reply !== undefined) {
    socket.write(frame("p", reply));
  }
}

interface Message {
  readonly type: string;
  readonly body: Buffer;
}

async function* messagesFrom(socket: Socket): AsyncGenerator<Message> {
  let rest = Buffer.alloc(0);
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, Buffer.from(chunk)]);
    while (rest.length >= headerBytes && rest.length > rest.readInt32BE(1)) {
      const end = 1 + rest.readInt32BE(1);
      yield { type: rest.toString("latin1", 0, 1), body: rest.subarray(headerBytes, end) };
      rest = rest.subarray(end);
    }
  }
}

function readError(body: Buffer): SqlError {
  const fields = new Map(
    body
      .toString("utf8")
      .split("\0")
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  );
  return new SqlError(fields.get("C") ?? "", fields.get("M") ?? "PostgreSQL has failed");
}

function startup(parameters: readonly string[]): Buffer {
  const body = Buffer.concat([int32(protocolVersion), Buffer.from(`${parameters.join("\0")}\0\0`)]);
  return Buffer.concat([int32(body.length + 4), body]);
}

function frame(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
