/** Announcements of changes to Asana's interface, which come as a header of any answer. */

export interface AnnouncedChange {
  /** Asana's name for it, such as `new_user_task_lists`. */
  readonly name: string;
  /** True when what we just asked will behave otherwise. */
  readonly affected: boolean;
}

/** `name=…;info=…;affected=true`, several joined by commas. What reads otherwise is left out. */
export function announcedChanges(header: unknown): readonly AnnouncedChange[] {
  if (typeof header !== "string") return [];
  return header.split(",").flatMap((announcement) => {
    const parts = new Map(
      announcement.split(";").map((part): [string, string] => {
        const [key = "", ...value] = part.split("=");
        return [key.trim().toLowerCase(), value.join("=").trim()];
      }),
    );
    const name = parts.get("name") ?? "";
    return /^[\w.-]{1,100}$/.test(name) ? [{ name, affected: parts.get("affected") === "true" }] : [];
  });
}
