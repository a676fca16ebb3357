package codelist

// Region are the World Customs Organization's six regions: AP Far East, South and
// South-East Asia, Australasia and the Pacific Islands; EUR Europe; NCA North of Africa, Near and
// Middle East; ESA East and Southern Africa; WCA West and Central Africa; AMS South
// America, North America, Central America and the Caribbean.
var Region = newList("region", "AP", "EUR", "NCA", "ESA", "WCA", "AMS")

// members are the administrations of each region, as the WCO lists its members.
// Countries that are no members stand in no region, nor do user-assigned codes.
var members = map[string][]string{
	"AP": {"AF", "AU", "BD", "BT", "BN", "KH", "CN", "FJ", "HK", "IN", "ID", "IR", "JP", "KR", "LA", "MO", "MY", "MV", "MN", "MM",
		"NP", "NZ", "PK", "PW", "PG", "PH", "WS", "SG", "SB", "LK", "TH", "TL", "TO", "VU", "VN"},
	"EUR": {"AL", "AD", "AM", "AT", "AZ", "BY", "BE", "BA", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "GE", "DE", "GR", "HU",
		"IS", "IE", "IL", "IT", "KZ", "KG", "LV", "LT", "LU", "MT", "MD", "ME", "NL", "MK", "NO", "PL", "PT", "RO", "RU",
		"RS", "SK", "SI", "ES", "SE", "CH", "TJ", "TR", "TM", "UA", "GB", "UZ"},
	"NCA": {"DZ", "BH", "EG", "IQ", "JO", "KW", "LB", "LY", "MA", "OM", "PS", "QA", "SA", "SD", "SY", "TN", "AE", "YE"},
	"ESA": {"AO", "BW", "BI", "KM", "DJ", "ER", "SZ", "ET", "KE", "LS", "MG", "MW", "MU", "MZ", "NA", "RW", "SC", "SO", "ZA", "SS",
		"TZ", "UG", "ZM", "ZW"},
	"WCA": {"BJ", "BF", "CM", "CV", "CF", "TD", "CG", "CI", "CD", "GQ", "GA", "GM", "GH", "GN", "GW", "LR", "ML", "MR", "NE", "NG",
		"ST", "SN", "SL", "TG"},
	"AMS": {"AG", "AR", "BS", "BB", "BZ", "BM", "BO", "BR", "CA", "CL", "CO", "CR", "CU", "CW", "DO", "EC", "SV", "GT", "GY", "HT",
		"HN", "JM", "MX", "NI", "PA", "PY", "PE", "LC", "SR", "TT", "US", "UY", "VE"},
}

var regionOf = func() map[string]string {
	of := map[string]string{}
	for _, region := range Region.Codes() {
		for _, country := range members[region] {
			if !Country.Has(country) || of[country] != "" {
				panic("codelist: region " + region + ": " + country)
			}
			of[country] = region
		}
	}
	return of
}()

// RegionOf is the region of a country's customs; empty: none.
func RegionOf(country string) string { return regionOf[country] }
