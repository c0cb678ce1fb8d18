/** Which weeks are shown, by which stages, in which time; and another window to set beside it. Each choice is a step of the address. */
import type { PageReport } from "@stageledger/core/contract/page-report";
import { type ReactNode, useId } from "react";
import { useAddress } from "../address/use-address.ts";
import { dayIn } from "../words/instant-text.ts";
import { words } from "../words/words.ts";
import { CompareForm } from "./compare-form.tsx";
import { DayField } from "./day-field.tsx";

const WEEKS = [6, 7, 8, 9, 10, 11, 12];

export function WindowBar({ report }: { readonly report: PageReport }): ReactNode {
  const { address, go } = useAddress();
  const id = useId();
  const said = words.window;
  const { window, mapVersions, map, zone, asOf } = report;
  return (
    <section className="window" aria-label={said.label}>
      <label htmlFor={`${id}-weeks`}>
        {said.weeks}
        <select
          id={`${id}-weeks`}
          value={window.weeks}
          onChange={(event) => go({ ...address, weeks: Number(event.target.value) })}
        >
          {WEEKS.map((weeks) => (
            <option key={weeks}>{weeks}</option>
          ))}
        </select>
      </label>
      <DayField
        label={said.until}
        day={address.asOf ?? dayIn(zone, asOf)}
        onDay={(day) => go({ ...address, asOf: day })}
      />
      {address.asOf !== null && (
        <button type="button" onClick={() => go({ ...address, asOf: null })}>
          {said.now}
        </button>
      )}
      <label htmlFor={`${id}-time`}>
        {said.time}
        <select
          id={`${id}-time`}
          value={report.time}
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
            <option value="">{`${said.mapVersion(map.version, null)}, ${said.mapInForce}`}</option>
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
