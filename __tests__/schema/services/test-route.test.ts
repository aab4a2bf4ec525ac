import fc from "fast-check";
import { listenerPriority, testRoute } from "../../../schema/listener-priority";
import { route } from "../../../schema/route";
import { problems, web } from "../../fixtures/problems";
import { ingresses } from "../../fixtures/stage";

const header = { name: "X-Deployment", value: "next" };
const segment = fc.oneof(fc.stringMatching(/^[a-z0-9._~-]{1,6}$/), fc.stringMatching(/^\{[a-z]{1,4}\}$/));
const path = fc
  .tuple(fc.array(segment, { maxLength: 7 }), fc.boolean())
  .map(([segments, greedy]) => `/${[...segments, ...(greedy ? ["*"] : [])].join("/")}`);
const method = fc.constantFrom("", "GET ", "POST ", "DELETE ");
const text = fc.stringMatching(/^[a-z*]{1,8}$/);

const anyRoute = fc
  .record(
    {
      route: fc.tuple(method, path).map((parts) => parts.join("")),
      hosts: fc.array(text, { maxLength: 4 }),
      header: fc.record({
        name: fc.constantFrom("X-Tenant", "X-Deployment"),
        values: fc.array(text, { minLength: 1, maxLength: 3 }),
      }),
      priority: fc.integer({ min: 49000, max: 50000 }),
    },
    { requiredKeys: ["route"] },
  )
  .map((written) => route.parse(written));

describe("the test rule of a traffic-shifting deployment", () => {
  it("has a higher priority than the rule of its route, for any route", () => {
    fc.assert(
      fc.property(anyRoute, (tested) => {
        const [test, rule] = [testRoute(tested, header), tested].map(listenerPriority);
        // The one route that already has the first place of all is refused, because it would share it.
        expect(test).toBeLessThan(rule === 1 ? 2 : (rule ?? 0));
        expect(test).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  it("requires the test header, and the conditions of the route", () => {
    const tested = route.parse({ route: "GET /a", header: { name: "X-Tenant", values: ["one", "two"] } });
    expect(testRoute(tested, header).header?.values).toEqual(["next", "one", "two"]);
    expect(testRoute(route.parse("GET /a"), header)).toMatchObject({
      method: "GET",
      segments: ["a"],
      header: { name: "X-Deployment", values: ["next"] },
    });
  });

  it("does not precede the rules of more specific routes", () => {
    const all = route.parse("/*");
    expect(listenerPriority(testRoute(all, header))).toBe(listenerPriority(all) - 1);
  });

  const trafficShifting = (routes: unknown[]) => ({
    ingress: ingresses.alb,
    ...web({ routes, deployment: { strategy: "canary" } }),
  });
  const tenants = (count: number) => ({ name: "X-Tenant", values: ["one", "two", "three"].slice(0, count) });

  it("counts as one more value of a listener rule", () => {
    expect(problems(trafficShifting([{ route: "GET /a", header: tenants(2) }]))).toBe("");
    expect(problems(trafficShifting([{ route: "GET /a/*", header: tenants(1) }]))).toBe("");
    expect(problems(trafficShifting([{ route: "GET /a/*", header: tenants(2) }]))).toMatch(
      /routes\[0\]: .* has 6 values, of which a listener rule holds 5; write several routes/,
    );
  });
});
