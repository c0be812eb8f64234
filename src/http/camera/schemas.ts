import { z } from 'zod';

/** Shapes for /docs. Requests are checked by `src/ingest`, which knows the stable codes; these never refuse. */
const header = (description: string, example: string) =>
  z.string().optional().describe(description).meta({ example });

export const signedHeaders = z.looseObject({
  'x-camera': header('Required. Id under which the camera is registered', 'km12-north'),
  'x-timestamp': header(
    "Required. Instant of sending by the camera's clock, with its zone",
    '2026-11-22T01:02:03.900Z',
  ),
  'x-content-sha256': header(
    'Required. SHA-256 of the body, lower-case hex; of no bytes if there is no body',
    '9f86d081…',
  ),
  'x-signature': header(
    'Required. HMAC-SHA256 of the text to sign under the secret of the camera, lower-case hex',
    '3c9e…',
  ),
});

export const frameHeaders = signedHeaders.extend({
  'x-sequence': header('Required for image/jpeg. Number of the picture, growing', '17'),
  'x-captured-at': header(
    'Required for image/jpeg. Instant of capture, with its zone',
    '2026-11-22T01:02:03.456Z',
  ),
  'x-speed-kmh': header('Speed measured by the device; X-Speed-Device must come with it', '87.4'),
  'x-speed-device': header('Serial number of the meter, as on its certificate', 'SN-2041'),
  'x-speed-lane': header('Lane in which the speed was measured', 'lane-2'),
  'x-speed-box': header('Box of the measured vehicle, pixels x0,y0,x1,y1', '410,290,640,520'),
  'x-lane': header('Lane that triggered the picture', 'lane-2'),
  'x-signal-state': header(
    'Signals as the controller reports them: red, amber, green or dark',
    's1=red;s2=green',
  ),
  'x-plate': header("The camera's own reading of the plate", '30F25658'),
  'x-plate-box': header('Box of that plate, pixels x0,y0,x1,y1', '470,480,560,505'),
  'x-plate-confidence': header('0 to 1', '0.93'),
  'x-codes': header(
    "Event codes in the device's words, with commas between. Those that speak for a driver: on-duty, directed-by-police, hazard-lamps, lane-blocked",
    'TrafficJunction,hazard-lamps',
  ),
  'x-claims': header('All of the claims as one JSON instead of single headers', '{"lane":"lane-2"}'),
});

export const picture = z
  .any()
  .describe(
    'The JPEG itself, at most 16 MiB; or a multipart of a JSON part "metadata" {sequence, capturedAt, claims?} and a part "picture"',
  )
  .meta({ type: 'string', format: 'binary' });

export const accepted = z.object({
  id: z.string().describe('Name of the frame; the same however often it is pushed'),
  sha256: z.string(),
  duplicate: z.boolean().describe('It was here before and nothing new was made'),
});

export const refused = z.object({
  error: z.object({
    code: z.string().describe('Stable name of the reason'),
    message: z.string(),
    field: z.string().optional().describe('Header or metadata field at fault'),
  }),
});

export const frameState = z.object({
  id: z.string(),
  sequence: z.number(),
  capturedAt: z.string(),
  receivedAt: z.string(),
  sha256: z.string(),
  state: z.enum(['received', 'read', 'set_aside']),
  reason: z.string().nullable(),
});

export const time = z.object({ now: z.string(), allowedSkewMs: z.number() });
export const heard = z.object({ now: z.string(), clockOffsetMs: z.number() });
