// The container's health check: exits with 0 when the service in the same container responds with success.
const port = process.env["PORT"] || "8080";

fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(4_000) })
  .then((response) => {
    process.exitCode = response.ok ? 0 : 1;
  })
  .catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
