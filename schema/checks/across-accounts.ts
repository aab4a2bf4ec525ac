import { accountStackName, managesProvider, servedRegions, serves, type AccountConfig } from "../account";
import type { Problem } from "../problems";
import type { StageConfig } from "../stage";
import type { Scope } from "./across-stages";

/** A validated account with its file. */
interface AccountFile {
  readonly file: string;
  readonly content: AccountConfig;
}

/** A field whose value no two account files may share. */
interface UniqueField {
  readonly field: string;
  readonly remedy: string;
  readonly value: (account: AccountConfig) => unknown;
  readonly clashes: (one: AccountConfig, other: AccountConfig) => boolean;
}

const uniqueFields: readonly UniqueField[] = [
  {
    field: "stateBucket",
    remedy: "bucket names are globally unique; name another",
    value: ({ stateBucket }) => stateBucket,
    clashes: (one, other) => one.stateBucket === other.stateBucket,
  },
  {
    field: "region",
    remedy: "an account has one file per app and region; remove one of the two",
    value: ({ region }) => region,
    clashes: (one, other) => one.app === other.app && sameAccount(one, other) && one.region === other.region,
  },
  {
    field: "regions",
    remedy: "a stage gets its roles from one file; remove the region from one of the two",
    value: servedRegions,
    clashes: (one, other) => one.app === other.app && shareRegion(one, other),
  },
  {
    field: "home",
    remedy: "an account has one home, whose stack has its global resources; write home: false in one of the two",
    value: ({ home }) => home,
    clashes: bothHomes,
  },
  {
    field: "gitlab.provider",
    remedy: 'an account has one OIDC provider per issuer; write "existing" in one of the two',
    value: () => "manage",
    clashes: (one, other) =>
      sameAccount(one, other) &&
      // Two homes are reported as such.
      !bothHomes(one, other) &&
      one.gitlab.url === other.gitlab.url &&
      [one, other].every(managesProvider),
  },
  {
    field: "aliasRole.name",
    remedy: "the roles of an account have different names; name another",
    value: ({ aliasRole }) => aliasRole?.name,
    clashes: (one, other) =>
      sameAccount(one, other) && one.aliasRole !== undefined && one.aliasRole.name === other.aliasRole?.name,
  },
  {
    field: "apiGatewayLogRole",
    remedy: 'API Gateway has one log role per account and region; write "existing" in one of the two',
    value: ({ apiGatewayLogRole }) => apiGatewayLogRole,
    clashes: (one, other) =>
      // Two files of an app are reported for their regions.
      one.app !== other.app &&
      shareRegion(one, other) &&
      [one, other].every(({ apiGatewayLogRole }) => apiGatewayLogRole === "manage"),
  },
];

/** Problems between account files, and between account files and stages. */
export function accountProblems(
  files: readonly AccountFile[],
  stages: readonly StageConfig[],
  { isChosen, isComplete }: Scope,
): Problem[] {
  const isBuilt = ({ content }: AccountFile) => isChosen(accountStackName(content));
  const built = files.filter(isBuilt);
  return [
    ...files.flatMap((each, index) =>
      clashes(
        each,
        files.slice(0, index).filter((earlier) => isBuilt(earlier) || isBuilt(each)),
      ),
    ),
    ...(isComplete ? built.flatMap((each) => unknownEnvironments(each, stages)) : []),
    ...(isComplete ? withoutHome(built, files) : []),
  ];
}

/** Reports a clash of two files for the later one. */
function clashes({ file, content: account }: AccountFile, earlier: readonly AccountFile[]): Problem[] {
  return uniqueFields.flatMap((unique) => {
    const owner = earlier.find((each) => unique.clashes(each.content, account));
    if (owner === undefined) return [];
    const message = `clashes with ${owner.file}; ${unique.remedy}`;
    return [{ file, field: unique.field, value: unique.value(account), message }];
  });
}

/** Reports each account without a home, for the first of its files that is built. */
function withoutHome(built: readonly AccountFile[], files: readonly AccountFile[]): Problem[] {
  return built
    .filter((each, index) => built.findIndex(({ content }) => sameAccount(content, each.content)) === index)
    .filter(({ content }) => !files.some((other) => sameAccount(other.content, content) && other.content.home))
    .map(({ file, content: { accountId, home } }) => ({
      file,
      field: "home",
      value: home,
      message: `leaves the account ${accountId} without a home, whose stack has its global resources; remove the field from one of its files`,
    }));
}

function unknownEnvironments({ file, content: account }: AccountFile, stages: readonly StageConfig[]): Problem[] {
  const known = new Set(stages.filter((stage) => serves(account, stage)).map(({ environment }) => environment));
  return Object.keys(account.deploysFrom)
    .filter((environment) => !known.has(environment))
    .map((environment) => ({
      file,
      field: `deploysFrom.${environment}`,
      value: environment,
      message: `must be the environment of a stage of this account; write one of ${[...known].join(", ")}`,
    }));
}

function sameAccount(one: AccountConfig, other: AccountConfig): boolean {
  return one.accountId === other.accountId;
}

function shareRegion(one: AccountConfig, other: AccountConfig): boolean {
  return sameAccount(one, other) && servedRegions(one).some((region) => servedRegions(other).includes(region));
}

function bothHomes(one: AccountConfig, other: AccountConfig): boolean {
  return sameAccount(one, other) && one.home && other.home;
}
