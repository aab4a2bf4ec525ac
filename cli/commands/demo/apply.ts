import { join } from "node:path";
import { projectFolder } from "../../lib/project";
import { output, runTool, type Session } from "./session";
import type { StepView } from "../../lib/progress";
import { duration } from "./duration";
import { isInteractive, paint } from "../../lib/terminal";
import { TerraformProgress } from "./terraform-progress";

const barLength = 24;
const words = { deploy: "created", destroy: "destroyed" } as const;

/** Runs `cdktf deploy` or `cdktf destroy`, and shows what Terraform does meanwhile; resolves to the resources touched. */
export async function apply(session: Session, verb: keyof typeof words, view: StepView): Promise<number> {
  const terraform = new TerraformProgress();
  const started = Date.now();
  const timer = setInterval(() => {
    view.progress(...describe(terraform, words[verb], Date.now() - started));
  }, 500);
  try {
    const cdktf = join(projectFolder, "node_modules/.bin/cdktf");
    // Without the lock: the lock file of a demo is thrown away, and needs no checksums for other platforms.
    const args = [verb, session.stage.stack, "--auto-approve", "--skip-provider-lock", "--output", output(session)];
    await runTool(session, cdktf, args, {
      onLine: (line) => {
        terraform.read(line);
      },
    });
  } finally {
    clearInterval(timer);
  }
  return terraform.done;
}

/** A headline, and what is at work just now. */
function describe(terraform: TerraformProgress, word: string, elapsedMs: number): [string, string[]] {
  const { total, done, phase } = terraform;
  if (total === undefined) return [`${phase}, ${duration(elapsedMs)}`, []];
  const active = terraform.active();
  const details = active.slice(0, 4).map(({ address, seconds }) => `${address} (${seconds} s)`);
  const more = active.length > details.length ? [`and ${active.length - details.length} more`] : [];
  return [`${progressBar(done, total)}${done} of ${total} ${word}, ${duration(elapsedMs)}`, [...details, ...more]];
}

function progressBar(done: number, total: number): string {
  if (!isInteractive) return "";
  const filled = Math.round((barLength * done) / Math.max(total, 1));
  return `${paint("green", "━".repeat(filled))}${paint("dim", "━".repeat(barLength - filled))} `;
}
