export interface TruckForm {
  readonly length: number;
  readonly width: number;
  readonly cab: { readonly length: number; readonly height: number; readonly floor: number };
  readonly load: 'box' | 'tarpaulin' | 'flatbed' | 'container';
  readonly deck: number;
  readonly top: number;
  /** Axles from the bow, metres. */
  readonly axles: readonly number[];
  readonly radius: number;
  readonly loadWidth: number;
}

export type TruckStyle = 'small-truck' | 'box-truck' | 'flatbed-truck' | 'tractor-trailer';
