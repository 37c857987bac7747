package estimate

import "math"

// WeakBelow is the number of respondents below which an estimate is flagged as weak
// (declared; the same from which the disclosure policy publishes estimates).
const WeakBelow = 30

// Estimate is what those that answered say of an area, in per cent. The zero
// Estimate says that none is given.
type Estimate struct {
	OK        bool
	P         float64 // share, 0 to 100
	Low, High float64 // 95 % interval, within 0 to 100
	SE        float64 // standard error, percentage points
	N         int     // respondents in the base
	Universe  int     // Comuni of the area whose form has the question
	// Domain is how many of these are estimated to be in the base: fewer than the
	// Universe where the question is routed, else as many, but for what strata that
	// were joined across the area's border move.
	Domain    float64
	Effective float64 // effective size that the interval rests on; infinite where everybody answered
	Weak      bool    // rests on few respondents
}

// Design is the strata of one universe and one set of respondents: the counterpart
// of R's svydesign(ids = ~1, strata = ~h, fpc = ~Nh).
type Design struct {
	Strata    []Stratum
	Collapses []Collapse
	Regions   []Own // by region
	grid      *Grid
	universe  []int
	of, own   []int // by cell: its stratum in Strata, and among its region's own; -1 without
}

// Own is the strata of a region for its own estimates.
type Own struct {
	Strata    []Stratum // none: too few respondents, no estimate is given
	Collapses []Collapse
}

// NewDesign makes the strata from the Comuni of the universe and of the sample, by
// cell, and collapses those that are too small.
func NewDesign(g *Grid, universe, sample []int) *Design {
	d := &Design{grid: g, universe: universe, Regions: make([]Own, len(g.Rip)), of: make([]int, g.cells()), own: make([]int, g.cells())}
	for cell := range d.of {
		d.of[cell], d.own[cell] = -1, -1
	}
	d.Strata, d.Collapses = g.italy(universe, sample).collapse()
	place(d.of, d.Strata)
	for region := range g.Rip {
		own := &d.Regions[region]
		own.Strata, own.Collapses = g.own(region, universe, sample).collapse()
		place(d.own, own.Strata)
	}
	return d
}

// place writes down the stratum of each cell.
func place(of []int, strata []Stratum) {
	for h := range strata {
		for _, cell := range strata[h].Cells {
			of[cell] = h
		}
	}
}

// Comuni estimates the share of the Comuni of an area that num counts among those
// that base counts, both by cell.
func (d *Design) Comuni(area int, base, num []Tally) Estimate {
	return d.share(area, asComune, base, num)
}

// Residents estimates the share of the residents of the area's base that live in
// the Comuni that num counts.
func (d *Design) Residents(area int, base, num []Tally) Estimate {
	return d.share(area, asResidents, base, num)
}

// ShareOfResidents is the share of Residents alone, of which the interval is most work.
func (d *Design) ShareOfResidents(area int, base, num []Tally) (p float64, ok bool) {
	var r [len(room{})]answered
	t, _ := d.sums(area, asResidents, base, num, &r)
	p, ok = t.point(t.after, t.yes[1])
	return 100 * p, ok
}

// measure is what a Comune counts for: itself or its residents.
type measure uint8

const (
	asComune measure = iota
	asResidents
)

// of is the sum of the measure over a tally, and of its squares.
func (m measure) of(t Tally) (sum, squares float64) {
	if m == asResidents {
		return float64(t.Residents), float64(t.Squares)
	}
	return float64(t.Comuni), float64(t.Comuni)
}

// Crossed is the base of a pair of shares, cut by the two answers of a Comune.
type Crossed struct{ Neither, Lost, Gained, Both Tally }

// add adds a cell's.
func (c *Crossed) add(x *Crossed) {
	c.Neither.gain(&x.Neither, 1)
	c.Lost.gain(&x.Lost, 1)
	c.Gained.gain(&x.Gained, 1)
	c.Both.gain(&x.Both, 1)
}

// scores are the values that a linear statistic has for the four kinds of Comune.
type scores struct{ neither, lost, gained, both float64 }

func before(p float64) scores { return scores{-p, 1 - p, -p, 1 - p} }
func after(p float64) scores  { return scores{-p, -p, 1 - p, 1 - p} }
func change(p float64) scores { return scores{-p, -1 - p, 1 - p, -p} }

