import { Agent, request } from "node:http";
import { sha256, signatureValue } from "../iam/signature";
import { buildCall } from "../models/client";
import type { Models } from "../models/model";
import { internalRequest, type AwsRequest } from "../proxy/call";
import type { JsonObject } from "../wire/json";

const account = "123456789012";
const region = "us-east-1";
const agent = new Agent({ keepAlive: true });

/** Temporary credentials. */
export interface SessionKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** A call of which the time is measured. */
export interface MeasuredCall {
  readonly protocol: string;
  readonly service: string;
  readonly operation: string;
}

/** Calls that only read, in each of the protocols. */
export const measuredCalls: readonly MeasuredCall[] = [
  { protocol: "query", service: "sts", operation: "GetCallerIdentity" },
  { protocol: "ec2", service: "ec2", operation: "DescribeVpcs" },
  { protocol: "json", service: "ecs", operation: "ListClusters" },
  { protocol: "rest-json", service: "apigateway", operation: "GetRestApis" },
  { protocol: "rest-xml", service: "s3", operation: "ListBuckets" },
];

/** Sends calls to one address, as an SDK does; the signature is computed with temporary credentials only. */
export class Client {
  constructor(
    private readonly endpoint: string,
    private readonly models: Models,
    private readonly session?: SessionKey,
  ) {}

  /**
   * The body of the reply.
   *
   * @throws Error when the reply is an error
   */
  async send({ service, operation }: Omit<MeasuredCall, "protocol">, input: JsonObject = {}): Promise<string> {
    const model = this.models.of(service).find(({ operations }) => operations[operation] !== undefined);
    if (!model) throw new Error(`AWS's models have no ${operation} of ${service}`);
    const call = internalRequest(buildCall(model, operation, input, { service, account, region }));
    const headers = {
      ...call.headers,
      host: new URL(this.endpoint).host,
      "content-length": call.body.length,
      ...(this.session && signed(this.session, call)),
    };
    const { status, body } = await this.exchange(call.method, call.url, headers, call.body);
    if (status >= 300) throw new Error(`${operation} of ${service}: ${status} ${body}`);
    return body;
  }

  private exchange(
    method: string,
    path: string,
    headers: NodeJS.Dict<string | string[] | number>,
    body: Buffer,
  ): Promise<{ readonly status: number; readonly body: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, this.endpoint), { method, headers, agent }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
        });
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signed(key: SessionKey, { method, url, body, region: scopeRegion, service }: AwsRequest) {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${date.slice(0, 8)}/${scopeRegion}/${service}/aws4_request`;
  const payload = sha256(body);
  const [path, query = ""] = url.split("?");
  const canonical = [method, path, query, `x-amz-date:${date}`, "", "x-amz-date", payload].join("\n");
  const signature = signatureValue(key.secretAccessKey, { scope, time: date }, canonical);
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/${scope}, SignedHeaders=x-amz-date, Signature=${signature}`,
    "x-amz-date": date,
    "x-amz-content-sha256": payload,
    "x-amz-security-token": key.sessionToken,
  };
}
