import type { VehicleKind } from '../../vision/observation.js';
import type { BodyStyle } from '../picture-spec.js';
import type { Dimensions } from './types.js';

/** What each body measures, metres: the renderer's models, rider included. */
export const DIMENSIONS: Readonly<Record<BodyStyle, Dimensions>> = {
  sedan: { length: 4.5, width: 1.78, height: 1.46 },
  hatchback: { length: 3.8, width: 1.66, height: 1.5 },
  suv: { length: 4.7, width: 1.86, height: 1.75 },
  pickup: { length: 5.3, width: 1.88, height: 1.8 },
  minivan: { length: 4.6, width: 1.8, height: 1.75 },
  van: { length: 5.6, width: 1.98, height: 2.3 },
  scooter: { length: 1.9, width: 0.72, height: 1.65 },
  underbone: { length: 1.9, width: 0.72, height: 1.65 },
  bicycle: { length: 1.7, width: 0.58, height: 1.65 },
  coach: { length: 11.8, width: 2.5, height: 3.5 },
  'city-bus': { length: 10.6, width: 2.48, height: 3.05 },
  'small-truck': { length: 5.3, width: 1.8, height: 2.25 },
  'box-truck': { length: 7.4, width: 2.3, height: 3.25 },
  'flatbed-truck': { length: 9.2, width: 2.45, height: 2.9 },
  'tractor-trailer': { length: 16.2, width: 2.46, height: 4.05 },
};

export const KIND: Readonly<Record<BodyStyle, VehicleKind | 'bicycle'>> = {
  sedan: 'car',
  hatchback: 'car',
  suv: 'car',
  pickup: 'car',
  minivan: 'car',
  van: 'car',
  scooter: 'motorcycle',
  underbone: 'motorcycle',
  bicycle: 'bicycle',
  coach: 'bus',
  'city-bus': 'bus',
  'small-truck': 'truck',
  'box-truck': 'truck',
  'flatbed-truck': 'truck',
  'tractor-trailer': 'truck',
};
