import { runService } from "./process/run";

void runService("items-api", async (context) => {
  const { serve } = await import("./api/serve.js");
  return serve(context);
});
