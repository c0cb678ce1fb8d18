import type { Person, Project, Status } from "./records.ts";
import { getFrom, WorldState } from "./world-state.ts";

/** The people of a site, its statuses and its projects. */
export class WorldPlaces extends WorldState {
  /** A made-up person; everything about them can be searched for in what must not contain it. */
  createPerson(about: Partial<Omit<Person, "isDeleted">> = {}): string {
    const number = this.nextId("person");
    const accountId = about.accountId ?? `712020:zoe-kanarie-${number}`;
    this.people.set(accountId, {
      accountId,
      displayName: about.displayName ?? `Zoë Kanarie-${number}`,
      emailAddress: about.emailAddress ?? `zoe.kanarie-${number}@people.example`,
      isDeleted: false,
    });
    return accountId;
  }

  /** Who acts when nobody is named: the first person, made when there is none. */
  get anyone(): string {
    const [first] = this.people.keys();
    return first ?? this.createPerson();
  }

  /** Atlassian deletes the account; what it did stays, by a "Former user". */
  deletePerson(account: string): void {
    getFrom(this.people, account).isDeleted = true;
    this.happen({ what: "user", action: "deleted", at: this.now(), account });
  }

  createStatus(name: string, category: Status["category"], id = this.nextId("status")): string {
    this.statuses.set(id, { id, name, category, isDeleted: false });
    return id;
  }

  createProject(key: string, about: { readonly id?: string; readonly name?: string } = {}): string {
    if ([...this.projects.values()].some((project) => project.key === key)) throw new Error(`There is a ${key}.`);
    const id = about.id ?? this.nextId("project");
    const project: Project = { id, key, name: about.name ?? `Project ${key}`, lead: this.anyone, lastNumber: 0 };
    this.projects.set(id, project);
    return id;
  }
}
