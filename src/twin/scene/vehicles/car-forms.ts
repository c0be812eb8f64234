/** Proportions of the passenger cars. Profiles run from the lower front edge over the roof to the lower rear edge. */
export interface CarForm {
  readonly width: number;
  readonly profile: readonly (readonly [number, number, string?])[];
  /** Lower edge of the side glass: [x, y] pairs from front to rear. */
  readonly belt: readonly (readonly [number, number])[];
  readonly glass: { readonly front: number; readonly rear: number; readonly margin: number };
  readonly pillars: readonly (readonly [x: number, width: number])[];
  readonly doors: readonly number[];
  readonly handles: readonly number[];
  readonly wheels: { readonly front: number; readonly rear: number; readonly radius: number };
  readonly tumble: number;
  readonly cladding: boolean;
  readonly bow: number;
  readonly stern: number;
  readonly frontPlateY: number;
  readonly rearPlateY: number;
  readonly tailLamp: 'wide' | 'tall';
  readonly bed?: { readonly from: string; readonly to: string };
  readonly rails?: boolean;
  readonly spare?: boolean;
}

export const CAR_FORMS: Readonly<Record<'sedan' | 'hatchback' | 'suv' | 'pickup' | 'minivan' | 'van', CarForm>> = {
  sedan: {
    width: 1.78,
    profile: [
      [2.1, 0.2, 'lip'], [2.22, 0.3], [2.26, 0.46, 'bumper'], [2.24, 0.62], [2.17, 0.74, 'nose'], [1.98, 0.83, 'hood'],
      [1.5, 0.92], [1.0, 0.99, 'cowl'], [0.55, 1.22], [0.12, 1.41, 'header'], [-0.35, 1.465], [-0.9, 1.44, 'roofEnd'],
      [-1.35, 1.28], [-1.78, 1.09, 'backlight'], [-2.05, 1.06], [-2.23, 1.02, 'deck'], [-2.27, 0.9], [-2.26, 0.66, 'tail'], [-2.29, 0.5, 'bumperRear'], [-2.2, 0.26, 'lipRear'],
    ],
    belt: [[1.1, 0.93], [-1.7, 1.02]],
    glass: { front: 0.95, rear: -1.62, margin: 0.075 },
    pillars: [[-0.18, 0.07], [-1.12, 0.06]],
    doors: [0.98, -0.17, -1.2],
    handles: [0.02, -0.98],
    wheels: { front: 1.38, rear: -1.3, radius: 0.325 },
    tumble: 0.26, cladding: false, bow: 0.24, stern: 0.16, frontPlateY: 0.42, rearPlateY: 0.8, tailLamp: 'wide',
  },
  hatchback: {
    width: 1.66,
    profile: [
      [1.68, 0.2, 'lip'], [1.8, 0.3], [1.84, 0.48, 'bumper'], [1.81, 0.66], [1.73, 0.79, 'nose'], [1.55, 0.88, 'hood'],
      [1.2, 0.96], [0.86, 1.04, 'cowl'], [0.5, 1.26], [0.14, 1.45, 'header'], [-0.4, 1.51], [-1.15, 1.46, 'roofEnd'],
      [-1.42, 1.36], [-1.66, 1.04, 'backlight'], [-1.73, 0.95, 'deck'], [-1.78, 0.8], [-1.78, 0.66, 'tail'], [-1.83, 0.5, 'bumperRear'], [-1.75, 0.25, 'lipRear'],
    ],
    belt: [[0.95, 0.96], [-1.5, 1.06]],
    glass: { front: 0.82, rear: -1.4, margin: 0.075 },
    pillars: [[-0.2, 0.07], [-1.02, 0.1]],
    doors: [0.82, -0.18, -1.02],
    handles: [0.0, -0.85],
    wheels: { front: 1.15, rear: -1.18, radius: 0.3 },
    tumble: 0.24, cladding: false, bow: 0.22, stern: 0.14, frontPlateY: 0.44, rearPlateY: 0.76, tailLamp: 'tall',
  },
  suv: {
    width: 1.86,
    profile: [
      [2.08, 0.24, 'lip'], [2.24, 0.36], [2.3, 0.55, 'bumper'], [2.28, 0.78], [2.22, 0.95, 'nose'], [2.02, 1.04, 'hood'],
      [1.6, 1.1], [1.12, 1.16, 'cowl'], [0.8, 1.38], [0.42, 1.63, 'header'], [-0.2, 1.71], [-1.5, 1.68, 'roofEnd'],
      [-1.9, 1.58], [-2.12, 1.16, 'backlight'], [-2.2, 1.08, 'deck'], [-2.24, 0.92], [-2.24, 0.72, 'tail'], [-2.3, 0.55, 'bumperRear'], [-2.2, 0.28, 'lipRear'],
    ],
    belt: [[1.2, 1.08], [-1.95, 1.16]],
    glass: { front: 1.02, rear: -1.88, margin: 0.085 },
    pillars: [[0.0, 0.08], [-0.98, 0.07]],
    doors: [1.1, 0.02, -1.0],
    handles: [0.2, -0.8],
    wheels: { front: 1.4, rear: -1.35, radius: 0.37 },
    tumble: 0.2, cladding: true, bow: 0.2, stern: 0.12, frontPlateY: 0.55, rearPlateY: 0.92, tailLamp: 'tall', rails: true,
  },
  pickup: {
    width: 1.88,
    profile: [
      [2.4, 0.3, 'lip'], [2.58, 0.42], [2.63, 0.62, 'bumper'], [2.6, 0.86], [2.54, 1.02, 'nose'], [2.3, 1.11, 'hood'],
      [1.8, 1.15], [1.25, 1.2, 'cowl'], [0.95, 1.44], [0.6, 1.7, 'header'], [0.1, 1.79], [-0.75, 1.76, 'roofEnd'],
      [-0.98, 1.6], [-1.06, 1.2, 'backlight'], [-1.2, 1.13, 'bed'], [-1.7, 1.12], [-2.52, 1.12, 'deck'], [-2.6, 1.06], [-2.6, 0.75, 'tail'], [-2.66, 0.6, 'bumperRear'], [-2.56, 0.4, 'lipRear'],
    ],
    belt: [[1.3, 1.1], [-1.0, 1.16]],
    glass: { front: 1.15, rear: -0.95, margin: 0.085 },
    pillars: [[0.12, 0.08]],
    doors: [1.2, 0.12, -0.82],
    handles: [0.3, -0.62],
    wheels: { front: 1.62, rear: -1.6, radius: 0.39 },
    tumble: 0.18, cladding: true, bow: 0.18, stern: 0.05, frontPlateY: 0.6, rearPlateY: 0.62, tailLamp: 'tall', bed: { from: 'bed', to: 'deck' },
  },
  minivan: {
    width: 1.8,
    profile: [
      [2.08, 0.22, 'lip'], [2.2, 0.33], [2.25, 0.5, 'bumper'], [2.22, 0.7], [2.13, 0.86, 'nose'], [1.95, 0.95, 'hood'],
      [1.65, 1.03], [1.32, 1.11, 'cowl'], [0.9, 1.38], [0.42, 1.62, 'header'], [-0.2, 1.7], [-1.6, 1.66, 'roofEnd'],
      [-1.95, 1.55], [-2.1, 1.14, 'backlight'], [-2.17, 1.05, 'deck'], [-2.2, 0.9], [-2.2, 0.7, 'tail'], [-2.25, 0.52, 'bumperRear'], [-2.16, 0.26, 'lipRear'],
    ],
    belt: [[1.4, 1.0], [-1.95, 1.1]],
    glass: { front: 1.2, rear: -1.9, margin: 0.08 },
    pillars: [[0.25, 0.07], [-0.75, 0.07], [-1.45, 0.08]],
    doors: [1.2, 0.25, -0.8],
    handles: [0.4, -0.6],
    wheels: { front: 1.4, rear: -1.35, radius: 0.32 },
    tumble: 0.2, cladding: false, bow: 0.24, stern: 0.12, frontPlateY: 0.46, rearPlateY: 0.86, tailLamp: 'tall',
  },
  van: {
    width: 1.98,
    profile: [
      [2.6, 0.25, 'lip'], [2.76, 0.38], [2.8, 0.58, 'bumper'], [2.77, 0.85], [2.7, 1.05, 'nose'], [2.52, 1.16, 'hood'],
      [2.3, 1.22], [2.1, 1.3, 'cowl'], [1.75, 1.72], [1.38, 2.08, 'header'], [0.8, 2.24], [-2.2, 2.26, 'roofEnd'],
      [-2.62, 2.16], [-2.72, 1.3, 'backlight'], [-2.76, 1.18, 'deck'], [-2.78, 1.0], [-2.78, 0.75, 'tail'], [-2.82, 0.56, 'bumperRear'], [-2.72, 0.3, 'lipRear'],
    ],
    belt: [[2.2, 1.18], [-2.6, 1.24]],
    glass: { front: 1.98, rear: -2.55, margin: 0.22 },
    pillars: [[1.0, 0.1], [-0.2, 0.07], [-1.35, 0.07]],
    doors: [2.0, 0.98, -0.35],
    handles: [1.15, -0.2],
    wheels: { front: 1.75, rear: -1.6, radius: 0.35 },
    tumble: 0.12, cladding: false, bow: 0.3, stern: 0.06, frontPlateY: 0.5, rearPlateY: 0.85, tailLamp: 'tall',
  },
};
