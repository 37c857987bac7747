package main

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"mappa/internal/geo"
)

// twoSquares are two Comuni side by side, 100 km wide, one with a value.
func twoSquares(t *testing.T) *country {
	t.Helper()
	const km100 = 1e5
	square := func(x float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{x, 0}, {x + km100, 0}, {x + km100, km100}, {x, km100}, {x, 0}}}}
	}
	shapes, faults := geo.New([]orb.MultiPolygon{square(0), square(km100)})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return &country{shapes: shapes, names: []string{"Uno", "Due"},
		indicators: []column{{ID: "a", Breaks: []float64{1}, Values: []float64{2.5, math.NaN()}}}}
}

func TestTopoJSONSharesBordersAndComesBack(t *testing.T) {
	c := twoSquares(t)
	top := c.topology()
	if len(top.Arcs) != len(c.shapes.Arcs) {
		t.Fatalf("%d arcs, want %d", len(top.Arcs), len(c.shapes.Arcs))
	}
	for i, arc := range top.Arcs {
		var at [2]int
		for k, d := range arc {
			at[0], at[1] = at[0]+d[0], at[1]+d[1]
			for axis := range 2 {
				got := float64(at[axis])*top.Transform.Scale[axis] + top.Transform.Translate[axis]
				if want := c.shapes.Arcs[i][k][axis]; math.Abs(got-want) > top.Transform.Scale[axis]/2 {
					t.Errorf("arc %d, point %d: %v, want %v", i, k, got, want)
				}
			}
		}
	}
	raw, err := json.Marshal(top.Objects)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"properties":{"n":"Uno","v":2.5}`, `"properties":{"n":"Due"}`, `"type":"MultiPolygon"`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%s is not in %s", want, raw)
		}
	}
}

func TestTopoJSONArcsKeepTheirEndsWhenTheyShrinkToAPoint(t *testing.T) {
	c := twoSquares(t)
	c.shapes.Arcs[0] = []orb.Point{{0, 0}, {0.1, 0.1}, {0.2, 0}}
	if got := c.topology().Arcs[0]; len(got) != 2 || got[1] != [2]int{} {
		t.Errorf("got %v", got)
	}
}

func TestGeoJSONIsClosedAnticlockwiseAndRounded(t *testing.T) {
	c := twoSquares(t)
	for i, f := range c.features().Features {
		if f.ID != i || len(f.Geometry.Coordinates) != 1 || len(f.Geometry.Coordinates[0]) != 1 {
			t.Fatalf("feature %d: %+v", i, f)
		}
		ring := f.Geometry.Coordinates[0][0]
		if ring[0] != ring[len(ring)-1] {
			t.Errorf("feature %d is open: %v", i, ring)
		}
		area := 0.0
		for k := 1; k < len(ring); k++ {
			area += ring[k-1][0]*ring[k][1] - ring[k][0]*ring[k-1][1]
		}
		if area <= 0 {
			t.Errorf("feature %d turns the wrong way", i)
		}
	}
	raw, err := json.Marshal(coord{12.5, 42})
	if err != nil || string(raw) != "[12.5,42]" {
		t.Errorf("got %s, %v", raw, err)
	}
}

func TestARingWithoutAreaIsLeftOut(t *testing.T) {
	if got := corners(orb.Ring{{1, 1}, {1, 1}, {2, 1}, {1, 1}}); got != nil {
		t.Errorf("got %v", got)
	}
	if got := corners(orb.Ring{{1, 1}, {2, 1}, {2, 1}, {2, 2}, {1, 1}}); len(got) != 4 {
		t.Errorf("got %v", got)
	}
}

func TestAMissingValueIsNull(t *testing.T) {
	raw, err := json.Marshal(twoSquares(t).indicators[0].json())
	if err != nil || string(raw) != "[2.5,null]" {
		t.Errorf("got %s, %v", raw, err)
	}
}
