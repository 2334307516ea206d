import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * electron-builder's hook after a package folder is put together. The loader of the provisioned Electron is for running
 * a checkout; in a package it would only be a second way in.
 */
export default async function afterPack({ appOutDir, packager, electronPlatformName }) {
  const resources =
    electronPlatformName === 'darwin' ? join(`${packager.appInfo.productFilename}.app`, 'Contents', 'Resources') : 'resources';
  await rm(join(appOutDir, resources, 'default_app.asar'), { force: true });
  await rm(join(appOutDir, '.recipe'), { force: true });
}
