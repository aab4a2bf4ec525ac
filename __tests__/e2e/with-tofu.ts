import which from "which";

const missing = "not tested, as tofu is not in the PATH: https://opentofu.org/docs/intro/install";

/** A suite that needs OpenTofu. Where it is not installed, the suite is skipped, and its title and standard error say so. */
export function describeWithTofu(title: string, suite: () => void): void {
  if (which.sync("tofu", { nothrow: true }) !== null) {
    describe(title, suite);
    return;
  }
  process.stderr.write(`${title}: ${missing}\n`);
  describe.skip(`${title}: ${missing}`, suite);
}
