package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// The WGS 84 ellipsoid (EPSG:7030): half axis in metres and flattening.
const (
	semiMajor  = 6378137.0
	flattening = 1 / 298.257223563

	thirdFlattening = flattening / (2 - flattening)
	eccentricity2   = flattening * (2 - flattening)
)

// UTM zone 32 north (EPSG:16032), in metres and degrees.
const (
	utmScale    = 0.9996
	utmFalseE   = 500000.0
	utmMeridian = 9.0

	n1 = thirdFlattening
	n2 = n1 * n1
	n3 = n2 * n1
	n4 = n3 * n1
	n5 = n4 * n1
	n6 = n5 * n1

	// rectifying is the radius of the sphere on which meridians are as long as
	// on the ellipsoid (Karney 2011, eq. 14).
	rectifying = semiMajor / (1 + n1) * (1 + n2/4 + n4/64 + n6/256)
)

// order is how far the Krüger series go: to the sixth power of the third
// flattening, where what is left out is below a nanometre in Italy.
const order = 6

// alpha are the coefficients from the sphere to the plane, beta those back:
// C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers,
// J. Geodesy 85 (2011), eq. 35 and 36.
func alpha() [order]float64 {
	return [order]float64{
		n1/2 - 2*n2/3 + 5*n3/16 + 41*n4/180 - 127*n5/288 + 7891*n6/37800,
		13*n2/48 - 3*n3/5 + 557*n4/1440 + 281*n5/630 - 1983433*n6/1935360,
		61*n3/240 - 103*n4/140 + 15061*n5/26880 + 167603*n6/181440,
		49561*n4/161280 - 179*n5/168 + 6601661*n6/7257600,
		34729*n5/80640 - 3418889*n6/1995840,
		212378941 * n6 / 319334400,
	}
}

func beta() [order]float64 {
	return [order]float64{
		n1/2 - 2*n2/3 + 37*n3/96 - n4/360 - 81*n5/512 + 96199*n6/604800,
		n2/48 + n3/15 - 437*n4/1440 + 46*n5/105 - 1118711*n6/3870720,
		17*n3/480 - 37*n4/840 - 209*n5/4480 + 5569*n6/90720,
		4397*n4/161280 - 11*n5/504 - 830251*n6/7257600,
		4583*n5/161280 - 108847*n6/3991680,
		20648693 * n6 / 638668800,
	}
}

// sines is the sum of coefficients[j] sin(2(j+1)(x + iy)), by Clenshaw's
// recurrence, as real and imaginary part.
func sines(coefficients [order]float64, x, y float64) (re, im float64) {
	s, c := math.Sincos(2 * x)
	sh, ch := math.Sinh(2*y), math.Cosh(2*y)
	twice := complex(2*c*ch, -2*s*sh) // 2 cos 2z
	var b1, b2 complex128
	for j := order - 1; j >= 0; j-- {
		b1, b2 = complex(coefficients[j], 0)+twice*b1-b2, b1
	}
	sum := b1 * complex(s*ch, c*sh)
	return real(sum), imag(sum)
}

// UTM32ToGeographic takes easting and northing in metres (EPSG:32632) to
// longitude and latitude in degrees (EPSG:4326).
func UTM32ToGeographic(p orb.Point) orb.Point {
	xi, eta := p[1]/(utmScale*rectifying), (p[0]-utmFalseE)/(utmScale*rectifying)
	re, im := sines(beta(), xi, eta)
	xi, eta = xi-re, eta-im
	s, c := math.Sincos(xi)
	sh := math.Sinh(eta)
	tau := geographicTangent(s / math.Hypot(sh, c))
	return orb.Point{utmMeridian + degrees(math.Atan2(sh, c)), degrees(math.Atan(tau))}
}

// GeographicToUTM32 is the inverse of [UTM32ToGeographic].
func GeographicToUTM32(p orb.Point) orb.Point {
	tau := conformalTangent(math.Tan(radians(p[1])))
	s, c := math.Sincos(radians(p[0] - utmMeridian))
	xi, eta := math.Atan2(tau, c), math.Asinh(s/math.Hypot(tau, c))
	re, im := sines(alpha(), xi, eta)
	return orb.Point{utmFalseE + utmScale*rectifying*(eta+im), utmScale * rectifying * (xi + re)}
}

// conformalTangent takes the tangent of a latitude to that of the conformal
// latitude (Karney 2011, eq. 7-9).
func conformalTangent(tau float64) float64 {
	e, secant := math.Sqrt(eccentricity2), math.Hypot(1, tau)
	sigma := math.Sinh(e * math.Atanh(e*tau/secant))
	return tau*math.Hypot(1, sigma) - sigma*secant
}

// geographicTangent is the inverse of [conformalTangent], by Newton's method
// (Karney 2011, eq. 19-21); three steps reach the last bit.
func geographicTangent(conformal float64) float64 {
	const steps = 3
	tau := conformal / (1 - eccentricity2)
	for range steps {
		at := conformalTangent(tau)
		tau += (conformal - at) / math.Hypot(1, at) *
			(1 + (1-eccentricity2)*tau*tau) / ((1 - eccentricity2) * math.Hypot(1, tau))
	}
	return tau
}

func radians(deg float64) float64 { return deg * math.Pi / 180 }
func degrees(rad float64) float64 { return rad * 180 / math.Pi }
