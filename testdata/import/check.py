"""Counts airport-seizures.csv by other means than the importer, for
airport-seizures.expected.json: python3 check.py > airport-seizures.expected.json

It knows nothing of the mapping: countries by hand-written names, modes by a few
letters of each word, sums with decimal arithmetic.
"""
import collections, csv, datetime, decimal, json, pathlib, re

here = pathlib.Path(__file__).parent
rows = list(csv.DictReader(open(here / "airport-seizures.csv", encoding="cp1252", newline="")))

NAMES = """Kenya KE;Malawi MW;Uganda UG;UAE AE;Thailand TH;China CN;Nigeria NG;Vietnam VN;Indonesia ID;Egypt EG;Guyana GY
Ethiopia ET;USA US;France FR;Brazil BR;Mozambique MZ;Malaysia MY;Taiwan TW;Russia RU;Pakistan PK;Zimbabwe ZW;Australia AU
Israel IL;Singapore SG;United Kingdom GB;South Africa ZA;Malta MT;Cameroon CM;French Guiana GF;Bangladesh BD
Switzerland CH;Austria AT;Belgium BE;Spain ES;Netherlands NL;Cuba CU;Venezuela VE;Cambodia KH;South Sudan SS;DR Congo CD
India IN;Bulgaria BG;Serbia RS;Nepal NP;Kyrgyzstan KG;Mexico MX;Italy IT;Canada CA;Germany DE;Peru PE;Kazakhstan KZ
Philippines PH;Maldives MV;Argentina AR;Zambia ZM;Tanzania TZ;Gabon GA;Rwanda RW;Saudi Arabia SA;Burundi BI"""
names = {n.rsplit(" ", 1)[0]: n.rsplit(" ", 1)[1] for n in re.split(r"[;\n]", NAMES)}

def country(cell):
    cell = cell.strip()
    if cell == "Hong Kong, China":
        return "HK"
    if cell == "Bukavu, Congo":
        return "CD"
    if cell == "Brazzaville, ROC":
        return "CG"
    return names[cell.split(",")[-1].strip()]

def mode(cell):
    c = cell.lower().strip()
    if not c:
        return ""
    if c == "unknown":
        return "unknown"
    if c.startswith(("air", "ari")):
        return "air"
    assert c.startswith(("pass", "pers", "lug")), c
    return "passenger"

def total(name):
    return str(sum(decimal.Decimal(r[name]) for r in rows if r[name].strip()).normalize().__format__("f"))

days = [datetime.datetime.strptime(r["Date "].strip(), "%d-%b-%y").date() for r in rows]
assert all(int(r["Year"]) == d.year for r, d in zip(rows, days))
assert len({r["ID"] for r in rows}) == len(rows)
count = lambda values: dict(sorted(collections.Counter(values).items()))
print(json.dumps({
    "rows": len(rows), "accepted": len(rows), "refused": 0, "unchanged": 0,
    "totals": {"H87": total("Number"), "KGM": total("Weight (kg) ")},
    "no_quantity": sum(not r["Number"].strip() and not r["Weight (kg) "].strip() for r in rows),
    "both_quantities": sum(bool(r["Number"].strip()) and bool(r["Weight (kg) "].strip()) for r in rows),
    "first_day": min(days).isoformat(), "last_day": max(days).isoformat(),
    "by_year": count(str(d.year) for d in days),
    "by_country": count(country(r["City, Country"]) for r in rows),
    "by_conveyance": count(mode(r["Mode of Transport"]) for r in rows),
    "destination_stated": sum(bool(r["Destination"].strip()) for r in rows),
    "destination_without_code": sum(";" in r["Destination"] for r in rows),
    "origin_stated": sum(bool(r["Origin"].strip()) for r in rows),
    "origin_without_code": sum(";" in r["Origin"] or r["Origin"] == "Africa" for r in rows),
    "transit_stated": sum(bool(r["Transit"].strip()) for r in rows),
    # "Boa Vista, Brazil; Sao Paulo, Brazil" is one country
    "transit_without_code": sum(len({p.split(",")[-1].strip() for p in r["Transit"].split(";")}) > 1 for r in rows),
}, indent=2))
