import { isCertifiable } from "../domain";
import { routeHosts } from "../hosts";
import type { Problem } from "../problems";
import { stackName, type StageConfig } from "../stage";
import type { Scope, StageFile } from "./across-stages";
import { authorizationOf } from "./check";

type Found = Omit<Problem, "file">;
type Compare = (each: StageFile, other: StageFile) => Found | undefined;

/** Problems of stages whose callers come to the other one, too: as Route 53 moves them, or by a host of both. */
export function sharedCallers(files: readonly StageFile[], { isChosen }: Scope): Problem[] {
  return files
    .filter(({ content }) => isChosen(stackName(content)))
    .flatMap((each) =>
      [userPoolProblem, hostProblem].flatMap((compare: Compare) => {
        const others = files.filter((other) => other !== each);
        const problem = others.map((other) => compare(each, other)).find((found) => found !== undefined);
        return problem === undefined ? [] : [{ file: each.file, ...problem }];
      }),
    );
}

/** Stacks that share a name have one user pool: another one does not know the users, and refuses their tokens. */
const userPoolProblem: Compare = (each, other) => {
  if (nameOf(each) === undefined || nameOf(each) !== nameOf(other)) return undefined;
  const [own, foreign] = [each, other].map(({ content }) => authorizationOf(content.ingress)?.userPool);
  const path = "ingress.authorization";
  if (own === undefined || foreign === undefined) {
    if (own === foreign || own !== undefined) return undefined;
    const message = `is missing, though ${other.file} has one for the same name; write it in both`;
    return { field: path, value: undefined, message };
  }
  const routing = each.content.ingress.domain?.routing;
  if (routing === undefined || routing.policy === "simple" || routing.allowRegionalUsers === true) return undefined;
  const moved = "a caller whom Route 53 sends to the other region is signed out, and unknown there";
  if (own.source === "create") {
    if (foreign.source === "existing") return undefined;
    const remedy =
      each.content.ingress.kind === "alb"
        ? 'choose an API with one pool, or write { source: "existing" } with replicas of one pool'
        : 'keep "create" in one stack, and write { source: "existing" } with its ARN in the others';
    const message = `is another user pool than that of ${other.file}: ${moved}; ${remedy}, or allowRegionalUsers: true`;
    return { field: `${path}.userPool.source`, value: own.source, message };
  }
  const { region, accountId } = other.content;
  const isSame =
    foreign.source === "create"
      ? own.arn.includes(`:${region}:${accountId}:`)
      : own.arn.split("/")[1] === foreign.arn.split("/")[1];
  if (isSame) return undefined;
  const message = `is another user pool than that of ${other.file}: ${moved}; write the ARN of that one, or allowRegionalUsers: true`;
  return { field: `${path}.userPool.arn`, value: own.arn, message };
};

/** A DNS record belongs to one stack, or to those that share a domain name. */
const hostProblem: Compare = (each, other) => {
  if (nameOf(each) === undefined || nameOf(each) === nameOf(other)) return undefined;
  const taken = namesOf(other.content);
  const host = namesOf(each.content).find((name) => taken.includes(name));
  if (host === undefined) return undefined;
  const message = `is a name of ${other.file}, too; write another one in one of the two`;
  return { field: host === nameOf(each) ? "ingress.domain.name" : "routes.hosts", value: host, message };
};

const nameOf = ({ content }: StageFile) => content.ingress.domain?.name;

function namesOf(stage: StageConfig): string[] {
  const { domain } = stage.ingress;
  return domain === undefined ? [] : [domain.name, ...routeHosts(stage).filter(isCertifiable)];
}
