import pytest

from addin.desktop.choosing import choose

QUESTION = "The number of a market, or words of its name:"
MARKETS = [f"Market {at} of something long, in all of its regions and for every device" for at in range(1000)]


class Excel:
    """An InputBox that a list of answers is typed into; as in Excel, a longer prompt is an error at once."""

    def __init__(self, *answers):
        self.answers, self.prompts, self.defaults = list(answers), [], []

    def InputBox(self, prompt, title, default, Type):  # noqa: N802, N803 - the names are Excel's
        assert Type == 2  # text
        assert len(prompt.encode("utf-16-le")) // 2 <= 255
        self.prompts.append(prompt)
        self.defaults.append(default)
        return self.answers.pop(0)


def choice(app, options):
    return choose(app, "New workbook", QUESTION, options)


def test_a_short_list_is_one_prompt():
    app = Excel("2")
    assert choice(app, ["Imaging", "Dental"]) == "Dental"
    assert app.prompts == [f"{QUESTION}\n\n1  Imaging\n2  Dental"]
    assert app.defaults == ["1"]


def test_declining_is_none():
    assert choice(Excel(False), MARKETS) is None


def test_a_thousand_markets_come_page_by_page_and_round_again():
    app = Excel(*["+"] * 1001, False)
    assert choice(app, MARKETS) is None
    shown = [name for prompt in app.prompts for name in MARKETS if f"  {name}" in prompt]
    assert shown[:1000] == MARKETS
    assert shown[1000:1002] == MARKETS[:2]
    assert "1-2 of 1000. Type words to search, or + for more." in app.prompts[0]
    assert app.defaults[1] == "3"


def test_a_number_of_any_page_is_taken():
    assert choice(Excel("1000"), MARKETS) == MARKETS[999]


def test_words_search_and_a_single_match_is_chosen():
    assert choice(Excel("998 DEVICE"), MARKETS) == MARKETS[998]
    app = Excel("something 99", "2")
    assert choice(app, MARKETS) == MARKETS[199]
    assert "1-2 of 19." in app.prompts[1]


def test_a_full_name_is_taken_even_where_others_hold_it():
    assert choice(Excel("imaging"), ["Medical Imaging", "Imaging"]) == "Imaging"


@pytest.mark.parametrize("asked", ["2000", "nothing of the sort", "x" * 255, "-1"])
def test_what_is_not_there_is_said_and_asked_again(asked):
    app = Excel(asked, "3")
    assert choice(app, MARKETS) == MARKETS[2]
    assert app.prompts[1].startswith(f'No match for "{asked[:10]}')


def test_nothing_typed_shows_the_whole_list_again():
    app = Excel("something 99", "", "7")
    assert choice(app, MARKETS) == MARKETS[6]


@pytest.mark.parametrize("letter", ["x", "市", "🏥"])
@pytest.mark.parametrize("length", [100, 254, 255, 5000])
def test_long_names_keep_both_ends(letter, length):
    names = [f"{at} {letter * length} {at}" for at in range(10)]
    app = Excel(*["+"] * 9, "10")
    assert choice(app, names) == names[9]
    assert any(prompt.endswith(" 4") and "\n5  4 " in prompt for prompt in app.prompts)


@pytest.mark.parametrize("count", range(1, 30))
def test_every_length_of_list_fits(count):
    names = [f"Market number {at}" for at in range(count)]
    assert choice(Excel(str(count)), names) == names[-1]
