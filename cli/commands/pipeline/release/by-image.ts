import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageVariable } from "../../../../stacks/naming";
import { print } from "../../../lib/command-line/terminal";
import { planOf } from "../../guard/plan";
import { ToolError } from "../../../lib/toolchain";
import { builtServices } from "../images/built";
import { newImages } from "../images/new-images";
import { runningImages } from "../images/running";
import { openWorkplace, type Session } from "../stack/session";
import { beyondRelease } from "./touched";

/** What is released. */
export interface Release {
  /** @default - every service whose image is built here */
  readonly service?: string;
  readonly tag: string;
  /** How long to wait for the state's lock, as Terraform writes it. */
  readonly lockTimeout: string;
}

/**
 * Releases by a new revision of what runs, and changes nothing else.
 *
 * @throws ToolError when the plan would do more
 */
export async function releaseByImage(session: Session, { service, tag, lockTimeout }: Release): Promise<void> {
  const { stack, stage, clients } = session;
  const images = await newImages(session, tag, service);
  const released = builtServices(stage, service).map(
    ({ name }) => [imageVariable(name), images.get(name) ?? ""] as const,
  );
  // The others go on as they are.
  const others = service === undefined ? {} : await runningImages(clients, stage);
  const { terraform } = await openWorkplace(session, { ...others, ...Object.fromEntries(released) });
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  try {
    const file = join(folder, "release.tfplan");
    const lock = `-lock-timeout=${lockTimeout}`;
    if (!(await terraform.plan(file, lock))) {
      print(`${stack} is released as ${tag} already.`);
      return;
    }
    const beyond = beyondRelease(planOf(await terraform.json(file), "the plan of the release"));
    if (beyond.length > 0) {
      throw new ToolError(
        [
          `the plan would change more than what runs, and nothing was released; apply the infrastructure of ${stack} first:`,
          ...beyond.map(({ address, change }) => `  ${address} (${change.actions.join(", ")})`),
        ].join("\n"),
      );
    }
    print(await terraform.apply(file, lock));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
