package results

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/coverage"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/task"
)

// LongSilence is the number of days after which a silence wants attention.
const LongSilence = 2

// Daily is what the first page says of the day.
type Daily struct {
	Running bool           // the operational phase is on, or was until a few days ago
	Silent  int64          // members whose last day that is over was silent; only for who coordinates
	Long    int64          // of them, for LongSilence days or more
	Own     *coverage.Cell // today of the reader's organisation, if today wants a report of it
	Quiet   int            // days for which its silence has lasted
	Tasks   task.Counts    // that wait for the reader
}

// fewDays is how far back the first page looks.
const fewDays = 4

func (o *Overview) fillDaily(tx *db.Tx) error {
	st := o.Standing
	if st.May(access.CoverageRead) {
		days := st.Operation.Days(nilreport.Phase)
		today := st.Today()
		for len(days) > 0 && days[len(days)-1] > today {
			days = days[:len(days)-1]
		}
		if len(days) > 0 {
			last := days[len(days)-1]
			o.Daily.Running = last >= st.Now.AddDate(0, 0, -fewDays).Format(time.DateOnly)
			// A day further on, where the day begins first, is still open.
			if err := o.fillCoverage(tx, days[max(0, len(days)-fewDays)]); err != nil {
				return err
			}
		}
	}
	if !st.May(access.TaskRead) {
		return nil
	}
	var err error
	o.Daily.Tasks, err = task.Waiting(tx, st.Operation.Number, st.Who.Organisation, nilreport.Today(st.Organisation, st.Now), st.Who.Person,
		st.May(access.TaskAssign))
	return err
}

func (o *Overview) fillCoverage(tx *db.Tx, from string) error {
	c, err := coverage.Of(tx, o.Standing, from, "")
	if err != nil {
		return err
	}
	if c.Whole {
		o.Daily.Silent, o.Daily.Long = int64(len(c.Silent(1))), int64(len(c.Silent(LongSilence)))
		return nil
	}
	today := nilreport.Today(o.Standing.Organisation, o.Standing.Now)
	for _, r := range c.Rows {
		o.Daily.Quiet = r.SilentFor()
		for _, cell := range r.Days {
			if cell.Day == today {
				o.Daily.Own = &cell
			}
		}
	}
	return nil
}
