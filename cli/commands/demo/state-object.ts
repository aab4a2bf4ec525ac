import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetBucketVersioningCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { stackFolder, type Session } from "./session";

const stackSchema = z.object({
  terraform: z.object({
    backend: z.object({
      s3: z.object({
        bucket: z.string(),
        key: z.string(),
        region: z.string(),
        encrypt: z.boolean().default(false),
        use_lockfile: z.boolean().default(false),
      }),
    }),
  }),
});

const stateSchema = z.object({ serial: z.number(), resources: z.array(z.unknown()) });

/** What lies in the state bucket, by what one would ask about it. */
export async function describeState(session: Session): Promise<Map<string, string>> {
  const stack: unknown = JSON.parse(readFileSync(join(stackFolder(session), "cdk.tf.json"), "utf8"));
  const { bucket, key, region, use_lockfile: locks } = stackSchema.parse(stack).terraform.backend.s3;
  // The SDK would announce on the terminal which versions of Node its next releases need.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const client = new S3Client({
    endpoint: session.emulator.endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" },
  });
  const abortSignal = session.signal;
  try {
    const [object, versioning, objects] = await Promise.all([
      client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal }),
      client.send(new GetBucketVersioningCommand({ Bucket: bucket }), { abortSignal }),
      client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${key}.tflock` }), { abortSignal }),
    ]);
    const content = (await object.Body?.transformToString()) ?? "";
    const { serial, resources } = stateSchema.parse(JSON.parse(content));
    const held = (objects.KeyCount ?? 0) > 0;
    return new Map([
      ["Object", `s3://${bucket}/${key}`],
      ["Size", `${Math.ceil(content.length / 1024)} KiB, serial ${serial}, ${resources.length} entries`],
      ["Encryption", object.ServerSideEncryption ?? "none"],
      ["Versioning", versioning.Status ?? "off (the emulator's bucket is a bare one)"],
      ["Lock", locks ? `${key}.tflock while Terraform works; ${held ? "still held" : "free now"}` : "none"],
    ]);
  } finally {
    client.destroy();
  }
}
