package site

import (
	"mappa/internal/disclosure"
	"mappa/internal/survey"
)

// Survey is an edition's codebook and answers, and what may be shown of them.
// The zero Survey is a site without one.
type Survey struct {
	Edition   *survey.Edition
	Published *disclosure.Published
}

func (p *press) questions() []job { return nil }

func (p *press) questionGroups() []linkGroup { return nil }
