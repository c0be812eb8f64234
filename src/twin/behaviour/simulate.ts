import { laneAt } from '../../sites/geometry.js';
import type { Point, SiteVersion } from '../../sites/site-schema.js';
import { drive, STEP, type Agent } from './drive.js';
import type { ScenePose } from './types.js';

export const FPS = 10;
const STEPS = Math.round(1 / FPS / STEP);
const LONGEST_SECONDS = 600;

/** Runs agents over a road until all have left it. Fills their poses, one a frame. Returns the number of frames. */
export function simulate(site: SiteVersion, agents: readonly Agent[]): number {
  const waiting = [...agents].sort((a, b) => a.enters - b.enters);
  let onRoad: Agent[] = [];
  let frame = 0;
  for (; frame < LONGEST_SECONDS * FPS; frame++) {
    const now = frame / FPS;
    while (waiting.length > 0 && waiting[0]!.enters <= now + 1e-9) {
      const agent = waiting.shift()!;
      agent.firstFrame = frame;
      onRoad.push(agent);
    }
    if (onRoad.length === 0 && waiting.length === 0) break;
    for (const agent of onRoad) agent.poses.push(poseOf(site, agent, now));
    for (let i = 0; i < STEPS; i++) {
      const places = onRoad.map(placeOf);
      onRoad.forEach((agent, k) => {
        const wish = agent.driver(agent, now + i * STEP);
        drive(
          agent,
          wish,
          wish.blind === true ? null : nearestAhead(onRoad, places, k, wish.offset ?? agent.offset),
        );
      });
    }
    onRoad = onRoad.filter((agent) => agent.s < agent.leavesAt && agent.s > -40);
  }
  return frame;
}

interface Placed {
  readonly point: Point;
  readonly heading: Point;
}

function placeOf(agent: Agent): Placed {
  const { point, heading } = agent.path.at(agent.s);
  return { point: [point[0] + heading[1] * agent.offset, point[1] - heading[0] * agent.offset], heading };
}

/** The nearest vehicle whose width overlaps mine, where I am or where I am going. */
function nearestAhead(
  agents: readonly Agent[],
  places: readonly Placed[],
  k: number,
  wanted: number,
): { gap: number; speed: number } | null {
  const me = agents[k]!;
  const { point, heading } = places[k]!;
  let best: { gap: number; speed: number } | null = null;
  for (let j = 0; j < agents.length; j++) {
    if (j === k) continue;
    const x = places[j]!.point[0] - point[0];
    const y = places[j]!.point[1] - point[1];
    const along = x * heading[0] + y * heading[1];
    if (along <= 0 || along > 160) continue;
    const aside = x * heading[1] - y * heading[0];
    const room = (me.looks.size.width + agents[j]!.looks.size.width) / 2 + 0.35;
    if (Math.abs(aside) > room && Math.abs(aside - (wanted - me.offset)) > room) continue;
    const gap = along - (me.looks.size.length + agents[j]!.looks.size.length) / 2;
    if (best !== null && gap >= best.gap) continue;
    const same = places[j]!.heading[0] * heading[0] + places[j]!.heading[1] * heading[1];
    best = { gap, speed: agents[j]!.speed * same };
  }
  return best;
}

function poseOf(site: SiteVersion, agent: Agent, now: number): ScenePose {
  const wish = agent.driver(agent, now);
  const { point, heading } = placeOf(agent);
  // The bow follows the way over the ground, unless it hardly moves.
  const over = Math.abs(agent.speed) < 1 ? 0 : Math.max(-0.35, Math.min(0.35, agent.drift / agent.speed));
  const length = Math.hypot(1, over);
  const bow: Point = [(heading[0] + heading[1] * over) / length, (heading[1] - heading[0] * over) / length];
  return {
    at: [round(point[0]), round(point[1])],
    heading: [round(bow[0]), round(bow[1])],
    speed: round(agent.speed),
    lane: laneAt(site, point)?.id ?? null,
    braking: agent.acceleration < -0.8 || Math.abs(agent.speed) < 0.2,
    indicator: wish.indicator ?? null,
    beacon: wish.beacon ?? false,
  };
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4 || 0;
