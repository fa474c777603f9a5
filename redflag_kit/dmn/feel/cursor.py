"""A place in the tokens of one text, and the words in which a parser refuses what it finds there."""

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.dmn.feel.tokens import FeelError, Sort, Token, tokens_of


class Cursor:
    """The tokens of a text and which of them comes next."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens_of(text)
        self.at = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        if token.sort is not Sort.END:
            self.at += 1
        return token

    def is_at(self, *texts: str) -> bool:
        return self.token.sort in (Sort.SIGN, Sort.WORD) and self.token.text in texts

    def expect(self, *texts: str) -> Token:
        if not self.is_at(*texts):
            wanted = " or ".join(f"`{text}`" for text in texts)
            raise self.unexpected(f"{wanted} is expected here")
        return self.take()

    def unexpected(self, advice: str) -> FeelError:
        token = self.token
        if len(self.tokens) == 1:
            return FeelError(0, 0, "an expression is missing here", "write one")
        if token.sort is Sort.END:
            return FeelError(max(0, token.start - 1), token.end, "the text ends too early", advice)
        return FeelError(token.start, token.end, f"{quoted(token.text)} has no meaning here", advice)

    def expect_end(self) -> None:
        """Refuse what is left over."""
        token = self.token
        if token.sort is Sort.END:
            return
        if token.text in ("{", "}"):
            raise self.unsupported(token, "contexts in braces are")
        raise self.unexpected("write one expression, with texts in double quotes")

    def unsupported(self, token: Token, what: str) -> FeelError:
        advice = "write it with what docs/dmn.md lists, or make its value an input"
        return FeelError(token.start, token.end, f"{what} not supported", advice, unsupported=True)
