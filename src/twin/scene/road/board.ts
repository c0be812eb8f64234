import * as THREE from 'three';
import type { Furniture } from '../../picture-spec.js';
import { bar, canvasOf, textureOf } from '../kit.js';
import { drawLettering, letteringWidth } from '../plate/draw.js';
import { bearing, ground } from '../world.js';

type Board = Extract<Furniture, { readonly kind: 'sign' | 'advert' }>;

/** A traffic sign or an advertisement on its legs; the legs join `bright`. */
export function board(item: Board, bright: THREE.BufferGeometry[]): THREE.Mesh {
  const [w, h] = item.size;
  const px = Math.min(256, 900 / w);
  const { canvas, context } = canvasOf(Math.round(w * px), Math.round(h * px));
  paintBoard(context, canvas.width, canvas.height, item.style, item.text);
  const round = item.style === 'limit' || item.style === 'no-entry';
  const geometry = round ? new THREE.CircleGeometry(w / 2, 32) : new THREE.PlaneGeometry(w, h);
  const mesh = new THREE.Mesh(
    geometry,
    new THREE.MeshLambertMaterial({ map: textureOf(canvas, true), side: THREE.DoubleSide }),
  );
  mesh.position.copy(ground(item.at, item.height));
  mesh.rotation.y = bearing(item.facing) + Math.PI / 2;
  mesh.castShadow = true;
  const foot = ground(item.at);
  const legs = w > 2 ? [-w * 0.4, w * 0.4] : [0];
  for (const d of legs) {
    const x = foot.x + Math.cos(mesh.rotation.y) * d;
    const z = foot.z - Math.sin(mesh.rotation.y) * d;
    bright.push(
      bar(
        [x - item.facing[0] * 0.06, 0, z + item.facing[1] * 0.06],
        [x - item.facing[0] * 0.06, item.height + h * 0.3, z + item.facing[1] * 0.06],
        0.045,
        '#8f9498',
      ),
    );
  }
  return mesh;
}

function paintBoard(
  c: CanvasRenderingContext2D,
  w: number,
  h: number,
  style: Board['style'],
  text: string,
): void {
  const fit = (height: number, ink: string, y = (h - height) / 2) => {
    const width = letteringWidth(text, height);
    c.save();
    const k = Math.min(1, (w * 0.86) / Math.max(width, 1));
    c.translate((w - width * k) / 2, y);
    c.scale(k, 1);
    drawLettering(c, text, 0, 0, height, ink);
    c.restore();
  };
  const disc = (r: number, colour: string) => {
    c.fillStyle = colour;
    c.beginPath();
    c.arc(w / 2, h / 2, r, 0, 7);
    c.fill();
  };
  c.fillStyle = '#8f9498';
  c.fillRect(0, 0, w, h);
  if (style === 'limit') {
    disc(w / 2, '#c4161c');
    disc(w * 0.39, '#f1f1ee');
    fit(h * 0.34, '#141414');
  } else if (style === 'no-entry') {
    disc(w / 2, '#c4161c');
    c.fillStyle = '#f1f1ee';
    c.fillRect(w * 0.16, h * 0.42, w * 0.68, h * 0.16);
  } else if (style === 'one-way') {
    c.fillStyle = '#1c4f9c';
    c.fillRect(0, 0, w, h);
    c.fillStyle = '#f1f1ee';
    c.fillRect(w * 0.42, h * 0.35, w * 0.16, h * 0.5);
    c.beginPath();
    c.moveTo(w * 0.22, h * 0.42);
    c.lineTo(w * 0.5, h * 0.12);
    c.lineTo(w * 0.78, h * 0.42);
    c.fill();
  } else if (style === 'direction') {
    c.fillStyle = '#17713f';
    c.fillRect(0, 0, w, h);
    c.strokeStyle = '#eef2ee';
    c.lineWidth = w * 0.012;
    c.strokeRect(w * 0.02, h * 0.04, w * 0.96, h * 0.92);
    fit(h * 0.36, '#f2f4f2');
  } else {
    c.fillStyle = '#e9e9e4';
    c.fillRect(0, 0, w, h);
    c.fillStyle = '#c8351f';
    c.fillRect(0, h * 0.76, w, h * 0.24);
    fit(h * 0.42, '#15171c', h * 0.2);
  }
}
