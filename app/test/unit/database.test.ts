import { openEmbedded } from "../../src/database/embedded";
import { describeDatabase } from "../contract/database";

describeDatabase("embedded", () => openEmbedded());
