import time
import pytest

pytestmark = [pytest.mark.urls("tests.newsdb.api.toy")]


def test_docs(live_server, browser, settings, make_entry):
    make_entry()
    browser.get(live_server.url + "/api/v1/docs/")
    time.sleep(4)
    for s in browser.find_elements("css selector", ".opblock-summary-control")[:1]:
        s.click()
    time.sleep(2)
    browser.save_screenshot("/tmp/docs2.png")
    browser.find_element("css selector", "button.execute").click()
    time.sleep(2)
    print(browser.find_element("css selector", ".request-url").text)
    print(browser.find_element("css selector", ".live-responses-table").text[:300])
    browser.execute_script(
        "arguments[0].scrollIntoView()", browser.find_element("css selector", ".live-responses-table")
    )
    browser.save_screenshot("/tmp/docs3.png")
    browser.execute_script(
        "let s=document.createElement('style'); s.textContent='p{color:red}'; document.head.append(s)"
    )
    print(browser.get_log("browser"))
