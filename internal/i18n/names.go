package i18n

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/BurntSushi/toml"
)

// ParseNames reads a file of names of countries and areas that an instance or
// an operation puts above the default ones. It is TOML, a table for each code,
// a line for each language:
//
//	[XA]
//	en = "Northern Isles"
//	fr = "Îles du Nord"
//	ar = "جزر الشمال"
//
// Codes are two capital letters. English is required, for it stands in where
// another language is missing; other languages are any BCP 47 tags. All that is
// wrong is told at once.
func ParseNames(file []byte) (map[string]map[Lang]string, error) {
	var raw map[string]map[string]string
	if err := toml.Unmarshal(file, &raw); err != nil {
		return nil, fmt.Errorf("i18n.names: %w", err)
	}
	var errs []error
	names := make(map[string]map[Lang]string, len(raw))
	for _, code := range slices.Sorted(maps.Keys(raw)) {
		if !countryShape(code) {
			errs = append(errs, fmt.Errorf("i18n.names: [%s] is not a code of two capital letters", code))
		}
		if raw[code]["en"] == "" {
			errs = append(errs, fmt.Errorf("i18n.names: [%s] has no English name", code))
		}
		names[code] = map[Lang]string{}
		for lang, name := range raw[code] {
			clean, err := CleanName(name)
			if err != nil {
				errs = append(errs, fmt.Errorf("i18n.names: [%s] %s: %w", code, lang, err))
			}
			names[code][Lang(lang)] = clean
		}
	}
	return names, errors.Join(errs...)
}

func countryShape(code string) bool {
	return len(code) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z'
}