// part is what a stratum holds of an area.
type part struct {
	universe, sample int // of the whole stratum
	Crossed
}

// totals are what an area's parts add up to, weighted.
type totals struct {
	parts    []part // by stratum; the zero part where it has nothing of the area
	base     Tally
	universe int
	weight   float64 // of the base, in the measure
	squares  float64 // of the weights
	comuni   float64 // of the base
	before   float64 // of those that gave the first answer
	after    float64
	yes      [2]int // Comuni that gave the first and the second answer
}

// strata are those that an area is estimated from, and by cell which it is in.
func (d *Design) strata(area int) (strata []Stratum, of []int) {
	switch a := &d.grid.Areas[area]; {
	case a.Cells == nil:
		return nil, nil
	case a.Region >= 0:
		return d.Regions[a.Region].Strata, d.own
	}
	return d.Strata, d.of
}

// room is for the parts of an area, on the caller's stack: Italy has as many strata
// as classes in the five ripartizioni.
type room [32]part

// total adds up an area, stratum by stratum.
func (d *Design) total(area int, m measure, pairs []Crossed, r *room) totals {
	strata, of := d.strata(area)
	if len(strata) == 0 {
		return totals{}
	}
	t := totals{parts: append(r[:0], make([]part, len(strata))...)}
	for _, cell := range d.grid.Areas[area].Cells {
		if h := of[cell]; h >= 0 {
			t.parts[h].universe, t.parts[h].sample = strata[h].Universe, strata[h].Sample
			t.parts[h].add(&pairs[cell])
			t.universe += d.universe[cell]
		}
	}
	for h := range t.parts {
		if p := &t.parts[h]; p.universe > 0 {
			t.add(p, m)
		}
	}
	return t
}

func (t *totals) add(p *part, m measure) {
	first, second := p.Both, p.Both
	first.gain(&p.Lost, 1)
	second.gain(&p.Gained, 1)
	base := second
	base.gain(&p.Lost, 1)
	base.gain(&p.Neither, 1)
	w := p.weight()
	sum, squares := m.of(base)
	t.base.gain(&base, 1)
	t.weight += float64(w * sum)
	t.squares += float64(w * w * squares)
	t.comuni += float64(w * float64(base.Comuni))
	sum, _ = m.of(first)
	t.before += float64(w * sum)
	sum, _ = m.of(second)
	t.after += float64(w * sum)
	t.yes[0] += first.Comuni
	t.yes[1] += second.Comuni
}

// weight is how many Comuni each one that answered stands for.
func (p *part) weight() float64 { return float64(p.universe) / float64(p.sample) }

// covariance of two ratios of the area's base, from their linearised scores: for
// each stratum N²(1-f)/n times the covariance of the scores, Comuni that are not of
// the area or not of the base counting 0.
func (t *totals) covariance(m measure, a, b scores) float64 {
	v := 0.0
	for i := range t.parts {
		v += t.parts[i].covariance(m, a, b)
	}
	return v / float64(t.weight*t.weight)
}

func (p *part) covariance(m measure, a, b scores) float64 {
	var sumA, sumB, products, size float64
	for _, k := range [...]struct {
		Tally
		a, b float64
	}{{p.Neither, a.neither, b.neither}, {p.Lost, a.lost, b.lost}, {p.Gained, a.gained, b.gained}, {p.Both, a.both, b.both}} {
		sum, squares := m.of(k.Tally)
		sumA += float64(sum * k.a)
		sumB += float64(sum * k.b)
		products += float64(squares * k.a * k.b)
		size += math.Abs(float64(squares * k.a * k.b))
	}
	return spread(p.universe, p.sample, sumA, sumB, products, size)
}

// spread is a stratum's part of a covariance, from the sums of the scores of its sample,
// of their products and of the sizes of these.
func spread(universe, sample int, sumA, sumB, products, size float64) float64 {
	if sample == universe {
		return 0
	}
	n, all := float64(sample), float64(universe)
	s := products - float64(sumA*sumB)/n
	if math.Abs(s) <= float64(noise*size) {
		return 0
	}
	return float64(all*(all-n)) / float64(n*(n-1)) * s
}

// noise is the part of a sum of squares that is left by rounding where all of them
// are alike, and is no variance.
const noise = 1e-12

// answered is what a stratum holds of an area, as to one share.
type answered struct {
	here             bool
	universe, sample int // of the whole stratum
	base, yes        Tally
}

