import { emails } from "../../../schema/monitoring/alarms";
import { network } from "../../../schema/network";
import { stageSchema } from "../../../schema/stage";
import { ingressKinds, listOf, type Answers, type IngressKind } from "./answers";
import { askAccounts, askDomains, askEnvironments, type EnvironmentFlags } from "./environments";
import { askGitLab, type GitLabFlags } from "./gitlab";
import { problemBy, type Interview } from "./interview";
import { followingBlock, isPrivate, regionsProblem } from "./regions";

/** Options of the command line. */
export interface Flags extends EnvironmentFlags, GitLabFlags {
  readonly app?: string;
  readonly owner?: string;
  readonly region?: readonly string[];
  readonly production?: readonly string[];
  readonly postgres?: readonly string[];
  readonly ingress?: string;
  readonly email?: string;
  readonly cidr?: string;
}

/** Environments that are production unless `--production` names others. */
const productionNames = ["prod", "production", "live", "prd"];

const ingressHints: Readonly<Record<IngressKind, string>> = {
  "rest-api": "REST API and NLB: WAF, API keys, validation of requests, X-Ray",
  "http-api": "HTTP API and ALB: cheaper requests, JWT, CORS; no WAF",
  alb: "ALB on the internet: WAF, large and long requests; needs a domain",
  nlb: "NLB on the internet: lowest latency; no WAF, no authorization; needs a domain",
};

const { shape } = stageSchema;

/**
 * Asks for everything that the command line does not answer.
 *
 * @param gitEmail e-mail address that is proposed for alarms. @default - none is proposed
 * @throws ToolError with every problem of the command line
 */
export async function askAll(flags: Flags, interview: Interview, gitEmail?: string): Promise<Answers> {
  const app = await interview.text({
    option: "--app shop",
    message: "Name of the product, the first part of most AWS names",
    given: flags.app,
    problem: problemBy(shape.app),
  });
  const [region = "", ...otherRegions] = listOf(
    await interview.text({
      option: "--region eu-central-1",
      message: "AWS region (several: separated by commas)",
      given: flags.region?.join(","),
      problem: (answer) => regionsProblem(listOf(answer)),
    }),
  );
  const stages = await askEnvironments(flags, interview);
  const names = stages.map(({ name }) => name);
  const accounts = await askAccounts(flags, app, names, interview);
  const ingress = await askIngress(flags, interview);
  const domains = await askDomains(flags, names, ingress, interview);
  const production = await interview.several({
    option: "--production",
    message: "Which environments are production? They get stricter rules and a manual approval in the pipeline",
    given: flags.production,
    choices: names,
    fallback: names.filter((name) => productionNames.includes(name)),
  });
  const postgres = await interview.several({
    option: "--postgres",
    message: "Which environments have a Postgres database?",
    given: flags.postgres,
    choices: names,
    fallback: production,
  });
  const gitlab = await askGitLab(flags, app, interview);
  const owner = await interview.text({
    option: "--owner shop-team",
    message: "Team that owns the stages, a tag on every resource",
    given: flags.owner,
    fallback: `${app}-team`,
    problem: problemBy(shape.owner),
  });
  const email = await askEmail(flags, production.length > 0, interview, gitEmail);
  const cidr = flags.cidr ?? "10.20.0.0/16";
  const cidrProblem = problemBy(network.shape.cidr)(cidr);
  if (cidrProblem !== undefined) interview.refuse("--cidr", cidrProblem);
  else if (!isPrivate(cidr, followingBlock(cidr, stages.length * (otherRegions.length + 1) - 1))) {
    interview.refuse(
      "--cidr",
      `"${cidr}" must leave room for the VPC of each stage in private addresses; write one such as 10.20.0.0/16`,
    );
  }
  interview.requireComplete();

  const environments = stages.map(({ name, stage }) => ({
    name,
    stage,
    production: production.includes(name),
    postgres: postgres.includes(name),
    domain: domains.get(name),
    ...(accounts.get(name) ?? { accountId: "", bucket: "" }),
  }));
  return { app, owner, regions: [region, ...otherRegions], environments, ...gitlab, ingress, cidr, email };
}

async function askIngress({ ingress }: Flags, interview: Interview): Promise<IngressKind> {
  const answer = await interview.choice({
    option: "--ingress",
    message: "How do requests from the internet reach the service?",
    given: ingress,
    choices: ingressKinds.map((value) => ({ value, hint: ingressHints[value] })),
    fallback: "rest-api",
  });
  return ingressKinds.find((kind) => kind === answer) ?? "rest-api";
}

/** The recipient of alarms; undefined for an empty answer. */
async function askEmail(
  { email }: Flags,
  hasProduction: boolean,
  interview: Interview,
  gitEmail = "",
): Promise<string | undefined> {
  const problem = problemBy(emails.element);
  if (!hasProduction) {
    if (email !== undefined)
      interview.refuse("--email", `"${email}" receives alarms of production; write --production`);
    return undefined;
  }
  const answer = await interview.text({
    option: "--email on-call@shop.test",
    message: "E-mail address that receives the alarms of production (empty: none)",
    given: email,
    fallback: problem(gitEmail) === undefined ? gitEmail : "",
    problem: (text) => (text === "" ? undefined : problem(text)),
  });
  return answer === "" ? undefined : answer;
}
