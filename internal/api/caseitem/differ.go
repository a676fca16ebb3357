package caseitem

import (
	"encoding/json"
	"slices"
	"strconv"
)

// Differing lists the paths in which two versions differ, sorted.
func Differing(a, b Fields) ([]string, error) {
	x, err := leaves(a)
	if err != nil {
		return nil, err
	}
	y, err := leaves(b)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for path, value := range x {
		if other, ok := y[path]; !ok || other != value {
			out = append(out, path)
		}
	}
	for path := range y {
		if _, ok := x[path]; !ok {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out, nil
}

// leaves are the values of a case by their path; lines are numbered from 1.
func leaves(f Fields) (map[string]string, error) {
	text, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		return nil, err
	}
	out := map[string]string{}
	var walk func(at string, v any)
	walk = func(at string, v any) {
		under := func(name string) string {
			if at == "" {
				return name
			}
			return at + "." + name
		}
		switch v := v.(type) {
		case map[string]any:
			for name, part := range v {
				walk(under(name), part)
			}
		case []any:
			for i, part := range v {
				walk(under(strconv.Itoa(i+1)), part)
			}
		case string:
			out[at] = v
		case float64:
			out[at] = strconv.FormatFloat(v, 'f', -1, 64)
		case bool:
			out[at] = strconv.FormatBool(v)
		}
	}
	walk("", tree)
	return out, nil
}
