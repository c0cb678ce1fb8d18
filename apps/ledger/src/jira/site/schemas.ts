import { z } from "zod";

/**
 * Envelopes of the answers that the reader walks through: pages, tokens and what is needed to take them apart. What an
 * issue or a change means is read elsewhere. An answer that does not fit is SITE_WRONG_SHAPE, with the path.
 */

const nextPageToken = z.string().nullish();

/** An issue, as far as it must be to be handed on; {@link keepIssue} thins it. */
export const rawIssue = z.looseObject({ id: z.string().min(1), fields: z.looseObject({}) });
export type RawIssue = z.infer<typeof rawIssue>;

/** POST /rest/api/3/search/jql */
export const searchPage = z.object({ issues: z.array(rawIssue), nextPageToken, isLast: z.boolean().nullish() });
export type SearchPage = z.infer<typeof searchPage>;

/** POST /rest/api/3/search/approximate-count */
export const approximateCount = z.object({ count: z.number().int().nonnegative() });

const rawHistory = z.looseObject({
  items: z.array(z.looseObject({ field: z.string(), fieldId: z.string().nullish() })),
});
export type RawHistory = z.infer<typeof rawHistory>;

/** POST /rest/api/3/changelog/bulkfetch */
export const changelogPage = z.object({
  issueChangeLogs: z.array(z.object({ issueId: z.string().min(1), changeHistories: z.array(rawHistory) })),
  nextPageToken,
});

/** GET /rest/api/3/status */
export const statusList = z.array(z.looseObject({ id: z.string().min(1) }));

/** GET /rest/api/3/field */
export const fieldList = z.array(
  z.object({
    id: z.string().min(1),
    name: z.string(),
    untranslatedName: z.string().nullish(),
    schema: z.object({ type: z.string(), items: z.string().nullish(), custom: z.string().nullish() }).nullish(),
  }),
);
export type FieldList = z.infer<typeof fieldList>;

/** Body of a refused request. */
export const errorAnswer = z.object({
  errorMessages: z.array(z.string()).nullish(),
  errors: z.record(z.string(), z.string()).nullish(),
});
