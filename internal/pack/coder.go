package pack

// The range coder: binary decisions with adaptive probabilities, carried as in
// LZMA (a 32-bit range, bytes shifted out as they are settled). A probability
// is the mean of two that learn at different speeds, so that it is right both
// soon and in the end. atlante/intervalli.ts is the same decoder in TypeScript.

const (
	scaleBits = 12      // what a probability is rounded to when it is used
	top       = 1 << 24 // below this the range is renewed by a byte
	half      = 1 << 15 // a probability nothing is known of, of 1 << 16
	fast      = 4       // how quickly the two probabilities learn:
	slow      = 6       // each step moves by 1/16 and 1/64 of the way
	most      = 1<<scaleBits - 1
)

// bit is the model of one binary decision: how likely it is 0.
type bit struct{ a, b uint16 }

func newBits(n int) []bit {
	m := make([]bit, n)
	for i := range m {
		m[i] = bit{half, half}
	}
	return m
}

// bound is the part of r that stands for 0.
func (m *bit) bound(r uint32) uint32 {
	p := (uint32(m.a) + uint32(m.b)) >> (17 - scaleBits)
	return (r >> scaleBits) * min(max(p, 1), most)
}

func (m *bit) learn(v int) {
	if v == 0 {
		m.a += (1<<16 - 1 - m.a) >> fast
		m.b += (1<<16 - 1 - m.b) >> slow
		return
	}
	m.a -= m.a >> fast
	m.b -= m.b >> slow
}

// encoder collects the bytes of a stream.
type encoder struct {
	low   uint64
	rng   uint32
	out   []byte
	cache byte
	held  int // bytes that a carry may still change: cache and 0xff after it
}

func newEncoder(head []byte) *encoder { return &encoder{rng: 1<<32 - 1, out: head} }

func (e *encoder) bit(m *bit, v int) {
	b := m.bound(e.rng)
	if v == 0 {
		e.rng = b
	} else {
		e.low += uint64(b)
		e.rng -= b
	}
	m.learn(v)
	e.renew()
}

// raw writes n bits that are as likely as not, the highest first.
func (e *encoder) raw(v uint32, n int) {
	for n--; n >= 0; n-- {
		e.rng >>= 1
		if v>>n&1 == 1 {
			e.low += uint64(e.rng)
		}
		e.renew()
	}
}

func (e *encoder) renew() {
	for e.rng < top {
		e.rng <<= 8
		e.shift()
	}
}

func (e *encoder) shift() {
	const carry = 1 << 32
	if e.low < 0xff000000 || e.low >= carry {
		for ; e.held > 0; e.held-- {
			e.out = append(e.out, e.cache+byte(e.low>>32))
			e.cache = 0xff
		}
		e.cache = byte(e.low >> 24)
	}
	e.held++
	e.low = e.low << 8 & (carry - 1)
}

// finish settles what is left. A decoder reads exactly what was written.
func (e *encoder) finish() []byte {
	for range 5 {
		e.shift()
	}
	return e.out
}

// decoder reads what encoder wrote. Beyond the end it reads zeros and remembers.
type decoder struct {
	in     []byte
	at     int
	rng    uint32
	code   uint32
	beyond bool
}

func newDecoder(in []byte) *decoder {
	d := &decoder{in: in, rng: 1<<32 - 1}
	for range 4 {
		d.code = d.code<<8 | uint32(d.next())
	}
	return d
}

func (d *decoder) next() byte {
	if d.at >= len(d.in) {
		d.beyond = true
		return 0
	}
	d.at++
	return d.in[d.at-1]
}

func (d *decoder) bit(m *bit) int {
	b := m.bound(d.rng)
	v := 0
	if d.code < b {
		d.rng = b
	} else {
		d.code -= b
		d.rng -= b
		v = 1
	}
	m.learn(v)
	d.renew()
	return v
}

func (d *decoder) raw(n int) uint32 {
	var v uint32
	for range n {
		d.rng >>= 1
		v <<= 1
		if d.code >= d.rng {
			d.code -= d.rng
			v |= 1
		}
		d.renew()
	}
	return v
}

func (d *decoder) renew() {
	for d.rng < top {
		d.rng <<= 8
		d.code = d.code<<8 | uint32(d.next())
	}
}

// whole is nil when all was read and no more.
func (d *decoder) whole() error {
	switch {
	case d.beyond:
		return errTruncated
	case d.at < len(d.in):
		return errBroken
	}
	return nil
}
