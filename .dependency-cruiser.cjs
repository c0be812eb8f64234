// The floors of the house: a room may import rooms of lower floors (and itself), never sideways or up.
const floors = [
  ['core', 'law', 'plates'],
  ['storage', 'vision'],
  ['sites', 'evidence'],
  ['ingest', 'judging', 'registry'],
  ['cases', 'notices', 'payments', 'retention'],
  ['http'],
];
const rooms = floors.flat();
const outside = '^(src/(cli|bin|commands|simulators|twin|web)|workers|bench|test)';
const rules = floors.flatMap((floor, level) =>
  floor.map((room) => ({
    name: `floor-${level + 1}-${room}`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: {
      path: `^(src/(${rooms.filter((r) => r !== room && (floors.findIndex((f) => f.includes(r)) > level || (floors[level].includes(r) && !sideways(room, r)))).join('|')})/)|${outside}`,
    },
  })),
);
// core is the common ground of its floor; a case's paper and money know the case.
function sideways(from, to) {
  return (
    (to === 'core' && from !== 'core') ||
    (to === 'cases' && from !== 'cases') ||
    (from === 'payments' && to === 'notices')
  );
}
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'web-types-only',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/(?!web/|core/messages)', dependencyTypesNot: ['type-only'] },
    },
    ...rules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs'] },
  },
};
