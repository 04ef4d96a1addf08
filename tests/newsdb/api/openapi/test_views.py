"""The page of the API's description, in a browser that enforces the content security policy."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import element_to_be_clickable as clickable
from selenium.webdriver.support.expected_conditions import visibility_of_element_located as visible
from selenium.webdriver.support.wait import WebDriverWait

pytestmark = pytest.mark.urls("tests.newsdb.api.toy")


@pytest.mark.any_store
def test_the_docs_work_offline_under_the_strict_policy(
    live_server: Any, browser: Chrome, make_entry: Callable[..., LogEntry]
) -> None:
    make_entry()
    wait = WebDriverWait(browser, 30)
    browser.get_log("browser")
    browser.get(f"{live_server.url}/api/v1/docs/")
    operation = (By.CSS_SELECTOR, "#operations-entries-entries_list .opblock-summary-control")
    wait.until(clickable(operation)).click()
    wait.until(clickable((By.CSS_SELECTOR, "button.execute"))).click()
    answer = wait.until(visible((By.CSS_SELECTOR, ".live-responses-table")))

    assert "200" in answer.text
    assert '"username": "ann"' in answer.text
    loaded = browser.execute_script(
        "return performance.getEntriesByType('resource').map(entry => entry.name)"
    )
    assert loaded
    assert all(name.startswith((live_server.url, "data:")) for name in loaded), loaded
    assert browser.get_log("browser") == []


@pytest.mark.django_db
def test_the_policy_allows_nothing_inline(client: Any) -> None:
    response = client.get("/api/v1/docs/")
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert b"<style" not in response.content
    assert b"<script>" not in response.content
    assert b'data-schema="/api/v1/schema/"' in response.content
