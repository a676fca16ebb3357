package register

import "math"

// lines adds the items of the cases that match to the groups, one item after the other
// as they stand: what is known of their cases is looked up in s.of, and an item that is
// none of theirs goes to nobody's figures. Nothing in it depends on what cannot be
// foretold: how many items a case has, or whether two share one.
func (s *scan) lines() {
	a, times := &s.by, s.onBy
	if a.kind == ofCases {
		a, times = &s.split, 1
	}
	switch a.kind {
	case ofCategories:
		parts := make([]uint32, a.size)
		for place := range parts {
			parts[place] = uint32(uint64(place) * times)
		}
		add(s, s.items.category, parts, make([]uint32, a.size), nil)
	case ofBrands:
		parts, least, first := make([]uint32, len(s.items.brands)), make([]uint32, len(s.items.brands)), make([]uint32, len(s.items.brands))
		for brand, fold := range s.items.folds {
			parts[brand], least[brand] = uint32(uint64(fold)*times), math.MaxUint32
		}
		add(s, s.items.brand, parts, least, first)
		s.meet(a, least, first)
	default:
		s.addCases()
	}
}

// meet finds the spellings that come first: of the first case, of its first item.
func (s *scan) meet(a *axis, least, first []uint32) {
	for brand, row := range least {
		fold := s.items.folds[brand]
		if row == math.MaxUint32 || fold == 0 {
			continue
		}
		met := a.met[fold]
		if met == 0 || row < least[met] || row == least[met] && first[brand] < first[met] {
			a.met[fold] = uint32(brand)
		}
	}
}

// add adds items by what a column says of them: parts are what its values are in a key.
// least and first are the first case, and its item, that has a value; least 0: nobody
// asks.
func add[P uint16 | uint32](s *scan, column []P, parts, least, first []uint32) {
	rows, of, width := s.items.row, s.of, s.sums.units
	units, amounts := s.items.unit[:len(rows)], s.items.amount[:len(rows)]
	column = column[:len(rows)]
	direct, figures := s.sums.direct(), s.sums.figures
	for i, row := range rows {
		key, value := of[row], column[i]
		part := parts[value]
		if key == 0 {
			part = 0
		}
		if row < least[value] && key != 0 {
			least[value], first[value] = row, uint32(i)
		}
		at := int(key+part) * width
		if !direct {
			if key == 0 {
				continue
			}
			at = s.sums.at(uint64(key + part - 1))
			figures = s.sums.figures
		}
		figures[at] = counted(figures[at], row)
		figures[at+int(units[i])] += amounts[i]
	}
}

// addCases is add where only cases have places: they are counted without their items.
func (s *scan) addCases() {
	rows, of, width := s.items.row, s.of, s.sums.units
	units, amounts := s.items.unit[:len(rows)], s.items.amount[:len(rows)]
	if s.sums.direct() {
		figures := s.sums.figures
		for _, key := range of {
			figures[int(key)*width]++
		}
		for i, row := range rows {
			figures[int(of[row])*width+int(units[i])] += amounts[i]
		}
		return
	}
	for _, key := range of {
		if key != 0 {
			at := s.sums.at(uint64(key - 1))
			s.sums.figures[at]++
		}
	}
	for i, row := range rows {
		if key := of[row]; key != 0 {
			s.sums.figures[s.sums.at(uint64(key-1))+int(units[i])] += amounts[i]
		}
	}
}
