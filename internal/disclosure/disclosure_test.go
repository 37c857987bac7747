package disclosure

import (
	"fmt"
	"strings"
	"testing"

	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// country is a total and its three parts.
func country() *estimate.Frame {
	return &estimate.Frame{Areas: make([]estimate.Area, 4), Sums: []estimate.Sum{{Total: 0, Parts: []int{1, 2, 3}}}}
}

// counted is a table over country of the parts' counts, option by option; base
// is theirs, and the total is added up.
func counted(question int, base []int, num ...[]int) estimate.Table {
	total := func(parts []int) []int {
		sum := 0
		for _, n := range parts {
			sum += n
		}
		return append([]int{sum}, parts...)
	}
	t := estimate.Table{Question: question, Base: total(base), Universe: make([]estimate.Universe, len(base)+1)}
	for i, b := range t.Base {
		t.Universe[i] = estimate.Universe{Comuni: 2 * b, Respondents: b, Residents: 3 * b, RespondentsResidents: 2 * b}
	}
	for _, n := range num {
		t.Num = append(t.Num, total(n))
	}
	return t
}

// sent is the table with so many respondents in the parts: more than its base.
func sent(t estimate.Table, parts ...int) estimate.Table {
	all := counted(0, parts)
	t.Universe = all.Universe
	return t
}

// drawn is a line for each area: base, then shares, # for what is withheld.
func drawn(t Table) string {
	var lines []string
	show := func(v stat.Value, d int) string {
		switch v.Kind {
		case stat.Known:
			return fmt.Sprintf("%.*f", d, v.N)
		case stat.Withheld:
			return "#"
		}
		return "-"
	}
	for _, l := range t.Lines {
		cells := []string{show(l.Base, 0) + ":"}
		for _, c := range l.Options {
			cells = append(cells, show(c.Value, c.Decimals))
		}
		if l.Headline.Value.Kind != stat.Unknown {
			cells = append(cells, "|", show(l.Headline.Value, l.Headline.Decimals))
		}
		lines = append(lines, strings.Join(cells, " "))
	}
	return strings.Join(lines, "\n")
}

func options(n int, last survey.Option) []survey.Option {
	return append(make([]survey.Option, n-1), last)
}

func TestWhatIsWithheldAndWhatIsShown(t *testing.T) {
	single := survey.Question{Shape: survey.Single, Class: survey.Aggregate, Options: make([]survey.Option, 3)}
	reserved := single
	reserved.Reserved = true
	public := single
	public.Class = survey.Register
	headline := single
	headline.Headline = survey.Headline{Title: "due", Any: survey.Set(0).With(0).With(1)}
	many := survey.Question{Shape: survey.Multiple, Class: survey.Aggregate, Options: make([]survey.Option, 2)}
	any := survey.Question{Shape: survey.Multiple, Class: survey.Aggregate, Options: options(3, survey.Option{Exclusive: true}),
		Headline: survey.Headline{Title: "almeno una", Any: survey.Set(0).With(0).With(1)}}
	for _, c := range []struct {
		name string
		q    survey.Question
		in   estimate.Table
		want string
	}{
		{"nothing small, nothing withheld; decimals from a base of 100", single,
			counted(0, []int{20, 30, 60}, []int{5, 10, 20}, []int{7, 10, 20}, []int{8, 10, 20}),
			"110: 31.8 33.6 34.5\n20: 25 35 40\n30: 33 33 33\n60: 33 33 33"},
		{"a small cell takes one of its row with it, and each of them one of its column", single,
			counted(0, []int{20, 30, 60}, []int{2, 10, 20}, []int{9, 10, 20}, []int{9, 10, 20}),
			"110: 29.1 35.5 35.5\n20: # # 45\n30: # # 33\n60: 33 33 33"},
		{"an area of two respondents shows nothing", single,
			counted(0, []int{2, 30, 60}, []int{1, 10, 20}, []int{1, 10, 20}, []int{0, 10, 20}),
			"92: 34 34 33\n2: # # #\n30: # # #\n60: 33 33 33"},
		{"all of an area is not said", many,
			counted(0, []int{20, 30, 60}, []int{20, 10, 20}, []int{9, 10, 20}),
			"110: 45.5 35.5\n20: # 45\n30: # 33\n60: 33 33"},
		{"all but two of an area is not said", many,
			counted(0, []int{20, 30, 60}, []int{18, 10, 20}, []int{9, 10, 20}),
			"110: 43.6 35.5\n20: # 45\n30: # 33\n60: 33 33"},
		{"two small cells of a sum together still below the threshold take a third", many,
			counted(0, []int{20, 30, 60}, []int{1, 1, 20}, []int{9, 10, 20}),
			"110: 20.0 35.5\n20: # 45\n30: # 33\n60: # 33"},
		{"none that prints as 0.0", many,
			counted(0, []int{4000, 4000, 4000}, []int{1, 2, 1}, []int{1000, 1000, 1000}),
			"12000: # 25.0\n4000: # 25.0\n4000: # 25.0\n4000: # 25.0"},
		{"ten where it is riservata", reserved,
			counted(0, []int{60, 60, 60}, []int{9, 20, 20}, []int{20, 20, 20}, []int{31, 20, 20}),
			"180: 27.2 33.3 39.4\n60: # # 52\n60: # # 33\n60: 33 33 33"},
		{"what is public by law is shown", public,
			counted(0, []int{2, 30, 60}, []int{2, 10, 20}, []int{0, 10, 20}, []int{0, 10, 20}),
			"92: 35 33 33\n2: 100 0 0\n30: 33 33 33\n60: 33 33 33"},
		{"a headline does not give back an option", headline,
			counted(0, []int{20, 30, 60}, []int{2, 10, 20}, []int{9, 10, 20}, []int{9, 10, 20}, []int{11, 20, 40}),
			"110: 29.1 35.5 35.5 | 64.5\n20: # # 45 | 55\n30: # # 33 | 67\n60: 33 33 33 | 67"},
		{"any does not give back none", any,
			counted(0, []int{20, 30, 60}, []int{9, 10, 20}, []int{9, 10, 20}, []int{2, 10, 20}, []int{18, 20, 40}),
			"110: 35.5 35.5 29.1 | 70.9\n20: 45 45 # | #\n30: 33 33 # | #\n60: 33 33 33 | 67"},
		{"an area without respondents says so", single,
			counted(0, []int{0, 30, 60}, []int{0, 10, 20}, []int{0, 10, 20}, []int{0, 10, 20}),
			"90: 33 33 33\n0: - - -\n30: 33 33 33\n60: 33 33 33"},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := &survey.Codebook{Questions: []survey.Question{c.q}}
			p := Protect([]estimate.Table{c.in}, country(), book, Default())
			if got := drawn(p.Of(0)[0]); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestBasesAreFiguresOfTheirOwn(t *testing.T) {
	first := survey.Question{Shape: survey.Single, Class: survey.Aggregate, Options: make([]survey.Option, 2)}
	routed := first
	routed.Route = survey.Route{On: true, Question: 0, Any: survey.Set(0).With(0)}
	public := first
	public.Class = survey.Register
	led := counted(0, []int{20, 30, 60}, []int{10, 12, 40}, []int{10, 18, 20})
	sides := [2]estimate.Table{counted(0, []int{20, 30, 60}, []int{10, 12, 58}, []int{10, 18, 2}), sent(counted(1, []int{10, 12, 58}, []int{5, 6, 29}, []int{5, 6, 29}), 20, 30, 60)}
	all := counted(0, []int{50, 60, 90}, []int{25, 30, 45}, []int{25, 30, 45})
	for _, c := range []struct {
		name          string
		first, second survey.Question
		demo          bool
		in            [2]estimate.Table
		want          [2]string
	}{
		{"with many led to it and many not, it is shown", first, routed, false,
			[2]estimate.Table{led, sent(counted(1, []int{10, 12, 40}, []int{5, 6, 20}, []int{5, 6, 20}), 20, 30, 60)},
			[2]string{"110: 56.4 43.6\n20: 50 50\n30: 40 60\n60: 67 33", "62: 50 50\n10: 50 50\n12: 50 50\n40: 50 50"}},
		{"the answer that leads to it is withheld", first, routed, false,
			[2]estimate.Table{counted(0, []int{20, 30, 60}, []int{2, 12, 40}, []int{18, 18, 20}), sent(counted(1, []int{2, 12, 40}, []int{1, 6, 20}, []int{1, 6, 20}), 20, 30, 60)},
			[2]string{"110: 49.1 50.9\n20: # #\n30: # #\n60: 67 33", "54: 50 50\n#: # #\n#: # #\n40: 50 50"}},
		{"the one respondent of its form was not led to it, on whose form all others had the first alone", first, routed, false,
			[2]estimate.Table{all, sent(counted(1, []int{0, 12, 40}, []int{0, 6, 20}, []int{0, 6, 20}), 1, 30, 60)},
			[2]string{"200: 50.0 50.0\n50: 50 50\n60: 50 50\n90: 50 50", "52: 50 50\n#: # #\n#: # #\n40: 50 50"}},
		{"one of six was not led to it", first, routed, false,
			[2]estimate.Table{all, sent(counted(1, []int{5, 12, 40}, []int{3, 6, 20}, []int{2, 6, 20}), 6, 30, 60)},
			[2]string{"200: 50.0 50.0\n50: 50 50\n60: 50 50\n90: 50 50", "57: 51 49\n#: # #\n#: # #\n40: 50 50"}},
		{"everybody was led to it", first, routed, false,
			[2]estimate.Table{all, sent(counted(1, []int{30, 12, 40}, []int{15, 6, 20}, []int{15, 6, 20}), 30, 30, 60)},
			[2]string{"200: 50.0 50.0\n50: 50 50\n60: 50 50\n90: 50 50", "82: 50 50\n#: # #\n#: # #\n40: 50 50"}},
		{"nobody in the first part has it on the form: all the others give back how many were led to it there", first, routed, false,
			[2]estimate.Table{counted(0, []int{20, 30, 60}, []int{2, 12, 40}, []int{18, 18, 20}), sent(counted(1, []int{0, 12, 40}, []int{0, 6, 20}, []int{0, 6, 20}), 0, 30, 60)},
			[2]string{"110: 49.1 50.9\n20: # #\n30: # #\n60: # #", "#: # #\n0: - -\n#: # #\n#: # #"}},
		{"what leads to it is public by law", public, routed, false, sides, [2]string{"110: 72.7 27.3\n20: 50 50\n30: 40 60\n60: 97 3", "80: 50 50\n10: 50 50\n12: 50 50\n58: 50 50"}},
		{"what leads to it would be public by law, but is invented", public, routed, true, sides, [2]string{"110: 72.7 27.3\n20: # #\n30: 40 60\n60: # #", "80: 50 50\n#: # #\n12: 50 50\n#: # #"}},
		{"the only respondent left it blank, which is not as if there were none", first, first, false,
			[2]estimate.Table{led, sent(counted(1, []int{0, 30, 60}, []int{0, 15, 20}, []int{0, 15, 40}), 1, 30, 60)},
			[2]string{"110: 56.4 43.6\n20: 50 50\n30: 40 60\n60: 67 33", "90: 39 61\n#: # #\n#: # #\n60: 33 67"}},
		{"so in what is public by law", first, public, false,
			[2]estimate.Table{led, sent(counted(1, []int{0, 30, 60}, []int{0, 15, 20}, []int{0, 15, 40}), 1, 30, 60)},
			[2]string{"110: 56.4 43.6\n20: 50 50\n30: 40 60\n60: 67 33", "90: 39 61\n#: # #\n#: # #\n60: 33 67"}},
		{"that one of many left it blank is shown", first, first, false,
			[2]estimate.Table{led, sent(counted(1, []int{20, 30, 60}, []int{10, 15, 20}, []int{10, 15, 40}), 21, 30, 60)},
			[2]string{"110: 56.4 43.6\n20: 50 50\n30: 40 60\n60: 67 33", "110: 40.9 59.1\n20: 50 50\n30: 50 50\n60: 33 67"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := &survey.Codebook{Demo: c.demo, Questions: []survey.Question{c.first, c.second}}
			p := Protect(c.in[:], country(), book, Default())
			for i, want := range c.want {
				if got := drawn(p.Of(i)[0]); got != want {
					t.Errorf("question %d: got\n%s\nwant\n%s", i, got, want)
				}
			}
			for _, x := range (auditor{p, book}).determined() {
				t.Errorf("%+v can be worked out", x)
			}
		})
	}
}

func TestResponseIsSaidInComuniAndInResidents(t *testing.T) {
	q := survey.Question{Shape: survey.Multiple, Class: survey.Aggregate, Options: make([]survey.Option, 1)}
	p := Protect([]estimate.Table{counted(0, []int{20, 30, 60}, []int{5, 10, 20})}, country(), &survey.Codebook{Questions: []survey.Question{q}}, Default())
	l := p.Of(0)[0].Lines[0]
	if l.Response != stat.Of(50) || l.ResidentsResponse != stat.Of(66.7) || l.Comuni != 220 || l.Respondents != 110 {
		t.Errorf("got %+v", l)
	}
}
