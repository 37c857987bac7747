package atlas

import (
	"fmt"
	"time"
)

// Date is a civil date as yyyymmdd, so that dates compare as numbers. The zero
// value means that the date is not known.
type Date int32

// Forever is the end of what has not ended (the ANPR archive's 9999-12-31).
const Forever Date = 99991231

// ParseDate reads 2006-01-02 and nothing else.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date, want yyyy-mm-dd", s)
	}
	return DateOf(t), nil
}

// DateOf is the civil date of t.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date(y*10000 + int(m)*100 + d)
}

// Year, Month (1-12) and Day of the date.
func (d Date) Year() int  { return int(d) / 10000 }
func (d Date) Month() int { return int(d) / 100 % 100 }
func (d Date) Day() int   { return int(d) % 100 }

// Time is midnight UTC of the date.
func (d Date) Time() time.Time {
	return time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, time.UTC)
}

// AddMonths moves the date by n months; a day that the month lacks runs over,
// as in [time.Time.AddDate].
func (d Date) AddMonths(n int) Date { return DateOf(d.Time().AddDate(0, n, 0)) }

// AddDays moves the date by n days.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// String is the ISO form, 2026-08-14, or "" when the date is not known.
func (d Date) String() string {
	return string(d.Append(nil))
}

// Append writes after b what String gives.
func (d Date) Append(b []byte) []byte {
	if d == 0 {
		return b
	}
	digit := func(n int) byte { return '0' + byte(n%10) }
	y, m, day := d.Year(), d.Month(), d.Day()
	return append(b, digit(y/1000), digit(y/100), digit(y/10), digit(y), '-', digit(m/10), digit(m), '-', digit(day/10), digit(day))
}

// MarshalText writes the ISO form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form; empty is the zero Date.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	*d, err = ParseDate(string(b))
	return err
}
