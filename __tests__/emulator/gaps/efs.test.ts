import { FakeAws } from "../fake-aws";

const path = "/2015-02-01/file-systems/fs-1/backup-policy";

describe("the emulated EFS", () => {
  it("keeps the backup policy of a file system, and says when there is none", async () => {
    const aws = new FakeAws();
    await aws.start();
    try {
      expect(await aws.rest("elasticfilesystem", "GET", path)).toMatchObject({ __type: "PolicyNotFound" });
      const policy = { BackupPolicy: { Status: "ENABLED" } };
      await aws.rest("elasticfilesystem", "PUT", path, policy);
      expect(await aws.rest("elasticfilesystem", "GET", path)).toEqual(policy);
      expect(aws.received).toEqual([]);
    } finally {
      aws.stop();
    }
  });
});
