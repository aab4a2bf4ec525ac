import {
  CreateBucketCommand,
  DeleteBucketAnalyticsConfigurationCommand,
  DeleteBucketCommand,
  DeleteBucketIntelligentTieringConfigurationCommand,
  DeleteBucketInventoryConfigurationCommand,
  DeleteBucketMetricsConfigurationCommand,
  DeleteBucketMetadataConfigurationCommand,
  GetBucketIntelligentTieringConfigurationCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketMetricsConfigurationCommand,
  HeadBucketCommand,
  ListBucketMetricsConfigurationsCommand,
  PutBucketIntelligentTieringConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketMetricsConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("the configurations of S3 buckets", () => {
  const aws = emulatorForSuite();
  const s3 = () => new S3Client(aws.client());
  const bucket = async (Bucket: string) => {
    await s3().send(new CreateBucketCommand({ Bucket }));
    return { Bucket };
  };
  const metrics = (Id: string) => ({ Id, MetricsConfiguration: { Id, Filter: { Prefix: `${Id}/` } } });

  it("keeps the bucket when one of its configurations is deleted", async () => {
    const name = await bucket("configured-kept");
    const input = { ...name, Id: "all" };
    const deleted = [
      await refusal(s3().send(new DeleteBucketAnalyticsConfigurationCommand(input))),
      await refusal(s3().send(new DeleteBucketIntelligentTieringConfigurationCommand(input))),
      await refusal(s3().send(new DeleteBucketInventoryConfigurationCommand(input))),
      await refusal(s3().send(new DeleteBucketMetricsConfigurationCommand(input))),
    ];
    expect(deleted).toEqual(Array<string>(4).fill("NoSuchConfiguration"));
    await s3().send(new PutBucketMetricsConfigurationCommand({ ...name, ...metrics("all") }));
    expect(await refusal(s3().send(new DeleteBucketMetricsConfigurationCommand(input)))).toBe("");
    expect(await refusal(s3().send(new DeleteBucketMetadataConfigurationCommand(name)))).toBe(
      "NotImplementedByEmulator",
    );
    expect(await refusal(s3().send(new HeadBucketCommand(name)))).toBe("");
    expect(await refusal(s3().send(new DeleteBucketCommand(name)))).toBe("");
  });

  it("returns a configuration by its id, and all in a list", async () => {
    const name = await bucket("configured-read");
    for (const id of ["b", "a"]) {
      await s3().send(new PutBucketMetricsConfigurationCommand({ ...name, ...metrics(id) }));
    }
    const found = await s3().send(new GetBucketMetricsConfigurationCommand({ ...name, Id: "a" }));
    expect(found.MetricsConfiguration).toEqual({ Id: "a", Filter: { Prefix: "a/" } });
    const list = await s3().send(new ListBucketMetricsConfigurationsCommand(name));
    expect(list.MetricsConfigurationList?.map(({ Id }) => Id)).toEqual(["a", "b"]);
    expect(await refusal(s3().send(new GetBucketMetricsConfigurationCommand({ ...name, Id: "c" })))).toBe(
      "NoSuchConfiguration",
    );
    const Tierings = [{ Days: 90, AccessTier: "ARCHIVE_ACCESS" as const }];
    const tiering = { Id: "a", Status: "Enabled" as const, Tierings };
    await s3().send(
      new PutBucketIntelligentTieringConfigurationCommand({
        ...name,
        Id: "a",
        IntelligentTieringConfiguration: tiering,
      }),
    );
    const tiered = await s3().send(new GetBucketIntelligentTieringConfigurationCommand({ ...name, Id: "a" }));
    expect(tiered.IntelligentTieringConfiguration).toEqual(tiering);
    expect(
      await refusal(s3().send(new GetBucketMetricsConfigurationCommand({ Bucket: "configured-none", Id: "a" }))),
    ).toBe("NoSuchBucket");
  });

  it("forgets the configurations of a deleted bucket", async () => {
    const name = await bucket("configured-again");
    await s3().send(new PutBucketMetricsConfigurationCommand({ ...name, ...metrics("a") }));
    await s3().send(new DeleteBucketCommand(name));
    await bucket(name.Bucket);
    expect(await refusal(s3().send(new GetBucketMetricsConfigurationCommand({ ...name, Id: "a" })))).toBe(
      "NoSuchConfiguration",
    );
  });

  it("returns a lifecycle as it was put", async () => {
    const name = await bucket("lifecycle-sizes");
    const Rules = [
      {
        ID: "sizes",
        Status: "Enabled" as const,
        Filter: { And: { Prefix: "logs/", ObjectSizeGreaterThan: 500, ObjectSizeLessThan: 64_000 } },
        NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions: 5 },
      },
    ];
    await s3().send(
      new PutBucketLifecycleConfigurationCommand({
        ...name,
        TransitionDefaultMinimumObjectSize: "varies_by_storage_class",
        LifecycleConfiguration: { Rules },
      }),
    );
    const found = await s3().send(new GetBucketLifecycleConfigurationCommand(name));
    expect(found.Rules).toEqual(Rules);
    expect(found.TransitionDefaultMinimumObjectSize).toBe("varies_by_storage_class");
  });
});
