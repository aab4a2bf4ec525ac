import type { DataResponse } from "../message";

/** The answer of a load balancer to a request that it cannot forward. */
export function balancerError(status: number, title: string): DataResponse {
  const named = `${status} ${title}`.trimEnd();
  const page = `<html>\r\n<head><title>${named}</title></head>\r\n<body>\r\n<center><h1>${named}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return { status, headers: { server: "awselb/2.0", "content-type": "text/html" }, body: Buffer.from(page) };
}
