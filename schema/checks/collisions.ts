import { Address4 } from "ip-address";
import type { StageFile } from "../loader/stages";
import type { Problem } from "../problems";
import { stackName, type StageConfig } from "../stage";

/** What no two stages may share: which field says it, and what to do instead. */
const claims: readonly Claim[] = [
  {
    field: "stage",
    remedy: "stacks are told apart by stage and region, whatever the environment; name the stage differently",
    value: stackName,
    clashes: (one, other) => stackName(one) === stackName(other),
  },
  {
    field: "network.cidr",
    remedy: "two VPCs that overlap can never be connected; write a range of its own",
    value: ({ network }) => network.cidr,
    clashes: (one, other) => one.accountId === other.accountId && overlap(one.network.cidr, other.network.cidr),
  },
  {
    field: "state.path",
    remedy: "each stack keeps a state of its own; name another file",
    value: localState,
    clashes: (one, other) => localState(one) !== undefined && localState(one) === localState(other),
  },
  {
    field: "ingress.accountLogRole",
    remedy: 'the role is one for an account and region; write "existing" in one of the two',
    value: accountLogRole,
    clashes: (...pair) =>
      pair.every((stage) => accountLogRole(stage) === "manage") &&
      new Set(pair.map(({ accountId, region }) => `${accountId} ${region}`)).size === 1,
  },
];

interface Claim {
  readonly field: string;
  readonly remedy: string;
  readonly value: (stage: StageConfig) => string | undefined;
  readonly clashes: (one: StageConfig, other: StageConfig) => boolean;
}

/** Stages that would get in each other's way; the later file is told. */
export function collisions(files: readonly StageFile[]): Problem[] {
  return files.flatMap(({ file, stage }, index) =>
    claims.flatMap(({ field, remedy, value, clashes }) => {
      const owner = files.slice(0, index).find((earlier) => clashes(earlier.stage, stage));
      if (owner === undefined) return [];
      return [{ file, field, value: value(stage), message: `clashes with ${owner.file}; ${remedy}` }];
    }),
  );
}

function localState({ state }: StageConfig): string | undefined {
  return state.backend === "local" ? state.path : undefined;
}

function accountLogRole({ ingress }: StageConfig): string | undefined {
  return ingress.kind === "rest-api" ? ingress.accountLogRole : undefined;
}

function overlap(one: string, other: string): boolean {
  const [first, second] = [new Address4(one), new Address4(other)];
  return first.isInSubnet(second) || second.isInSubnet(first);
}
