/** Which weeks are shown, by which stages, in which time; and another window to set beside it. Each choice is a step of the address. */
import type { PageReport } from "@stageledger/core/contract/page-report";
import { type ReactNode, useId } from "react";
import { useAddress } from "../address/use-address.ts";
import { dayIn } from "../words/instant-text.ts";
import { words } from "../words/words.ts";
import { CompareForm } from "./compare-form.tsx";
import { findVersionInForce } from "./map-in-force.ts";
import { WeeksAndDay } from "./weeks-and-day.tsx";

export function WindowBar({ report }: { readonly report: PageReport }): ReactNode {
  const { address, go } = useAddress();
  const id = useId();
  const said = words.window;
  const { window, mapVersions, zone, asOf } = report;
  return (
    <section className="window" aria-label={said.label}>
      <WeeksAndDay weeks={window.weeks} lastDay={dayIn(zone, asOf)} />
      <label htmlFor={`${id}-time`}>
        {said.time}
        <select
          id={`${id}-time`}
          value={address.time}
          onChange={(event) => go({ ...address, time: event.target.value === "business" ? "business" : "calendar" })}
        >
          <option value="calendar">{said.calendar}</option>
          <option value="business">{said.business}</option>
        </select>
      </label>
      {mapVersions.length > 1 && (
        <label htmlFor={`${id}-map`}>
          {said.map}
          <select
            id={`${id}-map`}
            value={address.map ?? ""}
            onChange={(event) => go({ ...address, map: event.target.value === "" ? null : Number(event.target.value) })}
          >
            <option value="">{said.mapInForce(findVersionInForce(report))}</option>
            {mapVersions.map(({ version, effectiveFrom }) => (
              <option key={version} value={version}>
                {said.mapVersion(version, effectiveFrom)}
              </option>
            ))}
          </select>
        </label>
      )}
      <CompareForm report={report} />
    </section>
  );
}
