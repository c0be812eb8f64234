import * as THREE from 'three';

/** The sky as paint, glass and wet ground mirror it; set once a scene. */
export const MIRROR = {
  sky: { value: null as THREE.CubeTexture | null },
  sunTowards: { value: new THREE.Vector3(0, 1, 0) },
  sunLight: { value: new THREE.Color(0, 0, 0) },
};

/**
 * Adds a mirrored sky and the sun's highlight to a diffuse material: a fifth of the price of the stock
 * physical material in a software renderer, and the eye sees no difference at a camera's distance.
 * `rough` and `metal` are GLSL expressions.
 */
export function shine<M extends THREE.MeshLambertMaterial>(
  material: M,
  key: string,
  rough: string,
  metal: string,
  before: (fragment: string) => string = (f) => f,
): M {
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, {
      mirrorSky: MIRROR.sky,
      sunTowards: MIRROR.sunTowards,
      sunLight: MIRROR.sunLight,
    });
    shader.fragmentShader = before(
      `uniform samplerCube mirrorSky; uniform vec3 sunTowards; uniform vec3 sunLight;\n${shader.fragmentShader}`,
    ).replace(
      '#include <opaque_fragment>',
      `float rough = ${rough}; float metal = ${metal};
       vec3 towards = normalize( vViewPosition );
       vec3 mirrored = inverseTransformDirection( reflect( - towards, normal ), viewMatrix );
       vec3 base = mix( vec3( 0.04 ), diffuseColor.rgb, metal );
       float grazing = 1.0 - saturate( dot( normal, towards ) ); grazing *= grazing; grazing *= grazing * ( 1.0 - saturate( dot( normal, towards ) ) );
       vec3 share = base + ( max( vec3( 1.0 - rough ), base ) - base ) * grazing;
       outgoingLight = outgoingLight * ( 1.0 - metal ) + share * textureLod( mirrorSky, mirrored, rough * 5.5 ).rgb;
       float spot = max( dot( mirrored, sunTowards ), 0.0 );
       float tight = 2.0 / max( rough * rough * rough * rough, 0.0004 );
       outgoingLight += share * sunLight * min( pow( spot, tight ) * ( tight + 2.0 ) * 0.04, 30.0 );
       #include <opaque_fragment>`,
    );
  };
  material.customProgramCacheKey = () => key;
  return material;
}

/** Paint tints only what the skin marks as painted; the rest keeps its own colour. */
export function skinMaterial(
  map: THREE.Texture,
  matter: THREE.Texture,
  paint: string,
  wear: number,
): THREE.MeshLambertMaterial {
  const material = new THREE.MeshLambertMaterial({
    map,
    specularMap: matter,
    color: new THREE.Color(paint),
    reflectivity: wear,
  });
  return shine(material, 'skin', 'clamp( matterHere.g, 0.05, 1.0 )', 'matterHere.b', (f) =>
    f.replace(
      '#include <map_fragment>',
      `vec3 matterHere = texture2D( specularMap, vMapUv ).rgb;
       diffuseColor.rgb = texture2D( map, vMapUv ).rgb * mix( vec3( 1.0 ), diffuseColor.rgb, matterHere.r );`,
    ),
  );
}

/** Plain paint without a skin. */
export function paintMaterial(paint: string): THREE.MeshLambertMaterial {
  return shine(new THREE.MeshLambertMaterial({ color: paint }), 'paint', '0.3', '0.1');
}

/** Shared matters of parts whose colours sit in the vertices. */
export const TRIM = new THREE.MeshLambertMaterial({ vertexColors: true });
export const CLOTH = new THREE.MeshLambertMaterial({ vertexColors: true });
export const BRIGHT = shine(new THREE.MeshLambertMaterial({ vertexColors: true }), 'bright', '0.22', '0.8');
export const GLOSS = shine(new THREE.MeshLambertMaterial({ vertexColors: true }), 'gloss', '0.35', '0.05');

/** A lamp: clear or red glass that may shine. */
export function lampMaterial(colour: string, glow: string): THREE.MeshLambertMaterial {
  return shine(
    new THREE.MeshLambertMaterial({ color: colour, emissive: new THREE.Color(glow), emissiveIntensity: 0 }),
    'lamp',
    '0.15',
    '0.3',
  );
}
