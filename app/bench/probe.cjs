// Loaded into the measured process: reports its memory and CPU time on request, after a garbage collection when it is at rest.
process.on("message", (isAtRest) => {
  if (isAtRest) globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send({ rss, heapUsed, cpu: user + system });
});
