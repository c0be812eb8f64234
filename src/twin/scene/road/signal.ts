import * as THREE from 'three';
import type { SignalHead } from '../../picture-spec.js';
import { box, part, weld } from '../kit.js';
import { TRIM } from '../vehicles/materials.js';
import { bearing } from '../world.js';

export interface SignalMesh {
  readonly id: string;
  readonly body: THREE.Object3D;
  readonly lenses: Readonly<Record<'red' | 'amber' | 'green', THREE.MeshLambertMaterial>>;
  /** Corners of the housing's face, for the truth. */
  readonly face: readonly THREE.Vector3[];
  readonly glow: Readonly<Record<'red' | 'amber' | 'green', THREE.Vector3>>;
}

/** A three-lamp head with hoods, 0.4 × 1.1 m, as the sites measure it. */
export function placeSignal(scene: THREE.Object3D, head: SignalHead): SignalMesh {
  const group = new THREE.Group();
  const housing = new THREE.Mesh(weld([box([0.22, 1.1, 0.4], '#16181a', [-0.11, 0, 0])]), TRIM);
  housing.castShadow = true;
  group.add(housing);
  const hoods: THREE.BufferGeometry[] = [];
  const lens = (y: number, colour: string) => {
    const material = new THREE.MeshLambertMaterial({
      color: new THREE.Color(colour).multiplyScalar(0.16),
      emissive: new THREE.Color(colour),
      emissiveIntensity: 0,
    });
    const mesh = new THREE.Mesh(new THREE.CircleGeometry(0.15, 24).rotateY(Math.PI / 2), material);
    mesh.position.set(0.005, y, 0);
    group.add(mesh);
    hoods.push(
      part(
        new THREE.CylinderGeometry(
          0.165,
          0.165,
          0.22,
          20,
          1,
          true,
          -Math.PI * 0.62,
          Math.PI * 1.24,
        ).toNonIndexed(),
        '#131516',
        [0.11, y, 0],
        [0, 0, -Math.PI / 2],
      ),
    );
    return material;
  };
  const lenses = { red: lens(0.36, '#ff2a1c'), amber: lens(0, '#ffac16'), green: lens(-0.36, '#1fe08a') };
  const hoodMesh = new THREE.Mesh(weld(hoods), TRIM);
  (hoodMesh.material as THREE.Material) = TRIM.clone();
  (hoodMesh.material as THREE.Material).side = THREE.DoubleSide;
  group.add(hoodMesh);
  group.position.set(head.position[0], head.position[2], -head.position[1]);
  group.rotation.y = bearing(head.facing);
  group.updateMatrixWorld(true);
  scene.add(group);
  const at = (y: number, z: number) => new THREE.Vector3(0.01, y, z).applyMatrix4(group.matrixWorld);
  return {
    id: head.id,
    body: group,
    lenses,
    face: [at(0.55, -0.2), at(0.55, 0.2), at(-0.55, 0.2), at(-0.55, -0.2)],
    glow: { red: at(0.36, 0), amber: at(0, 0), green: at(-0.36, 0) },
  };
}
