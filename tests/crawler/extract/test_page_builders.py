"""The same rules in the markup of the page builders that resorts use: what is read is the same."""

import pytest

from crawler.extract import read

HEADING = "Uphill Access"
PARAGRAPHS = (
    "Uphill travel is allowed from 5:00 am to 8:30 am on the designated route.",
    "An uphill pass is required at all times.",
    "Dogs are not allowed.",
    "Headlamps are required.",
)
MENU = "<li><a href='/uphill'>Uphill</a></li><li><a href='/tickets'>Tickets</a></li><li><a href='/dogs'>Dogs welcome</a></li>"
FOOT = "Lifts 9 am - 4 pm. Tickets $89. Ticket office (555) 555-0100."
TOLD = {
    "access": "allowed",
    "pass_required": "always",
    "dogs": "prohibited",
    "lights": "required",
    "designated_routes_only": "yes",
}

TEXT = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
BREAKS = "<br><br>".join(PARAGRAPHS)
ITEMS = "".join(f"<li>{text}</li>" for text in PARAGRAPHS)

BUILDERS = {
    "plain": f"<ul class='nav'>{MENU}</ul><h1>{HEADING}</h1>{TEXT}<footer>{FOOT}</footer>",
    "elementor": (
        f"<header class='elementor-location-header'><nav class='elementor-nav-menu--main'><ul>{MENU}</ul></nav></header>"
        "<div data-elementor-type='wp-page' class='elementor elementor-15'><section class='elementor-section'>"
        f"<div class='elementor-widget elementor-widget-heading'><div class='elementor-widget-container'><h1>{HEADING}</h1>"
        "</div></div><div class='elementor-element elementor-widget elementor-widget-text-editor'>"
        f"<div class='elementor-widget-container'>{TEXT}</div></div></section></div>"
        f"<footer class='elementor-location-footer'><div class='elementor-widget-text-editor'>{FOOT}</div></footer>"
    ),
    "elementor accordion": (
        f"<div class='elementor-widget elementor-widget-heading'><h1>{HEADING}</h1></div>"
        "<div class='elementor-widget elementor-widget-accordion'>"
        + "".join(
            f"<div class='elementor-accordion-item'><div class='elementor-tab-title' role='button'>Rule {n}</div>"
            f"<div class='elementor-tab-content' style='display:none'><p>{text}</p></div></div>"
            for n, text in enumerate(PARAGRAPHS, 1)
        )
        + "</div>"
    ),
    "divi": (
        f"<div id='et-top-navigation'><ul id='top-menu' class='nav'>{MENU}</ul></div><div id='et-main-area'>"
        f"<div class='et_pb_section et_pb_section_0'><div class='et_pb_module et_pb_text'><div class='et_pb_text_inner'>"
        f"<h1>{HEADING}</h1>{TEXT}</div></div></div></div><footer id='main-footer'>{FOOT}</footer>"
    ),
    "wpbakery": (
        f"<div class='menu-main-container'><ul class='menu'>{MENU}</ul></div><div class='vc_row wpb_row vc_row-fluid'>"
        f"<div class='wpb_column vc_column_container'><div class='wpb_wrapper'><h1>{HEADING}</h1>"
        f"<div class='wpb_text_column wpb_content_element'><div class='wpb_wrapper'>{TEXT}</div></div></div></div></div>"
        f"<div class='footer-widgets'><div class='widget widget_text'>{FOOT}</div></div>"
    ),
    "gutenberg with a sidebar": (
        f"<div class='site-content has-sidebar'><main class='site-main'><h1 class='wp-block-heading'>{HEADING}</h1>"
        f"<div class='wp-block-group is-layout-flow'><ul class='wp-block-list'>{ITEMS}</ul></div></main>"
        f"<aside id='secondary' class='widget-area'><section class='widget widget_text'>{FOOT}</section></aside></div>"
    ),
    "squarespace": (
        f"<header id='header'><nav class='header-nav'>{MENU}</nav></header><article class='sections'>"
        f"<section class='page-section'><div class='sqs-block html-block sqs-block-html'><div class='sqs-html-content'>"
        f"<h2>{HEADING}</h2>{TEXT}</div></div></section></article><footer class='sections'>{FOOT}</footer>"
    ),
    "wix": (
        f"<div id='SITE_HEADER'><div data-testid='richTextElement'>{MENU}</div></div><div id='PAGES_CONTAINER'>"
        f"<div id='comp-l2x' class='KcpHeO tz5f0K comp-l2x wixui-rich-text'><h1 class='font_0'>{HEADING}</h1></div>"
        f"<div id='comp-l3y' class='KcpHeO comp-l3y wixui-rich-text'>{TEXT}</div></div><div id='SITE_FOOTER'>{FOOT}</div>"
    ),
    "webflow": (
        f"<div class='w-nav'><div class='w-nav-menu'>{MENU}</div></div><div class='section side-by-side'>"
        f"<h1>{HEADING}</h1><div class='w-richtext'>{TEXT}</div></div><div class='footer'>{FOOT}</div>"
    ),
    "hubspot": (
        f"<div class='body-container'><h1>{HEADING}</h1><div class='span12 widget-span widget-type-cell dnd-column'>"
        "<span id='hs_cos_wrapper_widget_1684' class='hs_cos_wrapper hs_cos_wrapper_widget hs_cos_wrapper_type_rich_text'>"
        f"{TEXT}</span></div></div><div class='footer-container'>{FOOT}</div>"
    ),
    "drupal": (
        f"<div class='region region-navigation'>{MENU}</div><div class='layout-content'><h1 class='page-title'>{HEADING}</h1>"
        "<div class='field field--name-field-paragraphs'><div class='paragraph paragraph--type--text'>"
        f"<div class='field field--name-body field__item'>{TEXT}</div></div></div></div><div class='region region-footer'>{FOOT}</div>"
    ),
    "typo3": (
        f"<ul class='main-navigation'>{MENU}</ul><div class='frame frame-default frame-type-text frame-layout-0'>"
        f"<div class='frame-container'><header class='frame-header'><h2 class='element-header'>{HEADING}</h2></header>"
        f"<div class='ce-bodytext'>{TEXT}</div></div></div><div class='footer-section'>{FOOT}</div>"
    ),
    "ckeditor": f"<h1>{HEADING}</h1><div class='ck-content'>{TEXT}</div><div class='ck-bar'>We use cookies.</div>",
    "bootstrap": (
        f"<nav class='navbar'>{MENU}</nav><div class='container'><div class='row'><div class='col-md-8'><h1>{HEADING}</h1>"
        f"{TEXT}</div><div class='col-md-4 sidebar'>{FOOT}</div></div></div>"
    ),
    "bootstrap collapse": (
        f"<h1>{HEADING}</h1><div class='panel-group'>"
        + "".join(
            f"<div class='panel panel-default'><div class='panel-heading'><h4 class='panel-title'><a data-toggle='collapse'>"
            f"Rule {n}</a></h4></div><div class='panel-collapse collapse'><div class='panel-body'>{text}</div></div></div>"
            for n, text in enumerate(PARAGRAPHS, 1)
        )
        + "</div>"
    ),
    "tabs": (
        f"<h1>{HEADING}</h1><ul class='nav nav-tabs' role='tablist'><li role='tab'>Rules</li><li role='tab'>Map</li></ul>"
        f"<div class='tab-content'><div role='tabpanel' class='tab-pane active'>{TEXT}</div>"
        "<div role='tabpanel' class='tab-pane' hidden>See the map.</div></div>"
    ),
    "details": f"<h1>{HEADING}</h1>" + "".join(f"<details><summary>More</summary>{text}</details>" for text in PARAGRAPHS),
    "line breaks": f"<div id='content'><b>{HEADING}</b><br><br>{BREAKS}</div><div id='footer'>{FOOT}</div>",
    "layout table": (
        f"<table><tr><td class='sub'>{MENU}</td><td class='main'><h2>{HEADING}</h2>{TEXT}</td></tr>"
        f"<tr><td colspan='2' class='foot'>{FOOT}</td></tr></table>"
    ),
    "components": (
        f"<div class='component navigation'>{MENU}</div><div class='component rich_text'><div class='component-content'>"
        f"<h1>{HEADING}</h1></div></div><div class='component rich-text col-12'><div class='component-content'>{TEXT}</div></div>"
        f"<div class='component footer'>{FOOT}</div>"
    ),
    "next.js with its data": (
        f"<div id='__next'><main><h1>{HEADING}</h1><div class='RichText_root__x1Y2'>{TEXT}</div></main></div>"
        f"<script id='__NEXT_DATA__' type='application/json'>{{\"props\": {{\"text\": \"Dogs are welcome on all slopes.\"}}}}</script>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builders_markup_tells_the_same(builder):
    page = f"<!DOCTYPE html><html lang='en'><head><title>{HEADING} | Copper Ridge</title></head><body>{BUILDERS[builder]}</body></html>"
    policy = read(page, source=builder).policy
    assert {name: getattr(policy, name) for name in TOLD} == TOLD
    assert [str(window) for window in policy.windows] == ["05:00-08:30"]
    assert policy.prices == ()
    assert policy.hotline is None
