/**
 * What a status name tells when nothing better is known (E6, default stage map). Whole names or
 * leading words only: "Resolve ticket" is work, "Resolved" is done.
 */
import type { StatusCategory } from "./status.ts";

const DONE =
  /^(done|closed?|resolved|completed?|finished|fixed|released|deployed|shipped|live|published|verified and closed|cancell?ed|rejected|declined|abandoned|withdrawn|won['’]?t (do|fix)|duplicate|obsolete|erledigt|fertig|geschlossen|gelöst|terminée?|résolue?|fermée?|cerrad[oa]|resuelt[oa]|hecho|completad[oa]|chiuso|risolto|fechado|concluído|resolvido|已完成|已关闭|已解决|已发布|完成|关闭|完了|解決済み)$/iu;
const NEW =
  /^(to[ -]?do|open|new|backlog|created|reported|reopened|re-opened|selected for development|triage|inbox|ideas?|proposed|requested|offen|neu|zu erledigen|aufgaben|à faire|ouverte?|nouve(au|lle)|por hacer|abiert[oa]|nuev[oa]|da fare|aperto|a fazer|aberto|打开|重新打开|待办|新建|未着手)$/iu;
const INDETERMINATE =
  /^(in |under |doing\b|wip\b|work(ing)?\b|ready\b|waiting\b|wait\b|awaiting\b|pending\b|review|test|qa\b|build|develop|verif|approv|implement|analy|design|deploy|blocked\b|on hold\b)/iu;

const WAITING =
  /^(ready|waiting|wait|awaiting|pending|queued?|in queue|on hold|hold|blocked|impeded|parked|paused|to (be )?(?!do\b)\p{L}+|selected|待|挂起)/iu;
const BLOCKED = /^(blocked|impeded|impediment|on hold|hold|挂起)/iu;

/** Category that a name stands for, or undefined when it says nothing. */
export function categoryOfName(name: string): StatusCategory | undefined {
  const text = name.trim();
  if (DONE.test(text)) return "done";
  if (NEW.test(text)) return "new";
  return INDETERMINATE.test(text) ? "indeterminate" : undefined;
}

/** A column where work waits for somebody, rather than one where it is worked on. */
export function soundsLikeWaiting(name: string): boolean {
  return WAITING.test(name.trim());
}

/** A status that means "blocked" (F24). */
export function soundsBlocked(name: string): boolean {
  return BLOCKED.test(name.trim());
}

/** Resolutions that are proposed as withdrawn (E12); none is listed by default. */
export function resolutionSoundsWithdrawn(resolution: string): boolean {
  return /^(won['’]?t (do|fix)|duplicate|cannot reproduce|not a bug|invalid|declined|rejected|cancell?ed|abandoned|obsolete)$/iu.test(
    resolution.trim(),
  );
}
