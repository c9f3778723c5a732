import type { Generated } from "kysely";

/** Column names and types as the migrations make them. Times are milliseconds, flags 0, 1 or null. */
export type Tables = {
  workshops: {
    id: string;
    title: string;
    language: string;
    date: string | null;
    join_code: string;
    generation: number;
    retention_until: string | null;
    created_at: number;
  };
  boards: {
    board_id: string;
    group_id: string;
    workshop_id: string;
    name: string;
    focus: string;
    template_id: string;
    generation: number;
    created_at: number;
    position: Generated<number>;
  };
  participants: {
    id: string;
    board_id: string;
    code: number;
    role: string;
    name: string | null;
    voice: string | null;
    affiliation: string | null;
    consent_research: number | null;
    consent_quote: number | null;
    created_at: number;
  };
  updates: {
    board_id: string;
    seq: number;
    received_at: number;
    participant: string | null;
    bytes: Uint8Array;
  };
  snapshots: {
    board_id: string;
    seq: number;
    bytes: Uint8Array;
    created_at: number;
  };
};
