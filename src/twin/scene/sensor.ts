import * as THREE from 'three';
import type { PictureArea } from '../picture-spec.js';
import { grown } from './area.js';

/** A changed pixel changes others this far away: the glow of bright things. Pixels of the picture. */
const GLOW_REACH = 48;
/** The same in pixels of the small pictures that the glow is made of. */
const SMALL_REACH = 11;

const VERTEX = 'varying vec2 at; void main() { at = uv; gl_Position = vec4( position.xy, 0.0, 1.0 ); }';

export interface SensorSettings {
  readonly exposure: number;
  readonly bloom: number;
  /** Share of the haze that rain lays over everything. */
  readonly veil: number;
  readonly haze: THREE.Color;
}

/**
 * The light that fell on the sensor, and the picture made of it. Works on rectangles, since most of a fixed
 * camera's picture is as it was. Grain and falling rain come later, in Node.
 */
export class Sensor {
  readonly #camera = new THREE.OrthographicCamera(-1, 1, 1, -1, 0, 1);
  readonly #quad = new THREE.Mesh(new THREE.PlaneGeometry(2, 2));
  readonly #scene = new THREE.Scene();
  readonly #small: readonly [THREE.WebGLRenderTarget, THREE.WebGLRenderTarget];
  readonly #light: THREE.WebGLRenderTarget;
  readonly #out: THREE.WebGLRenderTarget;
  readonly #add = new THREE.ShaderMaterial({
    glslVersion: THREE.GLSL3,
    vertexShader: 'void main() { gl_Position = vec4( position.xy, 0.0, 1.0 ); }',
    fragmentShader:
      'uniform highp sampler2D source; uniform float share; uniform vec2 from; out vec4 result; void main() { result = vec4( min( texelFetch( source, ivec2( gl_FragCoord.xy - from ), 0 ).rgb, vec3( 60.0 ) ) * share, 1.0 ); }',
    uniforms: { source: { value: null }, share: { value: 1 }, from: { value: new THREE.Vector2() } },
    blending: THREE.NoBlending,
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
    glslVersion: THREE.GLSL3,
    vertexShader: 'out vec2 at; void main() { at = uv; gl_Position = vec4( position.xy, 0.0, 1.0 ); }',
    fragmentShader: `uniform highp sampler2D source; uniform sampler2D glow; uniform float exposure; uniform float bloom; uniform float veil; uniform vec3 haze; in vec2 at; out vec4 result;
      vec3 film( vec3 x ) { x *= 0.72; return clamp( ( x * ( 2.51 * x + 0.03 ) ) / ( x * ( 2.43 * x + 0.59 ) + 0.14 ), 0.0, 1.0 ); }
      vec3 gamma( vec3 c ) { return mix( 12.92 * c, 1.055 * pow( c, vec3( 1.0 / 2.4 ) ) - 0.055, step( 0.0031308, c ) ); }
      void main() {
        // A lens spreads a point a little; the camera's own sharpening draws it together again.
        ivec2 p = ivec2( gl_FragCoord.xy );
        ivec2 edge = textureSize( source, 0 ) - 1;
        vec3 c = texelFetch( source, p, 0 ).rgb;
        vec3 ring = texelFetch( source, ivec2( min( p.x + 1, edge.x ), p.y ), 0 ).rgb + texelFetch( source, ivec2( max( p.x - 1, 0 ), p.y ), 0 ).rgb
          + texelFetch( source, ivec2( p.x, min( p.y + 1, edge.y ) ), 0 ).rgb + texelFetch( source, ivec2( p.x, max( p.y - 1, 0 ) ), 0 ).rgb;
        c = c * 0.56 + ring * 0.11;
        c = c * exposure + bloom * texture( glow, at ).rgb;
        vec2 off = at - 0.5;
        c *= 1.0 - 0.28 * dot( off, off );
        result = vec4( gamma( film( mix( c, haze, veil ) ) ), 1.0 );
      }`,
    uniforms: {
      source: { value: null },
      glow: { value: null },
      exposure: { value: 1 },
      bloom: { value: 0 },
      veil: { value: 0 },
      haze: { value: new THREE.Color() },
    },
    blending: THREE.NoBlending,
    depthTest: false,
    depthWrite: false,
  });

  constructor(width: number, height: number, settings: SensorSettings) {
    this.#scene.add(this.#quad);
    this.#quad.frustumCulled = false;
    const target = (w: number, h: number, type: THREE.TextureDataType) => {
      const made = new THREE.WebGLRenderTarget(w, h, { type, depthBuffer: false });
      made.scissorTest = true;
      return made;
    };
    const small = () => target(Math.ceil(width / 4), Math.ceil(height / 4), THREE.HalfFloatType);
    this.#small = [small(), small()];
    this.#light = target(width, height, THREE.HalfFloatType);
    this.#out = target(width, height, THREE.UnsignedByteType);
    set(this.#bright, {
      source: this.#light.texture,
      pixel: new THREE.Vector2(1 / width, 1 / height),
      exposure: settings.exposure,
    });
    set(this.#develop, {
      source: this.#light.texture,
      glow: this.#small[0].texture,
      exposure: settings.exposure,
      bloom: settings.bloom,
      veil: settings.veil,
      haze: settings.haze.clone().multiplyScalar(settings.exposure),
    });
  }

  /** Puts light on an area in place of what fell there. The source's corner lies at `at` of the picture. */
  expose(
    renderer: THREE.WebGLRenderer,
    source: THREE.Texture,
    area: PictureArea,
    at: { readonly x: number; readonly y: number } = { x: 0, y: 0 },
    share = 1,
  ): void {
    this.#add.blending = THREE.NoBlending;
    this.#lay(renderer, source, area, at, share);
  }

  /** Adds the light of a further sub-frame. */
  add(
    renderer: THREE.WebGLRenderer,
    source: THREE.Texture,
    area: PictureArea,
    at: { readonly x: number; readonly y: number },
    share: number,
  ): void {
    this.#add.blending = THREE.CustomBlending;
    this.#lay(renderer, source, area, at, share);
  }

  /** The area of the picture that a change of light in this area changes. */
  reach(area: PictureArea): PictureArea {
    return grown(area, GLOW_REACH, this.#out.width, this.#out.height);
  }

  /** Makes areas of the picture; RGBA rows from the lower edge up, area by area. */
  develop(renderer: THREE.WebGLRenderer, areas: readonly PictureArea[]): Uint8Array {
    const [a, b] = this.#small;
    for (const area of areas) {
      const narrow = quarter(area);
      const wide = grown(narrow, SMALL_REACH, a.width, a.height);
      this.#pass(renderer, this.#bright, a, wide);
      set(this.#blur, { source: a.texture, along: new THREE.Vector2(1.3 / a.width, 0) });
      this.#pass(renderer, this.#blur, b, wide);
      set(this.#blur, { source: b.texture, along: new THREE.Vector2(0, 1.3 / a.height) });
      this.#pass(renderer, this.#blur, a, grown(narrow, 1, a.width, a.height));
      this.#pass(renderer, this.#develop, this.#out, area);
    }
    const pixels = new Uint8Array(areas.reduce((sum, { width, height }) => sum + width * height * 4, 0));
    let offset = 0;
    for (const { x, y, width, height } of areas) {
      const end = offset + width * height * 4;
      renderer.readRenderTargetPixels(this.#out, x, y, width, height, pixels.subarray(offset, end));
      offset = end;
    }
    return pixels;
  }

  dispose(): void {
    for (const target of [...this.#small, this.#light, this.#out]) target.dispose();
    for (const material of [this.#add, this.#bright, this.#blur, this.#develop]) material.dispose();
    this.#quad.geometry.dispose();
  }

  #lay(
    renderer: THREE.WebGLRenderer,
    source: THREE.Texture,
    area: PictureArea,
    at: { readonly x: number; readonly y: number },
    share: number,
  ): void {
    set(this.#add, { source, share, from: new THREE.Vector2(at.x, at.y) });
    this.#pass(renderer, this.#add, this.#light, area);
  }

  #pass(
    renderer: THREE.WebGLRenderer,
    material: THREE.Material,
    target: THREE.WebGLRenderTarget,
    area: PictureArea,
  ): void {
    this.#quad.material = material;
    target.scissor.set(area.x, area.y, area.width, area.height);
    const clear = renderer.autoClear;
    renderer.autoClear = false;
    renderer.setRenderTarget(target);
    renderer.render(this.#scene, this.#camera);
    renderer.autoClear = clear;
  }
}

function set(material: THREE.ShaderMaterial, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) material.uniforms[name]!.value = value;
}

function quarter({ x, y, width, height }: PictureArea): PictureArea {
  const [left, low] = [Math.floor(x / 4), Math.floor(y / 4)];
  return {
    x: left,
    y: low,
    width: Math.ceil((x + width) / 4) - left,
    height: Math.ceil((y + height) / 4) - low,
  };
}
