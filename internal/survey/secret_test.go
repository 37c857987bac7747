package survey

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"mappa/internal/diag"
)

// closed is a codebook of which nothing may be said of a single Comune.
func closed(book string) string {
	return strings.NewReplacer("classe: comune", "classe: aggregato", "classe: registro", "classe: aggregato").Replace(book)
}

// A value that is planted in any cell of any form of export is in no message.
func TestAPlantedValueIsInNoMessage(t *testing.T) {
	a := piedmont(t)
	planted := []string{"Segreto", "8642.13579", "Segreto|Segreto", "=Segreto()", "Segreto;Segreto", "-86421"}
	for _, in := range []struct{ book, export string }{{base(t), goodExport}, {shapesBook(t), strings.Replace(goodShapes, "33,4", "33", 1)}} {
		book := closed(in.book)
		var list diag.List
		e, _ := Read(folder(t, map[string]string{BookFile: book, "risposte.csv": in.export}), "2031", a, &list)
		type file struct {
			name, settings string
			rows           [][]string
			from           int // first column that holds answers
			writer
		}
		files := []file{{"lungo", goodSettings, longRows(in.export), 3, writer{comma: ','}}}
		for _, x := range trips() {
			if !x.xlsx {
				rows := x.sheet(e, a, []string{"1", "2", "3", "4", "5"})
				files = append(files, file{x.name, "esportazione: risposte.csv\n" + strings.Replace(x.settings, "%s", "rispondenti.csv", 1), rows, answersFrom(rows[0]), x.writer})
			}
		}
		for _, f := range files {
			for line := 1; line < len(f.rows); line++ {
				for col := f.from; col < len(f.rows[0])-1; col++ {
					for _, value := range planted {
						was := f.rows[line][col]
						f.rows[line][col] = value
						var list diag.List
						Read(folder(t, map[string]string{BookFile: book, SettingsFile: f.settings, "risposte.csv": string(f.csv(t, f.rows))}), "2031", a, &list)
						f.rows[line][col] = was
						if all := said(&list) + notes(&list); strings.Contains(all, "Segreto") || strings.Contains(all, "8642") {
							t.Fatalf("%s: row %d column %d (%s): %s", f.name, line, col, f.rows[0][col], all)
						}
					}
				}
			}
		}
	}
}

// longRows are the rows of an export in the long format.
func longRows(export string) (out [][]string) {
	for _, line := range strings.Split(strings.TrimSpace(export), "\n") {
		var row []string
		quoted := strings.Split(line, `"`)
		if len(quoted) == 3 {
			row = append(strings.Split(strings.TrimSuffix(quoted[0], ","), ","), quoted[1])
			row = append(row, strings.Split(strings.TrimPrefix(quoted[2], ","), ",")...)
		} else {
			row = strings.Split(line, ",")
		}
		out = append(out, row)
	}
	return out
}

// answersFrom is the first column that is not about the submission.
func answersFrom(head []string) int {
	for i := len(head) - 1; i >= 0; i-- {
		switch cmp.Or(spoken(head[i]), codeOf(head[i])) {
		case "token", "data_invio_risposta", "cluster", "codice_istat":
			return i + 1
		}
	}
	panic(fmt.Sprint("no column is about the submission: ", head))
}
