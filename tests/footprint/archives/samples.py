"""One small sample export of every platform, out of what the platforms' own tests build."""

from collections.abc import Mapping

import test_bluesky
import test_discord
import test_facebook
import test_feeds
import test_instagram
import test_linkedin
import test_mastodon
import test_medium
import test_plain
import test_reddit
import test_snapchat
import test_substack
import test_threads
import test_tiktok
import test_tumblr
import test_whatsapp
import test_wordpress
import test_x
import test_youtube
from cars import repository
from exports import Content

SAMPLES: Mapping[str, Mapping[str, Content]] = {
    "x": {**test_x.TODAY, "data/account.js": test_x.ACCOUNT},
    "facebook": test_facebook.NEW,
    "instagram": test_instagram.NEW,
    "threads": test_threads.THREADS,
    "linkedin": test_linkedin.COMPLETE,
    "mastodon": test_mastodon.archive(test_mastodon.created("Quiet week")),
    "bluesky": {"repo.car": repository(test_bluesky.many_posts(3))},
    "reddit": test_reddit.WHOLE,
    "youtube": test_youtube.WHOLE,
    "tiktok": {"user_data_tiktok.json": test_tiktok.NEW},
    "whatsapp": {"_chat.txt": test_whatsapp.IOS},
    "wordpress": {"site.xml": test_wordpress.export(test_wordpress.item(1))},
    "medium": test_medium.WHOLE,
    "substack": test_substack.export(test_substack.row(101)),
    "feeds": {"feed.xml": test_feeds.ATOM},
    "discord": test_discord.package(),
    "snapchat": test_snapchat.DATA,
    "tumblr": test_tumblr.WHOLE,
    "pinterest": {"pinterest.json": {"comments": [{"text": "Lovely", "created_at": "2025-02-04"}]}},
    "plain": {"timeline.json": {"profile": {"name": "Wren"}, "posts": test_plain.POSTS}},
}
