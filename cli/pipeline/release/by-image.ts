import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageVariable } from "../../../stacks/naming";
import { print } from "../../demo/terminal";
import { planOf } from "../../guard/plan";
import { ToolError } from "../../toolchain";
import { builtServices } from "../images/built";
import { newImages } from "../images/new-images";
import { openWorkplace, type Session } from "../stack/session";
import { beyondRelease } from "./touched";

/** What is released. */
export interface Release {
  readonly tag: string;
  /** How long to wait for the state's lock, as Terraform writes it. */
  readonly lockTimeout: string;
}

/**
 * Releases by a new revision of what runs, and changes nothing else.
 *
 * @throws ToolError when the plan would do more
 */
export async function releaseByImage(session: Session, { tag, lockTimeout }: Release): Promise<void> {
  const { stack, stage } = session;
  const images = await newImages(session, tag);
  const variables = builtServices(stage).map(({ name }) => [imageVariable(name), images.get(name) ?? ""] as const);
  const { terraform } = await openWorkplace(session, Object.fromEntries(variables));
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  try {
    const file = join(folder, "release.tfplan");
    const lock = `-lock-timeout=${lockTimeout}`;
    if (!(await terraform.plan(file, lock))) {
      print(`${stack} is released as ${tag} already.`);
      return;
    }
    const others = beyondRelease(planOf(await terraform.json(file), "the plan of the release"));
    if (others.length > 0) {
      throw new ToolError(
        [
          `the plan would change more than what runs, and nothing was released; apply the infrastructure of ${stack} first:`,
          ...others.map(({ address, change }) => `  ${address} (${change.actions.join(", ")})`),
        ].join("\n"),
      );
    }
    print(await terraform.apply(file, lock));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
