"""A Celery worker with the clock of the tests: `python -m tests.browser.worker …`."""

from celery.__main__ import main

from tests.clock import set_clock

if __name__ == "__main__":
    set_clock()
    main()