// share is the share of one answer: what [Design.total] and [totals.covariance] make of
// a second answer after a first that nobody gave. Most figures are shares, and whoever
// holds other answers to them asks for millions.
func (d *Design) share(area int, m measure, base, num []Tally) Estimate {
	var r [len(room{})]answered
	t, parts := d.sums(area, m, base, num, &r)
	p, ok := t.point(t.after, t.yes[1])
	if !ok {
		return Estimate{}
	}
	v := 0.0
	for h := range parts {
		v += parts[h].variance(m, p)
	}
	return t.estimate(m, p, v/float64(t.weight*t.weight))
}

// sums adds up an area as to one share, stratum by stratum.
func (d *Design) sums(area int, m measure, base, num []Tally, r *[len(room{})]answered) (t totals, parts []answered) {
	strata, of := d.strata(area)
	parts = append(r[:0], make([]answered, len(strata))...)
	for _, cell := range d.grid.Areas[area].Cells {
		if len(strata) == 0 || of[cell] < 0 {
			continue
		}
		p := &parts[of[cell]]
		p.here = true
		p.base.Comuni += base[cell].Comuni
		p.yes.Comuni += num[cell].Comuni
		if m == asResidents {
			p.base.Residents += base[cell].Residents
			p.base.Squares += base[cell].Squares
			p.yes.Residents += num[cell].Residents
			p.yes.Squares += num[cell].Squares
		}
		t.universe += d.universe[cell]
	}
	for h := range parts {
		p := &parts[h]
		if !p.here {
			continue
		}
		p.universe, p.sample = strata[h].Universe, strata[h].Sample
		w := float64(p.universe) / float64(p.sample)
		sum, squares := m.of(p.base)
		t.base.Comuni += p.base.Comuni
		t.weight += float64(w * sum)
		t.squares += float64(w * w * squares)
		t.comuni += float64(w * float64(p.base.Comuni))
		sum, _ = m.of(p.yes)
		t.after += float64(w * sum)
		t.yes[1] += p.yes.Comuni
	}
	return t, parts
}

// variance is a stratum's part of the variance of a share p, see [part.covariance].
func (a *answered) variance(m measure, p float64) float64 {
	yes, yesSquares := m.of(a.yes)
	rest := a.base
	rest.gain(&a.yes, -1)
	no, noSquares := m.of(rest)
	z := after(p)
	sum := float64(no*z.neither) + float64(yes*z.gained)
	below, above := float64(noSquares*z.neither*z.neither), float64(yesSquares*z.gained*z.gained)
	return spread(a.universe, a.sample, sum, sum, below+above, below+above)
}

// point is the share that yes Comuni of weight sum are of the base.
func (t *totals) point(sum float64, yes int) (p float64, ok bool) {
	if t.base.Comuni == 0 || t.weight == 0 {
		return 0, false
	}
	switch yes {
	case 0:
		return 0, true
	case t.base.Comuni:
		return 1, true
	}
	return sum / t.weight, true
}

// linear is the estimate of a share that yes Comuni of weight sum are of the base.
func (t *totals) linear(m measure, sum float64, yes int, of func(p float64) scores) Estimate {
	p, ok := t.point(sum, yes)
	if !ok {
		return Estimate{}
	}
	z := of(p)
	return t.estimate(m, p, t.covariance(m, z, z))
}

// estimate is that of a share p of the base, of variance v.
func (t *totals) estimate(m measure, p, v float64) Estimate {
	out := Estimate{OK: true, N: t.base.Comuni, Universe: t.universe, Domain: t.comuni, Weak: t.base.Comuni < WeakBelow}
	out.Effective = float64(p*(1-p)) / v
	if v == 0 {
		out.Effective = t.size(m)
	}
	low, high := wilson(p, out.Effective)
	out.P, out.Low, out.High, out.SE = 100*p, 100*low, 100*high, 100*math.Sqrt(v)
	return out
}

// size is the effective size where the variance says nothing: the respondents of
// the base, or what they amount to where they count for their residents (Kish),
// over the part of the base that did not answer.
func (t *totals) size(m measure) float64 {
	n := float64(t.base.Comuni)
	missing := 1 - n/t.comuni
	if missing <= 0 {
		return math.Inf(1)
	}
	if m == asResidents {
		n = float64(t.weight*t.weight) / t.squares
	}
	return n / missing
}
