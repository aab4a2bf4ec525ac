import { setTimeout as sleep } from "node:timers/promises";
import { OneAtATime } from "../../emulator/proxy/one-at-a-time";

describe("calls of one service to moto", () => {
  it("run one after the other, in their order, whatever becomes of the one before", async () => {
    const queue = new OneAtATime();
    const events: string[] = [];
    const task = (name: string, milliseconds: number) => async () => {
      events.push(`${name} begins`);
      await sleep(milliseconds);
      events.push(`${name} ends`);
      if (name === "first") throw new Error("moto failed");
      return name;
    };
    const first = queue.run("iam", task("first", 20));
    const second = queue.run("iam", task("second", 0));
    await expect(first).rejects.toThrow("moto failed");
    expect(await second).toBe("second");
    expect(events).toEqual(["first begins", "first ends", "second begins", "second ends"]);
  });

  it("do not wait for those of another service", async () => {
    const queue = new OneAtATime();
    const never = new Promise<never>(() => undefined);
    void queue.run("iam", () => never);
    expect(await queue.run("ec2", () => Promise.resolve("answered"))).toBe("answered");
  });
});
