import type { Plugin } from 'vite';

export function quietDockerModem(): Plugin;
