/** What a route of the panel's API takes and answers. */
import type { z } from "zod";

export interface RouteContract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Whom the token has to name: a person, or nobody, where the app calls in its own name. */
  readonly caller: "person" | "service";
  /** Whether it is done once a key: where it writes, but for what does no harm when it is done again. */
  readonly needsKey: boolean;
  readonly mostBodyBytes: number;
  /** Names in braces are members of `params`. */
  readonly path: string;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  /** {@link nothing} where no body is sent. */
  readonly body: Body;
  readonly answer: Answer;
  readonly answerName: string;
  readonly status: 200 | 201 | 202;
}

type Told<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = Omit<
  RouteContract<P, Q, B, A>,
  "caller" | "needsKey" | "mostBodyBytes"
> &
  Partial<Pick<RouteContract, "needsKey" | "mostBodyBytes">>;

const MOST_BODY_BYTES = 65_536;

/** A route for people. Keeps the types of its schemas. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  told: Told<P, Q, B, A>,
): RouteContract<P, Q, B, A> {
  return { caller: "person", needsKey: told.method !== "get", mostBodyBytes: MOST_BODY_BYTES, ...told };
}

/** A route for the app itself. Keeps the types of its schemas. */
export function serviceRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  told: Told<P, Q, B, A>,
): RouteContract<P, Q, B, A> {
  return { caller: "service", needsKey: false, mostBodyBytes: MOST_BODY_BYTES, ...told };
}
