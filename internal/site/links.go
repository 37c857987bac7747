package site

import "mappa/internal/atlas"

// Addresses are for ever: they are made here and nowhere else.

func comunePath(c atlas.Comune) string    { return "/comuni/" + c.Slug + "/" }
func endedPath(e atlas.Ended) string      { return "/comuni/" + e.Slug + "/" }
func choicePath(c atlas.Choice) string    { return "/comuni/" + c.Slug + "/" }
func unitPath(u atlas.Unit) string        { return "/province/" + u.Slug + "/" }
func regionPath(r atlas.Region) string    { return "/regioni/" + r.Slug + "/" }
func ripPath(r atlas.Ripartizione) string { return "/ripartizioni/" + r.Slug + "/" }
func classPath(c atlas.Class) string      { return "/classi/" + c.Slug + "/" }
func indicatorPath(id string) string      { return "/indicatori/" + id + "/" }
func shortPath(code string) string        { return "/c/" + code + "/" }
func letterPath(letter string) string     { return "/comuni/iniziale/" + letter + "/" }

func academyArea(id string) string { return academyPath + "#" + id }
func cohortPath(id string) string  { return cohortsPath + id + "/" }

// Pages of which there is one.
const (
	academyPath    = "/accademia/"
	cohortsPath    = "/gruppi/"
	objectivesPath = "/piano-triennale/"
)

// file is where the page of an address lies in the tree.
func file(path string) string { return path[1:] + "index.html" }
