import { plainData } from "../../schema/plain-data";

const problemsOf = (exported: unknown) =>
  plainData("stage.ts", exported).problems.map(({ field, message }) => `${field}: ${message}`);
const remedy = "write text, a number, true, false, a list or an object";

/** An object that contains itself in a list. */
function cycle(): object {
  const list: unknown[] = [];
  const object = { list };
  list.push(object);
  return object;
}

class Owner {
  constructor(public readonly owner: string) {}
}

describe("what a file exports", () => {
  it("is copied, and its getters are read once", () => {
    let reads = 0;
    const exported = {
      get owner() {
        reads += 1;
        return `team-${reads}`;
      },
      list: [1, { deep: null }, undefined],
    };
    expect(plainData("stage.ts", exported)).toEqual({
      value: { owner: "team-1", list: [1, { deep: null }, undefined] },
      problems: [],
    });
  });

  it("may be an instance of a class, and contain an object twice", () => {
    const owner = new Owner("team");
    expect(plainData("stage.ts", { one: owner, other: owner })).toEqual({
      value: { one: { owner: "team" }, other: { owner: "team" } },
      problems: [],
    });
  });

  it("is refused with the name __proto__, which the validation would leave out", () => {
    const exported: unknown = JSON.parse('{"services": {"__proto__": {}}, "constructor": 1}');
    expect(problemsOf(exported)).toEqual(["services.__proto__: cannot be a name; choose another one"]);
  });

  it.each([
    ["a bigint", 10n],
    ["a symbol", Symbol("x")],
    ["a function", () => ({})],
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["a Date", new Date()],
    ["a Map", new Map()],
    ["a Promise", Promise.resolve({})],
    ["a RegExp", /x/],
  ])("is refused where it is %s", (kind, value) => {
    expect(problemsOf({ services: { orders: [value] } })).toEqual([`services.orders[0]: is ${kind}; ${remedy}`]);
    expect(problemsOf(value)).toEqual([`default export: is ${kind}; ${remedy}`]);
  });

  it("is copied once where it contains an object in many places", () => {
    // Twice as many places in each of the levels.
    const exported = Array.from({ length: 60 }).reduce((object) => ({ one: object, other: object }), {});
    expect(problemsOf(exported)).toEqual([]);
  });

  it("is refused where it cannot be read at all, whatever is thrown", () => {
    const hostile = {
      toString() {
        throw new Error("no");
      },
    };
    const unreadable = new Proxy(
      {},
      {
        ownKeys() {
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- a stage file may throw anything
          throw hostile;
        },
      },
    );
    const message = "cannot be read (a value that cannot be shown); write the value";
    expect(problemsOf(unreadable)).toEqual([`default export: ${message}`]);
    expect(problemsOf({ owner: unreadable })).toEqual([`owner: ${message}`]);
  });

  it("is refused where it contains itself", () => {
    expect(problemsOf(cycle())).toEqual(["list[0]: contains itself; write the values"]);
  });

  it("is refused where a getter throws an error, without what has the problem", () => {
    const exported = {
      get owner(): string {
        throw new Error("no");
      },
      app: "shop",
    };
    expect(problemsOf(exported)).toEqual(["owner: cannot be read (Error: no); write the value"]);
    expect(plainData("stage.ts", exported).value).toEqual({ app: "shop", owner: undefined });
  });
});
