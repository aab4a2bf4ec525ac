import { z } from "zod";
import { servicesOf } from "./checked-services";
import { container } from "../services/container";

const { secrets, sidecars } = container;
const containers = z.object({ secrets, sidecars });

/** A secret of the stage that a container is given as a variable, and where the stage file says so. */
export interface UsedSecret {
  readonly name: string;
  readonly path: readonly string[];
}

/** Every secret that a container names. */
export function secretsUsed(stage: unknown): readonly UsedSecret[] {
  return servicesOf(stage, containers).flatMap(({ service, path }) =>
    [
      { at: path, ...service },
      ...Object.entries(service.sidecars).map(([name, sidecar]) => ({ at: [...path, "sidecars", name], ...sidecar })),
    ].flatMap((each) =>
      Object.entries(each.secrets).flatMap(([variable, secret]) =>
        "secret" in secret ? [{ name: secret.secret, path: [...each.at, "secrets", variable, "secret"] }] : [],
      ),
    ),
  );
}
