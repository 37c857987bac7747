package atlas

import (
	"cmp"
	"slices"
)

// ended lists the Comuni that the variations suppressed by the display date,
// in the order of their last ISTAT code, and hands them to their successors.
func (b *builder) ended() {
	b.look.ended = map[string]int{}
	for _, e := range b.Events {
		if _, twice := b.look.ended[e.OldCadastral]; twice || !e.Kind.ends() || e.To > b.Display || b.stands(e.OldCadastral) {
			continue
		}
		f := b.become(e.OldCadastral, nil)
		b.look.ended[e.OldCadastral] = 0
		b.Ended = append(b.Ended, Ended{Cadastral: e.OldCadastral, ISTAT: e.OldISTAT, Name: e.OldName, Until: e.To, UntilFrom: e.From,
			Successors: f.comuni, Certain: f.certain, How: e.Kind, Source: e.Source})
	}
	slices.SortStableFunc(b.Ended, func(x, y Ended) int {
		return cmp.Or(cmp.Compare(x.ISTAT, y.ISTAT), cmp.Compare(x.Cadastral, y.Cadastral))
	})
	for i, e := range b.Ended {
		b.look.ended[e.Cadastral] = i
		for _, s := range e.Successors {
			b.Comuni[s].Parts = append(b.Comuni[s].Parts, e.Cadastral)
		}
	}
}

func (b *builder) stands(cad string) bool {
	_, ok := b.look.cad[cad]
	return ok
}
