/** The page's addresses behind that of Jira's page, by the history that the bridge hands out; in the page alone where it hands out none. */
import type { AddressParts, Steps } from "../address/steps.ts";
import { type CallBridge, createHistory } from "./bridge.ts";

interface History {
  readonly location: AddressParts;
  push(address: string): void;
  replace(address: string): void;
  listen(onStep: (location: AddressParts) => void): void;
}

export async function jiraSteps(call: CallBridge): Promise<Steps> {
  const history = await createHistory(call).catch(() => undefined);
  return isHistory(history) ? stepsIn(history) : stepsInPage();
}

function stepsIn(history: History): Steps {
  let present = history.location;
  const listeners = new Set<() => void>();
  history.listen((location) => {
    present = location;
    for (const onStep of listeners) onStep();
  });
  const listen = (onStep: () => void): (() => void) => {
    listeners.add(onStep);
    return () => void listeners.delete(onStep);
  };
  return {
    read: () => present,
    push: (address) => history.push(address),
    replace: (address) => history.replace(address),
    listen,
  };
}

function stepsInPage(): Steps {
  return { read: () => ({ pathname: "/", search: "", hash: "" }), push: ignore, replace: ignore, listen: () => ignore };
}

function ignore(): void {
  // The page itself remembers what it shows.
}

function isHistory(value: unknown): value is History {
  return (
    typeof value === "object" &&
    value !== null &&
    ["push", "replace", "listen"].every((name) => typeof Reflect.get(value, name) === "function") &&
    isLocation(Reflect.get(value, "location"))
  );
}

function isLocation(value: unknown): value is AddressParts {
  return (
    typeof value === "object" &&
    value !== null &&
    ["pathname", "search", "hash"].every((name) => typeof Reflect.get(value, name) === "string")
  );
}
