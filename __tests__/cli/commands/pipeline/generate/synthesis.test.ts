import { readSynthesis, stackChanges } from "../../../../../cli/commands/pipeline/generate/synthesis";
import { TemporaryFolder } from "../../../lib/temporary-folder";

const folder = new TemporaryFolder();

/** Writes the files of a synthesis, and reads them. */
function synthesis(name: string, stacks: Readonly<Record<string, unknown>>) {
  for (const [stack, content] of Object.entries(stacks)) {
    folder.write(`${name}/stacks/${stack}/cdk.tf.json`, JSON.stringify(content));
  }
  return readSynthesis(`${folder.path}/${name}`);
}

describe("the changes between two syntheses", () => {
  it("are the new, changed and removed stacks", () => {
    const before = synthesis("before", { same: { a: 1 }, other: { a: 1 }, gone: {} });
    const now = synthesis("now", { same: { a: 1 }, other: { a: 2 }, fresh: {} });
    expect(stackChanges(now, before)).toEqual({ added: ["fresh"], changed: ["other"], removed: ["gone"] });
  });

  it("ignore the metadata of cdktf", () => {
    const metadata = (version: string) => ({ "//": { metadata: { version } }, resource: { "//": version, a: 1 } });
    const [before, now] = [synthesis("before", { s: metadata("1") }), synthesis("now", { s: metadata("2") })];
    expect(stackChanges(now, before)).toEqual({ added: [], changed: [], removed: [] });
  });

  it("are all stacks without a baseline", () => {
    expect(stackChanges(synthesis("now", { a: {}, b: {} })).added).toEqual(["a", "b"]);
  });

  it("are refused when nothing was synthesized, or a file is incomplete", () => {
    expect(() => readSynthesis(folder.path)).toThrow(/contains no synthesized stacks; run npm run synth first/);
    folder.write("broken/stacks/a/cdk.tf.json", "{");
    expect(() => readSynthesis(`${folder.path}/broken`)).toThrow(/a\/cdk.tf.json cannot be read .*run npm run synth/);
  });
});
