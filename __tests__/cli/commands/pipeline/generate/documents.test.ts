import { stringify } from "yaml";
import {
  documentsOf,
  limits,
  partsOf,
  requireWithinLimits,
} from "../../../../../cli/commands/pipeline/generate/documents";
import { workOn } from "../../../../../cli/commands/pipeline/generate/work";
import { changesWith, prod, stackWith } from "./stack";

const folder = "pipeline/children";

/** The files for a number of new stacks, every fifth of them in production. */
function filesFor(count: number): Map<string, string> {
  const stacks = Array.from({ length: count }, (_, index) => {
    const name = `s${index}-us-east-1`;
    return index % 5 === 0 ? { ...prod, name, deploysFrom: { branches: ["main"], tags: [] } } : stackWith({ name });
  });
  const changes = changesWith({ added: stacks.map(({ name }) => name) });
  const work = workOn(stacks, changes, { kind: "deployment", ref: { kind: "branch", name: "main" } });
  return new Map([...documentsOf(partsOf(work), folder)].map(([name, document]) => [name, stringify(document)]));
}

describe("the pipelines of 500 stacks", () => {
  const work = workOn(
    Array.from({ length: 500 }, (_, index) =>
      stackWith({ name: `s${index}-us-east-1`, environment: index % 5 === 0 ? "prod" : "dev" }),
    ),
    changesWith({ added: Array.from({ length: 500 }, (_, index) => `s${index}-us-east-1`) }),
    { kind: "deployment", ref: { kind: "branch", name: "main" } },
  );
  const parts = partsOf(work);
  const documents = documentsOf(parts, folder);
  const jobsOf = (name: string) =>
    Object.entries(documents.get(name) ?? {}).flatMap(([key, job]) =>
      typeof job === "object" && job !== null && ("extends" in job || "trigger" in job) ? [{ key, job }] : [],
    );

  it("contain every job of every stack once", () => {
    const names = parts.flatMap((part) => jobsOf(`${part.name}.yml`).map(({ key }) => key));
    expect(names).toHaveLength(500 * 7);
    expect(new Set(names)).toEqual(
      new Set(work.flatMap(({ stack, steps }) => steps.map((step) => `${step} ${stack.name}`))),
    );
  });

  it("observe GitLab's limits of jobs, deployments and needs", () => {
    for (const name of documents.keys()) {
      const jobs = jobsOf(name);
      expect(jobs.length).toBeLessThanOrEqual(limits.jobs);
      expect(jobs.filter(({ job }) => "environment" in job).length).toBeLessThanOrEqual(limits.deployments);
      const needs = jobs.map(({ job }) => ("needs" in job && Array.isArray(job.needs) ? job.needs.length : 0));
      expect(Math.max(...needs)).toBeLessThanOrEqual(limits.needs);
    }
  });

  it("are triggered by the child pipeline, each from an artifact of its own job", () => {
    const triggered = jobsOf("child.yml").filter(({ job }) => "trigger" in job);
    expect(triggered.map(({ key }) => key)).toEqual(parts.map(({ name }) => name));
    expect(triggered[0]?.job).toMatchObject({
      needs: ["parts"],
      trigger: {
        include: [{ artifact: `${folder}/prod-1.yml`, job: "parts" }],
        strategy: "depend",
        forward: { pipeline_variables: true },
      },
    });
    expect(documents.size).toBeLessThan(limits.pipelines);
  });

  it("contain the stacks of one environment each, so that dev does not wait for the approval of prod", () => {
    expect(parts.map(({ work }) => new Set(work.map(({ stack }) => stack.environment)).size)).toEqual(
      parts.map(() => 1),
    );
  });

  it("observe GitLab's limits of file sizes", () => {
    const files = filesFor(500);
    expect(() => {
      requireWithinLimits(files);
    }).not.toThrow();
    expect(files.size).toBeGreaterThan(15);
  });
});

describe("the pipelines of fewer stacks", () => {
  it("are the child pipeline itself when one is enough", () => {
    expect([...filesFor(4).keys()]).toEqual(["child.yml", "prod-1.yml", "dev-1.yml"]);
    const [only] = [...documentsOf(partsOf([{ stack: stackWith(), steps: ["plan"] }]), folder).entries()];
    expect(only?.[0]).toBe("child.yml");
    expect(only?.[1]).toMatchObject({ stages: ["plan"], "plan dev02-us-east-1": { extends: ".plan" } });
  });

  it("consist of one job when there is nothing to do, as GitLab rejects an empty pipeline", () => {
    expect(documentsOf([], folder).get("child.yml")).toMatchObject({ "nothing to do": { extends: ".nothing" } });
  });
});

describe("more stacks than GitLab accepts", () => {
  it("are refused with the limit that they exceed", () => {
    const tooLong = new Map([["dev-1.yml", "x".repeat(limits.fileBytes + 1)]]);
    expect(() => {
      requireWithinLimits(tooLong);
    }).toThrow(/dev-1.yml is 1048577 bytes long, and GitLab reads 1048576; divide the configuration/);
    const tooMany = new Map(Array.from({ length: limits.jobs + 1 }, (_, index) => [`${index}.yml`, ""] as const));
    expect(() => {
      requireWithinLimits(tooMany);
    }).toThrow(/there are 201 pipelines to start/);
    const tooMuch = new Map(Array.from({ length: 6 }, (_, index) => [`${index}.yml`, "x".repeat(limits.fileBytes)]));
    expect(() => {
      requireWithinLimits(tooMuch);
    }).toThrow(/the generated files are 6291456 bytes long/);
  });
});
