package disclosure

import (
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Others are the witnesses of a proof as answers: of each, what the Comuni that it
// moves might have said.
func (p *Published) Others(proof *Proof) [][]survey.Said {
	out := make([][]survey.Said, len(proof.Witnesses))
	for w, changes := range proof.Witnesses {
		for _, c := range changes {
			t := &p.Tables[c.Table]
			kind := stat.Known
			switch c.state {
			case blank:
				kind = stat.Blank
			case past:
				kind = stat.NotRouted
			}
			out[w] = append(out[w], survey.Said{Question: t.Question, Row: t.Row, Comune: int(c.Comune), Answer: survey.Answer{Kind: kind, Options: c.To}})
		}
	}
	return out
}
