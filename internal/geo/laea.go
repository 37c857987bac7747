package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// LAEA is a Lambert azimuthal equal-area projection of the WGS 84 ellipsoid
// (EPSG method 9820): centre in degrees, false easting and northing in metres.
// Every area on it is true.
type LAEA struct {
	Lat0, Lon0     float64
	FalseE, FalseN float64
}

// Italy is the plane the maps are drawn and areas measured in, centred between
// the Alps and Lampedusa, so that shapes are true to one part in a thousand.
func Italy() LAEA {
	const lat0, lon0 = 42, 12.5
	return LAEA{Lat0: lat0, Lon0: lon0}
}

// Projector is a LAEA with its constants worked out: what to use for more than
// one point.
type Projector struct {
	laea         LAEA
	sin1, cos1   float64 // of the authalic latitude of the centre
	radius, skew float64 // Rq and D of Snyder
	polar        float64 // q at the pole
}

// Projector works out the constants (J. P. Snyder, Map Projections, USGS
// Professional Paper 1395, 1987, p. 187).
func (l LAEA) Projector() Projector {
	polar := authalic(1)
	radius := semiMajor * math.Sqrt(polar/2)
	s, c := math.Sincos(radians(l.Lat0))
	sin1 := authalic(s) / polar
	cos1 := math.Sqrt(1 - sin1*sin1)
	m := c / math.Sqrt(1-eccentricity2*s*s)
	return Projector{l, sin1, cos1, radius, semiMajor * m / (radius * cos1), polar}
}

// authalic is Snyder's q, eq. 3-12, of the sine of a latitude.
func authalic(sin float64) float64 {
	e := math.Sqrt(eccentricity2)
	return (1 - eccentricity2) * (sin/(1-eccentricity2*sin*sin) + math.Atanh(e*sin)/e)
}

// Forward takes longitude and latitude in degrees to the plane, in metres
// (Snyder, eq. 24-17 to 24-19).
func (p Projector) Forward(lonLat orb.Point) orb.Point {
	sinB := authalic(math.Sin(radians(lonLat[1]))) / p.polar
	cosB := math.Sqrt(1 - sinB*sinB)
	s, c := math.Sincos(radians(lonLat[0] - p.laea.Lon0))
	b := p.radius * math.Sqrt(2/(1+p.sin1*sinB+p.cos1*cosB*c))
	return orb.Point{
		p.laea.FalseE + b*p.skew*cosB*s,
		p.laea.FalseN + b/p.skew*(p.cos1*sinB-p.sin1*cosB*c),
	}
}

// Inverse takes a point of the plane to longitude and latitude in degrees
// (Snyder, eq. 24-26 to 24-30).
func (p Projector) Inverse(xy orb.Point) orb.Point {
	x, y := (xy[0]-p.laea.FalseE)/p.skew, (xy[1]-p.laea.FalseN)*p.skew
	rho := math.Hypot(x, y)
	if rho == 0 {
		return orb.Point{p.laea.Lon0, p.laea.Lat0}
	}
	s, c := math.Sincos(2 * math.Asin(rho/(2*p.radius)))
	q := p.polar * (c*p.sin1 + y*s*p.cos1/rho)
	lon := math.Atan2(x*s, rho*p.cos1*c-y*p.sin1*s)
	return orb.Point{p.laea.Lon0 + degrees(lon), degrees(fromAuthalic(q))}
}

// fromAuthalic is the latitude in radians for q, by Newton's method (Snyder,
// eq. 3-16); five steps reach the last bit away from the poles.
func fromAuthalic(q float64) float64 {
	const steps = 5
	lat := math.Asin(q / 2)
	for range steps {
		s, c := math.Sincos(lat)
		w := 1 - eccentricity2*s*s
		lat += w * w / (2 * c * (1 - eccentricity2)) * (q - authalic(s))
	}
	return lat
}
