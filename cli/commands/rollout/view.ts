import { Listr, PRESET_TIMER, type DefaultRenderer, type ListrTaskWrapper, type SimpleRenderer } from "listr2";
import { isInteractive } from "../../lib/terminal";
import type { Verdict } from "./judge";
import type { Observation } from "./observation";
import { newEvents, progressOf } from "./progress";
import { headline } from "./report/text";
import type { Target } from "./target";

type Row = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/** Told of everything that was seen so far. */
export type Show = (observations: readonly Observation[]) => void;

/** Lets every service's rollout be awaited at once and in sight: redrawn in a terminal, line by line elsewhere. */
export async function inSight(
  targets: readonly Target[],
  wait: (target: Target, show: Show) => Promise<Verdict>,
): Promise<Verdict[]> {
  const waits: Promise<Verdict>[] = [];
  const rows = targets.map((target) => ({
    title: target.name,
    task: async (_context: unknown, row: Row) => {
      const verdict = wait(target, showIn(row, target));
      waits.push(verdict);
      const seen = await verdict.catch(() => {
        // The reason is told at the end, once for all services.
        throw new Error("see below");
      });
      row.title = headline(seen);
      if (seen.outcome !== "succeeded") throw new Error("see below");
    },
  }));
  await new Listr(rows, {
    concurrent: true,
    renderer: isInteractive ? "default" : "simple",
    exitOnError: false,
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false, collapseSubtasks: false },
    fallbackRendererOptions: { timer: PRESET_TIMER },
  }).run();
  return Promise.all(waits);
}

/** Events in a terminal that are shown at once; the counts stand in the title. */
const shownEvents = 5;

function showIn(row: Row, { name }: Target): Show {
  let progress = "";
  return (observations) => {
    const last = observations.at(-1);
    if (!last) return;
    const events = newEvents(isInteractive ? observations.slice(-1) : observations).map(({ message }) => message);
    const now = progressOf(last);
    if (isInteractive) {
      row.title = `${name}  ${now}`;
      row.output = events.slice(-shownEvents).join("\n");
      return;
    }
    for (const line of [...events, ...(now === progress ? [] : [now])]) row.output = `${name}: ${line}`;
    progress = now;
  };
}
