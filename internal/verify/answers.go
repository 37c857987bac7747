package verify

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"

	"mappa/internal/diag"
)

// answered is a file of a question's figures by area: each key stands once, and its
// numbers follow the areas. Nothing else may stand in such a file.
type answered struct {
	Order string `json:"ordine"`
	Areas []int  `json:"aree"`
	Rows  []struct {
		Name  string    `json:"nome"`
		Key   string    `json:"cifra_base"`
		Bases []float64 `json:"basi"` // 0 where there is none
		Items []struct {
			ID     string     `json:"id"`
			Name   string     `json:"nome"`
			Key    string     `json:"cifra"`
			Values []*float64 `json:"valori"` // null, or below 0, where there is none
		} `json:"voci"`
	} `json:"righe"`
}

// answers holds figures in JSON against the published ones.
func (d *document) answers(data []byte) {
	switch {
	case fitsAny(d.gates.rules.Answers, d.path):
		d.byArea(data)
	case bytes.Contains(data, []byte(ownShare)):
		d.besideOwn(data)
	}
}

func (d *document) byArea(data []byte) {
	var file answered
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields()
	if strict.Decode(&file) != nil { // what it says may have a number in it
		d.unkeyed("this file of answers is of another form")
		return
	}
	for _, r := range file.Rows {
		if len(r.Bases) != len(file.Areas) {
			d.unkeyed("there are more or fewer bases than areas under " + strconv.Quote(r.Key))
			continue
		}
		for i, n := range r.Bases {
			if n != 0 {
				d.figureOf(r.Key, file.Areas[i], n)
			}
		}
		for _, item := range r.Items {
			if len(item.Values) != len(file.Areas) {
				d.unkeyed("there are more or fewer numbers than areas under " + strconv.Quote(item.Key))
				continue
			}
			for i, n := range item.Values {
				if n != nil && *n >= 0 {
					d.figureOf(item.Key, file.Areas[i], *n)
				}
			}
		}
	}
}

// figureOf is a number of an area in a file where the key stands once.
func (d *document) figureOf(key string, area int, n float64) {
	if fault := d.gates.unpublished(key+"/"+strconv.Itoa(area), n); fault != "" {
		d.unkeyed(fault)
	}
}

func (d *document) unkeyed(text string) {
	p := diag.Problem{File: d.path, Text: text, Hint: figureHint}
	if !slices.Contains(d.found, p) {
		d.found = append(d.found, p)
	}
}

// ownShare is the share beside an answer that a Comune shows, in its file.
const ownShare = `"quota_classe"`

// besideOwn looks at the shares beside the answers of a Comune.
func (d *document) besideOwn(data []byte) {
	var file struct {
		Answers []struct {
			Share *float64 `json:"quota_classe"`
			Key   string   `json:"cifra"`
		} `json:"risposte"`
	}
	held := 0
	if json.Unmarshal(data, &file) != nil {
		file.Answers = nil
	}
	for _, a := range file.Answers {
		if a.Share == nil {
			continue
		}
		held++
		if fault := d.gates.unpublished(a.Key, *a.Share); fault != "" {
			d.unkeyed(fault)
		}
	}
	if held != bytes.Count(data, []byte(ownShare)) {
		d.unkeyed("a share of the survey stands where it is not looked for")
	}
}
