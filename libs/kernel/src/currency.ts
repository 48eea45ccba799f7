/** ISO 4217 currencies whose minor unit is not a hundredth. */
const MINOR_UNITS: Readonly<Record<string, number>> = Object.freeze({
  BHD: 3,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
});

/** Decimals of a currency's minor unit, by its ISO 4217 code. */
export function currencyDecimals(code: string): number {
  return MINOR_UNITS[code] ?? 2;
}
