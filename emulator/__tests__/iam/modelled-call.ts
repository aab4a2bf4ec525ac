import type { Ask, ModelledCall } from "../../iam/call";
import type { JsonObject } from "../../wire/json";

export const account = "111122223333";
export const region = "eu-west-1";

const protocols: Readonly<Record<string, ModelledCall["protocol"]>> = {
  apigateway: "rest-json",
  apigatewayv2: "rest-json",
  cloudwatch: "smithy-rpc-v2-cbor",
  ec2: "ec2",
  elasticache: "query",
  elbv2: "query",
  iam: "query",
  rds: "query",
  route53: "rest-xml",
  s3: "rest-xml",
};
const signingNames: Readonly<Record<string, string>> = {
  apigatewayv2: "apigateway",
  cloudwatch: "monitoring",
  efs: "elasticfilesystem",
  elbv2: "elasticloadbalancing",
};

/** A call as the emulator models it: "<model>:<operation>" with its input. */
export function call(name: string, input: JsonObject = {}, change: Partial<ModelledCall> = {}): ModelledCall {
  const [model = "", operation = ""] = name.split(":");
  return {
    service: signingNames[model] ?? model,
    model,
    protocol: protocols[model] ?? "json",
    operation,
    input,
    method: "POST",
    path: "/",
    account,
    region,
    ...change,
  };
}

/** Answers look-ups: by "<model>:<operation>", or by that and a value of the input, such as "iam:GetRole app". */
export function answers(outputs: Readonly<Record<string, JsonObject>>): Ask {
  return (model, operation, input) => {
    const values = Object.values(input).map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
    const keys = [...values.map((value) => `${model}:${operation} ${value}`), `${model}:${operation}`];
    const key = keys.find((each) => outputs[each] !== undefined);
    const output = key === undefined ? undefined : outputs[key];
    return output ? Promise.resolve(output) : Promise.reject(new Error(`no ${keys.join(", ")}`));
  };
}
