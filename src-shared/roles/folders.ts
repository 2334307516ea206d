/** Folders that programs of one kind stand in. The words of a folder: `RoleEntry.folders`. */

/** What a Linux distribution, an administrator (/usr/local) and vendors (/opt) install into. */
export const usual: readonly string[] = [
  '/bin',
  '/sbin',
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/lib',
  '/usr/libexec',
  '/lib',
  '/opt',
];

/** Programs that distributions also deliver as a snap or below /usr/share. */
export const snapped: readonly string[] = [...usual, '/snap', '/usr/share', '/usr/local'];

/** Desktop programs: also as a flatpak (the sandbox sees them in /app) and as tarballs in the home folder. */
export const desktopFolders: readonly string[] = [
  ...snapped,
  '/usr/games',
  '/app/bin',
  '/app/lib',
  '/app/extra',
  '/app/main',
  '/app/share',
  '~/.local/bin',
  '~/.local/opt',
  '~/.local/share/JetBrains',
  '~/.local/share/Steam',
  '~/Applications',
];

/** Container parts that small Kubernetes distributions unpack below /var/lib. */
export const containerFolders: readonly string[] = [...snapped, '/var/lib/rancher', '/var/lib/minikube', '/var/lib/k0s', '/run/k3s'];

/** Where version managers of languages put compilers and interpreters. */
const versionManagers: readonly string[] = [
  '~/.nvm',
  '~/.fnm',
  '~/.volta',
  '~/.asdf',
  '~/.bun',
  '~/.deno',
  '~/.pyenv',
  '~/.rye',
  '~/.rbenv',
  '~/.rvm',
  '~/.sdkman',
  '~/.jdks',
  '~/.gradle',
  '~/.rustup',
  '~/.cargo',
  '~/.dotnet',
  '~/.local/bin',
  '~/.local/lib',
  '~/.local/pipx',
  '~/.local/share/JetBrains',
  '~/.local/share/fnm',
  '~/.local/share/mise',
  '~/.local/share/pipx',
  '~/.local/share/pnpm',
  '~/.local/share/uv',
  '~/.local/share/zed',
  '~/go',
  '~/sdk',
  '~/miniconda3',
  '~/anaconda3',
  '~/miniforge3',
  '~/.vscode',
  '~/.vscode-server',
  '~/.cursor-server',
  '/home/linuxbrew/.linuxbrew',
];

/** Tools of developers on Linux: compilers, interpreters, their helpers. */
export const toolFolders: readonly string[] = [...snapped, ...versionManagers, '.venv/bin', 'venv/bin'];

/** The same, and native programs that npm packages bring along. */
export const moduleFolders: readonly string[] = [...toolFolders, 'node_modules'];

/** macOS: the sealed system, which only Apple changes. Not tested on a device. */
export const macosSystem: readonly string[] = ['/System', '/usr/libexec', '/usr/sbin', '/usr/bin', '/sbin', '/bin', '/Library/Apple'];

/** macOS: programs of others. Not tested on a device. */
export const macosApps: readonly string[] = ['/Applications', '~/Applications', '/Library', '/opt/homebrew', '/usr/local', '~/Library'];

/** macOS: tools of developers. Not tested on a device. */
export const macosTools: readonly string[] = [...macosSystem, ...macosApps, ...versionManagers, '.venv/bin', 'venv/bin'];

/** Windows: the system folder. Not tested on a device. */
export const windowsSystem: readonly string[] = ['c:\\windows\\system32', 'c:\\windows\\syswow64'];

/** Windows: the system folder, what stands straight in the Windows folder, and apps the system delivers. Not tested on a device. */
export const windowsShell: readonly string[] = ['c:\\windows', 'c:\\program files\\windowsapps'];

/** Windows: installed programs. Not tested on a device. */
export const windowsApps: readonly string[] = ['c:\\program files', 'c:\\program files (x86)', '~\\appdata\\local', '~\\appdata\\roaming'];
