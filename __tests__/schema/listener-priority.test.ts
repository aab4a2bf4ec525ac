import { associationPriority, listenerPriority } from "../../schema/listener-priority";
import { route } from "../../schema/route";

const priority = (value: Parameters<typeof route.parse>[0]) => listenerPriority(route.parse(value));

describe("the priority of a listener rule", () => {
  it.each([
    ["an exact path", "/a/b", "a parameter", "/a/{x}"],
    ["an exact path", "/a", "everything", "/*"],
    ["a longer literal beginning", "/a/b/*", "a shorter one", "/a/*"],
    ["a literal end", "/a/{x}/b", "two parameters", "/a/{x}/{y}"],
    ["two parameters", "/a/{x}/{y}", "one parameter", "/a/{x}"],
    ["a longer path that a star would swallow", "/a/{x}/b/c", "a shorter one", "/a/{x}/c"],
    ["one method", "GET /a/*", "any method", "/a/*"],
    ["the deepest route", "/a/b/c/d/e/f/g/*", "the one above", "/a/b/c/d/e/f/*"],
  ])("puts %s (%s) before %s (%s)", (_one, first, _other, second) => {
    expect(priority(first)).toBeLessThan(priority(second));
  });

  it("puts hosts before headers, and both before routes without a condition", () => {
    const header = { name: "X-Tenant", values: ["one"] };
    expect(priority({ route: "/*", hosts: ["a.example.com"] })).toBeLessThan(priority({ route: "/a", header }));
    expect(priority({ route: "/*", header })).toBeLessThan(priority("GET /a"));
  });

  it("is the `priority` of the route, where it has one", () => {
    expect(priority({ route: "/a", priority: 49500 })).toBe(49500);
  });

  it("does not change, and is below the `priority` of stage files", () => {
    // Another number here would renumber the rules of every load balancer that is deployed.
    expect(["/*", "GET /a", "/a/{x}"].map(priority)).toEqual([47681, 19777, 45499]);
    expect(priority("/*")).toBeLessThan(49000);
    expect(priority({ route: "/a", hosts: ["*"], header: { name: "a", values: ["b"] } })).toBeGreaterThan(0);
  });
});

describe("the priority of the rule that associates a target group", () => {
  const names = ["orders", "users", "a", "mail-sender"];

  it("is after those computed from routes, and before the `priority` of stage files", () => {
    // The route with the highest priority: any method, any path, neither hosts nor a header.
    expect(Math.max(...["/*", "/{a}"].map(priority))).toBeLessThan(47741);
    for (const name of names) {
      expect(associationPriority(name)).toBeGreaterThanOrEqual(47741);
      expect(associationPriority(name)).toBeLessThan(49000);
    }
  });

  it("does not change", () => {
    expect(names.map(associationPriority)).toEqual([48464, 48448, 48274, 48678]);
  });
});
