import { readFile } from 'node:fs/promises';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { OwnerRecord, VehicleRecord } from '../registry/records.js';
import { registeredColour } from '../registry/records.js';
import { addFaults, pause } from './faults.js';
import {
  completeVehicle,
  describe,
  givenVehicle,
  inventVehicles,
  type GivenVehicle,
  type RegisteredVehicle,
} from './invented-vehicles.js';
import { escapeHtml, listen, simulatorPage, simulatorServer, type Simulator } from './server.js';

export { inventVehicles } from './invented-vehicles.js';

const question = z.object({
  plate: z.string().regex(/^[A-Z0-9]{6,11}$/),
  colour: registeredColour.nullable(),
  instant: z.iso.datetime(),
  actor: z.string().min(1),
  purpose: z.string().min(1),
  caseId: z.string().min(1),
});
type Question = z.infer<typeof question>;

interface Match {
  readonly vehicle: RegisteredVehicle;
  readonly record: VehicleRecord;
}

/**
 * A vehicle register that speaks the wire format of `registry/register-http.ts` over invented vehicles, and over those
 * of `vehicles` (a JSON file, or a list). Faults: `late` answers after `ms` · `twice` looks up and cuts the connection
 * before the answer, so that a client asks again · `wrong` answers about another plate · `never` answers 503.
 */
export async function startVehicleRegister(
  options: {
    port?: number;
    key?: string;
    seed?: number;
    count?: number;
    vehicles?: string | readonly GivenVehicle[];
    lateMs?: number;
  } = {},
): Promise<Simulator & { readonly vehicles: readonly RegisteredVehicle[] }> {
  const key = options.key ?? process.env.VEHICLE_REGISTER_KEY ?? 'register-dev-key';
  const given = (await givenList(options.vehicles)).map(completeVehicle);
  const known = new Set(given.flatMap((vehicle) => vehicle.plates.map((plate) => plate.text)));
  const invented = inventVehicles(options.seed ?? 1, options.count ?? 300).filter(
    (v) => !known.has(v.plates[0]!.text),
  );
  const vehicles = [...given, ...invented];

  const app = simulatorServer();
  const faults = addFaults(app, options.lateMs === undefined ? {} : { ms: options.lateMs });

  const answer =
    (body: (match: Match, asked: Question) => object | null) =>
    async (
      request: { body: unknown; headers: { authorization?: string | undefined } },
      reply: FastifyReply,
    ) => {
      const fault = faults.next();
      const asked = question.safeParse(request.body);
      faults.saw({ ...(asked.data ?? {}), fault });
      if (fault === 'never') return reply.code(503).send({ error: { code: 'DOWN', message: 'down' } });
      if (request.headers.authorization !== `Bearer ${key}`) {
        return reply.code(401).send({ error: { code: 'KEY_WRONG', message: 'who asks?' } });
      }
      if (!asked.success)
        return reply.code(400).send({ error: { code: 'BAD_QUESTION', message: asked.error.message } });
      const { plate, colour, instant } = asked.data;
      const found = fault === 'wrong' ? others(vehicles, plate, instant) : asOf(vehicles, plate, instant);
      const matching = found.filter(
        (match) => colour === null || fault === 'wrong' || match.record.plateColour === colour,
      );
      if (fault === 'late') await pause(faults.ms);
      if (fault === 'twice') return cutOff(reply);
      if (matching.length > 1) {
        const colours = matching.map((match) => match.record.plateColour);
        return reply.code(409).send({ error: { code: 'AMBIGUOUS', message: 'several vehicles', colours } });
      }
      const match = matching[0];
      const content = match ? body(match, asked.data) : null;
      if (!match || !content) {
        const otherColours = found.map((other) => other.record.plateColour);
        return reply
          .code(404)
          .send({ error: { code: 'NOT_FOUND', message: 'no such plate at that instant', otherColours } });
      }
      return { plate: match.record.plate, colour: match.record.plateColour, instant, ...content };
    };

  app.post(
    '/v1/vehicles/as-of',
    answer(({ record }) => ({ vehicle: record })),
  );
  app.post(
    '/v1/owners/as-of',
    answer(({ vehicle }, asked) => {
      const owner = ownerAt(vehicle, asked.instant);
      return owner && { owner };
    }),
  );
  app.get('/', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(
        simulatorPage(
          'Cơ sở dữ liệu đăng ký xe (mô phỏng)',
          `<article>${vehicles.map((v) => escapeHtml(describe(v))).join('<br>')}</article>`,
        ),
      ),
  );

  return { ...(await listen(app, options.port)), vehicles };
}

function cutOff(reply: FastifyReply): FastifyReply {
  reply.raw.destroy();
  return reply.hijack();
}

async function givenList(
  vehicles: string | readonly GivenVehicle[] | undefined,
): Promise<readonly GivenVehicle[]> {
  if (vehicles === undefined) return [];
  return z
    .array(givenVehicle)
    .parse(typeof vehicles === 'string' ? JSON.parse(await readFile(vehicles, 'utf8')) : vehicles);
}

const holds = (from: string, to: string | null, instant: string): boolean =>
  from <= instant && (to === null || instant < to);

function asOf(vehicles: readonly RegisteredVehicle[], plate: string, instant: string): Match[] {
  return vehicles.flatMap((vehicle) => {
    const carried = vehicle.plates.find((one) => one.text === plate && holds(one.from, one.to, instant));
    return carried ? [{ vehicle, record: recordOf(vehicle, carried, instant) }] : [];
  });
}

/** For the fault `wrong`: whatever other plate comes first. */
function others(vehicles: readonly RegisteredVehicle[], plate: string, instant: string): Match[] {
  const other = vehicles.find((vehicle) => vehicle.plates[0]!.text !== plate);
  return other ? asOf(vehicles, other.plates[0]!.text, instant).slice(0, 1) : [];
}

function recordOf(
  vehicle: RegisteredVehicle,
  carried: RegisteredVehicle['plates'][number],
  instant: string,
): VehicleRecord {
  const index = vehicle.statuses.findLastIndex((one) => one.from <= instant);
  const status = vehicle.statuses[index];
  const next = vehicle.statuses[index + 1]?.from ?? null;
  const { vehicleId, kind, make, model, bodyColour } = vehicle;
  return {
    vehicleId,
    plate: carried.text,
    plateColour: carried.colour,
    kind,
    make,
    model,
    bodyColour,
    status: status?.status ?? 'active',
    identityPlate: carried.identityPlate,
    validFrom: status && status.from > carried.from ? status.from : carried.from,
    validTo: next ?? carried.to,
  };
}

function ownerAt(vehicle: RegisteredVehicle, instant: string): OwnerRecord | null {
  return vehicle.owners.find((owner) => holds(owner.ownedFrom, owner.ownedTo, instant)) ?? null;
}
