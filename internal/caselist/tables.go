package caselist

import "github.com/tidewaiter/tidewaiter/internal/journal"

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{
		{Name: "saved_filter", Unsaid: "somebody's own filter of a list, in no journal; opens nothing (decision 42)",
			Stays: "somebody's own filters of lists, in no journal"},
		{Name: "list_columns", Unsaid: "somebody's own choice of columns; opens nothing",
			Stays: "somebody's own choice of columns"},
	}}
}
