import type * as THREE from 'three';
import { canvasOf, textureOf } from '../kit.js';

/** A stuff of the skin: colour, how rough, how metallic, and whether the vehicle's paint tints it. */
export interface Stuff {
  readonly colour: string;
  readonly rough: number;
  readonly metal: number;
  readonly painted: boolean;
}
export const PAINT: Stuff = { colour: '#ffffff', rough: 0.3, metal: 0.12, painted: true };
export const SHADE: Stuff = { colour: '#b9b9b9', rough: 0.4, metal: 0.1, painted: true };
export const GAP: Stuff = { colour: '#3c3c3c', rough: 0.7, metal: 0, painted: true };
/** Glass shows a dark cabin and mirrors some sky: a dim metal does both in one pass. */
export const GLASS: Stuff = { colour: '#4a545c', rough: 0.07, metal: 0.92, painted: false };
export const DARK_GLASS: Stuff = { colour: '#30383f', rough: 0.1, metal: 0.9, painted: false };
export const PLASTIC: Stuff = { colour: '#1d1e20', rough: 0.75, metal: 0, painted: false };
export const CHROME: Stuff = { colour: '#c9ccd0', rough: 0.16, metal: 1, painted: false };
export const GREY: Stuff = { colour: '#6d7074', rough: 0.6, metal: 0.2, painted: false };
export const RED: Stuff = { colour: '#8d0f12', rough: 0.25, metal: 0.1, painted: false };
export const CABIN: Stuff = { colour: '#0c0d0e', rough: 0.9, metal: 0, painted: false };

export function stuff(colour: string, rough = 0.5, metal = 0): Stuff {
  return { colour, rough, metal, painted: false };
}

/** Two canvases painted alike: what colour a place has, and of what matter it is (mask, roughness, metalness). */
export class Skin {
  readonly #colour: CanvasRenderingContext2D;
  readonly #matter: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;

  constructor(width: number, height: number, base: Stuff) {
    this.width = width;
    this.height = height;
    this.#colour = canvasOf(width, height).context;
    this.#matter = canvasOf(width, height).context;
    this.fill(base, (c) => c.rect(0, 0, width, height));
  }

  /** Pixels of a skin unrolled from nose to tail: `s` 0 to 1 along it, `t` -1 to 1 across; `quad` is symmetric about its middle. */
  unrolled() {
    const X = (s: number): number => s * this.width;
    const Y = (t: number): number => (0.5 + t / 2) * this.height;
    const quad =
      (s0: number, s1: number, t0: number, t1 = t0) =>
      (c: CanvasRenderingContext2D): void => {
        c.moveTo(X(s0), Y(-t0));
        c.lineTo(X(s1), Y(-t1));
        c.lineTo(X(s1), Y(t1));
        c.lineTo(X(s0), Y(t0));
        c.closePath();
      };
    return { X, Y, quad };
  }

  /** Fills a path in pixels of the skin. */
  fill(what: Stuff, path: (context: CanvasRenderingContext2D) => void, opacity = 1): void {
    this.#each(what, opacity, (context, style) => {
      context.fillStyle = style;
      context.beginPath();
      path(context);
      context.fill();
    });
  }

  stroke(what: Stuff, width: number, path: (context: CanvasRenderingContext2D) => void, opacity = 1): void {
    this.#each(what, opacity, (context, style) => {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.lineJoin = 'round';
      context.beginPath();
      path(context);
      context.stroke();
    });
  }

  /** Paints freely on the colour alone, for lettering and grime. */
  draw(paint: (context: CanvasRenderingContext2D) => void): void {
    this.#colour.save();
    paint(this.#colour);
    this.#colour.restore();
  }

  textures(): { map: THREE.Texture; matter: THREE.Texture } {
    return { map: textureOf(this.#colour.canvas, true), matter: textureOf(this.#matter.canvas, false) };
  }

  #each(
    what: Stuff,
    opacity: number,
    paint: (context: CanvasRenderingContext2D, style: string) => void,
  ): void {
    for (const context of [this.#colour, this.#matter]) {
      context.globalAlpha = opacity;
      paint(
        context,
        context === this.#colour
          ? what.colour
          : `rgb(${what.painted ? 255 : 0},${Math.round(what.rough * 255)},${Math.round(what.metal * 255)})`,
      );
      context.globalAlpha = 1;
    }
  }
}
