"""The only file MkDocs loads: one line an event, each names a function of hub.engine."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from mkdocs.plugins import event_priority

from hub import engine

# Before static-i18n (-100) where it must find our files, after it where it has set up the navigation.
on_config = event_priority(-150)(lambda config, **_: engine.configure(config))
on_files = event_priority(50)(lambda files, config, **_: engine.add_translated_files(files, config))
on_nav = event_priority(-150)(lambda nav, config, **_: engine.translate_navigation(nav, config))
on_page_read_source = event_priority(0)(lambda page, config, **_: engine.read_source(page, config))
on_page_markdown = event_priority(0)(
    lambda markdown, page, config, **_: engine.choose_template(markdown, page, config)
)
on_env = event_priority(0)(lambda env, config, **_: engine.prepare_templates(env, config))
on_template_context = event_priority(0)(
    lambda context, template_name, config, **_: engine.fill_template(context, template_name, config)
)
on_page_context = event_priority(40)(
    lambda context, page, config, **_: engine.fill_page(context, page, config)
)
on_post_page = event_priority(0)(
    lambda output, page, config, **_: engine.finish_page(output, page, config)
)
on_post_build = event_priority(0)(lambda config, **_: engine.finish_site(config))
