import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const lockShape = z.looseObject({ ID: z.string() });

type Lock = z.output<typeof lockShape>;

/** Keeps and locks state as GitLab does: https://docs.gitlab.com/api/terraform_state/ */
export class StateServer {
  public readonly states = new Map<string, string>();
  public readonly locks = new Map<string, Lock>();
  /** Method and path of every request, in order. */
  public readonly requests: string[] = [];
  private readonly server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const { status, content = "" } = this.answer(request, body);
      response.writeHead(status, { "content-type": "application/json" }).end(content);
    });
  });

  constructor(private readonly credentials: { readonly username: string; readonly password: string }) {}

  /** Starts on a free port; resolves to the server's address. */
  public async start(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    const { port } = this.server.address() as AddressInfo; // a TCP server that listens has an AddressInfo
    return `http://127.0.0.1:${port}`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer({ method = "", url = "", headers }: IncomingMessage, body: string): Answer {
    const { pathname, searchParams } = new URL(url, "http://localhost");
    this.requests.push(`${method} ${pathname}`);
    const { username, password } = this.credentials;
    const expected = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    if (headers.authorization !== expected) return { status: 401 };
    const [, name, rest] = /^\/api\/v4\/projects\/42\/terraform\/state\/([\w-]+)(\/lock)?$/.exec(pathname) ?? [];
    if (name === undefined) return { status: 404 };
    const id = searchParams.get("ID") ?? undefined;
    if (rest === undefined) return this.state(method, name, id, body);
    return method === "POST" ? this.lock(name, body) : this.unlock(method, name, id ?? idOf(body));
  }

  private state(method: string, name: string, id: string | undefined, body: string): Answer {
    const state = this.states.get(name);
    if (method === "GET") return state === undefined ? { status: 404 } : { status: 200, content: state };
    if (method !== "POST") return { status: 405 };
    if (this.locks.get(name)?.ID !== id) return { status: 409 };
    this.states.set(name, body);
    return { status: 200 };
  }

  private lock(name: string, body: string): Answer {
    const held = this.locks.get(name);
    if (held !== undefined) return { status: 423, content: JSON.stringify(held) };
    this.locks.set(name, lockShape.parse(JSON.parse(body)));
    return { status: 200 };
  }

  private unlock(method: string, name: string, id: string | undefined): Answer {
    if (method !== "DELETE") return { status: 405 };
    if (id !== undefined && this.locks.get(name)?.ID !== id) return { status: 409 };
    this.locks.delete(name);
    return { status: 200 };
  }
}

interface Answer {
  readonly status: number;
  readonly content?: string;
}

function idOf(body: string): string | undefined {
  return body === "" ? undefined : lockShape.parse(JSON.parse(body)).ID;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: string[] = [];
  for await (const part of request.setEncoding("utf8")) parts.push(String(part));
  return parts.join("");
}
