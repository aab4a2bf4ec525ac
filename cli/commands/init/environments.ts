import { accountSchema } from "../../../schema/account";
import { accountsFolder } from "../../../schema/config-files";
import { domain as domainSchema } from "../../../schema/domain";
import { stageSchema } from "../../../schema/stage";
import { listOf, type Environment, type IngressKind } from "./answers";
import { noneOfThem, problemBy, type Interview } from "./interview";

export interface EnvironmentFlags {
  /** `<environment>`, or `<environment>=<stage>`. */
  readonly environments?: readonly string[];
  /** `<environment>=<value>`, as the following ones. */
  readonly account?: readonly string[];
  readonly bucket?: readonly string[];
  readonly domain?: readonly string[];
  readonly hostedZone?: readonly string[];
}

const { shape } = stageSchema;

/** Asks for the environments and the names of their stages. */
export async function askEnvironments(
  { environments }: EnvironmentFlags,
  interview: Interview,
): Promise<readonly Pick<Environment, "name" | "stage">[]> {
  const answer = await interview.text({
    option: "--environments",
    message: "Environments, separated by commas (dev=dev02 names the stage dev02 instead of dev01)",
    given: environments?.join(","),
    fallback: "dev,prod",
    problem: (text) => environmentsProblem(parseEnvironments(text)),
  });
  const parsed = parseEnvironments(answer);
  // The questions that follow are about each environment.
  if (environmentsProblem(parsed) !== undefined) interview.requireComplete();
  return parsed;
}

function parseEnvironments(text: string): readonly Pick<Environment, "name" | "stage">[] {
  return listOf(text).map((item) => {
    const [name = "", stage] = item.split(/=(.*)/s).map((part) => part.trim());
    return { name, stage: stage ?? `${name.replaceAll("-", "").slice(0, 10)}01` };
  });
}

function environmentsProblem(environments: readonly Pick<Environment, "name" | "stage">[]): string | undefined {
  if (environments.length === 0) return "must name an environment; write one such as dev";
  const [names, stages] = [environments.map(({ name }) => name), environments.map(({ stage }) => stage)];
  const invalid = [...names.map(problemBy(shape.environment)), ...stages.map(problemBy(shape.stage))];
  const repeated = [names, stages].flatMap((all) => all.filter((each, index) => all.indexOf(each) < index));
  return [
    ...invalid,
    ...repeated.map((name) => `"${name}" is the name of two; write another, such as dev=dev02 for a stage`),
    ...names.map((name) => reserved.get(name)),
  ].find((problem) => problem !== undefined);
}

/** Names that mean something else. */
const reserved: ReadonlyMap<string, string> = new Map([
  [accountsFolder, `"${accountsFolder}" is the folder of the account files; write another name`],
  [noneOfThem, `"${noneOfThem}" means no environment in other options; write another name`],
]);

/** Asks for the account of each environment, and its state bucket. */
export async function askAccounts(
  flags: EnvironmentFlags,
  app: string,
  names: readonly string[],
  interview: Interview,
): Promise<ReadonlyMap<string, Pick<Environment, "accountId" | "bucket">>> {
  const given = {
    account: byEnvironment("--account", flags.account, names, interview),
    bucket: byEnvironment("--bucket", flags.bucket, names, interview),
  };
  const accounts = new Map<string, Pick<Environment, "accountId" | "bucket">>();
  const buckets = new Map<string, string>();
  for (const name of names) {
    const accountId = await interview.text({
      option: `--account ${name}=111122223333`,
      message: `AWS account of ${name}`,
      given: given.account.get(name),
      problem: problemBy(shape.accountId),
    });
    const bucket = given.bucket.get(name) ?? buckets.get(accountId) ?? `${app}-terraform-state-${accountId}`;
    const problem = problemBy(accountSchema.shape.stateBucket)(bucket);
    if (problem !== undefined && given.bucket.has(name)) interview.refuse("--bucket", problem);
    const owner = [...buckets.keys()].find((id) => id !== accountId && buckets.get(id) === bucket);
    if (owner !== undefined) {
      interview.refuse(
        "--bucket",
        `"${bucket}" is also the bucket of account ${owner}, and belongs to one account only; write another name`,
      );
    }
    if ((buckets.get(accountId) ?? bucket) !== bucket) {
      interview.refuse(
        "--bucket",
        `"${bucket}" is a second bucket of account ${accountId}; write one for both environments`,
      );
    }
    buckets.set(accountId, bucket);
    accounts.set(name, { accountId, bucket });
  }
  return accounts;
}

/** Asks for the domain of each environment; an ingress without an API requires one. */
export async function askDomains(
  flags: EnvironmentFlags,
  names: readonly string[],
  ingress: IngressKind,
  interview: Interview,
): Promise<ReadonlyMap<string, Environment["domain"]>> {
  const isRequired = ingress === "alb" || ingress === "nlb";
  const given = byEnvironment("--domain", flags.domain, names, interview);
  const zones = byEnvironment("--hosted-zone", flags.hostedZone, names, interview);
  const problem = problemBy(domainSchema.shape.name);
  const domains = new Map<string, Environment["domain"]>();
  for (const environment of names) {
    const name = await interview.text({
      option: `--domain ${environment}=api.${environment}.shop.test`,
      message: `Domain name of ${environment}${isRequired ? "" : " (empty: the API's own endpoint)"}`,
      given: given.get(environment),
      ...(!isRequired && { fallback: "" }),
      problem: (answer) => (answer === "" && !isRequired ? undefined : problem(answer)),
    });
    if (name === "") {
      if (zones.has(environment)) interview.refuse("--hosted-zone", `of ${environment} needs its --domain; write both`);
      continue;
    }
    const hostedZone = await interview.text({
      option: "--hosted-zone",
      message: `Public hosted zone of Route 53 that contains ${name}`,
      given: zones.get(environment),
      fallback: hostedZoneOf(name),
      problem: (zone) => {
        const candidate = { name, hostedZone: zone, certificate: { source: "create" } };
        const { error } = domainSchema.safeParse(candidate);
        return error === undefined ? undefined : `"${zone}" ${error.issues[0]?.message ?? "is not valid"}`;
      },
    });
    domains.set(environment, { name, hostedZone });
  }
  return domains;
}

/** Second-level domains in which registries of countries sell names, such as co.uk. They are not a hosted zone of a team. */
const registrySuffix =
  /^(ac|co|com|ed|edu|gen|go|gob|gouv|gov|govt|ind|ltd|me|mil|ne|net|nom|or|org|plc|sch)\.[a-z]{2}$/;

/** The parent domain, or the domain itself when its parent is that of a registry. */
function hostedZoneOf(domain: string): string {
  const parent = domain.split(".").slice(1).join(".");
  return parent.includes(".") && !registrySuffix.test(parent) ? parent : domain;
}

/** Values of an option that is repeated for each environment, by environment. */
function byEnvironment(
  option: string,
  values: readonly string[] | undefined,
  names: readonly string[],
  interview: Interview,
): ReadonlyMap<string, string> {
  const parsed = new Map<string, string>();
  for (const each of values ?? []) {
    const [name = "", value] = each.split(/=(.*)/s);
    if (value === undefined || !names.includes(name)) {
      interview.refuse(option, `"${each}" must be <environment>=<value>; the environments are ${names.join(", ")}`);
    } else if (parsed.has(name)) interview.refuse(option, `"${each}" is a second value of ${name}; write one`);
    else parsed.set(name, value);
  }
  return parsed;
}
