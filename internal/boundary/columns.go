package boundary

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// columns says where the attributes are; -1 where the file does not have one.
type columns struct {
	code, name, other            int
	unit, city, province, region int
}

// Names of the attributes in the order in which they are looked for, in lower
// case: ISTAT's of today, ISTAT's of before, then openpolis' and common ones.
// PRO_COM is a number and has lost its zeros.
func codeNames() []string {
	return []string{"pro_com_t", "pro_com", "com_istat_code", "procom_t", "procom", "codice_istat", "cod_istat", "istat", "com_istat_code_num"}
}
func nameNames() []string {
	return []string{"comune", "name", "den_com", "denominazione", "nome", "nome_com"}
}
func otherNames() []string {
	return []string{"comune_a", "den_com_a", "name_other", "denominazione_altra"}
}
func unitNames() []string     { return []string{"cod_uts", "prov_istat_code", "prov_istat_code_num"} }
func cityNames() []string     { return []string{"cod_cm"} }
func provinceNames() []string { return []string{"cod_prov", "cod_pro"} }
func regionNames() []string   { return []string{"cod_reg", "reg_istat_code", "reg_istat_code_num"} }

const wantedCode = "want PRO_COM_T, or PRO_COM, or com_istat_code"

// columns finds the attributes by name, without regard to case.
func (r *reader) columns(names []string) (columns, bool) {
	c := findColumns(names)
	if c.code < 0 {
		r.problem(r.layer, fmt.Sprintf("there is no column with the ISTAT code, only %s", strings.Join(names, ", ")), wantedCode)
	}
	return c, c.code >= 0
}

func findColumns(names []string) columns {
	lower := make([]string, len(names))
	for i, n := range names {
		lower[i] = strings.ToLower(n)
	}
	find := func(wanted []string) int {
		for _, w := range wanted {
			if i := slices.Index(lower, w); i >= 0 {
				return i
			}
		}
		return -1
	}
	return columns{find(codeNames()), find(nameNames()), find(otherNames()),
		find(unitNames()), find(cityNames()), find(provinceNames()), find(regionNames())}
}

// Digits of ISTAT's codes.
const (
	codeDigits   = 6
	unitDigits   = 3
	regionDigits = 2

	// firstCity is where ISTAT's codes of metropolitan cities begin (201 Torino);
	// a smaller COD_CM is a flag.
	firstCity = 200
)

// shape is the attributes of a record, of which value gives column i as text.
func (c columns) shape(value func(i int) string) Shape {
	at := func(i int) string {
		if i < 0 {
			return ""
		}
		return strings.TrimSpace(value(i))
	}
	s := Shape{
		Code: digits(at(c.code), codeDigits), Name: at(c.name), Other: at(c.other),
		Unit: digits(at(c.unit), unitDigits), Region: digits(at(c.region), regionDigits),
	}
	if s.Other == "0" { // ISTAT's sign for none
		s.Other = ""
	}
	if s.Other != "" { // COMUNE holds both: Bolzano/Bozen, Sgonico-Zgonik
		s.Name = strings.TrimSuffix(strings.TrimSuffix(s.Name, "/"+s.Other), "-"+s.Other)
	}
	if s.Unit == "" { // before 2019 there is no COD_UTS
		s.Unit = digits(at(c.province), unitDigits)
		if n, err := strconv.Atoi(digits(at(c.city), unitDigits)); err == nil && n > firstCity {
			s.Unit = strconv.Itoa(n)
		}
	}
	return s
}

// digits writes a whole number with its leading zeros: 1001 and 1.001e+003 are
// 001001. Anything else stays as it is.
func digits(s string, n int) string {
	if s == "" || len(s) == n && strings.Trim(s, "0123456789") == "" {
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != math.Trunc(f) || f < 0 || f >= math.Pow10(n) {
		return s
	}
	return fmt.Sprintf("%0*d", n, int(f))
}
