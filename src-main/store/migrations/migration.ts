/**
 * One step of the schema. SQL in a TypeScript file because the bundle has no loader for .sql. A step that was released
 * is never edited: a change is the next number.
 */
export interface Migration {
  /** The file's PRAGMA user_version after this step. */
  readonly version: number;
  readonly sql: string;
}
