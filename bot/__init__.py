"""The process: it takes in what Telegram sends, sends out what is queued, and keeps the time."""

import os

# python-telegram-bot is replacing numbers of seconds by timedeltas, and warns wherever it still gives a number. This is
# its documented way to choose the new form now; it reads the variable each time.
os.environ["PTB_TIMEDELTA"] = "true"
