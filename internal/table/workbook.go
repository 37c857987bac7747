package table

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"mappa/internal/diag"
)

// Workbook is the encoding of a table that is none.
const Workbook = "Excel workbook"

// isWorkbook reports whether a file is to be read as a workbook.
func isWorkbook(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".xlsx") }

// workbook is a sheet of a workbook. Its lines are rows, its columns cells.
type workbook struct {
	rows  *excelize.Rows
	line  int
	width int // of the headings
}

// openWorkbook opens the named sheet, "" for the first. Numbers are taken as they
// are kept, not as they are shown.
func (t *Table) openWorkbook(raw, sheet string) {
	file, err := readWorkbook(raw)
	if err != nil {
		t.list.File(t.File, "the file is not an Excel workbook that can be read", "save it again as .xlsx without a password, or as CSV")
		return
	}
	sheets := file.GetSheetList()
	if sheet == "" && len(sheets) > 0 {
		sheet = sheets[0]
	}
	if !slices.Contains(sheets, sheet) {
		t.list.File(t.File, fmt.Sprintf("the workbook has no sheet %q", sheet), diag.DidYouMean(sheet, sheets))
		return
	}
	rows, err := file.Rows(sheet)
	if err != nil {
		t.list.File(t.File, fmt.Sprintf("the sheet %q cannot be read", sheet), "save the file again")
		return
	}
	t.Encoding, t.Sheet, t.from = Workbook, sheet, &workbook{rows: rows}
}

// readWorkbook opens a workbook in memory; what the library cannot stand is an
// error, not a crash.
func readWorkbook(raw string) (file *excelize.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the workbook is damaged: %v", r)
		}
	}()
	// Nothing may be unpacked to disk: the limit of a sheet is that of the whole.
	return excelize.OpenReader(strings.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxBytes, UnzipXMLSizeLimit: maxBytes})
}

func (w *workbook) next() (cells []string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("row %d is damaged", w.line)
		}
	}()
	for w.rows.Next() {
		w.line++
		if cells, err = w.rows.Columns(); err != nil {
			return nil, fmt.Errorf("row %d is damaged", w.line)
		}
		for len(cells) > 0 && cells[len(cells)-1] == "" && (w.width == 0 || len(cells) > w.width) {
			cells = cells[:len(cells)-1]
		}
		for i := range cells {
			cells[i] = strings.ToValidUTF8(cells[i], "\ufffd")
		}
		if slices.ContainsFunc(cells, func(s string) bool { return s != "" }) {
			w.width = max(w.width, len(cells))
			return append(cells, make([]string, max(0, w.width-len(cells)))...), nil
		}
	}
	if w.rows.Error() != nil {
		return nil, fmt.Errorf("row %d is damaged", w.line+1)
	}
	return nil, io.EOF
}

func (w *workbook) place(i int) (line, col int) { return w.line, i + 1 }

// inSheet gives a problem at row line and cell i (-1: the row) the place that a
// workbook shows: Foglio1!C7.
func (t *Table) inSheet(p diag.Problem, line, i int) diag.Problem {
	if t.Sheet == "" {
		return p
	}
	cell := fmt.Sprint(line)
	if name, err := excelize.CoordinatesToCellName(i+1, line); err == nil && i >= 0 {
		cell = name
	}
	p.Record = t.Sheet + "!" + cell
	return p
}
