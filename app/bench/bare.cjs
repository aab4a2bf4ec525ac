// Baseline for /health: Fastify with one route and no plugins.
const api = require("fastify")();
api.get("/health", (_request, reply) => {
  reply.send({ status: "ok" });
});
api.listen({ host: "127.0.0.1", port: Number(process.env.PORT) });
