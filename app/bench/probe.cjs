// Loaded into the measured process: tells its memory after a collection, when asked.
process.on("message", () => {
  globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  process.send({ rss, heapUsed });
});
