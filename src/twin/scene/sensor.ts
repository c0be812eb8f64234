import * as THREE from 'three';
import { Random } from './random.js';

/** Full-screen passes after the scene: adding sub-frames, the glow of lamps, and the camera's own faults. */
const VERTEX = 'varying vec2 at; void main() { at = uv; gl_Position = vec4( position.xy, 0.0, 1.0 ); }';

/** Noise of a sensor after demosaicing: mostly brightness, some colour. One in 8-bit steps is a standard deviation of 1/255. */
function grain(): THREE.DataTexture {
  const random = new Random(20240717);
  const bell = () => random.next() + random.next() + random.next() - 1.5;
  const data = new Float32Array(512 * 512 * 4);
  for (let i = 0; i < data.length; i += 4) {
    const grey = bell();
    for (let k = 0; k < 3; k++) data[i + k] = 0.5 + (grey * 1.7 + bell() * 0.9) / 255;
  }
  const texture = new THREE.DataTexture(data, 512, 512, THREE.RGBAFormat, THREE.FloatType);
  texture.wrapS = texture.wrapT = THREE.RepeatWrapping;
  texture.needsUpdate = true;
  return texture;
}

export interface SensorSettings {
  readonly exposure: number;
  readonly noise: number;
  readonly seed: number;
  readonly bloom: number;
  readonly rain: number;
  readonly t: number;
  readonly haze: THREE.Color;
}

