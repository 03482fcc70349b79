"""Messages of invented people, as contact centres and shops receive them, with the truth of who wrote them.

Seeded: the same seed and number give the same bytes. Channels, fields and their shares are those of customer service at large; every name,
address and number is made up. In it what makes resolving hard: formatting of every kind, typos, short names, initials, junk values,
switchboards, landlines and addresses of families, tablets in shops, resellers, numbers and handles that get a new owner, orders of others.
"""
import bisect, itertools, json, random, re

from .machine import ROOT

# A customer writes ten messages on average, most write few and some write many.
MESSAGES_EACH = 10.4
DOMAINS = ["gmail.com", "gmail.com", "gmail.com", "outlook.com", "web.de", "gmx.net", "icloud.com", "yahoo.com", "proton.me", "corp.example"]
LOCALES = [("en-GB", "44", "7", 10), ("de-DE", "49", "15", 11), ("en-US", "1", "2", 10)]
ONSETS = "b br c ch d dr f fl g gr h j k kl l m n p pr r s sch sh st t tr v w z".split()
VOWELS = "a e i o u ai ee ei ie oo ou".split()
ENDS = "ck ll n nd ng r rd s sen son ster t th tt ton well wood man mer ley by ham er berg ski ez ini ova".split()
JUNK = [("email", "none@none.com"), ("email", "a@a.com"), ("phone", "+10000000000"), ("crm", "0"), ("order", "TBD"), ("cookie", "undefined"), ("crm", "-1"),
        ("email", "test@test.com"), ("phone", "0000000000")]


def weighted(items, power):
    """A function that draws an item, the first ones most often."""
    sums = list(itertools.accumulate(1 / (rank + 3) ** power for rank in range(len(items))))
    return lambda dice: items[bisect.bisect(sums, dice.random() * sums[-1])]


def given_names():
    """Names with their short forms, out of the product's own tables."""
    rows = []
    for table in ["Men", "Women"]:
        text = (ROOT / f"Sources/AttuneCore/Identity/Normalizing/NicknamesOf{table}.swift").read_text()
        rows += [line.split() for line in re.search(r'"""\n(.*?)"""', text, re.S)[1].splitlines()]
    return [row for row in rows if row and len(row[0]) > 2]


class Person:
    __slots__ = ("given", "short", "surname", "town", "born", "locale", "emails", "phones", "cookies", "crm", "handle", "ig", "fb", "tg", "orders", "until")


