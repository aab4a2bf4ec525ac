import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { emulatorForSuite, refusal } from "../running-emulator";
import { sessionOf } from "./role-session";

const Bucket = "orders";
const allow = (Action: string | string[], resource: string) => ({
  Effect: "Allow",
  Action,
  Resource: `arn:aws:s3:::${Bucket}${resource}`,
});

describe("objects of S3", () => {
  const aws = emulatorForSuite();
  const root = () => new S3Client(aws.client());
  const put = (Key: string) => root().send(new PutObjectCommand({ Bucket, Key, Body: "a" }));

  beforeAll(() => root().send(new CreateBucketCommand({ Bucket })));

  it("are deleted as far as the caller may, with an error for each of the others", async () => {
    await Promise.all(["public/1", "private/1", "private/2"].map(put));
    const s3 = new S3Client(await sessionOf(aws, "cleaner", allow("s3:DeleteObject", "/public/*")));
    const remove = (...keys: string[]) =>
      s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }));
    const { Deleted, Errors } = await remove("private/1", "public/1", "private/2");
    expect(Deleted?.map(({ Key }) => Key)).toEqual(["public/1"]);
    expect(Errors?.map(({ Key, Code }) => [Key, Code])).toEqual([
      ["private/1", "AccessDenied"],
      ["private/2", "AccessDenied"],
    ]);
    const { Errors: all, Deleted: none = [] } = await remove("private/1");
    expect([all?.length, none.length]).toEqual([1, 0]);
    const { Contents = [] } = await root().send(new ListObjectsV2Command({ Bucket }));
    expect(Contents.map(({ Key }) => Key)).toEqual(["private/1", "private/2"]);
  });

  it("that do not exist are hidden from a caller who may not list the bucket", async () => {
    await put("there");
    const read = allow("s3:GetObject", "/*");
    const blind = new S3Client(await sessionOf(aws, "blind", read));
    const seeing = new S3Client(await sessionOf(aws, "seeing", read, allow("s3:ListBucket", "")));
    const get = (s3: S3Client, Key: string) => refusal(s3.send(new GetObjectCommand({ Bucket, Key })));
    expect(await get(blind, "there")).toBe("");
    expect(await get(blind, "missing")).toBe("AccessDenied");
    expect(await get(seeing, "missing")).toBe("NoSuchKey");
    expect(await get(root(), "missing")).toBe("NoSuchKey");
    const head = blind.send(new HeadObjectCommand({ Bucket, Key: "missing" }));
    await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it("are written with tags by a caller who may tag them", async () => {
    const plain = new S3Client(await sessionOf(aws, "plain", allow("s3:PutObject", "/*")));
    const tagging = new S3Client(await sessionOf(aws, "tagging", allow(["s3:PutObject", "s3:PutObjectTagging"], "/*")));
    const write = (s3: S3Client, Tagging?: string) =>
      refusal(s3.send(new PutObjectCommand({ Bucket, Key: "tagged", Body: "a", Tagging })));
    expect(await write(plain)).toBe("");
    expect(await write(plain, "app=shop")).toBe("AccessDenied");
    expect(await write(tagging, "app=shop")).toBe("");
  });
});