export class Sensor {
  readonly #camera = new THREE.OrthographicCamera(-1, 1, 1, -1, 0, 1);
  readonly #quad = new THREE.Mesh(new THREE.PlaneGeometry(2, 2));
  readonly #scene = new THREE.Scene();
  readonly #small: readonly [THREE.WebGLRenderTarget, THREE.WebGLRenderTarget];
  readonly #add = new THREE.ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader:
      'uniform sampler2D source; uniform float share; varying vec2 at; void main() { gl_FragColor = vec4( min( texture2D( source, at ).rgb, vec3( 60.0 ) ) * share, 1.0 ); }',
    uniforms: { source: { value: null }, share: { value: 1 } },
    blending: THREE.CustomBlending,
    blendSrc: THREE.OneFactor,
    blendDst: THREE.OneFactor,
    blendEquation: THREE.AddEquation,
    depthTest: false,
    depthWrite: false,
  });
  readonly #bright = new THREE.ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: `uniform sampler2D source; uniform vec2 pixel; uniform float exposure; varying vec2 at;
      void main() { vec3 c = vec3( 0.0 );
        for ( int i = -1; i <= 1; i ++ ) for ( int j = -1; j <= 1; j ++ ) c += texture2D( source, at + pixel * vec2( i, j ) * 1.5 ).rgb;
        gl_FragColor = vec4( min( max( c / 9.0 * exposure - 1.1, 0.0 ), 12.0 ), 1.0 ); }`,
    uniforms: { source: { value: null }, pixel: { value: new THREE.Vector2() }, exposure: { value: 1 } },
    depthTest: false,
    depthWrite: false,
  });
  readonly #blur = new THREE.ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: `uniform sampler2D source; uniform vec2 along; varying vec2 at;
      void main() { vec3 c = vec3( 0.0 ); float w = 0.0;
        for ( int i = -7; i <= 7; i ++ ) { float k = exp( - float( i * i ) / 18.0 ); c += k * texture2D( source, at + along * float( i ) ).rgb; w += k; }
        gl_FragColor = vec4( c / w, 1.0 ); }`,
    uniforms: { source: { value: null }, along: { value: new THREE.Vector2() } },
    depthTest: false,
    depthWrite: false,
  });
  readonly #develop = new THREE.ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: `uniform sampler2D source; uniform sampler2D glow; uniform vec2 pixel; uniform float exposure; uniform float noise; uniform float bloom; uniform float rain; uniform float t; uniform vec3 veil; uniform sampler2D grain; uniform vec2 shift; varying vec2 at;
      uint mixBits( uint h ) { h ^= h >> 16u; h *= 2146121005u; h ^= h >> 15u; h *= 2221713035u; h ^= h >> 16u; return h; }
      float unit( uint h ) { return float( h >> 8u ) / 16777216.0; }
      vec3 light( vec2 p ) { return texture2D( source, p ).rgb; }
      vec3 film( vec3 x ) { x *= 0.72; return clamp( ( x * ( 2.51 * x + 0.03 ) ) / ( x * ( 2.43 * x + 0.59 ) + 0.14 ), 0.0, 1.0 ); }
      vec3 gamma( vec3 c ) { return mix( 12.92 * c, 1.055 * pow( c, vec3( 1.0 / 2.4 ) ) - 0.055, step( 0.0031308, c ) ); }
      void main() {
        // A lens spreads a point a little; the camera's own sharpening draws it together again.
        vec3 c = light( at );
        vec3 ring = light( at + vec2( pixel.x, 0.0 ) ) + light( at - vec2( pixel.x, 0.0 ) ) + light( at + vec2( 0.0, pixel.y ) ) + light( at - vec2( 0.0, pixel.y ) );
        c = c * 0.56 + ring * 0.11;
        c = c * exposure + bloom * texture2D( glow, at ).rgb;
        vec2 off = at - 0.5;
        c *= 1.0 - 0.28 * dot( off, off );
        c = mix( c, veil, rain * 0.06 );
        if ( rain > 0.0 ) {
          vec2 p = vec2( at.x * 150.0 + at.y * 4.0, at.y * 7.0 + t * 9.0 );
          for ( int layer = 0; layer < 3; layer ++ ) {
            vec2 q = p * ( 1.0 + 0.6 * float( layer ) ) + 17.3 * float( layer );
            uint h = mixBits( uint( int( floor( q.x ) ) + 8192 ) * 7919u + uint( int( floor( q.y ) ) + 8192 ) * 104729u );
            float inside = step( unit( h ), 0.05 ) * smoothstep( 0.5, 0.1, abs( fract( q.x ) - 0.5 ) ) * smoothstep( 0.0, 0.3, fract( q.y ) ) * smoothstep( 1.0, 0.6, fract( q.y ) );
            c += inside * rain * ( 0.018 + 0.06 * veil );
          }
        }
        c = gamma( film( c ) );
        vec3 n = texture2D( grain, ( gl_FragCoord.xy + shift ) / 512.0 ).rgb - 0.5;
        c += n * noise * ( 1.35 - 0.75 * dot( c, vec3( 0.3333 ) ) );
        gl_FragColor = vec4( clamp( c, 0.0, 1.0 ), 1.0 );
      }`,
    uniforms: {
      source: { value: null },
      glow: { value: null },
      pixel: { value: new THREE.Vector2() },
      exposure: { value: 1 },
      noise: { value: 0 },
      bloom: { value: 0 },
      rain: { value: 0 },
      t: { value: 0 },
      veil: { value: new THREE.Color() },
      grain: { value: grain() },
      shift: { value: new THREE.Vector2() },
    },
    depthTest: false,
    depthWrite: false,
    glslVersion: null,
  });

  constructor(width: number, height: number) {
    this.#scene.add(this.#quad);
    this.#quad.frustumCulled = false;
    const small = () =>
      new THREE.WebGLRenderTarget(Math.ceil(width / 4), Math.ceil(height / 4), {
        type: THREE.HalfFloatType,
        depthBuffer: false,
      });
    this.#small = [small(), small()];
  }

  /** Adds a picture to the sum of sub-frames. */
  accumulate(
    renderer: THREE.WebGLRenderer,
    source: THREE.Texture,
    sum: THREE.WebGLRenderTarget,
    share: number,
  ): void {
    this.#add.uniforms['source']!.value = source;
    this.#add.uniforms['share']!.value = share;
    this.#pass(renderer, this.#add, sum);
  }

  develop(
    renderer: THREE.WebGLRenderer,
    sum: THREE.WebGLRenderTarget,
    out: THREE.WebGLRenderTarget,
    s: SensorSettings,
  ): void {
    const [a, b] = this.#small;
    const set = (material: THREE.ShaderMaterial, values: Readonly<Record<string, unknown>>) => {
      for (const [name, value] of Object.entries(values)) material.uniforms[name]!.value = value;
    };
    set(this.#bright, {
      source: sum.texture,
      pixel: new THREE.Vector2(1 / sum.width, 1 / sum.height),
      exposure: s.exposure,
    });
    this.#pass(renderer, this.#bright, a);
    set(this.#blur, { source: a.texture, along: new THREE.Vector2(1.3 / a.width, 0) });
    this.#pass(renderer, this.#blur, b);
    set(this.#blur, { source: b.texture, along: new THREE.Vector2(0, 1.3 / a.height) });
    this.#pass(renderer, this.#blur, a);
    set(this.#develop, {
      source: sum.texture,
      glow: a.texture,
      pixel: new THREE.Vector2(1 / sum.width, 1 / sum.height),
      exposure: s.exposure,
      noise: s.noise,
      bloom: s.bloom,
      rain: s.rain,
      t: s.t,
      veil: s.haze.clone().multiplyScalar(s.exposure),
      shift: new THREE.Vector2(s.seed % 509, (s.seed >>> 9) % 503),
    });
    this.#pass(renderer, this.#develop, out);
  }

  dispose(): void {
    for (const target of this.#small) target.dispose();
    for (const material of [this.#add, this.#bright, this.#blur, this.#develop]) material.dispose();
    this.#quad.geometry.dispose();
  }

  #pass(renderer: THREE.WebGLRenderer, material: THREE.Material, target: THREE.WebGLRenderTarget): void {
    this.#quad.material = material;
    const clear = renderer.autoClear;
    renderer.autoClear = false;
    renderer.setRenderTarget(target);
    renderer.render(this.#scene, this.#camera);
    renderer.autoClear = clear;
  }
}
