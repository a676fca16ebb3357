package form

import (
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// cell writes entries as one cell; without parts that are empty at the end.
func cell(entries [][]string) string {
	var lines []string
	for _, parts := range entries {
		for i := range parts {
			parts[i] = strings.NewReplacer("|", "¦", "\n", " ", "\r", " ").Replace(parts[i])
		}
		lines = append(lines, strings.TrimRight(strings.Join(parts, " | "), " |"))
	}
	return strings.Join(lines, "\n")
}

// legsCell writes a journey as a cell; package spreadsheet reads it again.
func legsCell(legs []seizure.Leg) string {
	var out [][]string
	for _, l := range legs {
		out = append(out, []string{l.Kind, l.Country, l.Place, l.Location, l.Mode, l.Carrier, l.Day})
	}
	return cell(out)
}

// custodyCell writes steps of custody as a cell.
func custodyCell(steps []seizure.Custody) string {
	var out [][]string
	for _, s := range steps {
		out = append(out, []string{s.Kind, s.Day, s.Place, s.Note})
	}
	return cell(out)
}

// yieldsCell writes what a case brought as a cell.
func yieldsCell(list []seizure.Yield) string {
	var out [][]string
	for _, y := range list {
		if y.Value.Stated() {
			out = append(out, []string{y.Kind, i18n.Decimal(y.Value.Micro), y.Value.Currency, y.Value.Basis})
		} else {
			out = append(out, []string{y.Kind, strconv.FormatInt(y.Count, 10)})
		}
	}
	return cell(out)
}

// marksCell writes the numbers that were listed, not those found in texts.
func marksCell(marks []consignment.Mark) string {
	var out [][]string
	for _, m := range consignment.Listed(marks) {
		out = append(out, []string{m.Kind, m.Value})
	}
	return cell(out)
}
