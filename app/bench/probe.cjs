// Loaded into the measured process: tells its memory and CPU time when asked, at rest after a collection.
process.on("message", (isAtRest) => {
  if (isAtRest) globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send({ rss, heapUsed, cpu: user + system });
});
