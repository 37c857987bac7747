package pack

import "math/bits"

const (
	lengths  = 32 // a number has 0 to 31 binary digits
	short    = 8  // fewer than 7 take three decisions
	modelled = 3  // digits after the first that have a model; the rest are raw
)

// number models whole numbers from 0 to 2³¹-1: first how many binary digits,
// then the digits after the leading one, three of them by what stands before
// and the rest as they come. How many digits is a tree of three decisions up to
// six; seven says that another tree of five has it.
type number struct {
	length []bit // the short tree, root at 1
	long   []bit // the other
	digits []bit // by length: a tree over the modelled digits
}

func newNumber() *number {
	return &number{newBits(short), newBits(lengths), newBits(lengths << modelled)}
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
	e.tree(m.length, min(n, short-1))
	if n >= short-1 {
		e.tree(m.long, n)
	}
	node := 1
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

// tree writes v by decisions along a binary tree of len(m) leaves.
func (e *encoder) tree(m []bit, v int) {
	node := 1
	for at := len(m) / 2; at > 0; at /= 2 {
		b := one(v&at != 0)
		e.bit(&m[node], b)
		node = node<<1 | b
	}
}

func (d *decoder) tree(m []bit) int {
	node := 1
	for node < len(m) {
		node = node<<1 | d.bit(&m[node])
	}
	return node - len(m)
}

func (d *decoder) number(m *number) uint32 {
	n := d.tree(m.length)
	if n == short-1 {
		n = d.tree(m.long)
	}
	if n == 0 {
		return 0
	}
	v, node := uint32(1), 1
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
