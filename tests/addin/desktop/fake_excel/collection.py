# ruff: noqa: N802 - the names are Excel's
"""Collections, as Excel has them."""


class Collection(list):
    def __call__(self, at):
        return self[at - 1] if isinstance(at, int) else next(each for each in self if each.Name == at)

    @property
    def Count(self):
        return len(self)
