/**
 * My time for members who have signed in: routes of the panel's for what is the caller's own, at the page's door. A member's session
 * comes with every call, and the write token of that session with every one that changes something.
 */
import { z } from "zod";
import { entry, myUnassigned, myWeek, undoneEntry } from "./entries.ts";
import { ITEM_ROUTES } from "./item-routes.ts";
import { MY_ROUTES } from "./my-routes.ts";
import type { RouteContract } from "./route-contract.ts";

export interface PageMyRoute<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> extends RouteContract<Params, Query, Body, Answer> {
  /** The panel's route, by which the call is answered. */
  readonly inPanel: RouteContract;
}

/** Of a restricted project no item is named on the page, neither by key nor by id, nor of an entry that may yet belong to one. */
export const pageEntry = z.strictObject({
  ...entry.shape,
  itemId: z.string().nullable(),
  itemKey: z.string().nullable(),
});
export const pageWeek = z.strictObject({ ...myWeek.shape, entries: z.array(pageEntry) });
export const pageUnassigned = z.strictObject({ ...myUnassigned.shape, entries: z.array(pageEntry) });
export const pageUndoneEntry = z.strictObject({ ...undoneEntry.shape, entry: pageEntry.nullable() });

export type PageEntry = z.output<typeof pageEntry>;
export type PageWeek = z.output<typeof pageWeek>;

/** Whatever is about one entry stands below what is mine, too. */
const PATHS = [
  ["/forge/v1/my/", "/api/v1/my/"],
  ["/forge/v1/entries/", "/api/v1/my/entries/"],
] as const;

function onPage<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  inPanel: RouteContract<P, Q, B, A>,
): PageMyRoute<P, Q, B, A> {
  return onPageAs(inPanel, inPanel);
}

/** @param told what the page is answered with instead */
function onPageAs<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  inPanel: RouteContract<P, Q, B>,
  { answer, answerName }: Pick<RouteContract<P, Q, B, A>, "answer" | "answerName">,
): PageMyRoute<P, Q, B, A> {
  const [from, to] = PATHS.find(([before]) => inPanel.path.startsWith(before)) ?? ["", ""];
  return { ...inPanel, path: to + inPanel.path.slice(from.length), answer, answerName, inPanel };
}

const ENTRY = { answer: pageEntry, answerName: "PageEntry" } as const;
const WEEK = { answer: pageWeek, answerName: "PageWeek" } as const;

export const PAGE_MY_ROUTES = {
  getMyWeek: onPageAs(MY_ROUTES.getMyWeek, WEEK),
  /** Nobody logs on an item from the page: what a member may see in Jira, the page cannot ask. */
  changeMyWeek: onPageAs(MY_ROUTES.changeMyWeek, WEEK),
  editEntry: onPageAs(ITEM_ROUTES.editEntry, ENTRY),
  undoEntry: onPageAs(ITEM_ROUTES.undoEntry, { answer: pageUndoneEntry, answerName: "PageUndoneEntry" }),
  deleteEntry: onPage(ITEM_ROUTES.deleteEntry),
  getMyUnassigned: onPageAs(MY_ROUTES.getMyUnassigned, { answer: pageUnassigned, answerName: "PageUnassigned" }),
  placeEntry: onPageAs(MY_ROUTES.placeEntry, ENTRY),
  getMyLinks: onPage(MY_ROUTES.getMyLinks),
  issueLinkCode: onPage(MY_ROUTES.issueLinkCode),
  redeemLinkCode: onPage(MY_ROUTES.redeemLinkCode),
  removeLinks: onPage(MY_ROUTES.removeLinks),
  exportMine: onPage(MY_ROUTES.exportMine),
  eraseMine: onPage(MY_ROUTES.eraseMine),
} as const;
