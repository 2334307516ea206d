/**
 * The import rules of docs/architecture.md, held by machine (`npm run layers`).
 * Left: who; right: whom of our own folders it may import. Everything else below is a special rule.
 */
const main = (folder) => `^src-main/${folder}/`;
const allowed = {
  [main('platform')]: ['platform'],
  [main('rules')]: [],
  [main('exporters')]: [],
  [main('collectors')]: ['platform', 'collectors'],
  [main('traffic')]: ['platform', 'rules'],
  [main('logs')]: ['platform', 'rules', 'collectors/collector', 'store/logs/log-store'],
  [main('store')]: ['platform', 'rules'],
  [main('alerts')]: ['platform', 'rules', 'store/store'],
  [main('engine')]: ['rules', 'collectors/collector', 'store/store', 'platform/clock'],
  [main('api')]: ['engine', 'store/store', 'exporters', 'alerts', 'platform/clock'],
  [main('app')]: ['platform', 'rules', 'exporters', 'collectors', 'logs', 'traffic', 'store', 'alerts', 'engine', 'api'],
  [main('electron')]: ['app', 'api', 'platform', 'alerts/channels'],
  [main('web')]: ['app', 'api', 'platform'],
  [main('cli')]: ['app', 'api', 'platform', 'web'],
};

const folderRules = Object.entries(allowed).map(([from, to]) => ({
  name: `${from.slice(10, -1)}-imports`,
  comment: 'A folder imports only what the table in .dependency-cruiser.cjs lists for it.',
  severity: 'error',
  from: { path: from },
  to: { path: '^src-main/', pathNot: [from, ...to.map((folder) => `^src-main/${folder}`)] },
}));

module.exports = {
  forbidden: [
    ...folderRules,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'shared-is-a-leaf', severity: 'error', from: { path: '^src-shared/' }, to: { path: '^(src-main|src-renderer)/' } },
    {
      name: 'shared-knows-only-zod',
      severity: 'error',
      from: { path: '^src-shared/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/zod' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '^src-main/(rules|exporters)/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'collectors-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src-main/collectors/([^/]+)/' },
      to: { path: '^src-main/collectors/[^/]+/', pathNot: '^src-main/collectors/$1/' },
    },
    {
      name: 'only-electron-names-electron',
      severity: 'error',
      from: { pathNot: '^src-main/electron/' },
      to: { path: '^(node_modules/)?electron($|/)' },
    },
    {
      name: 'web-and-cli-never-reach-electron',
      severity: 'error',
      from: { path: '^src-main/(web|cli|app)/' },
      to: { path: '^((node_modules/)?electron($|/)|src-main/electron/)', reachable: true },
    },
    { name: 'renderer-sees-shared-only', severity: 'error', from: { path: '^src-renderer/' }, to: { path: '^src-main/' } },
    { name: 'renderer-has-no-node', severity: 'error', from: { path: '^src-renderer/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'one-importer-of-the-database-driver',
      severity: 'error',
      from: { pathNot: '^src-main/store/sqlite\\.ts$' },
      to: { path: 'node_modules/libsql' },
    },
    {
      name: 'one-importer-of-dockerode',
      severity: 'error',
      from: { pathNot: '^src-main/platform/container-engine' },
      to: { path: 'node_modules/dockerode' },
    },
    {
      name: 'one-importer-of-the-kubernetes-driver',
      severity: 'error',
      from: { pathNot: '^src-main/platform/kubernetes-config' },
      to: { path: 'node_modules/@kubernetes' },
    },
    {
      name: 'one-importer-of-recharts',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: '^src-renderer/charts/' },
      to: { path: 'node_modules/recharts' },
    },
    {
      name: 'processes-and-files-only-in-platform',
      severity: 'error',
      from: { path: '^src-main/', pathNot: '^src-main/(platform|electron|web|cli|store|app)/|/read[^/]*\\.ts$' },
      to: { dependencyTypes: ['core'], path: '^(node:)?(child_process|fs|fs/promises|net|http|https)$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
