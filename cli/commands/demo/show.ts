import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetBucketVersioningCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import Table from "cli-table3";
import { z } from "zod";
import type { EmulatedResource } from "emulated-aws";
import { heading, isInteractive, paint, print } from "../../lib/terminal";
import { stackFolder, type DemoSession } from "./session";

/** The resources of one type. */
export interface ResourceType {
  readonly service: string;
  readonly type: string;
  readonly names: readonly string[];
}

/** Prints names and values in two columns. */
export function showValues(title: string, values: ReadonlyMap<string, string>): void {
  heading(title);
  const width = Math.max(...[...values.keys()].map((name) => name.length));
  for (const [name, value] of values) print(`  ${paint("dim", name.padEnd(width))}  ${value}`);
}

/** Prints a table of the resources by type. */
export function showResources(resources: readonly EmulatedResource[]): void {
  const rows = resourceTypes(resources).map(({ service, type, names }) => {
    return [service, type, String(names.length), names.join(", ")];
  });
  printTable(["Service", "Type", "Count", "Names"], rows);
}

/** Groups resources by service and type, in alphabetical order. */
export function resourceTypes(resources: readonly EmulatedResource[]): ResourceType[] {
  const groups = new Map<string, ResourceType & { names: string[] }>();
  for (const { service, type, name } of resources) {
    const key = `${service} ${type}`;
    const group = groups.get(key) ?? { service, type, names: [] };
    group.names.push(shortName(name));
    groups.set(key, group);
  }
  return [...groups.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, group]) => group);
}

/** The properties of the state object in S3, by their titles. */
export async function describeState(session: DemoSession): Promise<Map<string, string>> {
  const stack: unknown = JSON.parse(readFileSync(join(stackFolder(session), "cdk.tf.json"), "utf8"));
  const { bucket, key, region, use_lockfile: hasLockFile } = stackSchema.parse(stack).terraform.backend.s3;
  // The SDK prints on the terminal which versions of Node its next releases need.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const client = new S3Client({
    endpoint: session.emulator.endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" },
  });
  const abortSignal = session.signal;
  try {
    const [object, versioning, lockFiles] = await Promise.all([
      client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal }),
      client.send(new GetBucketVersioningCommand({ Bucket: bucket }), { abortSignal }),
      client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${key}.tflock` }), { abortSignal }),
    ]);
    const content = (await object.Body?.transformToString()) ?? "";
    const { serial, resources } = stateSchema.parse(JSON.parse(content));
    const isLocked = (lockFiles.KeyCount ?? 0) > 0;
    return new Map([
      ["Object", `s3://${bucket}/${key}`],
      ["Size", `${Math.ceil(content.length / 1024)} KiB, serial ${serial}, ${resources.length} entries`],
      ["Encryption", object.ServerSideEncryption ?? "none"],
      ["Versioning", versioning.Status ?? "off (the emulator creates the bucket without settings)"],
      ["Lock", hasLockFile ? `${key}.tflock while Terraform works; ${isLocked ? "still locked" : "free now"}` : "none"],
    ]);
  } finally {
    client.destroy();
  }
}

const stackSchema = z.object({
  terraform: z.object({
    backend: z.object({
      s3: z.object({
        bucket: z.string(),
        key: z.string(),
        region: z.string(),
        use_lockfile: z.boolean().default(false),
      }),
    }),
  }),
});

const stateSchema = z.object({ serial: z.number(), resources: z.array(z.unknown()) });

/** The resource part of an ARN; other names stay. */
function shortName(name: string): string {
  return name.startsWith("arn:") ? name.split(":").slice(5).join(":") : name;
}

/** Prints a table as wide as the terminal. */
function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const width = (isInteractive ? process.stdout.columns : 120) - 3 * header.length - 1;
  const table = new Table({
    head: header.map((text) => paint("bold", text)),
    colWidths: columnWidths(header, rows, width).map((column) => column + 2),
    style: { head: [], border: isInteractive ? ["gray"] : [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  table.push(...rows.map((row) => [...row]));
  print(table.toString());
}

/** The last column gets the remaining width, and is truncated to it. */
function columnWidths(header: readonly string[], rows: readonly (readonly string[])[], width: number): number[] {
  const natural = header.map((text, column) => Math.max(text.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const others = natural.slice(0, -1);
  const remaining = Math.max(20, width - others.reduce((sum, column) => sum + column, 0));
  return [...others, Math.min(natural.at(-1) ?? 0, remaining)];
}
