import { ok, Refusal } from "../answer.ts";
import type { Route, Site } from "../site.ts";
import type { Webhook, WebhookFilter } from "../webhook.ts";

/** Webhooks and the list of events. */
export function bellRoutes(site: Site): readonly Route[] {
  const { world, resources, webhooks } = site;
  const shown = (webhook: Webhook) =>
    webhook.resourceShown({
      gid: webhook.resource,
      resource_type: "project",
      name: world.projects.get(webhook.resource)?.name,
    });
  const getWebhook = (gid = "") => {
    const webhook = webhooks.find(gid);
    if (webhook === undefined) throw new Refusal(404, `webhook: Unknown object: ${gid}`);
    return webhook;
  };

  return [
    {
      method: "GET",
      path: "/events",
      answer: (call) => {
        const { gid } = site.getProject(call.query.get("resource"));
        const read = site.eventLog.read(gid, call.query.get("sync") ?? undefined);
        if (read.kind === "expired") {
          if (call.query.has("sync")) site.faults.count("cursor expired");
          throw new Refusal(412, "Sync token invalid or too old.", { json: { sync: read.sync } });
        }
        const events = read.events.map((event) => site.row(call, resources.event(event)));
        return ok({ data: events, sync: read.sync, has_more: read.hasMore });
      },
    },
    {
      method: "POST",
      path: "/webhooks",
      answer: async (call) => {
        const { resource, target, filters } = readNewWebhook(call.body);
        const { gid } = site.getProject(resource);
        const webhook = await webhooks.create(gid, target, filters);
        const { json } = site.one(call, shown(webhook));
        return { status: 201, json: { ...Object(json), "X-Hook-Secret": webhook.secret } };
      },
    },
    {
      method: "GET",
      path: "/webhooks",
      answer: (call) => {
        site.getWorkspace(call.query.get("workspace"));
        const resource = call.query.get("resource");
        const asked = webhooks.all().filter((webhook) => resource === null || webhook.resource === resource);
        return site.list(call, asked, shown);
      },
    },
    {
      method: "GET",
      path: "/webhooks/*",
      answer: (call) => site.one(call, shown(getWebhook(call.gids[0]))),
    },
    {
      method: "DELETE",
      path: "/webhooks/*",
      answer: (call) => {
        webhooks.delete(getWebhook(call.gids[0]).gid);
        return ok({ data: {} });
      },
    },
  ];
}

/** @throws Refusal 400 */
function readNewWebhook(body: unknown): { resource: string; target: string; filters: readonly WebhookFilter[] } {
  const data = member(body, "data");
  const resource = member(data, "resource");
  const target = member(data, "target");
  const filters = member(data, "filters") ?? [];
  if (typeof resource !== "string") throw new Refusal(400, "resource: Missing input");
  if (typeof target !== "string" || !URL.canParse(target)) throw new Refusal(400, "target: Not a valid URL");
  if (!Array.isArray(filters)) throw new Refusal(400, "filters: Not an array");
  return { resource, target, filters: filters.map(readFilter) };
}

function readFilter(filter: unknown): WebhookFilter {
  const text = (name: string) => {
    const value = member(filter, name);
    return typeof value === "string" ? value : undefined;
  };
  const fields = member(filter, "fields");
  return {
    resource_type: text("resource_type"),
    resource_subtype: text("resource_subtype"),
    action: text("action"),
    fields: Array.isArray(fields) ? fields.filter((field) => typeof field === "string") : undefined,
  };
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
