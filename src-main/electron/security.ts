import type { App, Session } from 'electron';
import { type BrowserLink, isOwnExport, linkForBrowser } from './security-policy';

/** The one thing a page of ours may be granted: copying text on a click. */
const grantedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Denies what a window of LogScope never needs: permissions, devices, downloads of what it did not make itself, and every address but its own scheme. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(grantedPermissions.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => grantedPermissions.has(permission));
  session.setDevicePermissionHandler(() => false);
  // What the page itself made is saved where the person says, in the desktop's own dialog; nothing else comes onto the disk.
  session.on('will-download', (event, item) => {
    if (!isOwnExport(item.getURL(), item.getMimeType())) event.preventDefault();
  });
  const elsewhere = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*', 'ftp://*/*'];
  session.webRequest.onBeforeRequest({ urls: elsewhere }, (_details, decide) => decide({ cancel: true }));
}

/**
 * Denies navigation, redirects, new windows and webviews to every page there is or will be. The app itself loads and
 * reloads its page from outside, which these events do not cover. A link to a web address goes to `follow`, which opens or asks.
 */
export function hardenContents(app: App, follow: (link: BrowserLink) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      const link = linkForBrowser(url);
      if (link !== null) follow(link);
      return { action: 'deny' };
    });
  });
}
