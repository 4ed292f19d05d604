"""The register as a workbook: empty with an explanation, and as it stands, so that it can come back."""

from collections.abc import Sequence
from datetime import date

from assembly.association import Association
from assembly.facts.register import ExportRow, RegisterExport, RegisterTemplate
from assembly.members import Role
from assembly.register_file import COLUMNS, EXAMPLE_MEMBER, REGISTERED_COLUMN, ROLES
from records.registry import Record, record
from records.workbooks import MIME_TYPE, Cell, Sheet, workbook
from screens.catalogue import gettext as _

ROLE_WORDS: dict[Role, str] = {role: word for word, role in reversed(ROLES.items())}
"""The word for each role in a file: the first of those that are read."""

_HEADER = tuple(names[0] for names in COLUMNS.values())
_ROLE_COLUMN = list(COLUMNS).index("role")


@record(RegisterTemplate)
def template(_facts: RegisterTemplate, _association: Association) -> Record:
    """Make an empty register with an example row, which is read past when it is left there, and an explanation."""
    example: tuple[Cell, ...] = (
        EXAMPLE_MEMBER,
        "voorbeeldstad",
        100_000,
        1,
        date(2006, 1, 1),
        None,
        "Portefeuillehouder Voorbeeldstad",
        "wethouder",
        ROLE_WORDS[Role.REPRESENTATIVE],
        "portefeuillehouder@voorbeeldstad.example",
    )
    sheets = [_sheet(_HEADER, [example]), Sheet(_("Explanation"), (_("Column"), _("What goes there")), _explanation())]
    return Record("leden-sjabloon.xlsx", MIME_TYPE, workbook(sheets))


@record(RegisterExport)
def export(facts: RegisterExport, _association: Association) -> Record:
    """Make a workbook of the register; who is registered stands in a column that is read past."""
    rows = [_row(row) for row in facts.rows]
    name = f"leden-{facts.day.isoformat()}.xlsx"
    return Record(name, MIME_TYPE, workbook([_sheet((*_HEADER, REGISTERED_COLUMN), rows)]))


def _sheet(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Sheet:
    return Sheet(_("Members"), header, rows, choices={_ROLE_COLUMN: tuple(dict.fromkeys(ROLE_WORDS.values()))})


def _row(row: ExportRow) -> tuple[Cell, ...]:
    member, person = row.member, row.person
    of_member: tuple[Cell, ...] = (None,) * 6
    if member is not None:
        of_member = (member.name, member.code, member.inhabitants, member.votes, member.since, member.until)
    if person is None or row.role is None:
        return of_member
    registered = _("yes") if row.registered else _("no")
    return (*of_member, person.name, person.function, ROLE_WORDS[row.role], person.email, registered)


def _explanation() -> list[tuple[Cell, ...]]:
    texts = {
        "member": _(
            "The member's name. Repeat it on each row where it has several people. The only column that must be there."
        ),
        "code": _("A short code that never changes. Leave it empty and it is made of the name."),
        "inhabitants": _("The number of inhabitants, without decimals."),
        "votes": _("The number of votes. Left empty for a new member it is 1."),
        "since": _("The first day of the membership (day-month-year)."),
        "until": _("The first day on which it is no member any more. Its people lose their roles on that day."),
        "name": _("The name of a person. Leave it empty for a member without people."),
        "function": _("The person's function, such as wethouder. Left empty it is the role."),
        "role": _("One of: {roles}. Roles of the association, such as the secretariat, need no member.").format(
            roles=", ".join(dict.fromkeys(ROLE_WORDS.values()))
        ),
        "email": _("The person's e-mail address. It tells two people with the same name apart."),
    }
    general = (
        _("An empty cell leaves what is known as it is. Nothing is thrown out because it is not in the file."),
        _("Somebody with another name is another person, also at the same e-mail address."),
        _("The example row may stay: it is passed over. Formulas and merged cells are refused."),
    )
    # Not the bare name: a sheet with that in a cell would be read as a register of its own.
    rows: list[tuple[Cell, ...]] = [(f"“{COLUMNS[field][0]}”", text) for field, text in texts.items()]
    return [*rows, *((None, text) for text in general)]
