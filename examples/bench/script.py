#!/usr/bin/env python3
"""What one would write instead of check: python3 script.py rows.csv (needs: pip install phonenumbers)

It reads each number, wants a value in every column, leaves out who comes twice, and makes a key for each message.
"""
import csv
import sys
import uuid

import phonenumbers

SPACE = uuid.UUID("c244b25d-4d6c-52ef-bc9c-a61711ec7c7f")


def main(path):
    seen, sendable, problems = set(), 0, []
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row, cells in enumerate(csv.DictReader(file), start=2):
            try:
                number = phonenumbers.parse(cells["phone"], "FR")
            except phonenumbers.NumberParseException as error:
                problems.append((row, str(error)))
                continue
            if not phonenumbers.is_valid_number(number):
                problems.append((row, "the number is not valid"))
                continue
            empty = [name for name in ("prenom", "code") if not cells[name].strip()]
            if empty:
                problems.append((row, "empty: " + ", ".join(empty)))
                continue
            digits = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)[1:]
            if digits in seen:
                problems.append((row, "the number is there twice"))
                continue
            seen.add(digits)
            uuid.uuid5(SPACE, "\n".join((digits, cells["prenom"].strip(), cells["code"].strip())))
            sendable += 1
    print(sendable, "can be sent,", len(problems), "have problems")
    for row, problem in problems[:20]:
        print("row %d: %s" % (row, problem))


if __name__ == "__main__":
    main(sys.argv[1])
