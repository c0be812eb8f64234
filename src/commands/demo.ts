import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import getPort from 'get-port';
import { loadConfig } from '../core/config.js';
import { createLog } from '../core/log.js';
import { beginAnew } from '../storage/begin-anew.js';
import { openHouse } from '../storage/house.js';
import { houseStatus } from '../storage/status.js';
import { planShots } from '../simulators/shots.js';
import { demoClips, shotsOf, type DemoClip } from './demo/clips.js';
import { startPlayers, type Player } from './demo/players.js';
import { progressLine } from './demo/progress.js';
import { seedHouse, type DemoSecrets } from './demo/seed.js';
import { startSimulators, type DemoSimulators } from './demo/simulators.js';
import { startHouseProcesses } from './processes/house-processes.js';
import { untilStopped } from './processes/until-stopped.js';

interface Options {
  readonly fresh?: boolean;
  readonly frames?: string;
  readonly site?: string;
  readonly fps: number;
  readonly rounds: number;
}

export function register(program: Command): void {
  program
    .command('demo')
    .description('the whole house with invented cameras, vehicles, owners and outside systems')
    .option('--fresh', 'begin anew: delete the demo data first')
    .option('--frames <dir>', 'play a folder of your own JPEGs instead of the clips')
    .option('--site <name>', 'site whose camera plays them')
    .option('--fps <n>', 'frames a second for --frames', Number, 5)
    .option('--rounds <n>', 'how often the clips are played', Number, Number.POSITIVE_INFINITY)
    .action(demo);
}

async function demo(options: Options): Promise<void> {
  const env = await demoEnvironment();
  const dataDir = resolve(env.DATA_DIR!);
  const before = loadConfig(env);
  const log = createLog('demo', before.logLevel);
  if (options.fresh === true) await beginAnew(before, log);
  await mkdir(dataDir, { recursive: true });
  const clips = await demoClips();
  const vehicles = join(dataDir, 'vehicles.json');
  await writeFile(vehicles, JSON.stringify(uniqueVehicles(clips)));

  // What runs so far, to be stopped in the opposite order, also when a later start fails or Ctrl-C comes early.
  const started: (() => Promise<void>)[] = [];
  untilStopped(async () => {
    for (const stop of started.reverse()) await stop();
  });

  const simulators = await startSimulators({
    vehicles,
    citizenUrl: before.publicUrls.citizen,
    webhookSecret: before.paymentGateway.webhookSecret,
  });
  started.push(() => simulators.stop());
  Object.assign(env, {
    VEHICLE_REGISTER_URL: simulators.vehicleRegister,
    DIGITAL_ACCOUNT_URL: simulators.digitalAccount,
    PAYMENT_GATEWAY_URL: simulators.paymentGateway,
    OIDC_ISSUER: simulators.oidcIssuer,
  });
  const config = loadConfig(env);
  const house = await startHouseProcesses(config, env, log);
  started.push(() => house.stop());
  const ctx = await openHouse('demo', env);
  const secrets = await seedHouse(
    ctx,
    dataDir,
    clips.map((clip) => clip.site),
  );
  const players = startPlayers(config.publicUrls.camera, await chosenPlayers(options, clips, secrets), {
    rounds: options.rounds,
    pauseMs: 10_000,
    ready: async () => (await houseStatus(ctx.db).catch(() => ({ queueDepth: Infinity }))).queueDepth < 20,
  });
  say(greeting(config.publicUrls, simulators, secrets, house.queue));

  const progress = setInterval(() => void progressLine(ctx.db).then(say, () => undefined), 3000);
  started.push(async () => {
    clearInterval(progress);
    players.stop();
    await players.done.catch(() => undefined);
    await ctx.close();
  });
}

/** The environment's own settings win; the demo keeps its data apart and takes other ports where the usual are taken. */
async function demoEnvironment(): Promise<NodeJS.ProcessEnv> {
  const port = async (name: string, usual: number): Promise<string> =>
    process.env[name] ?? String(await getPort({ host: '127.0.0.1', port: usual }));
  return {
    ...process.env,
    DATA_DIR: process.env.DATA_DIR ?? '.data/demo',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    CAMERA_PORT: await port('CAMERA_PORT', 8101),
    OFFICER_PORT: await port('OFFICER_PORT', 8102),
    CITIZEN_PORT: await port('CITIZEN_PORT', 8103),
  };
}

function uniqueVehicles(clips: readonly DemoClip[]): readonly unknown[] {
  return [
    ...new Map(clips.flatMap((clip) => clip.vehicles).map((vehicle) => [vehicle.plate, vehicle])).values(),
  ];
}

/** One camera a clip; or the chosen site's camera with the user's own pictures. */
async function chosenPlayers(
  options: Options,
  clips: readonly DemoClip[],
  secrets: DemoSecrets,
): Promise<readonly Player[]> {
  const player = (camera: string, shots: Player['shots']): Player => ({
    camera,
    secret: secrets.cameras[camera]!,
    shots,
  });
  if (options.frames === undefined) {
    const cameras = clips.flatMap((clip) => clip.cameras.map((camera) => ({ clip, camera })));
    return Promise.all(cameras.map(async ({ clip, camera }) => player(camera, await shotsOf(clip, camera))));
  }
  const clip = clips.find(
    (c) => options.site === undefined || [c.site.siteId, c.name].includes(options.site),
  );
  if (clip === undefined) {
    throw new Error(`no site "${options.site}"; there are ${clips.map((c) => c.site.siteId).join(', ')}`);
  }
  return [player(clip.cameras[0]!, await planShots(resolve(options.frames), { fps: options.fps }))];
}

function greeting(
  urls: { camera: string; officer: string; citizen: string },
  simulators: DemoSimulators,
  secrets: DemoSecrets,
  queue: string,
): string {
  const logins = secrets.officers.map((o) => `             ${o.username} / ${o.password}  (${o.role})`);
  return [
    '',
    `Phạt Nguội Edge, demo. Queue: ${queue}.`,
    `  officers   ${urls.officer}`,
    ...logins,
    `  citizens   ${urls.citizen}`,
    `  cameras    ${urls.camera}/docs`,
    `  simulators digital accounts ${simulators.digitalAccount} · payments ${simulators.paymentGateway} · sign-in ${simulators.oidcIssuer}`,
    '  Ctrl-C stops everything; the next start goes on where it was (--fresh begins anew).',
    '',
  ].join('\n');
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
