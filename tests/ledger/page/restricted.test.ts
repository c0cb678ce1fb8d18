import { pageReport } from "@stageledger/core/contract/page-report";
import { REPORT_TABLES } from "@stageledger/core/contract/page-routes";
import { inTransaction, setProjectRestricted } from "@stageledger/db";
import { expect, test } from "vitest";
import { ProjectReports } from "../../../apps/ledger/src/page/project-reports.ts";
import { onPostgres } from "../../support/database/engines.ts";
import { aMember, aPageDoor } from "../../support/page/a-page-door.ts";
import { aPaymentsLedger, NOW } from "../../support/page/a-payments-ledger.ts";

const ITEM_KEY = /PAY-\d/u;

onPostgres((engine) => {
  test("of a restricted project no item is named in the document, in any file, nor in the portfolio; every number stays", async () => {
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    const member = aMember(await aPageDoor(database, NOW), tenantId);
    const base = "/api/v1/projects/Payments";
    const open = await member.told(pageReport, `${base}/report`);
    expect(open.isRestricted).toBe(false);
    expect(open.flow.charts.scatter[0]?.key).toMatch(ITEM_KEY);
    expect(Object.entries(open.linkKindByKey).every(([key, kind]) => ITEM_KEY.test(key) && kind === "jira")).toBe(true);
    expect(Object.keys(open.linkKindByKey).length).toBeGreaterThan(100);

    await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      setProjectRestricted(trx, tenantId, "Payments", true),
    );
    const paths = [
      ...[`${base}/report`, `${base}/report.json`, "/api/v1/portfolio", "/api/v1/projects"],
      ...REPORT_TABLES.map((table) => `${base}/report.csv?table=${table}`),
    ];
    for (const path of paths) {
      const response = await member.call(path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(await response.text()).not.toMatch(ITEM_KEY);
    }
    const closed = await member.told(pageReport, `${base}/report`);
    expect(closed.linkKindByKey).toEqual({});
    expect(closed.flow.charts.scatter.map(({ key: _, ...dot }) => dot)).toEqual(
      open.flow.charts.scatter.map(({ key: _, ...dot }) => dot),
    );
    expect(closed.flow.verdict.parked.count).toBe(open.flow.verdict.parked.count);
    expect(closed.flow.findings.map(({ kind, count }) => [kind, count])).toEqual(
      open.flow.findings.map(({ kind, count }) => [kind, count]),
    );
    expect(closed.flow.stages).toEqual(open.flow.stages);

    const inJira = await new ProjectReports({ database, now: () => NOW, reader: "jira" }).find(
      tenantId,
      "Payments",
      {},
    );
    expect(pageReport.parse(JSON.parse(inJira?.body ?? ""))).toEqual({ ...open, isRestricted: true });

    const other = await member.told(pageReport, "/api/v1/projects/Ops/report");
    expect(other).toMatchObject({ isRestricted: false, linkKindByKey: { 7001: "asana", 7002: "asana" } });
  });
});
