package sheet

// at are countries where a mark is registered.
var at = []string{"XA", "XB", "XF", "XH", "XJ", "XM", "XT", "XW", "XY", "QM"}

// Brands are all brands of the two right holders.
var Brands = []Brand{
	{"ORVANELLE", "ORVANELLE", []string{"ORVANELE", "أورفانيل", "ออร์วาแนลล์"}, []string{"COS", "PKG"}, []Right{{"trade-mark", "XX-0418823", []int{3, 16}, at, "2004-03-11", "2024-03-11"}, {"design", "XX-D-22917", nil, []string{"XF", "XB", "XJ"}, "2012-09-03", "2022-09-03"}}},
	{"ORVANELLE", "ORVANELLE SOIE", []string{"ORVANELLE-SOIE", "أورفانيل سوا"}, []string{"COS", "ACC"}, []Right{{"trade-mark", "XX-0733105", []int{3, 25}, at, "2009-06-02", "2019-06-02"}}},
	{"ORVANELLE", "ZYLOTHRENE", []string{"ZYLOTRENE", "زيلوثرين"}, []string{"PHA"}, []Right{{"trade-mark", "XX-0651440", []int{5}, at, "2007-01-22", "2017-02-20"}, {"patent", "XX-P-118204", nil, []string{"XF", "XJ", "XM"}, "2001-05-14", "2021-05-14"}}},
	{"QUENBROOK", "QUENTHALE", []string{"QUENTAL", "كوينثيل"}, []string{"COS", "PKG"}, []Right{{"trade-mark", "XX-0290551", []int{3}, at, "1998-10-19", "2018-10-19"}}},
	{"QUENBROOK", "BROVENTYL", []string{"BROVENTIL", "بروفنتيل", "โบรเวนทิล"}, []string{"PHA", "PKG"}, []Right{{"trade-mark", "XX-0807712", []int{5}, at, "2011-02-07", "2021-02-07"}}},
	{"QUENBROOK", "LENSORVE", []string{"LENSORV", "لينسورف"}, []string{"MED"}, []Right{{"trade-mark", "XX-0840096", []int{9, 10}, []string{"XB", "XJ", "XT", "XW", "QM"}, "2013-08-30", "2023-08-30"}, {"design", "XX-D-30418", nil, []string{"XJ", "XW"}, "2014-04-01", "2024-04-01"}}},
}

// Alerts are those of the operation.
var Alerts = []Alert{
	{"QUENBROOK", "BROVENTYL", "shipment", "urgent", "BROVENTYL batch 6K217 in the mail: falsified", "Padded envelopes below 500 g, declared as vitamins. Blisters without the knurled edge; batch 6K217 printed in black.", "Detain the item, keep gloves on, send a picture of the edge of the foil to the desk.", "en", nil, "2017-02-08T04:20", "2017-03-31"},
	{"ORVANELLE", "ORVANELLE", "trend", "important", "Étuis ORVANELLE à sceau plat, en fret express", "Sceau imprimé à plat et décentré ; étuis et flacons expédiés à part, à quelques jours d’écart.", "Photographier le sceau et la ligne de lot ; chercher l’autre moitié de l’envoi.", "fr", nil, "2017-02-10T00:45", "2017-04-30"},
	{"RILO-AP", "", "information", "information", "Cartons and labels travel ahead of the goods", "Empty printed cartons arrive five to ten days before unmarked goods for the same consignee.", "Look for the second consignment under the same consignee.", "en", nil, "2017-02-13T06:30", "2017-03-15"},
	{"ORVANELLE", "ZYLOTHRENE", "recall", "urgent", "ZYLOTHRENE 500 mg : rappel du lot 5H093", "Gélules authentiques du lot 5H093, rappelé pour une erreur de dosage ; elles sont revendues hors circuit.", "Retenir tout envoi de ce lot et appeler la permanence.", "fr", []string{"XF", "XB", "XJ", "XT", "XA"}, "2017-02-14T22:10", "2017-05-31"},
	{"QUENBROOK", "LENSORVE", "trend", "important", "LENSORVE lenses without sterile packing", "Single packs without the thumb grip at the lower corner, loose in bags of one hundred.", "Do not open the packs; ask the holder with a picture of the lower corner.", "en", []string{"XT", "QM", "XH"}, "2017-02-16T03:00", "2017-04-15"},
}

// Contacts are desks that customs can ask.
var Contacts = []Contact{
	{"ORVANELLE", "", nil, []string{"fr", "en"}, "Bureau de protection des marques", "marques@orvanelle.example", "+999 10 20 30 40"},
	{"ORVANELLE", "ZYLOTHRENE", []string{"XF", "XB", "XT", "XA"}, []string{"fr", "en", "ar"}, "Permanence du médicament, jour et nuit", "medicament@orvanelle.example", "+999 10 20 30 99"},
	{"QUENBROOK", "", nil, []string{"en"}, "Brand protection desk", "brands@quenbrook.example", "+999 55 01 00 10"},
	{"QUENBROOK", "BROVENTYL", []string{"XA", "XB", "XQ", "QM", "XT"}, []string{"en", "th"}, "Medicines laboratory, answers on weekdays", "laboratory@quenbrook.example", "+999 55 01 00 44"},
	{"QUENBROOK", "LENSORVE", []string{"XJ", "XT", "QM"}, []string{"en", "ja"}, "Lenses and instruments", "lensorve@quenbrook.example", "+999 55 01 00 61"},
}

// Questions are what customs asked.
var Questions = []Question{
	{"QUENBROOK", "BROVENTYL", []string{"nature", "quantity", "origin", "photo"}, "The edge of the foil is smooth and the batch is printed. Is 6K217 one of yours in this form?", "en", "fake", "6K217 exists, and we stamp it without ink. The smooth edge, the typewriter letters and the blank tablets are not ours.", "en", 19, "agrees"},
	{"ORVANELLE", "ORVANELLE", []string{"nature", "quantity", "photo"}, "Le sceau est plat et décalé à droite. S’agit-il d’une contrefaçon ?", "fr", "fake", "Oui. Notre sceau est gaufré et centré ; la ligne de lot imprimée en gras n’existe pas chez nous.", "fr", 26, "sues"},
	{"ORVANELLE", "ORVANELLE SOIE", []string{"nature", "photo"}, "The label has nine stitches but the colour of the border differs from the picture. Genuine?", "en", "genuine", "Yes: the spring edition has a light border. Hem and stitches are ours.", "en", 31, ""},
	{"QUENBROOK", "QUENTHALE", []string{"nature", "quantity", "origin", "destination", "photo"}, "Soap with labels for another market. Is this trade authorised?", "en", "diverted", "The goods are ours. They were sold for another market and our contract forbids selling them on.", "en", 40, ""},
	{"ORVANELLE", "ZYLOTHRENE", []string{"nature", "photo"}, "كبسولات بلا علبة ولا نشرة، ورقم التشغيلة غير مقروء. هل هي من إنتاجكم؟", "ar", "cannot-say", "On ne peut conclure d’après la photo : il nous faut la bande de lot, ou un échantillon de deux gélules.", "fr", 92, ""},
	{"QUENBROOK", "LENSORVE", []string{"nature", "quantity", "photo"}, "Single packs, loose in bags, no grip for the thumb. Please say whether you ever sell them so.", "en", "", "", "", 0, ""},
}
