package tour_test

// Stops at the pages of results.
func init() {
	tour = append(tour, []stop{
		{"/o/{op}/situation/{$}", "coordinator", "situation situation/"},
		{"/o/{op}/situation/{$}", "observer", "situation situation/"},
		{"/o/{op}/situation/{seq}", "officer", "situation situation/{seq}"},
		{"/o/{op}/{$}", "coordinator", op + "?wall=1"},
		{"/o/{op}/analysis/{$}", "analyst", "question analysis/"},
		{"/o/{op}/analysis/{$}", "analyst", "question analysis/?group=day&category=FTW"},
		{"/o/{op}/analysis/{$}", "coordinator", "question analysis/?group=country&split=category"},
		{"/o/{op}/analysis/{$}", "officer", "question analysis/?group=brand&from=2017-03-30"},
		{"/o/{op}/analysis/{$}", "analyst", "question analysis/?group=category&compare=stop-2"},
		{"/o/{op}/analysis/map", "analyst", op + "analysis/map"},
		{"/o/{op}/analysis/keep", "analyst", "question analysis/keep?group=route"},
	}...)
}
