import { z } from "zod";
import { bindingsProvider, providerVersion, requiresAtLeast, testedProvider } from "../provider-version";
import { allServicesOf, type Check } from "./check";

const withTrafficShifting = z.object({
  deployment: z.object({ strategy: z.enum(["blue-green", "canary", "linear"]) }),
});

/** The fields of a stage, as `<path>: <value>`, that need release 6.25 of the AWS provider. */
function newerFeatures(stage: unknown): readonly string[] {
  return allServicesOf(stage, withTrafficShifting).map(
    ({ name, service: { deployment } }) => `services.${name}.deployment.strategy: "${deployment.strategy}"`,
  );
}

const withVersion = z.object({ providerVersion });

/** A constraint admits no release that lacks what another field needs. */
export const providerSufficient: Check = (stage, report) => {
  const constraint = withVersion.safeParse(stage).data?.providerVersion;
  if (constraint === undefined || requiresAtLeast(constraint, bindingsProvider)) return;
  for (const field of newerFeatures(stage)) {
    const message = `must admit only releases from ${bindingsProvider}, which ${field} needs; write "${bindingsProvider}", or leave providerVersion out`;
    report(["providerVersion"], message, constraint);
  }
};

/** The constraint on the AWS provider's release of a valid stage; without `providerVersion`, exactly one release. */
export function providerConstraint(stage: { readonly providerVersion?: string | undefined }): string {
  if (stage.providerVersion !== undefined) return stage.providerVersion;
  return newerFeatures(stage).length > 0 ? bindingsProvider : testedProvider;
}
