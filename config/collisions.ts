import type { Problem } from "./problems";
import type { StageFile } from "./index";
import { stackName, type StageConfig } from "./stage-config";

/** What two stages must not share, each with the reason. */
const claims: readonly { field: string; remedy: string; of: (stage: StageConfig) => string | undefined }[] = [
  {
    field: "stage",
    remedy: "stacks are told apart by stage and region, whatever the environment; name the stage differently",
    of: stackName,
  },
  {
    field: "state.path",
    remedy: "each stack keeps a state of its own; name another file",
    of: ({ state }) => (state.backend === "local" ? state.path : undefined),
  },
  {
    field: "ingress.accountLogRole",
    remedy: 'the role is one for an account and region; write "existing" in one of the two',
    of: ({ ingress, accountId, region }) =>
      ingress.accountLogRole === "manage" ? `${accountId} ${region}` : undefined,
  },
];

/** Stages that would overwrite each other in one account. */
export function collisions(files: readonly StageFile[]): Problem[] {
  return claims.flatMap(({ field, remedy, of }) => {
    const owners = new Map<string, string>();
    return files.flatMap(({ file, stage }) => {
      const claim = of(stage);
      const owner = claim === undefined ? undefined : owners.get(claim);
      if (claim !== undefined) owners.set(claim, owner ?? file);
      if (owner === undefined) return [];
      return [{ file, field, value: claim, message: `is taken by ${owner}; ${remedy}` }];
    });
  });
}
