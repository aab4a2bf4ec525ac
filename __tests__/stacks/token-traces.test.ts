import { skipTokenTraces } from "../../stacks/token-traces";

describe("without token traces", () => {
  beforeAll(skipTokenTraces);
  afterAll(() => {
    Reflect.deleteProperty(Error, "prepareStackTrace");
  });

  it("an object that is no error gets an empty trace", () => {
    const token = { stack: "unset" };
    Error.captureStackTrace(token);
    expect(token.stack).toBe("");
  });

  it("an error still says where it was thrown", () => {
    const { stack } = new Error("broken");
    expect(stack).toMatch(/^Error: broken\n {4}at .*token-traces\.test\.ts:\d+:\d+\)/);
  });
});
