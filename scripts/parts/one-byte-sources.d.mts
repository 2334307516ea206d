import type { Plugin } from 'vite';

export function oneByteSources(): Plugin;
export function escapeNonAscii(code: string): string;
