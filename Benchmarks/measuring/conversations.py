"""Messages with texts and identifiers as `attune decode` prints them, for imports. The same seed and number give the same bytes."""
import datetime, json, random

from . import people

KINDS = {"crm": "userID", "order": "orderNumber", "email": "email", "phone": "phone", "cookie": "cookie", "handle": "handle"}
START = datetime.datetime(2026, 1, 1)
OPENINGS = ["Hello,", "Good morning.", "Hi there!", "Once more:", "To whom it may concern,", "Dear team,", "Thanks for the quick answer.", "I am really disappointed."]
SUBJECTS = ["my parcel", "the second invoice", "the green teapot", "your app", "the delivery to Leeds", "the refund", "my subscription", "the broken lid"]
STATES = ["has not arrived yet", "works very well", "was charged twice", "is exactly what I wanted", "came late again", "does not open any more", "is fine now", "looks great"]
CLOSINGS = ["What can be done?", "Please cancel it.", "Many thanks!", "I will not order again.", "Could you check?", "That made my day.", "", "I expect an answer today."]


def text(dice):
    return " ".join(part for part in (dice.choice(OPENINGS), dice.choice(SUBJECTS).capitalize(), dice.choice(STATES) + f" ({dice.randrange(10**5)}).", dice.choice(CLOSINGS)) if part)


def record(dice, number, of, ids, name=None, town=None, conversation=None):
    sent = START + datetime.timedelta(seconds=int(number * 15_000_000 / of), microseconds=number % 1_000_000)
    value = {"op": "message", "id": f"m{number}", "source": "shop", "channel": "chat", "role": "customer", "sentAt": sent.isoformat() + "Z", "text": text(dice),
             "identifiers": [{"kind": kind, "value": value, "verified": True} for kind, value in ids]}
    value |= {key: part for key, part in [("displayName", name), ("town", town), ("conversationID", conversation)] if part is not None}
    return json.dumps(value, ensure_ascii=False) + "\n"


def crowd(file, count, seed):
    """People of `people`: ten messages each over ten channels, with all that makes them hard to tell apart; every message a conversation."""
    dice, messages = random.Random(seed), people.Writer(people.People(seed, max(20, int(count / people.MESSAGES_EACH))), count).messages()
    for number, (line, _, _) in enumerate(messages):
        m = json.loads(line)
        ids = [(KINDS.get(kind, "externalID"), value if kind in KINDS else f"{kind}:{value}") for kind, value in m["ids"].items()]
        file.write(record(dice, number, count, ids, m.get("name"), m.get("city")))


def strangers(file, count, seed):
    """Nearly everybody writes once: an address that nobody else has, in a conversation of its own."""
    dice = random.Random(seed)
    for number in range(count):
        who = dice.randrange(number + 1) if dice.random() < 0.05 else number
        file.write(record(dice, number, count, [("email", f"s{who}@mail.example")], f"{who % 977:03}".translate(str.maketrans("0123456789", "abcdefghij")) + " Stranger"))


def regulars(file, count, seed):
    """A few people write very often, ten messages a conversation, over an address, a number and a device each; some share the device."""
    dice, each = random.Random(seed), 200
    for number in range(count):
        who = dice.randrange(max(2, count // each))
        ids = [("email", f"r{who}@mail.example")] + ([("phone", f"+4477009{who:05}")] if dice.random() < 0.3 else [])
        ids += [("cookie", f"r{who // 3 if who % 10 == 0 else who}c")] if dice.random() < 0.3 else []
        file.write(record(dice, number, count, ids, ["Ann Lee", "Robert Xu", "Maria Gomez", "Peter Hall"][who % 4], conversation=f"c{who}-{number * 20 // count}"))


SETS = {"crowd": crowd, "strangers": strangers, "regulars": regulars}


def write(path, name, count, seed=7):
    with open(path, "w", encoding="utf-8") as file:
        SETS[name](file, count, seed)
