"""Refusals: what may not happen, as values of the domain.

A refusal carries the facts that explain it and no sentence: ``screens.refusals`` says it in Dutch. The classes are not
frozen because Python itself writes to an exception that passes through a context manager.
"""

from assembly.errors.access import *
from assembly.errors.agenda import *
from assembly.errors.base import *
from assembly.errors.convening import *
from assembly.errors.entries import *
from assembly.errors.entry import *
from assembly.errors.notices import *
from assembly.errors.papers import *
from assembly.errors.proxies import *
from assembly.errors.register import *
from assembly.errors.slips import *
from assembly.errors.typed import *
from assembly.errors.voting import *
