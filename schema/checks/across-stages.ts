import { Address4 } from "ip-address";
import type { Problem } from "../problems";
import { stackName, type StageConfig } from "../stage";

/** A validated stage with its file. */
export interface StageFile {
  readonly file: string;
  readonly content: StageConfig;
}

/** Which conclusions across files are drawn. */
export interface Scope {
  /** Whether the problems of a stack count. */
  readonly isChosen: (stack: string) => boolean;
  /** Whether every file could be read; else nothing follows from a stage that is not there. */
  readonly isComplete: boolean;
}

/** A field whose value no two stages may share. */
interface UniqueField {
  readonly field: string;
  readonly remedy: string;
  readonly value: (stage: StageConfig) => string | undefined;
  readonly clashes: (one: StageConfig, other: StageConfig) => boolean;
}

const uniqueFields: readonly UniqueField[] = [
  {
    field: "stage",
    remedy: "stage and region identify a stack, whatever the environment; rename the stage",
    value: stackName,
    clashes: (one, other) => stackName(one) === stackName(other),
  },
  {
    field: "network.cidr",
    remedy: "VPCs that overlap cannot be connected; write another range",
    value: ({ network }) => network.cidr,
    clashes: (one, other) => one.accountId === other.accountId && overlap(one.network.cidr, other.network.cidr),
  },
  {
    field: "state.path",
    remedy: "each stack needs its own state; name another file",
    value: localState,
    clashes: (one, other) => localState(one) !== undefined && localState(one) === localState(other),
  },
];

/** Problems between stage files. */
export function stageProblems(files: readonly StageFile[], scope: Scope): Problem[] {
  return [...clashingFields(files, scope), ...sharedDomains(files, scope)];
}

/** Reports a clash of two files for the later one. */
function clashingFields(files: readonly StageFile[], { isChosen }: Scope): Problem[] {
  return files.flatMap(({ file, content: stage }, index) =>
    uniqueFields.flatMap(({ field, remedy, value, clashes }) => {
      const owner = files
        .slice(0, index)
        .filter((earlier) => [earlier.content, stage].some((each) => isChosen(stackName(each))))
        .find((earlier) => clashes(earlier.content, stage));
      if (owner === undefined) return [];
      return [{ file, field, value: value(stage), message: `clashes with ${owner.file}; ${remedy}` }];
    }),
  );
}

function localState({ state }: StageConfig): string | undefined {
  return state.backend === "local" ? state.path : undefined;
}

function overlap(one: string, other: string): boolean {
  const [first, second] = [new Address4(one), new Address4(other)];
  return first.isInSubnet(second) || second.isInSubnet(first);
}

type Routing = NonNullable<StageConfig["ingress"]["domain"]>["routing"];
type StageWithDomain = StageFile & { readonly name: string; readonly routing: Routing };

/** Problems of stages that share a domain name, each reported for its own file. */
export function sharedDomains(files: readonly StageFile[], { isChosen, isComplete }: Scope): Problem[] {
  const withDomain = files.flatMap((each): StageWithDomain[] => {
    const { domain } = each.content.ingress;
    return domain === undefined ? [] : [{ ...each, name: domain.name, routing: domain.routing }];
  });
  return withDomain.flatMap((each) => {
    if (!isChosen(stackName(each.content))) return [];
    const others = withDomain.filter((other) => other !== each && other.name === each.name);
    if (others.length === 0 && !isComplete) return [];
    const problem = domainProblem(each, others);
    return problem === undefined ? [] : [{ file: each.file, ...problem }];
  });
}

function domainProblem(each: StageWithDomain, others: readonly StageWithDomain[]): Omit<Problem, "file"> | undefined {
  const { routing, content: stage } = each;
  const at = (field: string, value: unknown, message: string) => ({ field: `ingress.domain.${field}`, value, message });
  const files = (all: readonly StageWithDomain[]) => all.map(({ file }) => file).join(" and ");
  const otherAccount = others.find((other) => other.content.accountId !== stage.accountId);
  if (otherAccount !== undefined) {
    return at("name", each.name, `is also the name of ${otherAccount.file} in another account; write another name`);
  }
  const sameRegion = others.find((other) => other.content.region === stage.region);
  if (sameRegion !== undefined) {
    return at("name", each.name, `is also the name of ${sameRegion.file} in the same region; write another name`);
  }
  const otherPolicies = others.filter(
    (other) => other.routing.policy !== routing.policy || routing.policy === "simple",
  );
  if (otherPolicies.length > 0) {
    const message = `does not agree with ${files(otherPolicies)}; write "latency" in all stacks of the name, or "failover" in two`;
    return at("routing.policy", routing.policy, message);
  }
  if (routing.policy !== "failover") return undefined;
  if (others.length === 0) {
    const message = 'has no second region; add the stack of the other role, or write "simple"';
    return at("routing.policy", routing.policy, message);
  }
  const sameRole = others.filter((other) => other.routing.policy === "failover" && other.routing.role === routing.role);
  if (others.length > 1 || sameRole.length > 0) {
    const message = `clashes with ${files(sameRole.length > 0 ? sameRole : others)}; have one primary and one secondary`;
    return at("routing.role", routing.role, message);
  }
  return undefined;
}
