import { differenceOf } from "../../../../../cli/commands/pipeline/generate/difference";
import { readSynthesis } from "../../../../../cli/commands/pipeline/generate/synthesized";
import { TemporaryFolder } from "../../../lib/toolchain/temporary-folder";

const folder = new TemporaryFolder();

/** Writes what a synthesis would write, and reads it. */
function synthesis(name: string, stacks: Readonly<Record<string, unknown>>) {
  for (const [stack, content] of Object.entries(stacks)) {
    folder.write(`${name}/stacks/${stack}/cdk.tf.json`, JSON.stringify(content));
  }
  return readSynthesis(`${folder.path}/${name}`);
}

describe("the difference of two syntheses", () => {
  it("tells new, changed and removed stacks apart", () => {
    const before = synthesis("before", { same: { a: 1 }, other: { a: 1 }, gone: {} });
    const now = synthesis("now", { same: { a: 1 }, other: { a: 2 }, fresh: {} });
    expect(differenceOf(now, before)).toEqual({ added: ["fresh"], changed: ["other"], removed: ["gone"] });
  });

  it("is not what cdktf tells about itself", () => {
    const metadata = (version: string) => ({ "//": { metadata: { version } }, resource: { "//": version, a: 1 } });
    const [before, now] = [synthesis("before", { s: metadata("1") }), synthesis("now", { s: metadata("2") })];
    expect(differenceOf(now, before)).toEqual({ added: [], changed: [], removed: [] });
  });

  it("is everything without an earlier one", () => {
    expect(differenceOf(synthesis("now", { a: {}, b: {} })).added).toEqual(["a", "b"]);
  });

  it("is refused where nothing was synthesized, or only half of it", () => {
    expect(() => readSynthesis(folder.path)).toThrow(/holds no synthesized stacks; run npm run synth first/);
    folder.write("broken/stacks/a/cdk.tf.json", "{");
    expect(() => readSynthesis(`${folder.path}/broken`)).toThrow(/a\/cdk.tf.json cannot be read .*run npm run synth/);
  });
});
