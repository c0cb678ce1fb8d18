import { expect, test } from "vitest";
import { LAYOUT_FORMS } from "../../../apps/ledger/src/import/time/layout-forms.ts";
import { Canaries } from "../../support/canaries.ts";
import { everythingIn } from "../../support/rejection.ts";
import { reading } from "./reading.ts";
import { withCanaries } from "./with-canaries.ts";

test.each(LAYOUT_FORMS)("$name: what names or quotes people is in no row but as its person", async ({ name }) => {
  const canaries = new Canaries();
  const { rows, refusals } = await reading(withCanaries(name, canaries), { dateOrder: "mdy" });

  expect(rows).toHaveLength(1);
  expect(refusals.map(({ line, code }) => [line, code])).toEqual([3, 4, 5].map((line) => [line, "IMPORT_ROW_BROKEN"]));
  expect(canaries.foundIn(rows[0]?.person ?? "").length).toBeGreaterThan(0);
  expect(canaries.places.length).toBeGreaterThan(name === "plain" ? 0 : 4);
  const withoutPerson = rows.map((row) => ({ ...row, person: undefined }));
  expect(canaries.foundIn(everythingIn({ withoutPerson, refusals }))).toEqual([]);
});
