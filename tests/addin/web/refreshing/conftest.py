import pytest

pytest.register_assert_rewrite("tests.addin.web.refreshing.both")
