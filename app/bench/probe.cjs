// Loaded into the measured process: reports its memory and CPU time on request, at rest after a collection.
process.on("message", (isAtRest) => {
  if (isAtRest) globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send({ rss, heapUsed, cpu: user + system });
});
