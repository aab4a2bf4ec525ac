import { bucketName, moment, taskCommand } from "../flags";

describe("the flags of the command line", () => {
  it("take a time with its offset, and one without in UTC", () => {
    const expected = Date.UTC(2026, 0, 31, 10);
    for (const text of ["2026-01-31T10:00:00Z", "2026-01-31T11:00+01:00", "2026-01-31T10:00:00", "2026-01-31 10:00"]) {
      expect(moment(text)).toBe(expected);
    }
    expect(moment("2026-01-31")).toBe(Date.UTC(2026, 0, 31));
  });

  it.each(["yesterday", "2026-13-01", "2026-01-31T25:00Z", "10:00", ""])("refuse %p as a time", (text) => {
    expect(() => moment(text)).toThrow("It must be a time");
  });

  it("take names that S3 takes", () => {
    expect(bucketName("terraform-state", ["logs"])).toEqual(["logs", "terraform-state"]);
    for (const name of ["Bad_Bucket", "ab", "192.168.0.1"]) expect(() => bucketName(name, [])).toThrow("S3 does not");
  });

  it("take an image with its command", () => {
    expect(taskCommand("orders=node server.js", {})).toEqual({ orders: { command: ["node", "server.js"] } });
    for (const text of ["orders= ", "orders=", "=node", "orders"]) {
      expect(() => taskCommand(text, {})).toThrow("Write image and command");
    }
  });
});
