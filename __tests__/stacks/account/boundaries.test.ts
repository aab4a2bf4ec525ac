import { fixtureStages } from "../../fixtures/config";
import { Synthesized } from "../../fixtures/synthesized";
import { stageWith } from "../../fixtures/stage";
import { SynthesizedAccount, accountWith, workloadBoundaryArn as boundary } from "./synthesized-account";

describe("the boundaries", () => {
  const stack = new SynthesizedAccount(accountWith(), {});
  const pipeline = stack.statements("boundaries_pipeline_limits");
  const workload = stack.statements("boundaries_workload_limits");
  const denial = (sid: string) => pipeline.find((statement) => statement.sid === sid && statement.effect === "Deny");

  it("are on every role of a pipeline", () => {
    const roles = Object.entries(stack.json.resource.aws_iam_role ?? {})
      .filter(([id]) => id.startsWith("pipeline_"))
      .map(([, role]) => role);
    expect(roles).toHaveLength(2);
    for (const role of roles) {
      expect(role.permissions_boundary).toBe("${aws_iam_policy.boundaries_pipeline.arn}");
      expect(role.path).toBe("/pipeline/");
    }
  });

  it("are required of every stage that the account serves", () => {
    expect(
      () => new SynthesizedAccount(accountWith(), {}, { stage: "dev02", permissionsBoundaryArn: undefined }),
    ).toThrow(`config/dev/dev02/us-east-1-dev02.ts\n  permissionsBoundaryArn: is missing; write "${boundary}"`);
    expect(
      () => new SynthesizedAccount(accountWith(), { app: "other", permissionsBoundaryArn: undefined }),
    ).not.toThrow();
  });

  it("allow a pipeline to create roles only with the workload boundary, and never to remove it", () => {
    expect(denial("NoRoleWithoutBoundary")).toMatchObject({
      actions: expect.arrayContaining([
        "iam:CreateRole",
        "iam:PutRolePolicy",
        "iam:AttachRolePolicy",
        "iam:DeleteRolePermissionsBoundary",
        "iam:PutRolePermissionsBoundary",
      ]) as string[],
      resources: ["*"],
      condition: [{ test: "StringNotEquals", variable: "iam:PermissionsBoundary", values: [boundary] }],
    });
  });

  it("deny pipelines changes of their own roles and boundaries", () => {
    expect(denial("NoTouchOfPipelines")).toMatchObject({
      not_actions: ["iam:Get*", "iam:List*"],
      resources: [
        "arn:aws:iam::111122223333:policy/pipeline/*",
        "arn:aws:iam::111122223333:role/pipeline/*",
        "arn:aws:iam::111122223333:oidc-provider/*",
      ],
    });
  });

  it("deny pipelines the deletion of state", () => {
    expect(denial("NoLossOfState")).toMatchObject({
      actions: ["s3:DeleteObject"],
      resources: ["arn:aws:s3:::shop-state/*.tfstate"],
    });
    expect(denial("NoChangeOfStateBucket")?.actions).toContain("s3:DeleteObjectVersion");
  });

  it("deny workloads IAM, other roles and state", () => {
    expect(workload.find(({ sid }) => sid === "Services")).toMatchObject({
      not_actions: ["account:*", "organizations:*", "iam:*", "sts:AssumeRole"],
    });
    expect(workload.find(({ sid }) => sid === "NoState")).toMatchObject({
      effect: "Deny",
      actions: ["s3:*"],
      resources: ["arn:aws:s3:::shop-state", "arn:aws:s3:::shop-state/*"],
    });
  });

  it("allow schedules to start a task", () => {
    expect(workload.find(({ sid }) => sid === "TaskRoles")).toMatchObject({
      actions: ["iam:PassRole"],
      resources: ["arn:aws:iam::111122223333:role/shop-*"],
      condition: [{ variable: "iam:PassedToService", values: ["ecs-tasks.amazonaws.com"] }],
    });
    const used = fixtureStages().flatMap(
      (stage) => JSON.stringify(new Synthesized(stage).json.data).match(/"iam:(?!PassedToService)\w+"/g) ?? [],
    );
    expect(new Set(used)).toEqual(new Set(['"iam:PassRole"']));
  });

  it("are on every role of a stage that names one, and on none otherwise", () => {
    const limited = Object.values(new Synthesized(stageWith({ permissionsBoundaryArn: boundary })).all("aws_iam_role"));
    expect(limited.length).toBeGreaterThan(2);
    expect(limited.map((role) => role.permissions_boundary)).toEqual(limited.map(() => boundary));
    const free = Object.values(new Synthesized(stageWith()).all("aws_iam_role"));
    expect(free.map((role) => role.permissions_boundary)).toEqual(free.map(() => undefined));
  });
});

describe("the state bucket", () => {
  const stack = new SynthesizedAccount(
    accountWith({ aliasRole: { name: "deployer", trustedRoleArns: ["arn:aws:iam::111122223333:role/runner"] } }),
    {},
  );
  const part = (type: string) => stack.json.resource[type]?.state;

  it("has the name in the stage files and no force_destroy", () => {
    expect(part("aws_s3_bucket")).toMatchObject({ bucket: "shop-state", force_destroy: false });
  });

  it("keeps noncurrent versions for 90 days", () => {
    expect(JSON.stringify(part("aws_s3_bucket_lifecycle_configuration"))).toContain(
      '"noncurrent_version_expiration":[{"noncurrent_days":90}]',
    );
    expect(part("aws_s3_bucket_versioning")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
  });

  it("is encrypted, blocks public access and requires TLS", () => {
    expect(JSON.stringify(part("aws_s3_bucket_server_side_encryption_configuration"))).toContain("AES256");
    expect(part("aws_s3_bucket_public_access_block")).toMatchObject({ restrict_public_buckets: true });
    expect(stack.statements("state_bucket_access").map(({ sid }) => sid)).toEqual(expect.arrayContaining(["OnlyTls"]));
  });

  it("denies pipelines the deletion of state, whatever their roles allow", () => {
    const bucket = "${aws_s3_bucket.state.arn}";
    const denials = stack.statements("state_bucket_access").filter(({ sid = "" }) => sid.startsWith("NoPipeline"));
    expect(denials).toMatchObject([
      { effect: "Deny", actions: ["s3:DeleteObject"], resources: [`${bucket}/*.tfstate`] },
      { effect: "Deny", actions: ["s3:DeleteBucket", "s3:DeleteObjectVersion"], resources: [bucket, `${bucket}/*`] },
    ]);
    for (const { condition } of denials) {
      expect(condition).toEqual([
        {
          test: "ArnLike",
          variable: "aws:PrincipalArn",
          values: ["arn:aws:iam::111122223333:role/pipeline/*", "arn:aws:iam::111122223333:role/deployer"],
        },
      ]);
    }
  });

  it("contains the state of the account stack, under a key that no stage has", () => {
    expect(stack.json.terraform).toMatchObject({
      backend: {
        s3: { bucket: "shop-state", key: "shop/account-shop-dev/us-east-1/terraform.tfstate", use_lockfile: true },
      },
    });
  });
});
