/** How requests reach the services: a `kind` of `ingress`. */
export const ingressKinds = ["rest-api", "http-api", "alb", "nlb"] as const;

export type IngressKind = (typeof ingressKinds)[number];

/** What `npm run init` must know to write the configuration. */
export interface Answers {
  readonly app: string;
  readonly owner: string;
  /** Every environment has a stage in each; the first one also has the state buckets and the account stacks. */
  readonly regions: readonly [string, ...string[]];
  readonly environments: readonly Environment[];
  /** Where the state of the stages is; the state of the account stacks is always in the bucket. */
  readonly state: { readonly backend: "s3" } | { readonly backend: "gitlab"; readonly projectId: number };
  /** Path of the GitLab project whose pipelines deploy. */
  readonly gitlabProject: string;
  readonly ingress: IngressKind;
  /** CIDR block of the first VPC; each further one gets the next block of this size. */
  readonly cidr: string;
  /** Recipient of the alarms of production stages. @default - none */
  readonly email?: string;
}

export interface Environment {
  readonly name: string;
  readonly stage: string;
  readonly production: boolean;
  readonly accountId: string;
  /** State bucket of the account. */
  readonly bucket: string;
  /** Whether its stages have a Postgres database. */
  readonly postgres: boolean;
  /** @default - the default endpoint of the API */
  readonly domain?: { readonly name: string; readonly hostedZone: string };
}

/** The parts of a text that commas separate. */
export function listOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
