import type { Plugin } from 'vite';

export function quietDockerModem(): Plugin;

export function isDockerModem(path: string): boolean;

export function withoutWaste(code: string): string;
