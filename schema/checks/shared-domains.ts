import type { StageFile } from "../loader/stages";
import type { Problem } from "../problems";

type Named = StageFile & { readonly name: string; readonly routing: Routing };
type Routing = NonNullable<StageFile["stage"]["ingress"]["domain"]>["routing"];

/** What stages that share a domain must agree on; each file is told of its own part. */
export function sharedDomains(files: readonly StageFile[]): Problem[] {
  const named = files.flatMap((each): Named[] => {
    const { domain } = each.stage.ingress;
    return domain === undefined ? [] : [{ ...each, name: domain.name, routing: domain.routing }];
  });
  return named.flatMap((each) => {
    const others = named.filter((other) => other !== each && other.name === each.name);
    const problem = problemOf(each, others);
    return problem === undefined ? [] : [{ file: each.file, ...problem }];
  });
}

function problemOf(each: Named, others: readonly Named[]): Omit<Problem, "file"> | undefined {
  const { routing, stage } = each;
  const at = (field: string, value: unknown, message: string) => ({ field: `ingress.domain.${field}`, value, message });
  const files = (all: readonly Named[]) => all.map(({ file }) => file).join(" and ");
  const stranger = others.find((other) => other.stage.accountId !== stage.accountId);
  if (stranger !== undefined) {
    return at("name", each.name, `is a name of ${stranger.file} in another account; write a name of its own`);
  }
  const neighbour = others.find((other) => other.stage.region === stage.region);
  if (neighbour !== undefined) {
    return at("name", each.name, `is a name of ${neighbour.file} in the same region; write a name of its own`);
  }
  const odd = others.filter((other) => other.routing.policy !== routing.policy || routing.policy === "simple");
  if (odd.length > 0) {
    const message = `does not go with ${files(odd)}; write "latency" in all stacks of the name, or "failover" in two`;
    return at("routing.policy", routing.policy, message);
  }
  if (routing.policy !== "failover") return undefined;
  if (others.length === 0) {
    const message = 'has no other region to fail over to; add the stack of the other role, or write "simple"';
    return at("routing.policy", routing.policy, message);
  }
  const rivals = others.filter((other) => other.routing.policy === "failover" && other.routing.role === routing.role);
  if (others.length > 1 || rivals.length > 0) {
    const message = `clashes with ${files(rivals.length > 0 ? rivals : others)}; have one primary and one secondary`;
    return at("routing.role", routing.role, message);
  }
  return undefined;
}
