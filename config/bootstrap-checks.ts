import { workloadBoundaryArn } from "../stacks/bootstrap/boundary-name";
import { serves, type BootstrapConfig } from "./bootstrap-config";
import type { BootstrapFile } from "./bootstraps";
import type { Problem } from "./problems";
import type { StageConfig } from "./stage-config";

/** What no two bootstraps may share: which field says it, and what to do instead. */
const claims: readonly Claim[] = [
  {
    field: "stateBucket",
    remedy: "bucket names are taken once for all accounts; name another",
    value: ({ stateBucket }) => stateBucket,
    clashes: (one, other) => one.stateBucket === other.stateBucket,
  },
  {
    field: "region",
    remedy: "an account and region has one bootstrap for each app; remove one of the two",
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
  readonly value: (bootstrap: BootstrapConfig) => unknown;
  readonly clashes: (one: BootstrapConfig, other: BootstrapConfig) => boolean;
}

/** Bootstraps that would get in each other's way, or do not fit the stages that they serve. */
export function bootstrapProblems(files: readonly BootstrapFile[], stages: readonly StageConfig[]): Problem[] {
  return [
    ...files.flatMap((each, index) => clashes(each, files.slice(0, index))),
    ...files.flatMap((each) => unknownEnvironments(each, stages)),
    ...files.flatMap(({ bootstrap }) => unlimited(bootstrap, stages)),
  ];
}

/** The later file is told. */
function clashes({ file, bootstrap }: BootstrapFile, earlier: readonly BootstrapFile[]): Problem[] {
  return claims.flatMap((claim) => {
    const owner = earlier.find((each) => claim.clashes(each.bootstrap, bootstrap));
    if (owner === undefined) return [];
    const message = `clashes with ${owner.file}; ${claim.remedy}`;
    return [{ file, field: claim.field, value: claim.value(bootstrap), message }];
  });
}

function unknownEnvironments({ file, bootstrap }: BootstrapFile, stages: readonly StageConfig[]): Problem[] {
  const known = new Set(stages.filter((stage) => serves(bootstrap, stage)).map(({ environment }) => environment));
  return Object.keys(bootstrap.deploysFrom)
    .filter((environment) => !known.has(environment))
    .map((environment) => ({
      file,
      field: `deploysFrom.${environment}`,
      value: environment,
      message: `is the environment of no stage that is served here; write one of ${[...known].join(", ")}`,
    }));
}

/** A deploy role makes only roles that it cannot become more by. */
function unlimited(bootstrap: BootstrapConfig, stages: readonly StageConfig[]): Problem[] {
  const boundary = workloadBoundaryArn(bootstrap);
  return stages
    .filter((stage) => serves(bootstrap, stage) && stage.permissionsBoundaryArn !== boundary)
    .map(({ environment, stage, region, permissionsBoundaryArn }) => ({
      file: `config/${environment}/${stage}/${region}-${stage}.ts`,
      field: "permissionsBoundaryArn",
      value: permissionsBoundaryArn,
      message: `is not the boundary without which the deploy role may make no role; write "${boundary}"`,
    }));
}

function sameAccount(one: BootstrapConfig, other: BootstrapConfig): boolean {
  return one.accountId === other.accountId;
}

function served({ region, regions = [region] }: BootstrapConfig): readonly string[] {
  return regions;
}
