#!/usr/bin/env python3
"""Write an audience of so many rows, the same one every time: python3 rows.py 200000 > rows.csv

Every row is another person, up to ten million, and every number valid: nine in ten are French mobiles in the spellings that
people and spreadsheets use, the others are written internationally.
"""
import random
import sys

NAMES = ["Zoé", "Jean-Luc", "Marie", "Ahmed", "Chloé", "Léa", "Noah", "Inès", "Lucas", "Emma"]
TOWNS = ["Orléans", "Lyon", "Aix-en-Provence", "Lille", "Nantes"]
ABROAD = ["+32 47%07d", "+41 79%07d", "+49151%08d", "+34 61%07d"]


def pairs(digits, separator):
    return separator.join(digits[at:at + 2] for at in range(0, len(digits), 2))


def phone(row):
    national = "06%08d" % (10_000_000 + row)
    spelling = random.randrange(10)
    if spelling == 0:
        return ABROAD[row % len(ABROAD)] % row
    if spelling <= 4:
        return pairs(national, " ")
    if spelling <= 6:
        return national
    if spelling == 7:
        return pairs(national, ".")
    return "+33 " + national[1] + " " + pairs(national[2:], " ")


def main(rows):
    random.seed(12)
    print("phone,prenom,code,ville")
    for row in range(rows):
        print("%s,%s,P%07d,%s" % (phone(row), NAMES[row % len(NAMES)], row, TOWNS[row % len(TOWNS)]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
