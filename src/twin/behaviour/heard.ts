import { seenIn } from './see.js';
import type { Scene, SceneClaim, TrueAct } from './types.js';

/** A device says nothing of a vehicle that is mostly hidden from it. */
const CLAIMED_VISIBLE = 0.5;

/** Whether a device can say this word: it sees the vehicle of which it speaks. */
export const canSay = (
  seen: readonly { readonly id: string; readonly visible: number }[],
  claim: SceneClaim,
): boolean => seen.some((one) => one.id === claim.vehicle && one.visible >= CLAIMED_VISIBLE);

/** The words that each rule rests on, for rules that nothing but a device can prove. */
function restsOn(rule: string): ((claim: SceneClaim) => boolean) | null {
  switch (rule) {
    case 'speeding':
    case 'below-minimum':
      return (claim) => claim.kind === 'speed';
    case 'too-close':
      return (claim) => claim.kind === 'distance';
    case 'seat-belt':
    case 'phone':
    case 'helmet':
    case 'helmet-passenger':
      return (claim) => claim.code === rule;
    default:
      return null;
  }
}

/**
 * Whether an act that only a device can prove was told as written: at least half of its words. Of a vehicle that drove hidden
 * through the device's view nobody will ever know, so that it is no act to be found.
 */
export function heard(scene: Pick<Scene, 'site' | 'vehicles' | 'claims'>, act: TrueAct): boolean {
  const rests = restsOn(act.rule);
  if (rests === null) return true;
  const words = scene.claims.filter((claim) => claim.vehicle === act.vehicle && rests(claim));
  const said = words.filter((claim) => canSay(seenIn(scene, claim.cameraId, claim.frame), claim));
  return said.length >= words.length / 2;
}
