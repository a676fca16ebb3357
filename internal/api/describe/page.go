package describe

import (
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Page is the document as a page shows it.
func (d Door) Page(p *i18n.Printer) door.Description {
	o := d.Document(p, "")
	var out door.Description
	for _, r := range d.Routes {
		item := o.Paths[r.Pattern]
		op := map[string]*huma.Operation{"GET": item.Get, "PUT": item.Put, "POST": item.Post, "DELETE": item.Delete, "PATCH": item.Patch,
			"HEAD": item.Head, "OPTIONS": item.Options}[r.Method]
		c := door.Call{Name: r.Name, Method: r.Method, Path: r.Pattern, Summary: op.Summary, Command: string(r.Command)}
		if r.Command == door.Public {
			c.Command = ""
		}
		for _, param := range op.Parameters {
			c.Params = append(c.Params, door.Param{Name: param.Name, In: param.In, Text: param.Description, Required: param.Required})
		}
		if op.RequestBody != nil && op.RequestBody.Content[jsonType] != nil {
			c.Takes = objectOf(op.RequestBody.Content[jsonType].Schema)
		}
		for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
			answer := op.Responses[status]
			c.Answers = append(c.Answers, door.Answer{Status: status, Text: answer.Description})
			for _, content := range answer.Content {
				if status < "3" {
					c.Gives = objectOf(content.Schema)
				}
			}
		}
		out.Calls = append(out.Calls, c)
	}
	schemas := o.Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		out.Objects = append(out.Objects, object(name, schemas[name]))
	}
	return out
}

func object(name string, s *huma.Schema) door.Object {
	out := door.Object{Name: name}
	for _, field := range slices.Sorted(maps.Keys(s.Properties)) {
		property := s.Properties[field]
		m := door.Member{Name: field, Kind: property.Type, Of: objectOf(property), Required: slices.Contains(s.Required, field)}
		if property.Format != "" {
			m.Kind = property.Format
		}
		if property.Items != nil {
			m.Kind, m.Of = "array", objectOf(property.Items)
		}
		for _, code := range property.Enum {
			if text, ok := code.(string); ok {
				m.Codes = append(m.Codes, text)
			}
		}
		out.Fields = append(out.Fields, m)
	}
	return out
}

// objectOf is the name of the object that a schema refers to.
func objectOf(s *huma.Schema) string { return s.Ref[strings.LastIndex(s.Ref, "/")+1:] }
