"""Which kind of site a folder is, and what its own settings tell: nothing of it is ever run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from journal_app.domain.due import due_time
from journal_app.errors import JournalError
from journal_app.publish.folder import FolderTarget
from journal_app.publish.sites import render
from journal_app.publish.sites.flavors import FLAVORS, completed, detect
from tests.helpers.sites import Held, post_of

POSTS = 'POSTS = (("posts/*.txt", "t", "x"), ("writing/*.md", "w/", "post.tmpl"))\n'
B = "https://b.example"
KNOWN = [
    # files, flavor, folder of posts, address of the site, address of a post
    ({"hugo.toml": f'baseURL = "{B}/x/"'}, "hugo", "content/posts", f"{B}/x", "posts/learned/"),
    (
        {"config.yaml": f"baseURL: {B}\ntitle: T\n", "content/blog/a.md": ""},
        "hugo",
        "content/blog",
        B,
        "blog/learned/",
    ),
    (
        {
            "hugo.toml": "baseURL = 'https://example.com/'\ncontentDir = 'text'\n"
            "defaultContentLanguage = 'de'\ndefaultContentLanguageInSubdir = true\n"
            "[permalinks]\nposts = '/:year/:month/:slug/'\n"
        },
        "hugo",
        "text/posts",
        "",
        "de/2026/11/learned/",
    ),
    (
        {
            "config/_default/hugo.toml": f"baseurl = '{B}'\nuglyURLs = true\n"
            "[permalinks.page]\nposts = '/p/:sections[1:]/:title'\n"
        },
        "hugo",
        "content/posts",
        B,
        "p/learned.html",
    ),
    (
        {"_config.yml": f"url: {B}\nbaseurl: /p\n"},
        "jekyll",
        "_posts",
        f"{B}/p",
        "2026/11/02/learned.html",
    ),
    (
        {"_config.yml": "permalink: pretty\ncollections_dir: all\n"},
        "jekyll",
        "all/_posts",
        "",
        "2026/11/02/learned/",
    ),
    (
        {
            "_config.yml": "defaults:\n  - scope: {type: posts}\n"
            "    values: {permalink: '/:short_year/:i_month/:title/'}\n",
            "_posts/2020-01-01-a.md": "",
        },
        "jekyll",
        "_posts",
        "",
        "26/11/learned/",
    ),
    ({"_quarto.yml": f"website:\n  site-url: {B}/\n"}, "quarto", "posts", B, "posts/learned/"),
    (
        {"astro.config.mjs": f"export default {{ site: '{B}', base: '/d/' }}; // site: 'x'"},
        "astro",
        "src/content/blog",
        f"{B}/d",
        "blog/learned/",
    ),
    (
        {"astro.config.ts": "// site: 'https://c.x'\nexport default {trailingSlash: 'never'}"},
        "astro",
        "src/content/blog",
        "",
        "blog/learned",
    ),
    (
        {
            "eleventy.config.mjs": 'c.addPassthroughCopy("./public/");\n'
            'c.addPassthroughCopy({"src/img": "pics"});\nreturn {dir: {input: "src"}}',
            "src/blog/a.md": "",
        },
        "eleventy",
        "src/blog",
        "",
        "blog/learned/",
    ),
    ({"package.json": '{"d": {"@11ty/eleventy": "3"}}'}, "eleventy", "posts", "", "posts/learned/"),
    (
        {
            "pelicanconf.py": "PATH = './text'\nARTICLE_PATHS = ['blog']\n"
            "ARTICLE_URL: str = '{date:%Y}/{slug}/'\nSITEURL = ''\nX = f()\n",
            "publishconf.py": f"SITEURL = '{B}'\n",
        },
        "pelican",
        "text/blog",
        B,
        "2026/learned/",
    ),
    ({"conf.py": f"BLOG_TITLE='T'\nSITE_URL='{B}/'\n"}, "nikola", "posts", B, "posts/learned/"),
    ({"conf.py": POSTS + "PRETTY_URLS = False"}, "nikola", "writing", "", "w/learned.html"),
    (
        {"mkdocs.yml": f"site_url: {B}\nplugins: [blog]\nx: !!python/name:os.system\n"},
        "mkdocs",
        "docs/blog/posts",
        B,
        "blog/2026/11/02/learned/",
    ),
    (
        {
            "mkdocs.yml": "docs_dir: d\nuse_directory_urls: false\nplugins:\n  - blog:\n"
            "      blog_dir: .\n      post_url_format: '{slug}-{date}'\n"
            "      post_url_date_format: yy-MM\n      enabled: !ENV [CI, true]\n"
        },
        "mkdocs",
        "d/posts",
        "",
        "learned-26-11.html",
    ),
    ({"mkdocs.yml": "site_name: S"}, "mkdocs", "docs/blog/posts", "", "blog/posts/learned/"),
    ({"index.html": "<title>T</title>"}, "html", "posts", "", "posts/learned/"),
]


@pytest.mark.parametrize(("files", "flavor", "content", "url", "address"), KNOWN)
def test_a_site_is_known_by_its_files(
    files: dict[str, str], flavor: str, content: str, url: str, address: str, tmp_path: Path
) -> None:
    tree = Held(files)
    assert detect(tree) == flavor
    config = completed({"path": "/site"}, tree)
    assert (config["flavor"], config["content"], config["url"]) == (flavor, content, url)
    config = {**config, "url": config["url"] or B}
    post = post_of(tmp_path)
    key = render.natural_key(config, post)
    assert render.url_of(config, post, key, tree) == f"{config['url']}/{address}"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"README.md": "x"},
        {"conf.py": "project = 'a Sphinx documentation'"},
        {"config.toml": "name = 'a program'"},
        {"config.json": "[1"},
        {"package.json": "{}"},
        {"_config.yml": ": ["},
    ],
)
def test_what_is_no_known_site_is_asked_about(files: dict[str, str]) -> None:
    assert detect(Held(files)) is None
    with pytest.raises(JournalError, match="which generator") as error:
        completed({"path": "/site"}, Held(files))
    assert all(name in error.value.hint for name in FLAVORS)


def test_what_the_user_says_stands_above_what_the_site_says() -> None:
    tree = Held({"hugo.toml": f"baseURL = '{B}/'"})
    given = {"path": "/s", "flavor": "jekyll", "content": "blog/_posts", "url": "https://c.example"}
    assert completed(given, tree) == given


def test_settings_are_read_and_never_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    code = f"open({str(mark)!r}, 'w')\nimport os\nPATH = open({str(mark)!r}, 'w').name\n"
    (tmp_path / "pelicanconf.py").write_text(code + "SITEURL = 'https://b.example'\n")
    config = FolderTarget().completed({"path": str(tmp_path)})
    assert (config["flavor"], config["url"], config["content"]) == ("pelican", B, "content")
    assert not mark.exists()


def test_a_day_that_depends_on_the_builder_is_written_out(tmp_path: Path) -> None:
    post = post_of(tmp_path, dated=due_time("2026-11-02 00:30", "Europe/Berlin"), body="x")
    config = {"path": "/s", "flavor": "jekyll", "url": B}
    for settings, address, written in (
        ("title: T", "2026/11/02/learned.html", True),
        ("timezone: America/New_York", "2026/11/01/learned.html", False),
    ):
        tree = Held({"_config.yml": settings})
        page = render.rendered(config, post, render.natural_key(config, post), tree)
        assert page.url == f"{B}/{address}"
        assert (f"permalink: '/{address}'" in page.data.decode()) is written


def test_old_addresses_stand_in_the_page_where_the_generator_knows_them(tmp_path: Path) -> None:
    plugin = Held({"_config.yml": "plugins: [jekyll-redirect-from]"})
    for flavor, tree, line in (
        ("hugo", Held({}), "aliases:\n- '/posts/old/'\n"),
        ("quarto", Held({}), "aliases:\n- '/posts/old/'\n"),
        ("jekyll", plugin, "redirect_from:\n- '/2026/11/02/old.html'\n"),
        ("jekyll", Held({}), ""),
    ):
        config = {"path": "/s", "flavor": flavor}
        old = post_of(tmp_path, slug="old", canonical_url="https://first.example/a")
        post = replace(
            old, slug="new", former=(render.natural_key(config, old),), former_slugs=("old",)
        )
        change = render.change(config, post, render.natural_key(config, post), tree)
        text = change.page.data.decode()
        assert line in text
        assert [str(path) for path in change.then] == ([] if line else ["2026/11/02/old.html"])
        name = {"hugo": "canonicalURL", "quarto": "canonical-url"}.get(flavor, "canonical_url")
        assert f"{name}: https://first.example/a\n" in text


def test_a_site_that_could_not_show_the_post_is_told(tmp_path: Path) -> None:
    post = post_of(tmp_path)
    for flavor, files, words in (
        ("eleventy", {"eleventy.config.js": ""}, "addPassthroughCopy"),
        ("html", {}, "--url"),
    ):
        config = {"path": "/s", "flavor": flavor}
        with pytest.raises(JournalError) as error:
            render.change(config, post, render.natural_key(config, post), Held(files))
        assert words in error.value.hint
    (tmp_path / "conf.py").write_text('POSTS = (("posts/*.rst", "posts", "post.tmpl"),)\n')
    with pytest.raises(JournalError, match="takes no Markdown") as told:
        FolderTarget().check({"path": str(tmp_path), "flavor": "nikola"})
    assert "POSTS" in told.value.hint
