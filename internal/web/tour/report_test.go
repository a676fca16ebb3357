package tour_test

// Stops at the pages of the final report.
func init() {
	tour = append(tour, []stop{
		{"/o/{op}/report/{$}", "director", "report "},
		{"/o/{op}/report/{$}", "contact-point", "report "},
		{"/o/{op}/report/{$}", "officer", "report "},
		{"/o/{op}/report/sections/{id}", "analyst", "report sections/results"},
		{"/o/{op}/report/sections/{id}/edit", "director", "report sections/{own}/edit"},
		{"/o/{op}/report/sections/{id}/figures/{figure}", "director", "report sections/results/figures/f2"},
		{"/o/{op}/report/add", "director", "report add"},
		{"/o/{op}/report/contributions/{$}", "director", "report contributions/"},
		{"/o/{op}/report/contributions/{org}", "director", "report contributions/{org}"},
		{"/o/{op}/report/ask", "director", "report ask"},
		{"/o/{op}/report/contribute", "contact-point", "report contribute"},
		{"/o/{op}/report/checks", "director", "report checks"},
		{"/o/{op}/report/freeze", "director", "report freeze"},
		{"/o/{op}/report/versions/{$}", "director", "report versions/"},
		{"/o/{op}/report/versions/compare", "director", "report versions/compare?from=1&to=2"},
		{"/o/{op}/report/versions/{n}", "director", "report versions/1"},
		{"/o/{op}/report/versions/{n}", "contact-point", "report versions/2"},
		{"/o/{op}/report/versions/{n}/figures/{figure}", "analyst", "report versions/2/figures/f12"},
		{"/o/{op}/report/versions/{n}/cases", "director", "report versions/1/cases?figure=f5&value=PHA&split="},
		{"/o/{op}/report/preview", "director", "report preview"},
		{"/o/{op}/report/editions/{$}", "director", "report editions/"},
		{"/o/{op}/report/editions/{$}", "right-holder", "report editions/"},
		{"/o/{op}/report/versions/{n}/editions/{$}", "director", "report versions/2/editions/"},
		{"/o/{op}/report/versions/{n}/editions/{edition}", "officer", "report versions/2/editions/enforcement"},
		{"/o/{op}/report/versions/{n}/editions/{edition}", "right-holder", "report versions/2/editions/{holder}"},
		{"/o/{op}/report/versions/{n}/editions/{edition}", "director", "report versions/1/editions/public"},
		{"/o/{op}/report/press/{lang}", "director", "report press/en"},
		{"/o/{op}/report/press/{lang}/edit", "director", "report press/ar/edit"},
		{"/o/{op}/report/versions/{n}/clearances", "director", "report versions/1/clearances"},
		{"/o/{op}/report/versions/{n}/clear", "contact-point", "report versions/1/clear"},
	}...)
}
