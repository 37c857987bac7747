package site

import (
	"testing"

	"mappa/internal/browsertest"
)

// collided are the labels of axes that run into each other, and the drawings of
// rows that are too narrow to tell 10 from 20 per cent.
const collided = `[...document.querySelectorAll(".rows")].filter((r) => r.checkVisibility()).flatMap((rows) => {
	const wide = rows.getBoundingClientRect().width;
	const thin = [...rows.querySelectorAll(".plot")].filter((p) => p.getBoundingClientRect().width < wide / 4).map((p) => p.parentElement.textContent);
	const ends = [...rows.querySelectorAll(".axisrow text")].map((t) => t.getBoundingClientRect());
	const met = ends.filter((e, i) => i > 0 && e.left < ends[i - 1].right);
	return [...thin.map((t) => "no room for " + t), ...met.map((e) => "labels meet at " + Math.round(e.left))];
}).slice(0, 5)`

func TestTheDrawingsOfRowsKeepTheirRoomBesideLongNames(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	for _, path := range []string{"/indicatori/suap/", "/indicatori/velocita/", "/indicatori/ostacoli/", "/piano-triennale/"} {
		for _, v := range []browsertest.View{{Width: 320}, {Width: 768}, {Width: 1024}, {Width: 1440}, {Width: 680, Print: true}} {
			p := b.Open(address+path, v)
			for _, fault := range browsertest.Eval[[]string](p, collided) {
				t.Errorf("%s, %s: %s", path, v, fault)
			}
			for _, wide := range p.Overflow() {
				t.Errorf("%s, %s: wider than the screen: %s", path, v, wide)
			}
		}
	}
}

// spilt are words for a missing value that reach out of their cell.
const spilt = `[...document.querySelectorAll("td > .nv")].filter((w) => w.checkVisibility()).flatMap((w) => {
	const a = w.getBoundingClientRect(), b = w.closest("td").getBoundingClientRect();
	return a.left < b.left - .5 || a.right > b.right + .5 ? [w.textContent + " leaves its cell at " + Math.round(a.left)] : [];
}).slice(0, 5)`

func TestWordsForAMissingValueStayInTheirCell(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	for _, path := range []string{"/comuni/montalto-pavese/", "/indici/esterna/", "/indicatori/sistemi-back/"} {
		for _, width := range []int{320, 360, 768, 1440} {
			p := b.Open(address+path, browsertest.View{Width: width})
			for _, fault := range browsertest.Eval[[]string](p, spilt) {
				t.Errorf("%s, %d px: %s", path, width, fault)
			}
		}
	}
}
