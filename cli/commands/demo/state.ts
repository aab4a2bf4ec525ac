import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import type { StageConfig } from "../../../schema";
import { stateKey } from "../../../stacks/naming";
import { clientSettings, projectPath, stackFolder, type DemoSession } from "./session";

type S3State = Extract<StageConfig["state"], { backend: "s3" }>;

const stateSchema = z.object({ serial: z.number(), resources: z.array(z.unknown()) });

const localFile = ({ folder }: Pick<DemoSession, "folder">) => join(folder, "terraform.tfstate");

/**
 * Keeps a state that is not in the emulated AWS in the demo's folder: the demo must not write the state that the team
 * has in GitLab or in its project. https://developer.hashicorp.com/terraform/language/files/override
 */
export function overrideBackend(session: Pick<DemoSession, "folder" | "stage">): void {
  if (session.stage.state.backend === "s3") return;
  const override = { terraform: { backend: { local: { path: localFile(session) } } } };
  writeFileSync(join(stackFolder(session), "backend_override.tf.json"), JSON.stringify(override, undefined, 2));
}

/** Where the state is, and what it contains; one line. */
export async function describeState(session: DemoSession): Promise<string> {
  const { state } = session.stage;
  if (state.backend === "s3") return describeObject(session, state);
  const text = readFileSync(localFile(session), "utf8");
  return `${projectPath(localFile(session))} for this demo, ${contentOf(text)}; the stage's own backend is "${state.backend}"`;
}

async function describeObject(session: DemoSession, { bucket, region }: S3State): Promise<string> {
  const key = stateKey(session.stage);
  const client = new S3Client({ ...clientSettings(session), region, forcePathStyle: true });
  const abortSignal = session.signal;
  try {
    const [object, locks] = await Promise.all([
      client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal }),
      client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${key}.tflock` }), { abortSignal }),
    ]);
    const text = (await object.Body?.transformToString()) ?? "";
    const encryption = object.ServerSideEncryption ?? "not encrypted";
    const lock = (locks.KeyCount ?? 0) > 0 ? "locked" : "lock released";
    return `s3://${bucket}/${key}, ${contentOf(text)}, ${encryption}, ${lock}`;
  } finally {
    client.destroy();
  }
}

function contentOf(text: string): string {
  const { serial, resources } = stateSchema.parse(JSON.parse(text));
  return `${Math.ceil(text.length / 1024)} KiB, serial ${serial}, ${resources.length} entries`;
}
