"""What we add to Rasa.

Sanic, when it is imported, has Python show every DeprecationWarning; a start would print pages of those of other
libraries. So it is imported first, and then they are left out again.
"""

import warnings

import sanic.app  # noqa: F401

warnings.simplefilter("ignore", DeprecationWarning)
