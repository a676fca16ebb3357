package api

// figuresOut is what Results answers for one value of a dimension.
type figuresOut struct {
	Category   string            `json:"category,omitempty"`
	Country    string            `json:"country,omitempty"`
	Conveyance string            `json:"conveyance,omitempty"`
	Day        string            `json:"day,omitempty"`
	Cases      int64             `json:"cases"`
	Totals     map[string]string `json:"totals"` // by unit, decimals
}

// officialOut is the coordination's figure.
type officialOut struct {
	Cases      int64             `json:"cases"`
	NotCounted map[string]int64  `json:"not_counted"`
	Totals     map[string]string `json:"totals"`
}

// resultsOut describes results.Figures, which writes itself.
type resultsOut struct {
	Operation    string            `json:"operation"`
	AsOf         int64             `json:"as_of"` // index of the newest entry of the journal
	Cases        int64             `json:"cases"`
	NotCounted   map[string]int64  `json:"not_counted"` // why, and how many
	Totals       map[string]string `json:"totals"`
	Official     *officialOut      `json:"official,omitempty"` // where it differs from the caller's own
	ByCategory   []figuresOut      `json:"by_category"`
	ByCountry    []figuresOut      `json:"by_country"`
	ByConveyance []figuresOut      `json:"by_conveyance"`
	ByDay        []figuresOut      `json:"by_day"`
}