class People:
    def __init__(self, seed, count):
        self.dice = dice = random.Random(seed)
        rows = given_names()
        dice.shuffle(rows)
        self.given = weighted(rows, 0.9)
        words = sorted({dice.choice(ONSETS) + dice.choice(VOWELS) + dice.choice(["", dice.choice(ONSETS) + dice.choice(VOWELS)]) + dice.choice(ENDS)
                        for _ in range(40_000)})
        dice.shuffle(words)
        self.surname = weighted(words[:min(len(words), max(2_000, count // 3))], 0.7)
        self.town = weighted([w.capitalize() + dice.choice(["", "", " on Sea", "stadt", "ford"]) for w in words[-400:]], 0.5)
        self.people = [self.person() for _ in range(count)]
        self.relate()
        self.traps()

    def person(self):
        dice, p = self.dice, Person()
        row = self.given(dice)
        p.given, p.short, p.surname, p.town = row[0].capitalize(), dice.choice(row).capitalize(), self.surname(dice).capitalize(), self.town(dice)
        p.born = f"{dice.randint(1935, 2006)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        p.locale = dice.choice(LOCALES)
        p.emails = [self.email(p) for _ in range(1 if dice.random() < 0.7 else 2)]
        p.phones = [self.phone(p.locale) for _ in range(1 if dice.random() < 0.8 else 2)]
        p.cookies = [f"ck{dice.getrandbits(48):012x}" for _ in range(1 + int(dice.expovariate(1)))]
        p.crm = f"C{dice.randrange(10**8):08}"
        p.handle = dice.choice([f"{p.given.lower()}{dice.randrange(10**4)}", f"{self.surname(dice)}{p.given.lower()}{dice.randrange(999)}"])
        p.ig, p.fb, p.tg = (f"{kind}:{dice.randrange(10**9, 10**10)}" for kind in ("ig", "fb", "tg"))
        p.orders, p.until = [f"A{dice.randrange(10**9):09}" for _ in range(dice.randrange(4))], 2.0
        return p

    def email(self, p):
        dice = self.dice
        name = dice.choice([f"{p.given}.{p.surname}", f"{p.given[0]}{p.surname}", f"{p.surname}.{p.given}", f"{p.given}{p.surname[0]}"]).lower()
        return f"{name}{dice.randrange(100):02}@{dice.choice(DOMAINS)}" if dice.random() < 0.9 else f"{name}@{dice.choice(DOMAINS)}"

    def phone(self, locale):
        _, code, lead, digits = locale
        # Of the American numbers, central offices do not begin with 0 or 1.
        national = lead + "".join(self.dice.choice("23456789") for _ in range(digits - len(lead)))
        return code, national

    def relate(self):
        """Households: surname, town, and for some an address or a landline in common."""
        dice, people = self.dice, self.people
        for i in range(0, len(people) - 3, 8):
            members = people[i:i + dice.choice([2, 2, 3, 4])]
            for member in members[1:]:
                member.surname, member.town, member.locale = members[0].surname, members[0].town, members[0].locale
            shared, phone = f"family.{members[0].surname.lower()}{i}@{dice.choice(DOMAINS)}", self.phone(members[0].locale)
            kind = dice.random()
            for member in members:
                if kind < 0.18: member.emails.append(shared)
                elif kind < 0.36: member.phones.append(phone)

    def traps(self):
        """Things that many show: switchboards, tablets and resellers, and who may show them."""
        dice, people = self.dice, self.people
        each = max(1, len(people) // 1000)
        crowd = lambda size: [dice.choice(people) for _ in range(size)]
        self.switchboards = [(self.phone(dice.choice(LOCALES)), crowd(70)) for _ in range(each)]
        self.tablets = [(f"ck{dice.getrandbits(48):012x}", crowd(70)) for _ in range(each)]
        self.resellers = [(f"orders@reseller{n}.example", crowd(9)) for n in range(each)]
        self.visits = {}
        for kind, crowds in [("switchboard", self.switchboards), ("tablet", self.tablets), ("reseller", self.resellers)]:
            for value, members in crowds:
                for member in members: self.visits.setdefault(id(member), []).append((kind, value))
        # Numbers and handles that get a new owner half way.
        for _ in range(len(people) // 60):
            old, new = crowd(2)
            if old is not new:
                old.until = 0.5
                self.visits.setdefault(id(new), []).append(("recycled", old))


class Writer:
    """The messages of people, in order of time."""

    def __init__(self, people, count):
        self.people, self.dice, self.count = people, people.dice, count

    def written(self, code, national):
        dice, trunk = self.dice, "" if code == "1" else "0"
        form = dice.randrange(7)
        if form == 0: return f"+{code}{national}"
        if form == 1: return f"00{code}{national}"
        if form == 2: return f"+{code} {national[:3]} {national[3:6]} {national[6:]}"
        if form == 3: return f"+{code}-{national[:3]}-{national[3:]}"
        if form == 4: return f"whatsapp:+{code}{national}"
        return f"{trunk}{national}" if form == 5 else f"+{code}{national}"

    def address(self, email):
        dice = self.dice.random()
        if dice < 0.06: return email.capitalize()
        if dice < 0.12: return email.replace("@", "+shop@")
        return email

    def name(self, p):
        dice, given, surname = self.dice, p.given, p.surname
        if dice.random() < 0.04: surname = self.typo(surname)
        elif dice.random() < 0.03: given = self.typo(given)
        form = dice.random()
        if form < 0.42: return f"{given} {surname}"
        if form < 0.56: return f"{surname}, {given}"
        if form < 0.68: return f"{given[0]}. {surname}"
        if form < 0.80: return p.short
        if form < 0.92: return f"{p.short} {surname}"
        return f"{given} {surname}".upper() if form < 0.97 else f"{given} ✨"

    def typo(self, word):
        place = self.dice.randrange(len(word))
        return self.dice.choice([word[:place] + word[place + 1:], word[:place] + self.dice.choice("aeinrst") + word[place + 1:],
                                 word[:place] + word[place:place + 2][::-1] + word[place + 2:]]) or word

    def messages(self):
        """(line, person, trap) of every message."""
        dice, people = self.dice, self.people.people
        weights = list(itertools.accumulate(min(20.0, dice.paretovariate(1.2)) for _ in people))
        times = sorted(dice.random() for _ in range(self.count))
        for number, t in enumerate(times):
            # A quarter goes round, so that everybody writes now and then.
            index = number // 4 % len(people) if number % 4 == 0 else bisect.bisect(weights, dice.random() * weights[-1])
            index = min(index, len(people) - 1)
            message, trap = self.message(people[index], t)
            yield json.dumps({"id": number, "t": round(t, 6), **message}, ensure_ascii=False), index, trap

    def message(self, p, t):
        dice, trap = self.dice, ""
        channel = dice.choices(["email", "webchat", "voice", "whatsapp", "instagram", "sms", "crm", "facebook", "telegram", "review"],
                               cum_weights=[262, 461, 616, 769, 859, 918, 958, 979, 995, 1000])[0]
        ids = {}
        email = lambda: self.address(dice.choice(p.emails))
        phone = lambda: self.written(*dice.choice(p.phones if t < p.until or len(p.phones) == 1 else p.phones[1:]))
        if channel == "crm": ids |= {"crm": p.crm, "email": email(), "phone": phone()}
        elif channel == "instagram": ids |= {"ig": p.ig, "handle": p.handle}
        elif channel == "webchat": ids |= {"cookie": dice.choice(p.cookies)} | ({"email": email()} if dice.random() < 0.41 else {})
        elif channel in ("whatsapp", "sms"): ids["phone"] = phone()
        elif channel == "email": ids["email"] = email()
        elif channel == "voice":
            if dice.random() < 0.91: ids["phone"] = phone()
            if dice.random() < 0.2: ids["email"] = email()
        elif channel in ("facebook", "telegram"): ids[channel[0] + ("b" if channel == "facebook" else "g")] = p.fb if channel == "facebook" else p.tg
        if channel not in ("crm", "sms", "review") and dice.random() < 0.18 and p.orders: ids["order"] = dice.choice(p.orders)
        trap = self.trapped(p, t, channel, ids)
        message = {"channel": channel, "ids": ids}
        if channel not in ("sms", "webchat") or channel == "webchat" and dice.random() < 0.6:
            message["name"] = f"{p.given} {p.surname}" if channel == "crm" else p.handle if channel == "instagram" and dice.random() < 0.4 else self.name(p)
        if channel == "crm" or channel == "review" or channel not in ("sms", "instagram") and dice.random() < 0.5: message["city"] = p.town
        if channel == "crm" and dice.random() < 0.68: message["dob"] = f"{p.born} 00:00:00"
        message["locale"] = p.locale[0] if dice.random() < 0.9 else "en-GB"
        return message, trap

    def trapped(self, p, t, channel, ids):
        """Puts a trap into the identifiers, now and then; which one."""
        dice = self.dice
        if dice.random() < 0.006:
            kind, value = dice.choice(JUNK)
            ids[kind] = value
            return "junk"
        if dice.random() < 0.007:
            ids["order"] = (dice.choice(self.people.people).orders or ["A000000001"])[0]
            return "order_for_other"
        for kind, value in self.people.visits.get(id(p), ()):
            if kind == "switchboard" and channel == "voice" and dice.random() < 0.7:
                ids["phone"] = self.written(*value)
            elif kind == "tablet" and channel == "webchat" and dice.random() < 0.7:
                ids["cookie"] = value
            elif kind == "reseller" and channel == "crm":
                ids["email"] = value
            elif kind == "recycled" and t > 0.55 and "phone" in ids and channel in ("whatsapp", "sms"):
                ids["phone"] = self.written(*value.phones[0])
            else:
                continue
            return kind
        return ""


def write(path, truth, count, seed=7):
    """Writes `count` messages as JSON Lines, and who wrote them as a table `id,person,trap`."""
    people = People(seed, max(20, int(count / MESSAGES_EACH)))
    with open(path, "w", encoding="utf-8") as lines, open(truth, "w", encoding="utf-8") as answers:
        answers.write("id,person,trap\n")
        for number, (line, person, trap) in enumerate(Writer(people, count).messages()):
            lines.write(line + "\n")
            answers.write(f"{number},{person},{trap}\n")
    return len(people.people)
