import type { Answers, Environment } from "../answers";

/** Maximum length of an account's name in the schema. */
const maximumLength = 24;

/** An account, and the environments whose stages are in it. */
export interface Account {
  readonly accountId: string;
  readonly alias: string;
  readonly environments: readonly [Environment, ...Environment[]];
}

/** The accounts of the environments. Each is named after its first environment. */
export function accountsOf({ app, environments }: Pick<Answers, "app" | "environments">): readonly Account[] {
  return environments
    .filter(({ accountId }, index) => environments.findIndex((each) => each.accountId === accountId) === index)
    .map((first) => {
      const others = environments.filter((each) => each !== first && each.accountId === first.accountId);
      const prefix = app.slice(0, maximumLength - first.name.length - 1).replace(/-$/, "");
      return { accountId: first.accountId, alias: `${prefix}-${first.name}`, environments: [first, ...others] };
    });
}

/** An account file. */
export function accountFileText(
  { regions, gitlabProject, state }: Answers,
  { alias, environments: [first, ...others] }: Account,
): string {
  const released = [first, ...others].filter(({ production }) => production);
  const stateBucket = state.backend === "s3" ? "defaults.state.bucket" : JSON.stringify(first.bucket);
  return `import { defineAccount } from "#schema";
import { defaults } from "../../${first.name}/defaults";

export default defineAccount({
  app: defaults.app,
  alias: ${JSON.stringify(alias)},
  region: ${JSON.stringify(regions[0])},
  accountId: defaults.accountId,
  owner: defaults.owner,
  stateBucket: ${stateBucket},
  ${regions.length > 1 ? `regions: ${JSON.stringify(regions)},` : ""}
  // The pipelines of this project may assume the roles of the account.
  gitlab: { project: ${JSON.stringify(gitlabProject)} },
  ${released.length > 0 ? deploysFrom(released) : ""}
});
`;
}

function deploysFrom(environments: readonly Environment[]): string {
  const entries = environments.map(({ name }) => `${JSON.stringify(name)}: { tags: ["v*"] }`).join(", ");
  return `// A release is a tag, which GitLab protects as v*. Other environments deploy from the branch main.
  deploysFrom: { ${entries} },`;
}
