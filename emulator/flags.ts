import { InvalidArgumentError } from "commander";
import { bucketNames } from "./documents/s3/buckets";
import type { TaskCommands } from "./data-plane";

/**
 * A time in ISO 8601, in UTC when it has no offset, in milliseconds since 1970.
 *
 * @throws InvalidArgumentError
 */
export function moment(text: string): number {
  const [, day, time, offset = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i.exec(text) ?? [];
  const moment = Date.parse(`${day ?? ""}T${time ?? "00:00"}${offset}`);
  if (Number.isNaN(moment)) throw new InvalidArgumentError("It must be a time such as 2026-01-31T10:00:00Z.");
  return moment;
}

/**
 * The id of an AWS account.
 *
 * @throws InvalidArgumentError
 */
export function accountId(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError("It must have 12 digits.");
  return text;
}

/**
 * Adds the name of a bucket to those before it.
 *
 * @throws InvalidArgumentError when S3 does not take the name
 */
export function bucketName(text: string, previous: readonly string[]): readonly string[] {
  if (!bucketNames.check({ Bucket: text })) return [...previous, text];
  throw new InvalidArgumentError(`S3 does not take it as a name: ${bucketNames.source}`);
}

/**
 * Adds the command of an image to those before it.
 *
 * @throws InvalidArgumentError when the image or the command is missing
 */
export function taskCommand(text: string, previous: TaskCommands): TaskCommands {
  const [, image = "", words = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const command = words.split(" ").filter(Boolean);
  if (image.trim() !== "" && command.length > 0) return { ...previous, [image]: { command } };
  throw new InvalidArgumentError('Write image and command, such as "orders=node server.js".');
}
