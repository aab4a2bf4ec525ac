import { covers, merged, overlap, ruleTraffic, shownTraffic, subtract, tcp } from "..";

describe("traffic", () => {
  const range = (from: number, to: number, protocol = "tcp") => ({ protocol, from, to });
  const everything = { protocol: "-1", from: 0, to: 65535 };

  it("of a rule has AWS's names of protocols, and every port when the port is -1 or not given", () => {
    expect(ruleTraffic("tcp", 80, 90)).toEqual(range(80, 90));
    expect(ruleTraffic("TCP", 80)).toEqual(tcp(80));
    expect(ruleTraffic("17", 53, 53)).toEqual(range(53, 53, "udp"));
    expect(ruleTraffic("tcp", -1, -1)).toEqual(range(0, 65535));
    expect(ruleTraffic("50")).toEqual(range(0, 65535, "50"));
    expect(ruleTraffic("-1", 80, 80)).toEqual(everything);
    expect(ruleTraffic("all")).toEqual(everything);
  });

  it("is covered by several ranges together", () => {
    expect(covers([range(1, 10), range(11, 20)], range(5, 15))).toBe(true);
    expect(covers([range(1, 10), range(12, 20)], range(5, 15))).toBe(false);
    expect(covers([everything], tcp(80))).toBe(true);
    expect(covers([range(80, 80, "udp")], tcp(80))).toBe(false);
  });

  it("overlaps where protocol and ports agree", () => {
    expect(overlap(range(1, 10), range(5, 20))).toEqual(range(5, 10));
    expect(overlap(range(1, 4), range(5, 20))).toBeUndefined();
    expect(overlap(range(1, 4), range(1, 4, "udp"))).toBeUndefined();
    expect(overlap(everything, tcp(80))).toEqual(tcp(80));
    expect(overlap(tcp(80), everything)).toEqual(tcp(80));
  });

  it("is split when its middle is subtracted; every protocol stays when one port is", () => {
    expect(subtract([range(1, 10)], [range(4, 6)])).toEqual([range(1, 3), range(7, 10)]);
    expect(subtract([range(1, 10)], [range(1, 10)])).toEqual([]);
    expect(subtract([everything], [tcp(80)])).toEqual([everything]);
    expect(subtract([tcp(80)], [everything])).toEqual([]);
  });

  it("merges adjacent ranges", () => {
    expect(merged([range(5, 9), range(1, 4), range(11, 12)])).toEqual([range(1, 9), range(11, 12)]);
    expect(merged([tcp(80), everything])).toEqual([everything]);
  });

  it("is formatted by protocol and ports", () => {
    expect(shownTraffic([tcp(443), range(1, 9, "udp")])).toBe("TCP 443, UDP 1-9");
    expect(shownTraffic([everything])).toBe("all traffic");
  });
});
