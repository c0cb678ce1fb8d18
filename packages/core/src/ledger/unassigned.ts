/** Stands for the ledger's project while an entry belongs to none: its author has to say to which (E9). */
export const UNASSIGNED = "Unassigned";
