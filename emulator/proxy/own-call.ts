import type { AwsRequest } from "./gap";
import type { UpstreamRequest } from "./upstream";

/** A call of the emulator's own, as small as moto takes it. */
export interface OwnCall {
  readonly service: string;
  readonly account: string;
  readonly region: string;
  /** @default "GET" */
  readonly method?: string;
  /** Path with the query. @default "/" */
  readonly path?: string;
  /** @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default "" */
  readonly body?: string;
}

/** The call as if a client had signed and sent it. */
export function ownCall({ service, account, region, method = "GET", path = "/", headers, body = "" }: OwnCall): {
  readonly request: AwsRequest;
  readonly head: UpstreamRequest;
} {
  const { pathname, searchParams: query } = new URL(path, "http://emulator");
  const accessKeyId = "AKIAEMULATOR00000000";
  const scope = `${accessKeyId}/20250101/${region}/${service}/aws4_request`;
  const sent = {
    host: "127.0.0.1",
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    "x-moto-account-id": account,
  };
  const form = new URLSearchParams(headers?.["content-type"]?.includes("form") ? body : "");
  const target = headers?.["x-amz-target"]?.split(".").at(-1);
  const operation = form.get("Action") ?? target ?? `${method} ${pathname}`;
  const call = { method, path: pathname, query, headers: sent, service, region, accessKeyId, target };
  return {
    request: { ...call, account, operation, body: Buffer.from(body), form, params: {} },
    head: { method, url: path, headers: sent },
  };
}
