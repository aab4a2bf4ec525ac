import { accountStackName, serves, type AccountConfig } from "../account";
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
    value: served,
    clashes: (one, other) =>
      one.app === other.app && sameAccount(one, other) && served(one).some((region) => served(other).includes(region)),
  },
  {
    field: "gitlab.provider",
    remedy: 'an account has one OIDC provider per issuer; write "existing" in one of the two',
    value: ({ gitlab }) => gitlab.provider,
    clashes: (one, other) =>
      sameAccount(one, other) &&
      one.gitlab.url === other.gitlab.url &&
      [one, other].every(({ gitlab }) => gitlab.provider === "manage"),
  },
];

/** Problems between account files, and between account files and stages. */
export function accountProblems(
  files: readonly AccountFile[],
  stages: readonly StageConfig[],
  { isChosen, isComplete }: Scope,
): Problem[] {
  const isBuilt = ({ content }: AccountFile) => isChosen(accountStackName(content));
  return [
    ...files.flatMap((each, index) =>
      clashes(
        each,
        files.slice(0, index).filter((earlier) => isBuilt(earlier) || isBuilt(each)),
      ),
    ),
    ...(isComplete ? files.filter(isBuilt).flatMap((each) => unknownEnvironments(each, stages)) : []),
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

function served({ region, regions = [region] }: AccountConfig): readonly string[] {
  return regions;
}
