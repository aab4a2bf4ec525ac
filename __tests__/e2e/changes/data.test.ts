import { describeWalks } from "./describe-walks";
import { monitoringWalk, protectionWalk } from "./monitoring";
import { postgresWalk } from "./postgres";
import { storesWalk } from "./stores";

describeWalks(
  "changes of data services and of monitoring",
  [
    // The longest first.
    postgresWalk,
    storesWalk,
    monitoringWalk,
    protectionWalk,
  ],
  { leftovers: ["DB snapshot before-restore"] },
);
