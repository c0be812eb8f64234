import type { Context } from '../storage/context.js';
import { RegistryError } from './errors.js';
import { recorded } from './recorded.js';
import type { VehicleRegister } from './register.js';
import { HttpVehicleRegister } from './register-http.js';

/** The house's register, each look-up on record. @throws {RegistryError} `UNAVAILABLE` where no address is set. */
export function registerOf(ctx: Pick<Context, 'config' | 'db' | 'clock'>): VehicleRegister {
  const { url, key } = ctx.config.vehicleRegister;
  if (url === undefined) throw new RegistryError('UNAVAILABLE', 'VEHICLE_REGISTER_URL is not set');
  return recorded(ctx, new HttpVehicleRegister({ url, key }));
}
