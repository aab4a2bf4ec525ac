import { spawn } from "node:child_process";
import { once } from "node:events";
import { endProcessGroup } from "../../../../cli/lib/toolchain/process-group";

test("a process that does not heed the request to end is killed after the time of grace", async () => {
  const child = spawn("/bin/sh", ["-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"], { detached: true });
  const exit = once(child, "exit");
  await once(child.stdout, "data");
  await endProcessGroup(child, 200);
  expect(await exit).toEqual([null, "SIGKILL"]);
});

test("a process that is already gone is no error", async () => {
  const child = spawn("/bin/sh", ["-c", "exit"], { detached: true });
  await once(child, "exit");
  await expect(endProcessGroup(child)).resolves.toBeUndefined();
});
