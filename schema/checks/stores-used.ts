import { z } from "zod";
import { knownServices } from "./checked-services";
import type { Check } from "./cross-checks";
import { storesOf } from "./known-stores";
import { secretsUsed } from "./secrets-used";

const written = z.object({ ingress: z.object({ uploads: z.unknown().optional() }) });

/** What nobody uses is forgotten, or on purpose. */
export const storesUsed: Check = (stage, report) => {
  const stores = storesOf(stage);
  const uses = knownServices(stage).flatMap(({ service }) => [
    ...service.uses,
    ...(service.queue === undefined ? [] : [`queue:${service.queue}`]),
  ]);
  const byWayIn = written.safeParse(stage).data?.ingress.uploads === undefined ? [] : ["uploads"];
  const inContainers = secretsUsed(stage).map(({ name }) => `secret:${name}`);
  const used = new Set([...uses, ...byWayIn, ...inContainers]);
  for (const { use, path, store } of stores ?? []) {
    if (used.has(use) || store.keep === true) continue;
    report(path, `is used by no service; write uses: ["${use}"], keep: true, or remove it`, store);
  }
};
