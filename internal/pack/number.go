package pack

import "math/bits"

const (
	lengths  = 32 // a number has 0 to 31 binary digits
	modelled = 3  // digits after the first that have a model; the rest are raw
)

// number models whole numbers from 0 to 2³¹-1: first how many binary digits,
// by a tree of five decisions, then the digits after the leading one, three of
// them by what stands before and the rest as they come.
type number struct {
	length []bit // a tree over lengths, root at 1
	digits []bit // by length: a tree over the modelled digits
}

func newNumber() *number {
	return &number{newBits(lengths), newBits(lengths << modelled)}
}

func newNumbers(n int) []*number {
	out := make([]*number, n)
	for i := range out {
		out[i] = newNumber()
	}
	return out
}

func (e *encoder) number(m *number, v uint32) {
	n := bits.Len32(v)
	node := 1
	for i := 4; i >= 0; i-- {
		b := n >> i & 1
		e.bit(&m.length[node], b)
		node = node<<1 | b
	}
	node = 1
	left := n - 1
	for ; left > 0 && node < 1<<modelled; left-- {
		b := int(v >> (left - 1) & 1)
		e.bit(&m.digits[n<<modelled|node], b)
		node = node<<1 | b
	}
	if left > 0 {
		e.raw(v&(1<<left-1), left)
	}
}

func (d *decoder) number(m *number) uint32 {
	node := 1
	for node < lengths {
		node = node<<1 | d.bit(&m.length[node])
	}
	n := node - lengths
	if n == 0 {
		return 0
	}
	v := uint32(1)
	node = 1
	left := n - 1
	for ; left > 0 && node < 1<<modelled; left-- {
		b := d.bit(&m.digits[n<<modelled|node])
		node = node<<1 | b
		v = v<<1 | uint32(b)
	}
	if left > 0 {
		v = v<<left | d.raw(left)
	}
	return v
}

// signed models whole numbers of either sign: the size, then the sign unless it
// is 0.
type signed struct {
	size *number
	sign *bit
}

func newSigned() signed { return signed{newNumber(), &bit{half, half}} }

func newSigneds(n int) []signed {
	out := make([]signed, n)
	for i := range out {
		out[i] = newSigned()
	}
	return out
}

func (e *encoder) signed(m signed, v int) {
	e.number(m.size, uint32(max(v, -v)))
	switch {
	case v > 0:
		e.bit(m.sign, 0)
	case v < 0:
		e.bit(m.sign, 1)
	}
}

func (d *decoder) signed(m signed) int {
	v := int(d.number(m.size))
	if v != 0 && d.bit(m.sign) == 1 {
		return -v
	}
	return v
}
