import * as THREE from 'three';

/**
 * The unmoving part of a fixed camera's view, drawn once: its colours and its depth.
 * Each frame starts from it, so that a frame costs only what moves.
 */
export class Backdrop {
  /** Lays the stored picture and its depth under whatever is drawn after it. */
  readonly quad: THREE.Mesh;
  /** The stored depth alone, for counting pixels. */
  readonly depthQuad: THREE.Mesh;
  /** Lower left corner of the piece that is drawn, pixels. */
  readonly #from = new THREE.Vector2();
  readonly #colour: THREE.WebGLRenderTarget;
  readonly #depth: THREE.WebGLRenderTarget;

  constructor(width: number, height: number) {
    this.#colour = new THREE.WebGLRenderTarget(width, height, {
      type: THREE.HalfFloatType,
      samples: 4,
      resolveDepthBuffer: false,
    });
    this.#depth = new THREE.WebGLRenderTarget(width, height, {
      depthTexture: new THREE.DepthTexture(width, height, THREE.UnsignedIntType),
    });
    const quad = (fragment: string) => {
      const mesh = new THREE.Mesh(
        new THREE.PlaneGeometry(2, 2),
        new THREE.ShaderMaterial({
          glslVersion: THREE.GLSL3,
          vertexShader:
            'out vec2 at; void main() { at = uv; gl_Position = vec4( position.xy, 0.999, 1.0 ); }',
          fragmentShader: `uniform highp sampler2D colour; uniform highp sampler2D depth; uniform vec2 from; in vec2 at; out vec4 result; void main() { ${fragment} }`,
          uniforms: {
            colour: { value: this.#colour.texture },
            depth: { value: this.#depth.depthTexture },
            from: { value: this.#from },
          },
          depthFunc: THREE.AlwaysDepth,
        }),
      );
      mesh.frustumCulled = false;
      mesh.renderOrder = -1000;
      return mesh;
    };
    this.quad = quad(
      'ivec2 p = ivec2( gl_FragCoord.xy + from ); result = vec4( texelFetch( colour, p, 0 ).rgb, 1.0 ); gl_FragDepth = texelFetch( depth, p, 0 ).r;',
    );
    // Counted pixels may be coarser than the picture's.
    this.depthQuad = quad('result = vec4( 0.0 ); gl_FragDepth = texture( depth, at ).r;');
  }

  /** The piece of the picture that `quad` shows from the lower left corner on. */
  from(x: number, y: number): void {
    this.#from.set(x, y);
  }

  /** The light of the empty road. */
  get light(): THREE.Texture {
    return this.#colour.texture;
  }

  paint(renderer: THREE.WebGLRenderer, scene: THREE.Scene, camera: THREE.Camera): void {
    renderer.shadowMap.needsUpdate = true;
    renderer.setRenderTarget(this.#colour);
    renderer.render(scene, camera);
    const flat = new THREE.MeshBasicMaterial({ fog: false, side: THREE.DoubleSide });
    // Light on the road stands in nobody's way.
    const clear: THREE.Object3D[] = [];
    scene.traverseVisible((object) => {
      if (object instanceof THREE.Mesh && (object.material as THREE.Material).transparent) clear.push(object);
    });
    for (const object of clear) object.visible = false;
    scene.overrideMaterial = flat;
    renderer.setRenderTarget(this.#depth);
    renderer.render(scene, camera);
    scene.overrideMaterial = null;
    for (const object of clear) object.visible = true;
    flat.dispose();
  }

  dispose(): void {
    this.#colour.dispose();
    this.#depth.depthTexture?.dispose();
    this.#depth.dispose();
  }
}
