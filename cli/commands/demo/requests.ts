import { builtServices } from "../../lib/built-services";
import { asError } from "../../lib/run";
import type { DemoSession } from "./session";

/** A request to what is deployed, and its answer. */
export interface Exchange {
  /** Such as "GET /test/{test_id} with a token". */
  readonly request: string;
  readonly status: number;
  /** Content of the answer, in one line. */
  readonly answer: string;
  /** What stopped the request before it reached a service. @default - it reached one */
  readonly reason?: string;
  /** What the request passed, such as a load balancer and a service. */
  readonly path: readonly string[];
}

/** A route that no stage and no service has. */
const unknownRoute = "/no-such-route";

/**
 * Sends the requests of a deployment test to the first web service that runs `app/`: a record that is written and read,
 * without and with a token where the API verifies tokens, and a route that does not exist.
 *
 * @returns no exchange when the stage has no URL or no such service
 */
export async function sendRequests(session: DemoSession, outputs: ReadonlyMap<string, string>): Promise<Exchange[]> {
  const url = outputs.get("api_url");
  const service = builtServices(session.stage).find(({ config }) => config.kind === "web");
  if (url === undefined || service === undefined) return [];
  const client = new ApiClient(session, url);
  // The service answers under its prefix alone, or under /test.
  const { BASE_PATH: path = "/test" } = service.config.environment;
  const token = await tokenOf(session, outputs);
  const exchanges: Exchange[] = [];
  if (token !== undefined) {
    const refused = await client.write(path);
    exchanges.push({ ...refused, request: `${refused.request} without a token` });
  }
  const written = await client.write(path, token);
  exchanges.push(written);
  const id = /"test_id":"([^"]+)"/.exec(written.answer)?.[1];
  if (id !== undefined) exchanges.push(await client.read(path, id, token));
  exchanges.push(await client.send({ method: "GET", path: unknownRoute }, token));
  return exchanges;
}

/** A token of a new user; undefined when the stage has no user pool. */
async function tokenOf({ emulator, stage }: DemoSession, outputs: ReadonlyMap<string, string>) {
  const userPoolId = outputs.get("user_pool_id");
  const clientId = outputs.get("user_pool_client_id");
  // A load balancer signs browsers in, and reads no token.
  if (userPoolId === undefined || clientId === undefined || !stage.ingress.kind.endsWith("-api")) return undefined;
  const { idToken } = await emulator.signIn({ account: stage.accountId, userPoolId, clientId });
  return idToken;
}

interface ApiRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** As it is shown. @default - the path */
  readonly shown?: string;
  readonly body?: string;
}

class ApiClient {
  constructor(
    private readonly session: DemoSession,
    private readonly url: string,
  ) {}

  public write(path: string, token?: string): Promise<Exchange> {
    return this.send({ method: "POST", path, body: JSON.stringify({ message: "hello" }) }, token);
  }

  public read(path: string, id: string, token?: string): Promise<Exchange> {
    return this.send({ method: "GET", path: `${path}/${id}`, shown: `${path}/{test_id}` }, token);
  }

  public async send({ method, path, shown = path, body }: ApiRequest, token?: string): Promise<Exchange> {
    const headers = {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const { emulator, signal } = this.session;
    const url = `${this.url.replace(/\/$/, "")}${path}`;
    const response = await Promise.race([emulator.request(url, { method, headers, body }), aborted(signal)]);
    return {
      request: `${method} ${shown}${token === undefined ? "" : " with a token"}`,
      status: response.status,
      answer: (await response.text()).replaceAll(/\s+/g, " ").trim(),
      reason: response.headers.get("x-emulator-reason") ?? undefined,
      path: (response.headers.get("x-emulator-path") ?? "").split(/\/(?=[a-z-]+:)/).filter(Boolean),
    };
  }
}

/** Rejects with the signal's reason when it is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = () => {
      reject(asError(signal.reason));
    };
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
  });
}
