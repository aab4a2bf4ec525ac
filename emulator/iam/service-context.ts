import { list, object, objects, parseJson, text, type JsonObject } from "../wire/json";
import { arnIn, type Ask, type ModelledCall, type Requirement } from "./call";
import { iamContext } from "./iam-context";
import { kmsContext } from "./kms-context";
import { requestKeys, scalarsAt } from "./request-keys";
import { s3Context } from "./s3-context";
import { stsContext } from "./sts-context";

type Context = NonNullable<Requirement["context"]>;

/** The condition keys of the service of a call, as far as the request states them. */
export async function serviceContext(prefix: string, call: ModelledCall, ask: Ask): Promise<Context> {
  const { model, input } = call;
  if (model === "iam") return iamContext(call, ask);
  if (model === "sts") return stsContext(call);
  if (model === "kms") return kmsContext(call);
  if (model === "s3") return s3Context(call);
  if (model === "route53") return ofRoute53(input);
  if (model === "events") return ofEvents(call);
  const stated = requestKeys(prefix, call);
  return model === "ecs" ? { ...stated, "ecs:task-definition": await taskDefinition(call, ask) } : stated;
}

/**
 * Names in lower case without the dot at the end, and with the octal codes of all characters but letters, digits, "-", "_"
 * and ".": https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-rrset-conditions.html
 */
function ofRoute53(input: JsonObject): Context {
  const changes = objects(object(input.ChangeBatch).Changes);
  const sets = changes.map(({ ResourceRecordSet: set }) => object(set));
  const names = sets.map(({ Name: name }) => normalized(text(name)));
  const vpcs = objects([input.VPC]).map(
    ({ VPCId: id, VPCRegion: region }) => `VPCId=${text(id)},VPCRegion=${text(region)}`,
  );
  return {
    "route53:ChangeResourceRecordSetsActions": some(changes.map(({ Action: action }) => text(action))),
    "route53:ChangeResourceRecordSetsNormalizedRecordNames": some(names),
    "route53:ChangeResourceRecordSetsRecordTypes": some(sets.map(({ Type: type }) => text(type))),
    "route53:VPCs": some(vpcs),
  };
}

function normalized(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
  return plain.replace(/[^a-z0-9._-]/g, (each) => `\\${each.charCodeAt(0).toString(8).padStart(3, "0")}`);
}

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
function ofEvents(call: ModelledCall): Context {
  const { operation, input, account } = call;
  const entries = objects(input.Entries);
  const pattern = operation === "PutRule" && text(input.EventPattern) !== "" ? parseJson(text(input.EventPattern)) : {};
  const exact = (name: string) => list(pattern[name]).filter((each) => typeof each === "string");
  const ofEntries = (name: string) => entries.map((entry) => text(entry[name]));
  return {
    "events:TargetArn": some(scalarsAt(input, "Targets.Arn")),
    // Rules are made in the account itself.
    "events:creatorAccount": account,
    "events:detail-type": some(entries.length > 0 ? ofEntries("DetailType") : exact("detail-type")),
    "events:eventBusInvocation": operation === "PutEvents" ? "false" : undefined,
    "events:source": some(entries.length > 0 ? ofEntries("Source") : exact("source")),
  };
}

// A family without a revision is its latest one.
async function taskDefinition(call: ModelledCall, ask: Ask): Promise<string | undefined> {
  const name = text(call.input.taskDefinition);
  if (name === "" || name.startsWith("arn:")) return name || undefined;
  if (name.includes(":")) return arnIn(call, "ecs", `task-definition/${name}`);
  const found = await ask("ecs", "DescribeTaskDefinition", { taskDefinition: name }).catch(() => ({}));
  return scalarsAt(found, "taskDefinition.taskDefinitionArn")[0];
}

function some(values: readonly string[]): readonly string[] | undefined {
  return values.length > 0 ? values : undefined;
}
