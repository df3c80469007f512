"""The setting of a draft in words, as the learned reader is told it: who writes, from which account, answering what."""

from forethought.reading.draft import Context

LONGEST_REPLY = 300  # characters of the message answered: its opening says what it is


def setting(context: Context) -> str:
    """Return the setting in a few words.

    The documents treat groups and followers as public, so those are not told apart. The platform is left out: where a
    post goes decides nothing.
    """
    audience = "direct message" if context.audience == "direct-message" else "public"
    told = f"{context.role} {context.account} {audience}".replace("-", " ")
    return f"{told}: {context.reply_to[:LONGEST_REPLY]}" if context.reply_to else told
