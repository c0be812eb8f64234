import * as THREE from 'three';
import type { Marking, RoadArrow, RoadPoint, Surface, Weather } from '../../picture-spec.js';
import { noiseTexture } from '../noise.js';
import { seedOf } from '../random.js';
import { shine } from '../vehicles/materials.js';
import { bearing } from '../world.js';

/** Ground materials follow road metres, so that one material serves surfaces of any outline. */
function groundMaterial(kind: Surface['kind'], weather: Weather, seed: number): THREE.MeshLambertMaterial {
  const speckle = [
    [8, 1],
    [32, 0.7],
    [128, 0.8],
  ] as const;
  const texture =
    kind === 'grass'
      ? noiseTexture(
          512,
          [
            [4, 1],
            [24, 1],
            [96, 1.4],
          ],
          seed,
          (n, f) => [74 + n * 36 + f * 10, 84 + n * 40 + f * 10, 50 + n * 22 + f * 6],
        )
      : kind === 'pavement'
        ? noiseTexture(512, speckle, seed, (n, f) => [
            128 + n * 36 + f * 6,
            122 + n * 34 + f * 6,
            114 + n * 30 + f * 6,
          ])
        : kind === 'concrete'
          ? noiseTexture(512, speckle, seed, (n, f) => [
              140 + n * 34 + f * 10,
              139 + n * 34 + f * 10,
              134 + n * 32 + f * 10,
            ])
          : noiseTexture(512, speckle, seed, (n, f) => {
              const v = 88 + n * 16 + (f - 0.5) * 9;
              return [v, v, v + 1];
            });
  const wet = weather === 'rain';
  const material = new THREE.MeshLambertMaterial({ map: texture });
  if (wet) material.color.setScalar(0.62);
  // Broad stains, and puddles in the rain, at a scale that does not repeat in sight.
  const stained = (fragment: string) =>
    fragment
      .replace(
        '#include <common>',
        `#include <common>
        varying vec3 groundAt; float stain;
        float cell( vec2 p ) { uvec2 q = uvec2( ivec2( floor( p ) ) + 4096 ); uint h = q.x * 1597334677u ^ q.y * 3812015801u; h = ( h ^ ( h >> 15u ) ) * 2246822519u; return float( h >> 8u ) / 16777216.0; }
        float broad( vec2 p ) { vec2 i = floor( p ); vec2 f = fract( p ); f = f * f * ( 3.0 - 2.0 * f );
          return mix( mix( cell( i ), cell( i + vec2( 1, 0 ) ), f.x ), mix( cell( i + vec2( 0, 1 ) ), cell( i + vec2( 1, 1 ) ), f.x ), f.y ); }`,
      )
      .replace(
        '#include <map_fragment>',
        `#include <map_fragment>
        stain = 0.6 * broad( groundAt.xz * vec2( 0.55, 0.09 ) ) + 0.4 * broad( groundAt.xz * vec2( 1.7, 0.4 ) + 31.0 );
        diffuseColor.rgb *= 0.9 + 0.2 * stain;`,
      );
  const worldPlace = (vertex: string) =>
    vertex
      .replace('#include <common>', '#include <common>\nvarying vec3 groundAt;')
      .replace(
        '#include <begin_vertex>',
        '#include <begin_vertex>\ngroundAt = ( modelMatrix * vec4( position, 1.0 ) ).xyz;',
      );
  if (wet) shine(material, 'wet ground', 'mix( 0.1, 0.55, smoothstep( 0.3, 0.75, stain ) )', '0.0', stained);
  const shining = material.onBeforeCompile;
  material.onBeforeCompile = (shader, renderer) => {
    if (wet) shining.call(material, shader, renderer);
    else shader.fragmentShader = stained(shader.fragmentShader);
    shader.vertexShader = worldPlace(shader.vertexShader);
  };
  material.customProgramCacheKey = () => `ground:${wet}`;
  return material;
}

const TILE: Readonly<Record<Surface['kind'], number>> = { asphalt: 5, concrete: 6, pavement: 3, grass: 7 };

/** Lays the surfaces in their order, each a hair above the one before. Returns the height of the top. */
export function laySurfaces(
  scene: THREE.Object3D,
  surfaces: readonly Surface[],
  weather: Weather,
  seed: number,
): number {
  let height = 0;
  surfaces.forEach((surface, index) => {
    height = 0.004 * (index + 1);
    const shape = new THREE.Shape(surface.outline.map(([x, y]) => new THREE.Vector2(x, y)));
    const geometry = new THREE.ShapeGeometry(shape);
    geometry.rotateX(-Math.PI / 2);
    const uv = geometry.getAttribute('uv');
    const positions = geometry.getAttribute('position');
    const tile = TILE[surface.kind];
    for (let i = 0; i < uv.count; i++) uv.setXY(i, positions.getX(i) / tile, positions.getZ(i) / tile);
    const mesh = new THREE.Mesh(
      geometry,
      groundMaterial(surface.kind, weather, seedOf(seed, `${surface.kind}`)),
    );
    mesh.position.y = height;
    mesh.receiveShadow = true;
    scene.add(mesh);
  });
  return height;
}

