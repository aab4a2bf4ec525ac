import { openEmbedded } from "../../src/database/embedded";
import { describeDatabase } from "../contract/database";
import { preparedFolder } from "../fixtures/prepared";

describeDatabase("embedded", async () => openEmbedded(await preparedFolder()));
