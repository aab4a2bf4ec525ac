import { serves, type AccountConfig } from "../account";
import type { AccountFile } from "../loader/accounts";
import type { Problem } from "../problems";
import type { StageConfig } from "../stage";

/** What no two accounts may share: which field says it, and what to do instead. */
const claims: readonly Claim[] = [
  {
    field: "stateBucket",
    remedy: "bucket names are taken once for all accounts; name another",
    value: ({ stateBucket }) => stateBucket,
    clashes: (one, other) => one.stateBucket === other.stateBucket,
  },
  {
    field: "region",
    remedy: "an account has one file for each app and region; remove one of the two",
    value: ({ region }) => region,
    clashes: (one, other) => one.app === other.app && sameAccount(one, other) && one.region === other.region,
  },
  {
    field: "regions",
    remedy: "a stage gets its roles once; leave the region to one of the two",
    value: served,
    clashes: (one, other) =>
      one.app === other.app && sameAccount(one, other) && served(one).some((region) => served(other).includes(region)),
  },
  {
    field: "gitlab.provider",
    remedy: 'IAM knows an issuer once for an account; write "existing" in one of the two',
    value: ({ gitlab }) => gitlab.provider,
    clashes: (one, other) =>
      sameAccount(one, other) &&
      one.gitlab.url === other.gitlab.url &&
      [one, other].every(({ gitlab }) => gitlab.provider === "manage"),
  },
];

interface Claim {
  readonly field: string;
  readonly remedy: string;
  readonly value: (account: AccountConfig) => unknown;
  readonly clashes: (one: AccountConfig, other: AccountConfig) => boolean;
}

/** Accounts that would get in each other's way, or do not fit the stages that they serve. */
export function accountProblems(files: readonly AccountFile[], stages: readonly StageConfig[]): Problem[] {
  return [
    ...files.flatMap((each, index) => clashes(each, files.slice(0, index))),
    ...files.flatMap((each) => unknownEnvironments(each, stages)),
  ];
}

/** The later file is told. */
function clashes({ file, account }: AccountFile, earlier: readonly AccountFile[]): Problem[] {
  return claims.flatMap((claim) => {
    const owner = earlier.find((each) => claim.clashes(each.account, account));
    if (owner === undefined) return [];
    const message = `clashes with ${owner.file}; ${claim.remedy}`;
    return [{ file, field: claim.field, value: claim.value(account), message }];
  });
}

function unknownEnvironments({ file, account }: AccountFile, stages: readonly StageConfig[]): Problem[] {
  const known = new Set(stages.filter((stage) => serves(account, stage)).map(({ environment }) => environment));
  return Object.keys(account.deploysFrom)
    .filter((environment) => !known.has(environment))
    .map((environment) => ({
      file,
      field: `deploysFrom.${environment}`,
      value: environment,
      message: `is the environment of no stage that is served here; write one of ${[...known].join(", ")}`,
    }));
}

function sameAccount(one: AccountConfig, other: AccountConfig): boolean {
  return one.accountId === other.accountId;
}

function served({ region, regions = [region] }: AccountConfig): readonly string[] {
  return regions;
}
