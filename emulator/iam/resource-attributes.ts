import { objects, text } from "../wire/json";
import { lookUp, type Ask, type ModelledCall } from "./call";
import { ec2Attributes } from "./ec2-attributes";
import type { ApplicablePolicies } from "./evaluate";
import { tagsIn } from "./input";
import type { Statement } from "./policy-document";
import { resourceTagContext } from "./request-context";
import type { TagMap } from "./resource-tags";
import { coversAction } from "./statements";

type Attributes = Readonly<Record<string, string | readonly string[] | undefined>>;

/** An action of a call on a resource. */
interface OnResource {
  readonly call: ModelledCall;
  readonly action: string;
  readonly resource: string;
}

/** Reads condition keys of a resource, for policies that mention a key which matches the pattern. */
interface Reader {
  readonly keys: RegExp;
  readonly read: (on: OnResource, ask: Ask, tagsOf: (arn: string) => Promise<TagMap>) => Promise<Attributes>;
}

const readers: readonly Reader[] = [
  {
    keys: /:ResourceTag\/|rds:(?!req-)[a-z-]+-tag\//i,
    read: async (on, _, tagsOf) => resourceTagContext(on, await tagsOf(on.resource)),
  },
  {
    keys: /ec2:(?!ResourceTag|Region|CreateAction)[a-z]/i,
    read: ({ call, resource }, ask) =>
      resource.includes(":ec2:") ? ec2Attributes(call, resource, ask) : Promise.resolve({}),
  },
  {
    // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
    keys: /kms:ResourceAliases/i,
    read: async ({ resource }, ask) => {
      const found = resource.includes(":key/") ? await lookUp(ask("kms", "ListAliases", { KeyId: resource })) : {};
      const aliases = objects(found?.Aliases).map(({ AliasName: name }) => text(name));
      return { "kms:ResourceAliases": aliases.length > 0 ? aliases : undefined };
    },
  },
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html
    keys: /s3:ExistingObjectTag\//i,
    read: async ({ resource, call }, ask) => {
      const [Bucket = "", ...key] = resource.replace(/^arn:[^:]+:s3:::/, "").split("/");
      if (key.length === 0 || /[*?]/.test(Bucket)) return {};
      const { VersionId } = call.input;
      const input = { Bucket, Key: key.join("/"), ...(VersionId !== undefined && { VersionId }) };
      const tags = tagsIn({ Tagging: (await lookUp(ask("s3", "GetObjectTagging", input))) ?? {} });
      return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`s3:ExistingObjectTag/${name}`, value]));
    },
  },
  {
    keys: /secretsmanager:Secret(Id|PrimaryRegion)/i,
    read: ({ call, resource }) => {
      const exists = resource.includes(":secret:") && !/[*?]/.test(resource);
      return Promise.resolve(
        exists ? { "secretsmanager:SecretId": resource, "secretsmanager:SecretPrimaryRegion": call.region } : {},
      );
    },
  },
];

/**
 * The condition keys of a resource that statements on the action mention: those which no statement mentions are not
 * looked up.
 */
export async function resourceAttributes(
  policies: ApplicablePolicies,
  on: OnResource,
  ask: Ask,
  tagsOf: (arn: string) => Promise<TagMap>,
): Promise<Attributes> {
  const mentioned = textsOn(policies, on.action);
  const needed = readers.filter(({ keys }) => mentioned.some((each) => keys.test(each)));
  const found = await Promise.all(needed.map(({ read }) => read(on, ask, tagsOf)));
  return Object.assign({}, ...found) as Attributes; // what Object.assign makes of several is untyped
}

// A condition key is also named by a policy variable.
function textsOn({ identity, boundary, session = [], resource }: ApplicablePolicies, action: string): string[] {
  const all = [...identity, ...session, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])];
  return all.flatMap(({ document }) =>
    document.statements.filter((statement) => coversAction(statement, action)).flatMap(textsOf),
  );
}

function textsOf({ conditions, resources = [], notResources = [] }: Statement): string[] {
  const variables = [...resources, ...notResources, ...conditions.flatMap(({ values }) => values)];
  return [...conditions.map(({ key }) => key), ...variables.filter((each) => each.includes("${"))];
}
