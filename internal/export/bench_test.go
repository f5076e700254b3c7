package export

import (
	"encoding/csv"
	"fmt"
	"iter"
	"os"
	"runtime"
	"strconv"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/xuri/excelize/v2"
)

// peak notes how much of the heap was in use at most, on the way.
type peak struct {
	rows    int
	written int
	most    uint64
}

func (p *peak) look() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	p.most = max(p.most, m.HeapAlloc)
}

// Write looks while the archive is written, at every megabyte.
func (p *peak) Write(b []byte) (int, error) {
	if before := p.written; before>>20 != (before+len(b))>>20 || before == 0 {
		p.look()
	}
	p.written += len(b)
	return len(b), nil
}

// watch looks at every 500th row.
func watch[R any](p *peak, rows iter.Seq2[R, error]) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		for r, err := range rows {
			if p.rows++; p.rows%500 == 0 {
				p.look()
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// month is the days of so many people: every tenth is late, as in an office.
func month(people int) iter.Seq2[Day, error] {
	return func(yield func(Day, error) bool) {
		for i := range people {
			who := Person{UserID: "user" + strconv.Itoa(i), Name: "张三", Departs: "公司/部门" + strconv.Itoa(i%40)}
			for d := range attendance.Day(31) {
				r := day(monday+d, nil)
				if r.Person = who; weekend(r.Date) {
					off(&r)
				}
				if (i+int(d))%10 == 0 && !r.Rest {
					r.Late, r.LateSec = 1, 600
				}
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

// sizes are 200 people, and 10,000 with DAKA_FULL=1.
func sizes() []int {
	if os.Getenv("DAKA_FULL") == "" {
		return []int{200}
	}
	return []int{200, 10_000}
}

// eachSize measures a writer, with the most memory that it had.
func eachSize(b *testing.B, name string, write func(p *peak, rows iter.Seq2[Day, error]) error) {
	for _, people := range sizes() {
		b.Run(fmt.Sprintf("%s/people=%d", name, people), func(b *testing.B) {
			b.ReportAllocs()
			var most uint64
			for b.Loop() {
				runtime.GC()
				p := &peak{}
				if err := write(p, watch(p, month(people))); err != nil {
					b.Fatal(err)
				}
				most = max(most, p.most)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*people*31), "ns/row")
			b.ReportMetric(float64(most)/(1<<20), "peak-MiB")
		})
	}
}

// BenchmarkExportXLSX is a month of day reports beside excelize's stream writer
// given the same values without styles.
func BenchmarkExportXLSX(b *testing.B) {
	o := Options{Lang: explain.Chinese}
	eachSize(b, "daka", func(p *peak, rows iter.Seq2[Day, error]) error { return XLSX(p, Days(), o, rows) })
	o.ByDepartment = true
	eachSize(b, "departments", func(p *peak, rows iter.Seq2[Day, error]) error { return XLSX(p, Days(), o, rows) })
	eachSize(b, "bare", bareXLSX)
}

func bareXLSX(p *peak, rows iter.Seq2[Day, error]) error {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	table, values, n := Days(), []any(nil), 0
	var cells []cell
	for r := range rows {
		cells = table.line(cells, &r, explain.Chinese)
		values = values[:0]
		for i := range cells {
			values = append(values, cells[i].value())
		}
		n++
		if err := w.SetRow("A"+strconv.Itoa(n), values); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Write(p)
}

// BenchmarkExportCSV is a month of day reports beside encoding/csv given the
// fields of one row as often.
func BenchmarkExportCSV(b *testing.B) {
	eachSize(b, "daka", func(p *peak, rows iter.Seq2[Day, error]) error {
		return CSV(p, Days(), Options{Lang: explain.Chinese}, rows)
	})
	eachSize(b, "bare", func(p *peak, rows iter.Seq2[Day, error]) error {
		w := csv.NewWriter(p)
		var fields []string
		for r := range rows {
			if fields == nil {
				for _, c := range Days().line(nil, &r, explain.Chinese) {
					fields = append(fields, c.plainText())
				}
			}
			if err := w.Write(fields); err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	})
}

// wide is a table of 40 columns.
func wide() *Table[int] {
	t := &Table[int]{name: words{"宽", "wide"}, person: func(i *int) *Person { return &Person{Departs: "公司/部门" + strconv.Itoa(*i%40)} }}
	for c := range 40 {
		t.columns = append(t.columns, col(strconv.Itoa(c), strconv.Itoa(c), 10, func(i *int) cell {
			if c%2 == 0 {
				return numberCell(int64(*i * c))
			}
			return textCell("考勤 " + strconv.Itoa(*i+c))
		}))
	}
	return t
}

// The memory taken does not grow with the rows: 100,000 of 40 columns are some
// 200 MB of XML.
func TestBoundedMemory(t *testing.T) {
	if os.Getenv("DAKA_FULL") == "" {
		t.Skip("100,000 rows take long: set DAKA_FULL=1")
	}
	const most = 128 << 20
	numbers := func(yield func(int, error) bool) {
		for i := range 100_000 {
			if !yield(i, nil) {
				return
			}
		}
	}
	for name, write := range map[string]func(p *peak) error{
		"xlsx":          func(p *peak) error { return XLSX(p, wide(), Options{}, watch(p, numbers)) },
		"by department": func(p *peak) error { return XLSX(p, wide(), Options{ByDepartment: true}, watch(p, numbers)) },
		"csv":           func(p *peak) error { return CSV(p, wide(), Options{}, watch(p, numbers)) },
	} {
		runtime.GC()
		p := &peak{}
		if err := write(p); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d MiB at most", name, p.most>>20)
		if p.most > most || p.rows != 100_000 {
			t.Errorf("%s: %d MiB for %d rows", name, p.most>>20, p.rows)
		}
	}
}
