import { z } from 'zod';
import { roleCategories } from '../roles/role-entry';
import { policyVerdicts } from './process-words';
import type { Policy } from './processes';
import { nothing, request } from './request';

const exe = z.string().min(1).max(4096);

/** A policy as a person writes it; who and when are added by LogScope. */
export const policyDraftSchema = z
  .object({
    exe,
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'not a SHA-256')
      .nullable()
      .default(null),
    name: z.string().min(1).max(256),
    role: z.string().max(500).nullable().default(null),
    category: z.enum(roleCategories).nullable().default(null),
    verdict: z.enum(policyVerdicts).nullable().default(null),
    note: z.string().max(2000).default(''),
    expectedRules: z.array(z.string().max(64)).max(100).default([]),
  })
  .strict();
export type PolicyDraft = z.output<typeof policyDraftSchema>;

export const policyRequests = {
  /** By name. */
  'policies.list': request<readonly Policy[]>()(nothing),
  'policies.save': request<Policy>()(policyDraftSchema, { destructive: true }),
  'policies.remove': request<{ readonly removed: boolean }>()(z.object({ exe }).strict(), { destructive: true }),
  /** Everything a policy once was, newest first. */
  'policies.history': request<readonly PolicyChange[]>()(z.object({ exe }).strict()),
  /** All or nothing: one that is not valid is named and none is taken. Replaces those of the same path. */
  'policies.import': request<{ readonly taken: number }>()(z.object({ policies: z.array(policyDraftSchema).max(5000) }).strict(), {
    destructive: true,
  }),
  /** "Explain this process": a person asks by name; the name is counted. */
  'roles.ask': request<RoleAnswer>()(z.object({ name: z.string().trim().min(1).max(128) }).strict(), { destructive: true }),
  /** What people asked for and what is often seen without an explanation, most first. */
  'roles.open': request<readonly OpenRole[]>()(nothing),
} as const;

export interface PolicyChange {
  readonly atMs: number;
  readonly author: string;
  /** Null: it was removed. */
  readonly policy: Policy | null;
}

export interface RoleAnswer {
  readonly name: string;
  /** Entries of the role base with this name. */
  readonly entries: readonly string[];
  /** Running processes with this name. */
  readonly processIds: readonly string[];
  readonly policies: readonly Policy[];
  /** How often it was asked for, this time included. */
  readonly askedCount: number;
}

/** A name that nothing explains. */
export interface OpenRole {
  readonly name: string;
  /** Path it was last seen at; null: only asked for. */
  readonly exe: string | null;
  readonly askedCount: number;
  /** On how many days it was seen running without an explanation. */
  readonly seenDayCount: number;
  readonly lastAtMs: number;
}
