"""Small sites for the real generators, and how each one is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

TOOLS = Path(os.environ.get("FIELD_JOURNAL_TOOLS") or Path.home() / ".cache/field-journal-tools")
URL = "https://blog.example"
BASE = {"hugo": "/notes", "jekyll": "/notes"}  # sites that stand below the root of their host

FILES: dict[str, dict[str, str]] = {
    "hugo": {
        "hugo.toml": f'baseURL = "{URL}/notes/"\ntitle = "S"\n'
        'disableKinds = ["taxonomy", "term", "RSS"]\n',
        "layouts/_default/single.html": "<title>{{ .Title }}</title><time>"
        '{{ .Date.Format "2006-01-02" }}</time>{{ .Content }}<p>{{ delimit .Params.tags " " }}</p>',
        "layouts/_default/list.html": "{{ range .Pages }}{{ .Title }}{{ end }}",
        "layouts/index.html": "home",
    },
    "jekyll": {
        "_config.yml": f"title: S\nurl: {URL}\nbaseurl: /notes\n",
        "_layouts/post.html": "<title>{{ page.title | escape }}</title>"
        '<time>{{ page.date | date: "%Y-%m-%d" }}</time>{{ content }}'
        '<p>{{ page.tags | join: " " }}</p>',
    },
    "pelican": {
        "pelicanconf.py": "SITENAME = 'S'\nSITEURL = ''\nPATH = 'content'\n"
        "TIMEZONE = 'Europe/Berlin'\nTHEME = 'simple'\nFEED_ALL_ATOM = None\n"
        "DEFAULT_LANG = 'en'\nCATEGORY_FEED_ATOM = None\n",
        "publishconf.py": "import os, sys\nsys.path.append(os.curdir)\n"
        f"from pelicanconf import *\nSITEURL = '{URL}'\n",
        "content/.keep": "",
    },
    "mkdocs": {
        "mkdocs.yml": f"site_name: S\nsite_url: {URL}/\ntheme:\n  name: material\n"
        "plugins:\n  - blog\n  - tags\n"
        "markdown_extensions:\n  - attr_list\n  - pymdownx.snippets\n"
        "  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\n",
        "docs/index.md": "# Home\n",
        "docs/blog/index.md": "# Blog\n",
    },
    "eleventy": {
        "eleventy.config.js": "module.exports = (c) => {\n"
        '  c.addPassthroughCopy("img"); // pictures\n'
        '  return { dir: { input: ".", output: "_site" } };\n};\n',
        "_includes/post.njk": "<title>{{ title }}</title>"
        "<time>{{ page.date.toISOString() }}</time>{{ content | safe }}"
        "<p>{{ tags | join(' ') }}</p>",
        "posts/posts.json": '{"layout": "post.njk", "permalink": "/else/{{ page.fileSlug }}/"}',
    },
    "astro": {
        "astro.config.mjs": "import { defineConfig } from 'astro/config';\n"
        f"export default defineConfig({{\n  // site: 'https://other.example',\n  site: '{URL}',\n"
        "  telemetry: false });\n",
        "package.json": '{"name": "s", "type": "module", "private": true}',
        "src/content.config.ts": "import { defineCollection, z } from 'astro:content';\n"
        "import { glob } from 'astro/loaders';\n"
        "const blog = defineCollection({\n"
        "  loader: glob({ base: './src/content/blog', pattern: '**/*.{md,mdx}' }),\n"
        "  schema: z.object({ title: z.string(), description: z.string(),\n"
        "    pubDate: z.coerce.date(), updatedDate: z.coerce.date().optional(),\n"
        "    draft: z.boolean().optional(), tags: z.array(z.string()).default([]) }),\n"
        "});\nexport const collections = { blog };\n",
        "src/pages/blog/[...slug].astro": "---\n"
        "import { getCollection, render } from 'astro:content';\n"
        "export async function getStaticPaths() {\n"
        "  const posts = await getCollection('blog', ({ data }) => data.draft !== true);\n"
        "  return posts.map((post) => ({ params: { slug: post.id }, props: post })); }\n"
        "const post = Astro.props;\nconst { Content } = await render(post);\n---\n"
        "<title>{post.data.title}</title><time>{post.data.pubDate.toISOString()}</time>\n"
        "<Content />\n"
        "<p>{post.data.tags.join(' ')}</p>\n",
    },
    "nikola": {},
    "html": {"index.html": "<title>My &amp; site</title><a href=posts/>posts</a>"},
}
NIKOLA = f"""
BLOG_AUTHOR = "A"
BLOG_TITLE = "S"
SITE_URL = "{URL}/"
BLOG_EMAIL = "a@blog.example"
BLOG_DESCRIPTION = "d"
DEFAULT_LANG = "en"
TIMEZONE = "Europe/Berlin"
THEME = "base"
TRANSLATIONS = {{DEFAULT_LANG: ""}}
POSTS = (("posts/*.md", "posts", "post.tmpl"), ("posts/*.txt", "posts", "post.tmpl"))
PAGES = ()
COMPILERS = {{"markdown": (".md",), "rest": (".txt",)}}
FILES_FOLDERS = {{"files": ""}}
GLOBAL_CONTEXT = {{}}
"""
FILES["nikola"] = {"conf.py": NIKOLA}


def missing(flavor: str) -> str:
    """Why this generator cannot build here; empty where it can."""
    if flavor in ("hugo", "jekyll"):
        return "" if shutil.which(flavor) else f"{flavor} is not installed (apt install {flavor})"
    if flavor in ("eleventy", "astro"):
        if not shutil.which("node"):
            return "node is not installed"
        there = package(flavor).exists()
        return "" if there else f"{flavor} is not in {TOOLS} (python scripts/site_tools.py)"
    if flavor == "html":
        return ""
    return "" if tool(flavor).exists() else f"{flavor} is not installed"


def package(flavor: str) -> Path:
    """The program of a generator from npm."""
    modules = TOOLS / flavor / "node_modules"
    return modules / ("astro/astro.js" if flavor == "astro" else "@11ty/eleventy/cmd.cjs")


def tool(name: str) -> Path:
    """A program of this Python."""
    return Path(sys.executable).with_name(name)


def make(flavor: str, root: Path) -> None:
    """The site without posts."""
    for name, text in FILES[flavor].items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    if flavor == "astro":
        (root / "node_modules").symlink_to(TOOLS / "astro/node_modules")


def build(flavor: str, root: Path, *, future: bool = False) -> Path:
    """Build it with the real generator; the folder that a web server would serve."""
    if flavor == "html":
        return root
    out = root / {"hugo": "public", "jekyll": "_site", "eleventy": "_site", "mkdocs": "site"}.get(
        flavor, "dist" if flavor == "astro" else "output"
    )
    commands: dict[str, list[object]] = {
        "hugo": ["hugo", "--cleanDestinationDir", *(["--buildFuture"] if future else [])],
        "jekyll": ["jekyll", "build", "--quiet", *(["--future"] if future else [])],
        "pelican": [
            tool("pelican"),
            "content",
            "-s",
            "publishconf.py",
            "-q",
            "-d",
            "--fatal=errors",
        ],
        "nikola": [tool("nikola"), "build"],
        "mkdocs": [tool("mkdocs"), "build", "-q", "--strict"],
        "eleventy": ["node", package("eleventy"), "--quiet"],
        "astro": ["node", package("astro"), "build"],
    }
    environment = {
        **os.environ,
        "ASTRO_TELEMETRY_DISABLED": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "TZ": "America/New_York",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        [str(word) for word in commands[flavor]],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out