/** Paints lines and arrows as one mesh a colour; paint is worn where wheels pass. */
export function paintMarkings(
  scene: THREE.Object3D,
  markings: readonly Marking[],
  arrows: readonly RoadArrow[],
  height: number,
  seed: number,
): void {
  const strips: Record<Marking['colour'], number[]> = { white: [], yellow: [] };
  for (const marking of markings) {
    for (let i = 0; i + 1 < marking.points.length; i++) {
      for (const [a, b] of dashes(marking.points[i]!, marking.points[i + 1]!, marking.dash))
        addQuad(strips[marking.colour], a, b, marking.width);
    }
  }
  for (const arrow of arrows) for (const polygon of arrowShapes(arrow)) addFan(strips.white, polygon);
  const worn = noiseTexture(
    256,
    [
      [8, 1],
      [32, 1],
      [128, 1],
    ],
    seedOf(seed, 'paint'),
    (n, f) => {
      const v = 208 + (n - 0.5) * 56 + (f - 0.5) * 16;
      return [v, v, v];
    },
  );
  for (const colour of ['white', 'yellow'] as const) {
    const positions = strips[colour];
    if (positions.length === 0) continue;
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute('position', new THREE.Float32BufferAttribute(positions, 3));
    const uvs: number[] = [];
    const normals: number[] = [];
    for (let i = 0; i < positions.length; i += 3) {
      uvs.push(positions[i]! / 2.1, positions[i + 2]! / 2.1);
      normals.push(0, 1, 0);
    }
    geometry.setAttribute('uv', new THREE.Float32BufferAttribute(uvs, 2));
    geometry.setAttribute('normal', new THREE.Float32BufferAttribute(normals, 3));
    const material = new THREE.MeshLambertMaterial({
      map: worn,
      color: colour === 'white' ? '#d6d6d2' : '#d59a1c',
    });
    const mesh = new THREE.Mesh(geometry, material);
    mesh.position.y = height + 0.006;
    mesh.receiveShadow = true;
    scene.add(mesh);
  }
}

function dashes(a: RoadPoint, b: RoadPoint, dash: Marking['dash']): [RoadPoint, RoadPoint][] {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const along = (d: number): RoadPoint => [
    a[0] + ((b[0] - a[0]) * d) / length,
    a[1] + ((b[1] - a[1]) * d) / length,
  ];
  if (dash === undefined) return [[a, b]];
  const out: [RoadPoint, RoadPoint][] = [];
  for (let d = 0; d < length; d += dash[0] + dash[1])
    out.push([along(d), along(Math.min(length, d + dash[0]))]);
  return out;
}

function addQuad(positions: number[], a: RoadPoint, b: RoadPoint, width: number): void {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const nx = (-(b[1] - a[1]) / length) * (width / 2);
  const ny = ((b[0] - a[0]) / length) * (width / 2);
  addFan(positions, [
    [a[0] + nx, a[1] + ny],
    [a[0] - nx, a[1] - ny],
    [b[0] - nx, b[1] - ny],
    [b[0] + nx, b[1] + ny],
  ]);
}

function addFan(positions: number[], polygon: readonly RoadPoint[]): void {
  for (let i = 1; i + 1 < polygon.length; i++) {
    const [a, b, c] = [polygon[0]!, polygon[i]!, polygon[i + 1]!];
    // Paint looks upwards whichever way round its outline was given.
    const up = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
    for (const [x, y] of up ? [a, b, c] : [a, c, b]) positions.push(x, 0, -y);
  }
}

/** Convex pieces of a lane arrow 5 m long. */
function arrowShapes(arrow: RoadArrow): RoadPoint[][] {
  const a = bearing(arrow.heading);
  const turn = ([f, r]: readonly [number, number]): RoadPoint => [
    arrow.at[0] + Math.cos(a) * f + Math.sin(a) * r,
    arrow.at[1] + Math.sin(a) * f - Math.cos(a) * r,
  ];
  const shapes: (readonly [number, number])[][] = [
    [
      [-2.5, -0.08],
      [-2.5, 0.08],
      [0.8, 0.08],
      [0.8, -0.08],
    ],
  ];
  if (arrow.kind.includes('straight'))
    shapes.push(
      [
        [0.8, -0.4],
        [2.5, 0],
        [0.8, 0.4],
      ],
      [
        [0.7, -0.08],
        [0.7, 0.08],
        [1, 0.08],
        [1, -0.08],
      ],
    );
  for (const [word, s] of [
    ['left', -1],
    ['right', 1],
  ] as const) {
    if (!arrow.kind.includes(word)) continue;
    shapes.push(
      [
        [0, 0],
        [0.3, s * 0.05],
        [0.75, s * 0.6],
        [0.5, s * 0.65],
      ],
      [
        [0.2, s * 0.55],
        [1.1, s * 0.5],
        [0.7, s * 1.2],
      ],
    );
  }
  return shapes.map((shape) => shape.map(turn));
}
