import { currentCommit } from "../stack/commit";
import { openSession } from "../stack/session";
import { releaseByForce } from "./by-force";
import { releaseByImage } from "./by-image";

/** What the caller chose. */
export interface ReleaseOptions {
  readonly stack: string;
  /** @default - every service whose image is built here */
  readonly service?: string;
  /** Tag of the images, for a stage whose tags stand for ever. @default - the commit */
  readonly tag?: string;
  /** How long to wait for the state's lock, as Terraform writes it. */
  readonly lockTimeout: string;
  readonly signal: AbortSignal;
}

/**
 * Releases the images of a commit: by the image variable where tags stand for ever, else by a forced deployment.
 *
 * @throws ToolError for bad input, and when AWS or Terraform refuses
 */
export async function release({ stack, service, tag, lockTimeout, signal }: ReleaseOptions): Promise<number> {
  const commit = tag ?? (await currentCommit());
  const session = await openSession(stack, signal);
  if (session.stage.images.tags === "mutable" && tag === undefined) await releaseByForce(session, service);
  else await releaseByImage(session, { service, tag: commit, lockTimeout });
  return 0;
}
