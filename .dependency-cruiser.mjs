/** Imports run downwards: each layer may import itself and what stands below it. */
const layers = [
  ['api'],
  ['base'],
  ['topics'],
  ['crypto'],
  ['database'],
  ['vault', 'network'],
  ['boxes'],
  ['community', 'personas', 'ratchet'],
  ['commons'],
  ['charter'],
  ['library'],
  ['offers'],
  ['files', 'matching'],
  ['conversations'],
  ['disclosure', 'vouches'],
  ['introductions', 'mentorships', 'circles'],
  ['safety'],
]

const upward = layers.flatMap((layer, depth) =>
  layer.map((folder) => {
    const allowed = layers.slice(0, depth).flat()
    return {
      name: `core-${folder}-imports-downwards`,
      severity: 'error',
      from: { path: `^core/${folder}/` },
      to: { path: '^core/', pathNot: `^core/(${[folder, ...allowed].join('|')})/` },
    }
  }),
)

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...upward,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-knows-no-door',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '^(main|renderer|tests|scripts)/|node_modules/electron/' },
    },
    {
      name: 'api-needs-zod-and-the-contract-only',
      severity: 'error',
      from: { path: '^core/api/' },
      to: { pathNot: '^core/api/|node_modules/(zod|@orpc/contract)/' },
    },
    {
      name: 'renderer-knows-the-contract-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|tests|scripts)/|^core/(?!api/)' },
    },
    {
      name: 'only-the-window-imports-electron',
      severity: 'error',
      from: { pathNot: '^(main/electron|tests/electron|tests/contract)/' },
      to: { path: 'node_modules/electron/' },
    },
    {
      // what is looked for stays on the device
      name: 'matching-asks-nobody',
      severity: 'error',
      from: { path: '^core/(matching|topics)/' },
      to: { path: '^core/(network|boxes)/|node_modules/(@libp2p|libp2p)/' },
    },
    {
      name: 'one-importer-of-sqlite',
      severity: 'error',
      from: { pathNot: '^core/database/database[.]ts$' },
      to: { path: 'node_modules/@signalapp/sqlcipher/' },
    },
    {
      name: 'one-folder-imports-libsignal',
      severity: 'error',
      from: { path: '^core/', pathNot: '^core/ratchet/' },
      to: { path: 'node_modules/@signalapp/libsignal-client/' },
    },
    {
      name: 'one-folder-imports-sodium-and-nacl',
      severity: 'error',
      from: { path: '^(core|main|renderer)/', pathNot: '^core/(crypto|network)/' },
      to: { path: 'node_modules/(sodium-native|tweetnacl)/' },
    },
    {
      name: 'servers-install-no-development-tools',
      severity: 'error',
      from: { path: '^(core|main/node|main/local|main/door)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(core|main|renderer|scripts)/' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
