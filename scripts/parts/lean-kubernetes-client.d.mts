import type { Plugin } from 'vite';

export function leanKubernetesClient(): Plugin;
