/** Items by their keys, each a link to where it can be opened. */
import { Fragment, type ReactNode } from "react";
import { useLedger } from "../ledger/ledger-context.ts";
import { words } from "../words/words.ts";

export type LinkKinds = Readonly<Record<string, "jira" | "asana">>;

const KEYS_SHOWN = 8;

export function ItemKey({ of, links }: { readonly of: string; readonly links: LinkKinds }): ReactNode {
  const { itemAddress } = useLedger();
  const kind = links[of];
  const address = kind === undefined ? null : itemAddress(of, kind);
  if (address === null) return <span className="key">{of}</span>;
  return (
    <a className="key" href={address} rel="noreferrer" target="_blank">
      {of}
    </a>
  );
}

/** @param total there may be more than the keys that came */
export function ItemKeys({
  keys,
  total,
  links,
  most = KEYS_SHOWN,
}: {
  readonly keys: readonly string[];
  readonly total: number;
  readonly links: LinkKinds;
  readonly most?: number;
}): ReactNode {
  const shown = keys.slice(0, most);
  const more = total - shown.length;
  return (
    <>
      {shown.map((key, index) => (
        <Fragment key={key}>
          <span className="key">
            <ItemKey of={key} links={links} />
            {index < shown.length - 1 && ","}
          </span>{" "}
        </Fragment>
      ))}
      {more > 0 && words.verdict.more(more)}
    </>
  );
}
