import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { documentChecks } from "../../documents";
import { readApiCall } from "../../models/api-call";
import { findModels } from "../../models/botocore";
import { buildCall } from "../../models/client";
import { isException } from "../../models/exceptions";
import { Models, type ApiCall } from "../../models/model";
import { internalRequest, readCall, type AwsRequest } from "../../proxy/call";
import { brokenInputs } from "./broken-requests";

/** A request that Terraform's AWS provider sent when it deployed the stages of this project's tests. */
interface Sent {
  readonly service: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const file = join(__dirname, "../fixtures/requests.jsonl");
const requests = readFileSync(file, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Sent);
const scope = { account: "111122223333", region: "us-east-1" };

describe("requests of a real deployment", () => {
  let models: Models;
  beforeAll(async () => {
    models = new Models(await findModels("moto_server"));
  });

  const read = (request: AwsRequest): ApiCall | undefined => readApiCall(models, request, request.form, request.body);
  const readSent = ({ service, method, url, headers, body }: Sent): ApiCall | undefined => {
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/${service}/aws4_request`;
    const call = readCall({ method, url, headers: { ...headers, authorization } });
    const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
    return readApiCall(models, call, new URLSearchParams(isForm ? body : ""), Buffer.from(body));
  };
  const problemsOf = (api: ApiCall | undefined): readonly string[] =>
    api?.problems.filter((problem) => !isException(api, problem)) ?? ["no operation"];

  it("are all identified and allowed", () => {
    const refused = requests.flatMap((sent) => {
      const api = readSent(sent);
      return problemsOf(api).map((problem) => `${sent.service} ${api?.operation ?? sent.url}: ${problem}`);
    });
    expect(refused).toEqual([]);
    expect(requests.length).toBeGreaterThan(250);
  });

  it("pass the checks of what their models do not describe", () => {
    const refused = requests.flatMap((sent) => {
      const api = readSent(sent);
      const checks = documentChecks.filter(
        ({ service, operations }) => service === sent.service && operations.includes(api?.operation ?? ""),
      );
      return checks.flatMap(({ check }) => check(api?.input ?? {})?.message ?? []);
    });
    expect(refused).toEqual([]);
  });

  it("are written by the emulator's own client as the SDK writes them", () => {
    const differing = requests.flatMap((sent) => {
      const api = readSent(sent);
      if (!api) return [sent.url];
      const own = read(
        internalRequest(buildCall(api.model, api.operation, api.input, { ...scope, service: sent.service })),
      );
      const same = own?.operation === api.operation && isDeepStrictEqual(own.input, api.input);
      return same
        ? []
        : [`${sent.service} ${api.operation}: ${JSON.stringify(own?.input)} for ${JSON.stringify(api.input)}`];
    });
    expect(differing).toEqual([]);
  });

  it("keep a label of the path apart from a member of the body that has its name", () => {
    const sent = requests.find(({ method, url }) => method === "PUT" && url.endsWith("/methods/PUT/integration"));
    const { body = "{}" } = sent ?? {};
    const input =
      sent && readSent({ ...sent, body: JSON.stringify({ ...JSON.parse(body), httpMethod: "POST" }) })?.input;
    expect(input).toMatchObject({ httpMethod: "PUT", integrationHttpMethod: "POST" });
  });

  it("are refused when one constraint of AWS's model is broken", () => {
    const taken: string[] = [];
    let count = 0;
    for (const sent of requests) {
      const api = readSent(sent);
      if (!api) continue;
      for (const { what, input } of brokenInputs(api.model, api.operation, api.input)) {
        if (isExpected(api, what)) continue;
        count += 1;
        const broken = read(
          internalRequest(buildCall(api.model, api.operation, input, { ...scope, service: sent.service })),
        );
        if (problemsOf(broken).length === 0) taken.push(`${sent.service} ${api.operation} ${what}`);
      }
    }
    expect(taken).toEqual([]);
    expect(count).toBeGreaterThan(1000);
  });

  it("are refused with a member that AWS's model does not have", () => {
    const taken = requests.flatMap((sent) => {
      const api = readSent(sent);
      const broken = api && hasTextPayload(api) ? undefined : withUnknownMember(sent);
      return broken && problemsOf(readSent(broken)).length === 0 ? [`${sent.service} ${sent.url} ${broken.body}`] : [];
    });
    expect(taken).toEqual([]);
  });
});

// moto's LockToken is excepted: emulator/models/exceptions.ts.
function isExpected({ model }: ApiCall, what: string): boolean {
  return model.name === "wafv2" && what.startsWith("LockToken");
}

/** Whether the body is a text or bytes, such as the policy of a bucket. */
function hasTextPayload({ model, operation }: ApiCall): boolean {
  const input = model.shapes[model.operations[operation]?.input?.shape ?? ""];
  const payload = input?.payload === undefined ? undefined : input.members?.[input.payload];
  return payload !== undefined && model.shapes[payload.shape]?.type !== "structure";
}

function withUnknownMember(sent: Sent): Sent | undefined {
  const { body, headers, url } = sent;
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    return { ...sent, body: `${body}&NoSuchMember=1` };
  }
  if (body.startsWith("{"))
    return { ...sent, body: JSON.stringify({ ...(JSON.parse(body) as object), NoSuchMember: 1 }) };
  if (body.startsWith("<"))
    return { ...sent, body: body.replace(/<\/([^<>]+)>\s*$/, "<NoSuchMember>1</NoSuchMember></$1>") };
  return body === "" ? { ...sent, url: `${url}${url.includes("?") ? "&" : "?"}NoSuchMember=1` } : undefined;
}
