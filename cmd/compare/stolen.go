package main

import (
	"os"
	"strconv"
	"strings"
)

// On a machine that is one of several on a host, others may have the processors while
// a page is visited, and what the clock says is then no measure of the page.
const mostStolen = 0.02 // share of the processors' time of a visit that counts

// processorTimes is where Linux counts how the processors spent their time.
const processorTimes = "/proc/stat"

// processors is how their time was spent, in ticks since the machine started.
type processors struct{ all, stolen float64 }

// readProcessors reads it; nothing where nobody counts.
func readProcessors() processors {
	raw, err := os.ReadFile(processorTimes)
	if err != nil {
		return processors{}
	}
	return parseProcessors(string(raw))
}

// parseProcessors takes the first line: user, nice, system, idle, iowait, irq, softirq,
// steal; what follows is counted in them already.
func parseProcessors(text string) (p processors) {
	const fields, stolen = 8, 7
	line, _, _ := strings.Cut(text, "\n")
	words := strings.Fields(line)
	if len(words) < 1+fields || words[0] != "cpu" {
		return processors{}
	}
	for i, word := range words[1 : 1+fields] {
		ticks, err := strconv.ParseFloat(word, 64)
		if err != nil {
			return processors{}
		}
		p.all += ticks
		if i == stolen {
			p.stolen = ticks
		}
	}
	return p
}

// since is the share that the host took since then.
func (p processors) since(then processors) float64 {
	if p.all <= then.all {
		return 0
	}
	return (p.stolen - then.stolen) / (p.all - then.all)
}
