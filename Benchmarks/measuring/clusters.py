"""Scores of a clustering against the truth."""
import collections, csv, gzip, json


def read(path, key, value):
    with (gzip.open(path, "rt", encoding="utf-8") if str(path).endswith(".gz") else open(path, encoding="utf-8")) as file:
        return {row[key]: row[value] for row in csv.DictReader(file, skipinitialspace=True)}


def partition(found):
    """Sets of records, whatever their people are called."""
    people = collections.defaultdict(list)
    for record, person in found.items():
        people[person].append(record)
    return {frozenset(records) for records in people.values()}


def scores(found, truth):
    """Pair precision, recall and F1 over all true pairs, B³ F1, and sizes."""
    if missing := truth.keys() - found.keys():
        raise ValueError(f"{len(missing)} records have no customer")
    pairs = lambda n: n * (n - 1) // 2
    both = collections.Counter((found[r], truth[r]) for r in truth)
    mine, true = collections.Counter(found[r] for r in truth), collections.Counter(truth.values())
    hits = sum(map(pairs, both.values()))
    precision, recall = hits / max(1, sum(map(pairs, mine.values()))), hits / max(1, sum(map(pairs, true.values())))
    harmonic = lambda p, r: 2 * p * r / max(1e-9, p + r)
    cubed = harmonic(sum(n * n / mine[p] for (p, _), n in both.items()) / len(truth), sum(n * n / true[t] for (_, t), n in both.items()) / len(truth))
    return {"precision": precision, "recall": recall, "f1": harmonic(precision, recall), "b3": cubed, "customers": len(mine), "people": len(true),
            "largest": max(mine.values()), "largest true": max(true.values())}


def shown(lines):
    """The identifiers of each message, by its id: letters and digits alone, of telephone numbers the end that all ways of writing have."""
    result = {}
    for line in lines:
        message = json.loads(line)
        plain = ((kind, "".join(filter(str.isalnum, value.lower()))) for kind, value in message["ids"].items())
        result[str(message["id"])] = {(kind, value[-9:] if kind == "phone" else value) for kind, value in plain}
    return result


def crossings(found, truth, traps, kind, identifiers):
    """Customers that hold messages of two people with the trap and an identifier in common: whom it may have joined."""
    people = collections.defaultdict(set)
    for record, trap in traps.items():
        if kind in trap.split("|"):
            for identifier in identifiers[record]:
                people[found[record], identifier].add(truth[record])
    return len({customer for (customer, _), members in people.items() if len(members) > 1})
