import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import t from 'tap';
import { confirmCase } from '../../src/cases/decide.js';
import { createOfficer } from '../../src/cases/officers.js';
import { demoClips, shotsOf } from '../../src/commands/demo/clips.js';
import { startHouseProcesses } from '../../src/commands/processes/house-processes.js';
import { loadConfig } from '../../src/core/config.js';
import { createLog } from '../../src/core/log.js';
import { registerCamera } from '../../src/ingest/index.js';
import { cameraClient } from '../../src/simulators/camera.js';
import { startDigitalAccount } from '../../src/simulators/digital-account.js';
import { playCamera } from '../../src/simulators/play-camera.js';
import { startVehicleRegister } from '../../src/simulators/vehicle-register.js';
import { addSiteVersion, signOff } from '../../src/sites/store.js';
import { openHouse } from '../../src/storage/house.js';
import { until } from '../portal/citizen-house.js';

/** The house as `up` runs it, its processes killed one after another while frames come in and a notice goes out. */
t.test(
  'kill -9 of vision, casework, queue and database loses nothing and doubles nothing',
  { timeout: 400_000 },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'phat-nguoi-kills-'));
    await chmod(folder, 0o755);
    const clip = (await demoClips()).find((one) => one.violations.some((act) => act.rule === 'red-light'))!;
    const [register, account, ports] = await Promise.all([
      startVehicleRegister({ vehicles: clip.vehicles }),
      startDigitalAccount(),
      Promise.all(
        ['CAMERA', 'OFFICER', 'CITIZEN'].map(async (app) => [
          `${app}_PORT`,
          String(await getPort({ host: '127.0.0.1' })),
        ]),
      ),
    ]);
    const env = {
      ...process.env,
      ...(Object.fromEntries(ports) as Record<string, string>),
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      VEHICLE_REGISTER_URL: register.url,
      DIGITAL_ACCOUNT_URL: account.url,
      UNDO_SECONDS: '0',
    };
    const config = loadConfig(env);
    const processes = await startHouseProcesses(config, env, createLog('kills', 'silent'));
    const house = await openHouse('kills', env);
    t.teardown(async () => {
      await house.close();
      await processes.stop();
      await Promise.all([register.close(), account.close()]);
      await rm(folder, { recursive: true, force: true });
    });
    await addSiteVersion(house.db, clip.site);
    await signOff(house.db, clip.site.siteId, clip.site.version, 'officer:minh', new Date());
    const camera = clip.cameras[0]!;
    const { secret } = await registerCamera(house, { id: camera, siteId: clip.site.siteId, name: camera });
    const officer = await createOfficer(house.db, {
      username: 'lan',
      name: 'Lan',
      rank: 'Thượng úy',
      unit: 'Đội 6',
      role: 'reviewer',
      password: 'mat-khau-thu-nghiem',
    });

    const acknowledged: string[] = [];
    const playing = playCamera(
      cameraClient({ url: config.publicUrls.camera, camera, secret }),
      await shotsOf(clip),
      {
        onAnswer: (_shot, answer) =>
          void (answer.status === 202 && answer.id !== undefined && acknowledged.push(answer.id)),
      },
    );
    const kills = [
      () => childrenOf(processes.pids.reading!)[0]!,
      () => processes.pids.casework!,
      async () => ((await run()).serverPids[1] ?? processes.pids.casework)!,
      async () => (await run()).serverPids[0]!,
    ];
    for (const victim of kills) {
      await new Promise((done) => setTimeout(done, 1500));
      process.kill(await victim(), 'SIGKILL');
    }
    const played = await playing;
    t.match(played, { refused: 0, lost: 0 });
    t.equal(acknowledged.length, clip.frames, 'every frame was acknowledged in the end');

    const count = async (state: string): Promise<number> => {
      const row = await house.db
        .selectFrom('frames')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('state', '=', state as 'read')
        .executeTakeFirstOrThrow();
      return Number(row.n);
    };
    await until(async () => (await count('received').catch(() => 1)) === 0, 200_000);
    const kept = await house.db.selectFrom('frames').select('id').execute();
    t.same(
      new Set(kept.map((frame) => frame.id)),
      new Set(acknowledged),
      'what was acknowledged is what is there',
    );
    t.equal(await count('set_aside'), 0, 'a frame whose reader was killed is read again');

    const act = clip.violations.find((one) => one.rule === 'red-light')!;
    const found = await until(
      async () =>
        house.db
          .selectFrom('cases')
          .select(['id', 'version'])
          .where('plate_text', '=', act.plate)
          .executeTakeFirst(),
      90_000,
    );
    await confirmCase(house, { caseId: found.id, officer, version: found.version, openedAt: new Date() });
    process.kill(processes.pids.casework!, 'SIGKILL');
    await until(async () => {
      const row = await house.db.selectFrom('deliveries').select('state').executeTakeFirst();
      return row?.state === 'delivered';
    }, 90_000);
    const notices = await house.db.selectFrom('notices').select('id').execute();
    const inbox = (await (await fetch(`${account.url}/v1/messages`)).json()) as { messages: unknown[] };
    t.equal(notices.length, 1, 'one notice');
    t.equal(inbox.messages.length, 1, 'delivered once');

    async function run(): Promise<{ serverPids: number[] }> {
      return JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as { serverPids: number[] };
    }
  },
);

function childrenOf(pid: number): number[] {
  return execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/)
    .map(Number);
}
