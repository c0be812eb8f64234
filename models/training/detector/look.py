"""The size of the product's first look, so that what is calibrated and measured is what the manifest says."""
import json
import os

ENTRY = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'entry.json')
STEP = 32


def shipped_width():
    with open(ENTRY, encoding='utf8') as file:
        return json.load(file)['input']['firstLookWidth']


def first_look(width):
    """Width -> (width, height) that street pictures are fitted into: 3/5 of the width, up to a multiple of 32 (640x384, 736x448)."""
    return width, -(-width * 3 // (5 * STEP)) * STEP


def add_option(parser):
    parser.add_argument('--look', type=int, default=shipped_width(), help='width of the first look, px (%(default)s, the manifest\'s)')
