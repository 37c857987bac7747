// Where a longitude and a latitude lie on the plane of the maps (internal/geo,
// laea.go): Lambert's azimuthal equal-area projection of the WGS 84 ellipsoid.

const lon0 = 12.5, lat0 = 42, semiMajor = 6378137, e2 = 0.0066943799901413165;
const radians = (d: number): number => (d * Math.PI) / 180;

/** Snyder's q, eq. 3-12, of the sine of a latitude. */
function authalic(sin: number): number {
  const e = Math.sqrt(e2);
  return (1 - e2) * (sin / (1 - e2 * sin * sin) + Math.atanh(e * sin) / e);
}

/** Metres east and north of the plane's middle (Snyder, eq. 24-17 to 24-19). */
export function plane(lon: number, lat: number): [number, number] {
  const polar = authalic(1), radius = semiMajor * Math.sqrt(polar / 2);
  const s0 = Math.sin(radians(lat0)), sin1 = authalic(s0) / polar, cos1 = Math.sqrt(1 - sin1 * sin1);
  const skew = (semiMajor * Math.cos(radians(lat0))) / Math.sqrt(1 - e2 * s0 * s0) / (radius * cos1);
  const sinB = authalic(Math.sin(radians(lat))) / polar, cosB = Math.sqrt(1 - sinB * sinB);
  const s = Math.sin(radians(lon - lon0)), c = Math.cos(radians(lon - lon0));
  const b = radius * Math.sqrt(2 / (1 + sin1 * sinB + cos1 * cosB * c));
  return [b * skew * cosB * s, (b / skew) * (cos1 * sinB - sin1 * cosB * c)];
}
